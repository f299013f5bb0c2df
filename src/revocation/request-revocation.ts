import { hasEnded } from '../domain/consent';
import type { Revocation } from '../domain/ending';
import { ConsentFailure } from '../domain/failures';
import type { ConsentId } from '../domain/ids';
import { findProgress } from '../store/consents';
import type { Database } from '../store/database';
import type { Seen } from '../store/labels';
import { markRevoked, noteRevocationDelivered } from '../store/life';
import type { ConsentEngine } from '../temporal/consent-engine';

export interface RequestedRevocation {
  /** `ended_before` when there was nothing left to revoke: asking again changes nothing. */
  readonly outcome: 'revoked' | 'ended_before';
  /** Settles when the workflow was told, or could not be told now: then a sweep tells it. Never rejects for want of it. */
  readonly delivered: Promise<void>;
}

/**
 * Revokes a consent. In the database first: when this returns no token of it is used any more, whatever its workflow is doing, and
 * whether or not it can be told. The workflow then tells the bank.
 *
 * @param seen only if it is still as it was seen, in the moment in which it is revoked
 * @throws {ConsentFailure} consent_not_found; precondition_failed; store_unavailable: nothing happened, ask again
 */
export async function requestRevocation(
  { database, engine }: { readonly database: Database; readonly engine: Pick<ConsentEngine, 'revoke'> },
  consentId: ConsentId,
  revocation: Revocation,
  seen?: Seen,
): Promise<RequestedRevocation> {
  if (await markRevoked(database, consentId, revocation, seen)) {
    const delivered = deliverRevocation({ database, engine }, consentId, revocation).then(
      () => undefined,
      // It counts already; the sweep sees to the rest.
      () => undefined,
    );
    return { outcome: 'revoked', delivered };
  }
  const progress = await findProgress(database, consentId);
  if (!progress) throw new ConsentFailure('consent_not_found');
  if (!hasEnded(progress.status)) throw new ConsentFailure('precondition_failed');
  return { outcome: 'ended_before', delivered: Promise.resolve() };
}

/** @returns false when there is no workflow that could hear it */
export async function deliverRevocation(
  { database, engine }: { readonly database: Database; readonly engine: Pick<ConsentEngine, 'revoke'> },
  consentId: ConsentId,
  revocation: Revocation,
): Promise<boolean> {
  const isHeard = await engine.revoke(consentId, revocation);
  if (isHeard) await noteRevocationDelivered(database, consentId);
  return isHeard;
}
