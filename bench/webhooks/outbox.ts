import { performance } from 'node:perf_hooks';
import type { Pool } from 'pg';
import { latencyOf, round } from '../statistics';
import { change } from './changes';
import type { OutboxFigures } from './result';

export interface OutboxPlan {
  /** Of each way at each level, over all rounds. */
  changes: number;
  rounds: number;
  levels: readonly { writers: number; endpoints: number }[];
}

const WAYS = ['without', 'silent', 'with'] as const;
type Way = (typeof WAYS)[number];

interface Leg {
  elapsedMs: number;
  times: number[];
}

/** The same change of a consent without the trigger that tells its application, with it but for its NOTIFY, and as it is. They take turns. */
export async function measureOutbox(
  pool: Pool,
  consentIds: readonly string[],
  plan: OutboxPlan,
  subscribe: (endpoints: number) => Promise<void>,
): Promise<OutboxFigures[]> {
  const figures: OutboxFigures[] = [];
  const triggers = await triggersOf(pool);
  for (const { writers, endpoints } of plan.levels) {
    await subscribe(endpoints);
    const legs: Record<Way, Leg[]> = { without: [], silent: [], with: [] };
    const measure = async (way: Way, changes: number): Promise<Leg> => {
      await triggers[way]();
      return turn(pool, consentIds, writers, changes);
    };
    for (const way of WAYS) await measure(way, writers * 8);
    for (let index = 0; index < plan.rounds; index += 1) {
      for (const way of index % 2 === 0 ? WAYS : [...WAYS].reverse()) {
        legs[way].push(await measure(way, Math.ceil(plan.changes / plan.rounds)));
      }
    }
    const [without, silent, withIt] = WAYS.map((way) => together(legs[way])) as [Change, Change, Change];
    const ratioTo = ({ perSecond }: Change): number => round(perSecond / without.perSecond, 2);
    const ratios = { silent: ratioTo(silent), with: ratioTo(withIt) };
    figures.push({ writers, endpoints, without, silent, with: withIt, ratios });
  }
  await triggers.with();
  return figures;
}

async function turn(pool: Pool, consentIds: readonly string[], writers: number, changes: number): Promise<Leg> {
  const times: number[] = [];
  let begun = 0;
  const keepGoing = async (writer: number): Promise<void> => {
    // Each writer has consents of its own: what waits for a consent's row is another matter.
    const own = consentIds.filter((_, index) => index % writers === writer);
    while (begun < changes) {
      begun += 1;
      const startedAt = performance.now();
      await change(pool, own[begun % own.length] ?? '');
      times.push(performance.now() - startedAt);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: writers }, (_, writer) => keepGoing(writer)));
  const elapsedMs = performance.now() - startedAt;
  return { elapsedMs, times };
}

/** What to do to the benchmark's own database before each way. */
async function triggersOf(pool: Pool): Promise<Record<Way, () => Promise<void>>> {
  const { rows } = await pool.query<{ text: string }>(`SELECT pg_get_functiondef('tell_application'::regproc) AS text`);
  const asItIs = rows[0]?.text ?? '';
  const silent = asItIs.replace(/PERFORM pg_notify\([^;]*;/, '');
  if (silent === asItIs) throw new Error('tell_application notifies nobody any more: this benchmark has to follow');
  const set = async (state: 'ENABLE' | 'DISABLE', text: string): Promise<void> => {
    await pool.query(`ALTER TABLE audit_events ${state} TRIGGER tell_application`);
    await pool.query(text);
  };
  return {
    without: () => set('DISABLE', asItIs),
    silent: () => set('ENABLE', silent),
    with: () => set('ENABLE', asItIs),
  };
}

type Change = OutboxFigures['with'];

function together(legs: readonly Leg[]): Change {
  const times = legs.flatMap((leg) => leg.times);
  const elapsedMs = legs.reduce((sum, leg) => sum + leg.elapsedMs, 0);
  return { ...latencyOf(times), perSecond: round((times.length / elapsedMs) * 1_000) };
}
