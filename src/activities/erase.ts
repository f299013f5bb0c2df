import { ConsentFailure } from '../domain/failures';
import type { ConsentId } from '../domain/ids';
import { erase } from '../store/erasure';
import type { LockedConsent } from '../store/purge';
import type { ErasureRequest, ErasureResult } from '../workflows/erasure-contract';
import { signDeletionCertificate, signLaterCertificate, type DeletionCertificate } from './deletion-certificate';
import type { ActivityDependencies } from './dependencies';
import { rulingOn } from './purge';

/** The step of an erasure. */
export interface ErasureActivities {
  erasePerson(request: ErasureRequest): Promise<ErasureResult>;
}

export function createErasureActivities(deps: ActivityDependencies): ErasureActivities {
  return { erasePerson: (request) => erasePerson(deps, request) };
}

/**
 * Forgets the person of an ended consent now, and certifies it. Running it again changes nothing and gives the same certificate.
 *
 * @throws {ConsentFailure} consent_not_found, consent_not_ended, consent_held, erasure_waits_for_bank: nothing happened;
 * signing_unavailable
 */
export async function erasePerson(
  deps: ActivityDependencies,
  { consentId, requestedBy, requestId }: ErasureRequest,
): Promise<ErasureResult> {
  const certificateId = await erase(deps.database, consentId as ConsentId, {
    by: { requestedBy, requestId },
    permit(consent) {
      permit(deps, consent);
    },
    certify: (purged) => signDeletionCertificate(deps, purged),
    certifyLater: (first, purged) =>
      signLaterCertificate(deps, first.document as unknown as DeletionCertificate, purged),
  });
  return { certificateId };
}

function permit({ retention }: ActivityDependencies, consent: LockedConsent): void {
  switch (rulingOn(consent, retention)) {
    case 'allowed':
      return;
    case 'not_ended':
      throw new ConsentFailure('consent_not_ended');
    case 'held':
      throw new ConsentFailure('consent_held');
    case 'bank_first':
      throw new ConsentFailure('erasure_waits_for_bank');
  }
}
