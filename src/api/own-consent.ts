import type { Request, Response } from 'express';
import { ConsentFailure } from '../domain/failures';
import { isConsentId, type ConsentId } from '../domain/ids';
import { findConsent, type ConsentRow } from '../store/consents';
import { markChanged } from '../store/labels';
import type { DataKey } from '../store/vault';
import { applicationOf, parameterOf } from './authentication';
import { consentView } from './consent-view';
import type { ApiDependencies } from './dependencies';
import { entityTagOf, isConditional, requireMatch } from './entity-tag';

/** Someone else's consent and one that does not exist give the same answer: ids must not tell who is whose customer. */
export async function ownConsent(
  { database }: Pick<ApiDependencies, 'database'>,
  request: Request,
  response: Response,
): Promise<ConsentRow> {
  const row = await findConsent(database, consentIdOf(request));
  if (row?.application_id !== applicationOf(response).id) throw new ConsentFailure('consent_not_found');
  return row;
}

/** The id in the path. @throws {ConsentFailure} consent_not_found when no consent can have it */
export function consentIdOf(request: Request): ConsentId {
  const id = parameterOf(request, 'consentId');
  if (!isConsentId(id)) throw new ConsentFailure('consent_not_found');
  return id;
}

/** Opens what a consent has sealed; undefined once it is purged. */
export async function dataKeyOf(
  { vault }: Pick<ApiDependencies, 'vault'>,
  row: Pick<ConsentRow, 'id' | 'wrapped_jwe'>,
): Promise<DataKey | undefined> {
  return row.wrapped_jwe === null ? undefined : vault.openDataKey(row.id, row.wrapped_jwe);
}

/** A consent as its application reads it. */
export async function ownConsentView(deps: Pick<ApiDependencies, 'vault' | 'settings'>, row: ConsentRow) {
  return consentView(row, await dataKeyOf(deps, row), deps.settings.publicUrl);
}

/** With If-Match: only if the consent is as the caller has seen it. @throws {ConsentFailure} precondition_failed */
export function requireSeen(
  deps: Pick<ApiDependencies, 'vault' | 'settings'>,
  request: Request,
  row: ConsentRow,
): Promise<void> {
  return requireMatch(request, async () => entityTagOf(await ownConsentView(deps, row)));
}

/**
 * With If-Match, as the last thing before what is asked for is done by others than one statement: only if the consent is still the
 * row that was found to be what the caller has seen. From here on it is another, so that nobody else acts on the same sight of it.
 *
 * @throws {ConsentFailure} precondition_failed
 */
export async function requireUnchanged(
  { database }: Pick<ApiDependencies, 'database'>,
  request: Request,
  row: ConsentRow,
): Promise<void> {
  if (isConditional(request) && !(await markChanged(database, row.id, row)))
    throw new ConsentFailure('precondition_failed');
}
