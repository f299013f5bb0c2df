import type { RequestHandler } from 'express';
import { z } from 'zod';
import { REVOCATION_REASONS } from '../../domain/ending';
import { ConsentFailure } from '../../domain/failures';
import { requestRevocation } from '../../revocation/request-revocation';
import { findConsent } from '../../store/consents';
import { consentView } from '../consent-view';
import type { ApiDependencies } from '../dependencies';
import { noteRequest } from '../note-request';
import { dataKeyOf, ownConsent } from '../own-consent';
import { requestInvalid } from '../problem';

/** The person, unless the application says that it was itself. */
const revocationSchema = z.strictObject({
  initiator: z.enum(['INDIVIDUAL', 'DATA_RECIPIENT']).default('INDIVIDUAL'),
  reason: z.enum(REVOCATION_REASONS).optional(),
});

/**
 * `DELETE /v1/consents/{consentId}`: revokes it. Effective here when this answers; the bank is told afterwards, for as long as it
 * takes. A consent that has ended is answered as it stands.
 */
export function revokeConsent(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await ownConsent(deps, request, response);
    const parsed = revocationSchema.safeParse(request.body ?? {});
    if (!parsed.success) throw requestInvalid(parsed.error);
    const { initiator, reason = initiator === 'INDIVIDUAL' ? 'USER_ACTION' : 'BUSINESS_RULE' } = parsed.data;
    await requestRevocation(deps, row.id, { initiator, reason });
    const now = (await findConsent(deps.database, row.id)) ?? row;
    const view = await consentView(now, await dataKeyOf(deps, now), deps.settings.publicUrl);
    response.set('Cache-Control', 'no-store').json(view);
  };
}

/**
 * `POST /v1/consents/{consentId}/completion`: the data of a ONE_TIME consent was read, and it has served its purpose. It ends now,
 * and not when its hour is over.
 */
export function completeConsent(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await ownConsent(deps, request, response);
    if (row.terms.durationType !== 'ONE_TIME') throw new ConsentFailure('consent_not_one_time');
    if (row.status === 'requested' || row.status === 'authorizing') throw new ConsentFailure('consent_not_connected');
    if (row.status === 'active') {
      await noteRequest(deps, row.id, 'consent.completion_requested');
      await deps.engine.reportUsedUp(row.id);
    }
    response.status(202).set('Cache-Control', 'no-store').json({ id: row.id });
  };
}
