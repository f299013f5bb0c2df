import type { Bundle } from './bundle';
import type { ChainedEvent } from './events';
import { Fault } from './fault';
import { openJws, sha256Of } from './jws';
import type { KnownKeys } from './keys';
import { digestsOf } from './receipts';

/** Each deletion certificate is ours, of this consent, and the one that an event names; none is missing. @throws {Fault} */
export async function checkCertificates(
  { certificates, consentId }: Bundle,
  events: readonly ChainedEvent[],
  keys: KnownKeys,
): Promise<void> {
  const promised = events.flatMap(({ event }) => {
    if (event.type === 'trail.begun') return digestsOf(event.details['certificates']);
    return event.type === 'consent.deletion_certified' ? [String(event.details['signedDigest'])] : [];
  });
  for (const [index, signed] of certificates.entries()) {
    const where = `certificates[${index}]`;
    const certificate = await openJws(signed, 'deletion-certificate+jws', keys, where);
    if (certificate['consentId'] !== consentId) throw new Fault(where, `is not of ${consentId}`);
    if (promised[index] !== sha256Of(signed)) throw new Fault(where, 'is not the one that was recorded');
  }
  if (promised.length > certificates.length) throw new Fault('certificates', 'one that was recorded is missing');
}
