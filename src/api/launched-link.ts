import type { Request } from 'express';
import { awaitsAuthorization } from '../domain/consent';
import { ConsentFailure } from '../domain/failures';
import { findConsentByLaunch, type ConsentRow, type LaunchedRow } from '../store/consents';
import { hashOf } from '../store/hash';
import { parameterOf } from './authentication';
import { browserHashOf } from './browser-binding';
import type { ApiDependencies } from './dependencies';

const LAUNCH_TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The consent whose link the person came by. @throws {ConsentFailure} launch_link_unknown */
export async function launchedConsent(
  { database }: Pick<ApiDependencies, 'database'>,
  request: Request,
): Promise<LaunchedRow> {
  const token = parameterOf(request, 'token');
  const row = LAUNCH_TOKEN.test(token) ? await findConsentByLaunch(database, hashOf(token)) : undefined;
  if (!row) throw new ConsentFailure('launch_link_unknown');
  return row;
}

/** Whether the person can still go to the bank by this link. */
export function isOpen(row: LaunchedRow): boolean {
  return row.status === 'active'
    ? row.invitation_id === row.link_id
    : awaitsAuthorization(row.status) && row.link_reason === 'connect';
}

/** The link by which the person can go to the bank now, if there is one. */
export function openLinkOf(row: ConsentRow) {
  if (row.status === 'active') return row.invitation_id ?? undefined;
  return awaitsAuthorization(row.status) ? row.first_link_id : undefined;
}

/** The page of the link that a form on it was sent from. */
export function linkPage(request: Request): string {
  return `/connect/${parameterOf(request, 'token')}`;
}

/**
 * The flow is started by the person and nobody else (FAPI 2.0 Security Profile §5.3.3.1): the browser must have opened our page
 * before, and a form on a foreign page neither brings the Lax cookie nor our origin.
 *
 * @throws {ConsentFailure} launch_foreign_origin
 */
export function requireOwnPage(request: Request, publicUrl: string): Buffer {
  const origin = request.get('origin');
  const browserHash = browserHashOf(request);
  if (!browserHash || (origin !== undefined && origin !== new URL(publicUrl).origin)) {
    throw new ConsentFailure('launch_foreign_origin');
  }
  return browserHash;
}
