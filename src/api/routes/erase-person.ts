import type { RequestHandler } from 'express';
import { currentReason } from '../../store/opening-log';
import type { erasureSchema } from '../contract/schemas/operators';
import type { Sent } from '../contract/schemas/values';
import type { ApiDependencies } from '../dependencies';
import { consentIdOf } from '../own-consent';

/** As long as a client that waits for an answer will usually wait. */
const WAIT_MS = 10_000;

/**
 * `POST /v1/consents/{consentId}/erasure` (operator): the person asks to be forgotten. 202 when it takes longer than a client waits:
 * it goes on, and asking again tells how it ended.
 */
export function erasePerson({ erasures }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const consentId = consentIdOf(request);
    const { openedBy: requestedBy, requestId } = currentReason();
    const erased = await erasures.erase({ consentId, requestedBy, requestId }, WAIT_MS);
    response.status(erased ? 200 : 202).json({ consentId, ...erased } satisfies Sent<typeof erasureSchema>);
  };
}
