import { z } from 'zod';
import { leafHashOf, rootBy } from '../merkle';
import type { Bundle } from './bundle';
import type { ChainedEvent } from './events';
import { Fault } from './fault';
import { openJws, requireCanonicalPayload, sha256Of } from './jws';
import type { KnownKeys } from './keys';

export const CHECKPOINT_TYPE = 'audit-checkpoint+jws';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
export const checkpointSchema = z.strictObject({
  checkpointVersion: z.literal(1),
  /** From 1, without gaps. */
  number: z.number().int().positive(),
  /** When its making began: what was committed before is in it. RFC 3339 in UTC. */
  createdAt: z.iso.datetime(),
  issuer: z.strictObject({ name: z.string(), homeUri: z.string().optional() }),
  /** How many chains of events there were. */
  chains: z.number().int().nonnegative(),
  /** Root of the Merkle tree over the ends of all chains (RFC 9162 §2.1), hexadecimal. */
  root: hash,
  /** SHA-256 of the signed form of the checkpoint before, hexadecimal. */
  previous: hash.optional(),
});

export type Checkpoint = z.infer<typeof checkpointSchema>;

/** @throws {Fault} */
export async function openCheckpoint(signed: string, keys: KnownKeys, where: string): Promise<Checkpoint> {
  const document = await openJws(signed, CHECKPOINT_TYPE, keys, where);
  requireCanonicalPayload(signed, document, where);
  const parsed = checkpointSchema.safeParse(document);
  if (!parsed.success) throw new Fault(where, 'is not a checkpoint as this version knows it');
  return parsed.data;
}

/** Whether one follows the other without a gap. @throws {Fault} */
export function requireNext(
  { number, previous }: Checkpoint,
  before: { readonly number: number; readonly signed: string } | undefined,
  where: string,
): void {
  if (before && number !== before.number + 1) throw new Fault(where, `is number ${number}, after ${before.number}`);
  if (before && previous !== sha256Of(before.signed)) throw new Fault(where, 'does not follow the one before it');
  if (number === 1 && previous !== undefined) throw new Fault(where, 'is the first and names one before it');
  if (number > 1 && previous === undefined) throw new Fault(where, 'does not name the one before it');
}

/** Events are written as their transaction ends, and are seen by others a little later. */
const MOST_UNSEEN_MS = 60 * 60_000;

/** The checkpoints follow each other without a gap, from before the chain began. @throws {Fault} */
export async function checkCheckpoints(
  { checkpoints }: Bundle,
  events: readonly ChainedEvent[],
  keys: KnownKeys,
): Promise<readonly Checkpoint[]> {
  const opened: Checkpoint[] = [];
  for (const [index, signed] of checkpoints.entries()) {
    const where = `checkpoints[${index}]`;
    const checkpoint = await openCheckpoint(signed, keys, where);
    const [before, signedBefore] = [opened.at(-1), checkpoints[index - 1]];
    requireNext(
      checkpoint,
      before && signedBefore !== undefined ? { number: before.number, signed: signedBefore } : undefined,
      where,
    );
    opened.push(checkpoint);
  }
  const [first, began] = [opened[0], events[0]?.event.at ?? ''];
  if (first && first.number > 1 && first.createdAt > began) {
    throw new Fault('checkpoints[0]', `is number ${first.number}: earlier ones since the chain began are missing`);
  }
  return opened;
}

/**
 * The newest checkpoint stands for this chain up to one of its events.
 *
 * @returns up to which; 0 when the chain is younger than it, or there is no checkpoint yet
 * @throws {Fault}
 */
export function checkInclusion(
  { consentId, inclusion }: Bundle,
  events: readonly ChainedEvent[],
  newest: Checkpoint | undefined,
): number {
  if (inclusion) {
    if (!newest) throw new Fault('inclusion', 'leads to a checkpoint that is not here');
    checkPath(consentId, inclusion, events, newest);
  }
  const covered = inclusion?.seq ?? 0;
  const forgotten = events[covered];
  if (newest && forgotten && Date.parse(newest.createdAt) - Date.parse(forgotten.event.at) > MOST_UNSEEN_MS) {
    throw new Fault(
      'inclusion',
      `checkpoint ${newest.number} is younger than events[${covered}] and does not stand for it`,
    );
  }
  return covered;
}

function checkPath(
  chain: string,
  { checkpoint, seq, ...path }: NonNullable<Bundle['inclusion']>,
  events: readonly ChainedEvent[],
  newest: Checkpoint,
): void {
  if (checkpoint !== newest.number)
    throw new Fault('inclusion', `is for checkpoint ${checkpoint}, not ${newest.number}`);
  if (path.treeSize !== newest.chains)
    throw new Fault('inclusion', `is for ${path.treeSize} chains, not ${newest.chains}`);
  const event = events[seq - 1];
  if (!event) {
    throw new Fault(
      'events',
      `end at ${events.length}, and checkpoint ${newest.number} was taken at ${seq}: the end was removed`,
    );
  }
  const root = rootBy(leafHashOf({ chain, seq, hash: event.hash }), path);
  if (root?.toString('hex') !== newest.root) {
    throw new Fault('inclusion', `does not lead from events[${seq - 1}] to the root of checkpoint ${newest.number}`);
  }
}

/** A checkpoint that somebody kept is one of these, to the byte. @throws {Fault} */
export function checkKept(kept: string, bundle: Bundle, opened: readonly Checkpoint[]): string {
  const where = 'kept checkpoint';
  if (bundle.checkpoints.includes(kept)) return 'the checkpoint that was kept is among those of the bundle';
  const number = numberOf(kept);
  const [first, last] = [opened[0], opened.at(-1)];
  if (number === undefined || !first || !last) throw new Fault(where, 'is not among the checkpoints of the bundle');
  if (number > last.number)
    throw new Fault(where, `is number ${number}: the bundle is older and ends at ${last.number}`);
  if (number >= first.number) throw new Fault(where, `is another checkpoint ${number} than that of the bundle`);
  if (number === first.number - 1 && first.previous !== sha256Of(kept)) {
    throw new Fault(where, 'is not the one that the first checkpoint of the bundle follows');
  }
  return 'the checkpoint that was kept is older than the chain and says nothing of it';
}

function numberOf(kept: string): number | undefined {
  try {
    const document: unknown = JSON.parse(Buffer.from(kept.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return checkpointSchema.parse(document).number;
  } catch {
    return undefined;
  }
}
