import type { ChainedEvent } from './events';
import { Fault } from './fault';
import { openJws, requireCanonicalPayload, sha256Of, type JsonObject } from './jws';
import type { KnownKeys } from './keys';
import type { BundledDisclosure, Bundle } from './bundle';

interface Promised {
  /** SHA-256 of a receipt's signed form. */
  readonly digest: string;
  readonly where: string;
  /** Absent for receipts from before the chain. */
  readonly event?: ChainedEvent['event'];
}

/** Each receipt is ours, of this consent and the one that an event names, in the same order; none is missing. @throws {Fault} */
export async function checkReceipts(bundle: Bundle, events: readonly ChainedEvent[], keys: KnownKeys): Promise<void> {
  const promised = promisedReceipts(events);
  const earlier = new Set<unknown>();
  for (const [index, signed] of bundle.receipts.entries()) {
    const where = `receipts[${index}]`;
    const receipt = await openJws(signed, 'consent-receipt+jws', keys, where);
    // Version 1 was signed as it was printed.
    if (receipt['receiptVersion'] !== 1) requireCanonicalPayload(signed, receipt, where);
    if (receipt['consentId'] !== bundle.consentId) {
      throw new Fault(where, `is of the consent ${String(receipt['consentId'])}, not of ${bundle.consentId}`);
    }
    const supersedes = receipt['supersedes'];
    if (supersedes !== undefined && !earlier.has(supersedes)) {
      throw new Fault(where, 'supersedes a receipt that is not among those before it');
    }
    earlier.add(receipt['receiptId']);
    const promise = promised[index];
    if (promise?.digest !== sha256Of(signed)) throw new Fault(where, whyUnpromised(signed, promised, index));
    if (promise.event) checkAgainstEvent(receipt, promise.event, where);
    checkDisclosure(
      receipt,
      promise,
      { events, disclosures: bundle.disclosures, agreements: bundle.agreements },
      where,
    );
  }
  const missing = promised[bundle.receipts.length];
  if (missing) throw new Fault('receipts', `the receipt of ${missing.where} is missing`);
}

/** What the trail says there is: receipts from before it by its first event, all others by their own. */
function promisedReceipts(events: readonly ChainedEvent[]): readonly Promised[] {
  return events.flatMap(({ event }, index): Promised[] => {
    const where = `events[${index}]`;
    if (event.type === 'trail.begun') return digestsOf(event.details['receipts']).map((digest) => ({ digest, where }));
    if (event.type !== 'receipt.issued') return [];
    return [{ digest: String(event.details['signedDigest']), where, event }];
  });
}

export function digestsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function whyUnpromised(signed: string, promised: readonly Promised[], index: number): string {
  const digest = sha256Of(signed);
  const elsewhere = promised.findIndex((each) => each.digest === digest);
  if (elsewhere < 0) return 'no event says that it was issued';
  if (elsewhere < index) return `is there twice`;
  return `stands where the receipt of ${promised[index]?.where ?? 'nothing'} should be`;
}

function checkAgainstEvent(receipt: JsonObject, event: ChainedEvent['event'], where: string): void {
  for (const name of ['receiptId', 'supersedes']) {
    if (receipt[name] !== event.details[name]) throw new Fault(where, `its ${name} is not the one that was recorded`);
  }
}

interface Agreed {
  readonly events: readonly ChainedEvent[];
  readonly disclosures: readonly BundledDisclosure[];
  readonly agreements: Bundle['agreements'];
}

/** The words that the receipt says were disclosed are those that the person agreed to on that trip. */
function checkDisclosure(receipt: JsonObject, { event }: Promised, agreed: Agreed, where: string): void {
  if (event === undefined) return;
  const started = agreed.events.find(
    (each) =>
      each.event.type === 'authorization.started' && each.event.details['authorizationId'] === event.correlationId,
  );
  // One that was under way when the trail began has no such event.
  if (!started) {
    if (agreed.events[0]?.event.type === 'trail.begun') return;
    throw new Fault(where, 'no event tells of the authorization that it is of');
  }
  const digest = disclosureDigestOf(receipt);
  const { disclosureDigest, agreementId } = started.event.details;
  if (digest !== disclosureDigest) throw new Fault(where, 'names another disclosure than the authorization');
  if (agreementId === undefined) return;
  const agreement = agreed.agreements.find((each) => each.agreementId === agreementId);
  const disclosure = agreed.disclosures.find((each) => each.disclosureId === agreement?.disclosureId);
  if (disclosure?.digest !== digest) throw new Fault(where, 'names another disclosure than the person agreed to');
}

function disclosureDigestOf(receipt: JsonObject): unknown {
  const member = (name: string) => (receipt[name] ?? {}) as JsonObject;
  return receipt['receiptVersion'] === 1 ? member('evidence')['disclosureDigest'] : member('disclosure')['digest'];
}
