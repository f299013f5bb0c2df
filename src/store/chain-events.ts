import { sql } from 'kysely';
import type { Database } from './database';

/** An event as it is stored: its text, and the columns that repeat it. */
export interface ChainEvent {
  readonly chain: string;
  readonly seq: number;
  readonly type: string;
  readonly actor: string;
  readonly at: Date;
  readonly event: string;
  readonly hash: string;
}

/** The next events after one, chain by chain. */
export async function eventsByChainAfter(
  database: Database,
  { chain, seq }: Pick<ChainEvent, 'chain' | 'seq'>,
  limit: number,
): Promise<readonly ChainEvent[]> {
  const rows = await selectEvents(database)
    .where(sql<boolean>`(chain, seq) > (${chain}, ${seq})`)
    .orderBy('chain')
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** The next events of one chain. */
export async function eventsOfChain(
  database: Database,
  chain: string,
  afterSeq: number,
  limit: number,
): Promise<readonly ChainEvent[]> {
  const rows = await selectEvents(database)
    .where('chain', '=', chain)
    .where('seq', '>', String(afterSeq))
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

const selectEvents = (database: Database) =>
  database.selectFrom('audit_events').select(['chain', 'seq', 'type', 'actor', 'at', 'event', 'hash']);

/** When a chain was removed by the book, and where it ended. */
export async function findRemovedChain(database: Database, chain: string) {
  return database.selectFrom('audit_removed_chains').selectAll().where('chain', '=', chain).executeTakeFirst();
}

/** When the trail began; undefined before the first event. */
export async function oldestEventAt(database: Database): Promise<Date | undefined> {
  const row = await database.selectFrom('audit_events').select('at').orderBy('at').limit(1).executeTakeFirst();
  return row?.at;
}
