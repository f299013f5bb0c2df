import type { Database } from '../store/database';
import { eventsByChainAfter, type ChainEvent } from '../store/chain-events';
import { checkpointsFrom, findNewestCheckpoint } from '../store/checkpoints';
import { compareChains, evidenceKeys, judgeCheckpoint } from './checkpoint';
import type { Damage } from './chain-judgement';
import { openCheckpoint, requireNext } from './verify/checkpoints';
import { readEvent, type ChainPosition } from './verify/events';
import { Fault } from './verify/fault';

export interface EvidenceAudit {
  readonly chains: number;
  readonly events: number;
  readonly checkpoints: number;
  /** Everything that is not as it was, in the order in which it was found. */
  readonly damages: readonly Damage[];
}

const EVENTS_AT_ONCE = 2_000;
const CHECKPOINTS_AT_ONCE = 500;

/**
 * Reads everything again: every checkpoint, where every chain ended at the newest one, and every event of every chain. What it
 * cannot see is a tail that was removed since the newest checkpoint: nothing of it was ever signed.
 */
export async function auditEvidence(database: Database): Promise<EvidenceAudit> {
  const checkpoints = await auditCheckpoints(database);
  const newest = await findNewestCheckpoint(database);
  const compared = await compareChains(database, undefined);
  const heads = await judgeCheckpoint(database, newest, compared.before);
  const events = await auditEvents(database);
  return {
    chains: compared.after.size,
    events: events.count,
    checkpoints: checkpoints.count,
    damages: withoutRepeats([
      ...checkpoints.damages,
      ...(heads ? [heads] : []),
      ...compared.damages,
      ...events.damages,
    ]),
  };
}

interface Audited {
  readonly count: number;
  readonly damages: readonly Damage[];
}

async function auditCheckpoints(database: Database): Promise<Audited> {
  const keys = await evidenceKeys(database);
  const damages: Damage[] = [];
  let before: { readonly number: number; readonly signed: string } | undefined;
  let count = 0;
  for (;;) {
    const page = await checkpointsFrom(database, (before?.number ?? 0) + 1, CHECKPOINTS_AT_ONCE);
    for (const { number, signed } of page) {
      const of = `checkpoint ${number}`;
      try {
        const checkpoint = await openCheckpoint(signed, keys, of);
        if (!before && number !== 1) throw new Fault(of, 'is the first that is here; those before are gone');
        requireNext(checkpoint, before, of);
      } catch (error) {
        damages.push(damageOf(error, of));
      }
      before = { number, signed };
      count += 1;
    }
    if (page.length < CHECKPOINTS_AT_ONCE) return { count, damages };
  }
}

async function auditEvents(database: Database): Promise<Audited> {
  const damages: Damage[] = [];
  let count = 0;
  let last: ChainEvent | undefined;
  let before: ChainPosition | undefined;
  let isBroken = false;
  for (;;) {
    const page = await eventsByChainAfter(database, last ?? { chain: '', seq: 0 }, EVENTS_AT_ONCE);
    for (const stored of page) {
      if (stored.chain !== last?.chain) [before, isBroken] = [undefined, false];
      last = stored;
      // The first thing that is wrong with a chain; what follows it would be wrong for the same reason.
      if (isBroken) continue;
      try {
        before = readStored(stored, before);
      } catch (error) {
        damages.push(damageOf(error, stored.chain));
        isBroken = true;
      }
    }
    count += page.length;
    if (page.length < EVENTS_AT_ONCE) return { count, damages };
  }
}

/** @throws {Fault} */
function readStored(stored: ChainEvent, before: ChainPosition | undefined): ChainPosition {
  const where = `event ${stored.seq}`;
  const next = readEvent(stored.event, stored.chain, before, where);
  if (next.hash !== stored.hash) throw new Fault(where, 'has another hash than is stored with it');
  const { seq, type, actor, at } = next.event;
  const isRepeated =
    seq === stored.seq && type === stored.type && actor === stored.actor && Date.parse(at) === stored.at.getTime();
  if (!isRepeated) throw new Fault(where, 'is stored with other columns than it says');
  return next;
}

function damageOf(error: unknown, of: string): Damage {
  if (!(error instanceof Fault)) throw error;
  return { of, what: error.where === of ? error.what : `${error.where} ${error.what}` };
}

/** A chain may be found damaged in two ways; each is told once. */
function withoutRepeats(damages: readonly Damage[]): readonly Damage[] {
  const told = new Set<string>();
  return damages.filter(({ of, what }) => {
    const key = `${of} ${what}`;
    return !told.has(key) && told.add(key);
  });
}
