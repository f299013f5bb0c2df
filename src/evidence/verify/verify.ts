import { parseBundle, parseTrustedKeys, type Bundle } from './bundle';
import { checkCertificates } from './certificates';
import { checkCheckpoints, checkInclusion, checkKept, type Checkpoint } from './checkpoints';
import { checkDisclosures } from './disclosures';
import { readChain, type ChainedEvent } from './events';
import { Fault } from './fault';
import { readKeys, type KnownKeys } from './keys';
import { checkReceipts } from './receipts';

export interface VerificationInput {
  /** The bundle's text. */
  readonly bundle: string;
  /** A JWK Set that was got from elsewhere, as text. */
  readonly trustedKeys?: string;
  /** A signed checkpoint that somebody outside kept. */
  readonly keptCheckpoint?: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface Verification {
  readonly holds: boolean;
  readonly consentId?: string;
  /** What was found to hold, in the order in which it was looked at. */
  readonly held: readonly string[];
  /** What the bundle cannot say by itself. */
  readonly open: readonly string[];
  /** The first thing that does not hold. */
  readonly fault?: { readonly where: string; readonly what: string };
}

/** A checkpoint is taken every day; a bundle whose newest is older than this was made long ago, or checkpoints have stopped. */
const OLD_MS = 48 * 60 * 60_000;

/** Looks at a bundle and at nothing else: no network, no database, no settings. */
export async function verifyBundle(input: VerificationInput): Promise<Verification> {
  const held: string[] = [];
  const open: string[] = [];
  try {
    const bundle = parseBundle(input.bundle);
    held.push(`it is an evidence bundle of ${bundle.consentId}`);
    await verifyParts(bundle, input, held, open);
    return { holds: true, consentId: bundle.consentId, held, open };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { holds: false, held, open, fault: { where: error.where, what: error.what } };
  }
}

async function verifyParts(bundle: Bundle, input: VerificationInput, held: string[], open: string[]): Promise<void> {
  const keys = await checkKeys(bundle, input.trustedKeys, held, open);
  const events = readChain(bundle.events, bundle.consentId);
  checkHead(bundle, events);
  held.push(`its ${events.length} events are one chain without a gap`);
  checkDisclosures(bundle, events);
  held.push(`what was disclosed and agreed to is as recorded: ${bundle.agreements.length} agreements`);
  await checkReceipts(bundle, events, keys);
  held.push(`its ${bundle.receipts.length} receipts are signed, of this consent and as recorded; none is missing`);
  await checkCertificates(bundle, events, keys);
  held.push(`its ${bundle.certificates.length} deletion certificates are signed and as recorded`);
  const checkpoints = await checkCheckpoints(bundle, events, keys);
  held.push(`its ${checkpoints.length} checkpoints are signed and follow each other without a gap`);
  const covered = checkInclusion(bundle, events, checkpoints.at(-1));
  if (covered > 0) held.push(`checkpoint ${checkpoints.at(-1)?.number ?? 0} stands for events 1 to ${covered}`);
  if (input.keptCheckpoint !== undefined) held.push(checkKept(input.keptCheckpoint.trim(), bundle, checkpoints));
  open.push(...uncovered(events, covered), ...ageOf(checkpoints, input.now));
}

async function checkKeys(
  { keys: { keys } }: Bundle,
  trustedKeys: string | undefined,
  held: string[],
  open: string[],
): Promise<KnownKeys> {
  const known = await readKeys(keys, trustedKeys === undefined ? undefined : parseTrustedKeys(trustedKeys));
  if (trustedKeys !== undefined) {
    held.push(`its ${known.size} keys are among those you trust`);
    return known;
  }
  held.push(`its ${known.size} keys are named by their thumbprints`);
  open.push(
    'the keys of the bundle itself were believed; compare their RFC 7638 thumbprints with those that the issuer publishes ' +
      `(/.well-known/receipt-keys.json), or pass them with --keys: ${[...known.keys()].join(', ')}`,
  );
  return known;
}

function checkHead({ head }: Bundle, events: readonly ChainedEvent[]): void {
  if (head.seq !== events.length) {
    throw new Fault('events', `end at ${events.length}, and the chain ended at ${head.seq} when the bundle was made`);
  }
  const last = events.length - 1;
  if (events[last]?.hash !== head.hash) throw new Fault(`events[${last}]`, 'is not the last event of the chain');
}

function uncovered(events: readonly ChainedEvent[], covered: number): readonly string[] {
  if (covered === events.length) return [];
  return [
    `events ${covered + 1} to ${events.length} are not yet covered by a checkpoint: ask for a newer bundle in a day`,
  ];
}

function ageOf(checkpoints: readonly Checkpoint[], now: number): readonly string[] {
  const newest = checkpoints.at(-1);
  if (!newest || now - Date.parse(newest.createdAt) <= OLD_MS) return [];
  return [`the newest checkpoint is of ${newest.createdAt}: what was removed since would not show here`];
}
