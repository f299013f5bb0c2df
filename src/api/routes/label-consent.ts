import type { RequestHandler } from 'express';
import { ConsentFailure } from '../../domain/failures';
import { writeLabels } from '../../store/labels';
import type { ApiDependencies } from '../dependencies';
import { sendTagged } from '../entity-tag';
import { consentPatchSchema, mergeLabels, metadataSchema } from '../labels';
import { ownConsent, ownConsentView, requireSeen } from '../own-consent';
import { requestInvalid } from '../problem';
import { parseBody } from '../request-input';

/** Whoever writes at the same time may come first so often. */
const MOST_ATTEMPTS = 10;

/**
 * `PATCH /v1/consents/{consentId}`: metadata and tags, by a merge patch (RFC 7396). Two that come at the same time both count; with
 * If-Match only the first does.
 *
 * @throws {ConsentFailure} consent_ended once its personal data are destroyed; precondition_failed
 */
export function labelConsent(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    await ownConsent(deps, request, response);
    const patch = parseBody(consentPatchSchema, request);
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      const row = await ownConsent(deps, request, response);
      await requireSeen(deps, request, row);
      if (row.purged_at) throw new ConsentFailure('consent_ended', 'what you noted on it is destroyed with it.');
      const labels = mergeLabels(row, patch);
      const metadata = metadataSchema.safeParse(labels.metadata, { reportInput: false });
      if (!metadata.success) throw requestInvalid(metadata.error);
      if (await writeLabels(deps.database, row.id, row, labels)) {
        sendTagged(request, response, await ownConsentView(deps, await ownConsent(deps, request, response)));
        return;
      }
    }
    throw new ConsentFailure('precondition_failed', 'others write on it all the time.');
  };
}
