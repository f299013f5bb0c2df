import type { RequestHandler } from 'express';
import { z } from 'zod';
import { hasEnded } from '../../domain/consent';
import { REVOCATION_REASONS } from '../../domain/ending';
import { ConsentFailure } from '../../domain/failures';
import { requestRevocation } from '../../revocation/request-revocation';
import { findConsent, type ConsentRow } from '../../store/consents';
import type { completionSchema } from '../contract/schemas/consent';
import type { Sent } from '../contract/schemas/values';
import type { ApiDependencies } from '../dependencies';
import { noteRequest } from '../note-request';
import { isConditional, sendTagged } from '../entity-tag';
import { keepUnder } from '../kept-answer';
import { ownConsent, ownConsentView, requireSeen, requireUnchanged } from '../own-consent';
import { parseBody } from '../request-input';
import { secondsToWait, type WaitingRoom } from '../waiting';

/** The person, unless the application says that it was itself. */
export const revocationSchema = z
  .strictObject({
    initiator: z.enum(['INDIVIDUAL', 'DATA_RECIPIENT']).default('INDIVIDUAL'),
    reason: z.enum(REVOCATION_REASONS).optional(),
  })
  .meta({ id: 'RevocationRequest', description: 'Who wants it and why (FDX ConsentRevocationRequest).' });

/**
 * `DELETE /v1/consents/{consentId}`: revokes it. Effective here when this answers; the bank is told afterwards, for as long as it
 * takes, and `Prefer: wait` waits for it. A consent that has ended is answered as it stands.
 */
export function revokeConsent(deps: ApiDependencies, room: WaitingRoom): RequestHandler {
  return async (request, response) => {
    const row = await ownConsent(deps, request, response);
    await requireSeen(deps, request, row);
    secondsToWait(request.get('prefer'));
    const { initiator, reason = initiator === 'INDIVIDUAL' ? 'USER_ACTION' : 'BUSINESS_RULE' } = parseBody(
      revocationSchema,
      request,
    );
    await requestRevocation(deps, row.id, { initiator, reason }, isConditional(request) ? row : undefined);
    const now = await room.untilEnough(request, response, {
      id: row.id,
      look: async () => (await findConsent(deps.database, row.id)) ?? row,
      isEnough: (seen) => isSettled(seen, hasEnded(row.status)),
    });
    sendTagged(request, response, await ownConsentView(deps, now));
  };
}

/** Whether the bank has had its turn. Until the workflow has looked, it is not said whether there is anything to tell the bank. */
function isSettled({ status, bank_ending: bankEnding, granted_at: grantedAt }: ConsentRow, hadEnded: boolean): boolean {
  if (!hasEnded(status)) return false;
  return bankEnding === null ? hadEnded || grantedAt === null : bankEnding !== 'pending';
}

/**
 * `POST /v1/consents/{consentId}/completion`: the data of a ONE_TIME consent was read, and it has served its purpose. It ends now,
 * and not when its hour is over. Who waits for that is answered with the consent.
 */
export function completeConsent(deps: ApiDependencies, room: WaitingRoom): RequestHandler {
  return async (request, response) => {
    const row = await ownConsent(deps, request, response);
    await requireSeen(deps, request, row);
    const isToWait = secondsToWait(request.get('prefer')) !== undefined;
    if (row.terms.durationType !== 'ONE_TIME') throw new ConsentFailure('consent_not_one_time');
    if (row.status === 'requested' || row.status === 'authorizing') throw new ConsentFailure('consent_not_connected');
    if (row.status === 'active') {
      await requireUnchanged(deps, request, row);
      await noteRequest(deps, row.id, 'consent.completion_requested');
      await deps.engine.reportUsedUp(row.id);
    }
    const now = await room.untilEnough(request, response, {
      id: row.id,
      look: async () => (await findConsent(deps.database, row.id)) ?? row,
      isEnough: ({ status }) => hasEnded(status),
    });
    if (isToWait && hasEnded(now.status)) {
      keepUnder(response, [now]);
      sendTagged(request, response, await ownConsentView(deps, now));
      return;
    }
    response
      .status(202)
      .set('Cache-Control', 'no-store')
      .json({ id: row.id } satisfies Sent<typeof completionSchema>);
  };
}
