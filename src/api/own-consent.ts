import type { Request, Response } from 'express';
import { ConsentFailure } from '../domain/failures';
import { isConsentId, type ConsentId } from '../domain/ids';
import { findConsent, type ConsentRow } from '../store/consents';
import type { DataKey } from '../store/vault';
import { applicationOf, parameterOf } from './authentication';
import type { ApiDependencies } from './dependencies';

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
