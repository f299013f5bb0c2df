import { ConsentFailure } from '../domain/failures';
import type { ConsentId } from '../domain/ids';
import { purgeRuling, type PurgeRuling, type RetentionPolicy } from '../domain/retention';
import { purge, type LockedConsent } from '../store/purge';
import { signDeletionCertificate } from './deletion-certificate';
import type { ActivityDependencies } from './dependencies';

/** A bank that is down is not back within minutes, and nobody waits. */
const ASK_AGAIN_SECONDS = 60 * 60;

/**
 * Destroys a consent's secrets that are left and its personal data, and certifies it. Running it again changes nothing and gives
 * the first certificate.
 *
 * @throws {ConsentFailure} purge_held under a legal hold; purge_waits_for_bank while the bank must still be told of the end;
 * signing_unavailable
 * @throws {Error} for a consent that has not ended, or that is not there
 */
export async function purgeConsent(
  deps: ActivityDependencies,
  { consentId }: { readonly consentId: ConsentId },
): Promise<{ certificateId: string }> {
  const certificateId = await purge(deps.database, consentId, {
    permit(consent) {
      permit(deps, consent);
    },
    certify: (purged) => signDeletionCertificate(deps, purged),
  });
  return { certificateId };
}

function permit({ retention }: ActivityDependencies, consent: LockedConsent): void {
  const { row } = consent;
  switch (rulingOn(consent, retention)) {
    case 'allowed':
      return;
    case 'not_ended':
      throw new Error(`consent ${row.id} is ${row.status}: it is not purged before it has ended`);
    case 'held':
      throw new ConsentFailure('purge_held', undefined, ASK_AGAIN_SECONDS);
    case 'bank_first':
      throw new ConsentFailure('purge_waits_for_bank', undefined, ASK_AGAIN_SECONDS);
  }
}

export function rulingOn({ row, hasTokens, isHeld, now }: LockedConsent, retention: RetentionPolicy): PurgeRuling {
  const subject = {
    status: row.status,
    bankEnding: row.bank_ending ?? undefined,
    hasTokens,
    isHeld,
    // A consent whose end was never dated ended when it last changed.
    endedAt: (row.ended_at ?? row.updated_at).getTime(),
    expiresAt: row.expires_at?.getTime(),
  };
  return purgeRuling(subject, retention, now.getTime());
}
