import { performance } from 'node:perf_hooks';
import type { Pool } from 'pg';
import { round } from '../statistics';
import type { AppendFigures } from './result';

export interface AppendPlan {
  writers: number;
  /** Of each kind, over all rounds. */
  appends: number;
  rounds: number;
}

type Append = (writer: number, count: number) => Promise<unknown>;

/** Many writers at once, each append a transaction of its own that reaches the disk: chained, and the same row unchained. */
export async function measureAppends(pool: Pool, { writers, appends, rounds }: AppendPlan): Promise<AppendFigures> {
  await pool.query('CREATE TABLE bench_events (LIKE audit_events INCLUDING ALL)');
  const details = JSON.stringify({ authorizationId: `aut_${'0'.repeat(32)}`, digest: '1'.repeat(64) });
  const chained = (chain: (writer: number) => string): Append => {
    const append = `SELECT append_audit_event($1, 'grant.refreshed', 'service', NULL, $2, $3)`;
    return (writer) => pool.query({ name: 'append', text: append, values: [chain(writer), 'aut_1', details] });
  };
  const { event, hash } = await sampleOf(pool, details);
  const insert = `INSERT INTO bench_events (chain, seq, type, actor, at, event, hash)
                  VALUES ($1, $2, 'grant.refreshed', 'service', now(), $3, $4)`;
  const kinds: Record<'bare' | 'many' | 'one', Append> = {
    bare: (writer, count) => pool.query({ name: 'insert', text: insert, values: [`w-${writer}`, count, event, hash] }),
    many: chained((writer) => `writer-${writer}`),
    one: chained(() => 'one for all'),
  };
  const spent = { bare: 0, many: 0, one: 0 };
  const names = ['bare', 'many', 'one'] as const;
  for (const name of names) await atOnce(writers, writers * 4, kinds[name]);
  for (let count = 0; count < rounds; count += 1) {
    // Whoever goes first has no advantage.
    for (const name of count % 2 === 0 ? names : [...names].reverse()) {
      spent[name] += await atOnce(writers, appends / rounds, kinds[name]);
    }
  }
  const perSecond = (ms: number): number => Math.round((appends / ms) * 1000);
  return {
    writers,
    barePerSecond: perSecond(spent.bare),
    toManyChainsPerSecond: perSecond(spent.many),
    toOneChainPerSecond: perSecond(spent.one),
    ratios: { manyChains: round(spent.bare / spent.many, 2), oneChain: round(spent.bare / spent.one, 2) },
  };
}

interface Sample {
  event: string;
  hash: string;
}

async function sampleOf(pool: Pool, details: string): Promise<Sample> {
  await pool.query(`SELECT append_audit_event('sample', 'grant.refreshed', 'service', NULL, 'aut_1', $1)`, [details]);
  const { rows } = await pool.query<Sample>(`SELECT event, hash FROM audit_events WHERE chain = 'sample'`);
  const [sample] = rows;
  if (!sample) throw new Error('nothing was appended');
  return sample;
}

let numbered = 0;

/** @returns milliseconds until the last one is committed */
async function atOnce(writers: number, times: number, append: Append): Promise<number> {
  let left = times;
  const keepGoing = async (writer: number): Promise<void> => {
    while (left > 0) {
      left -= 1;
      numbered += 1;
      await append(writer, numbered);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: writers }, (_, writer) => keepGoing(writer)));
  return performance.now() - startedAt;
}
