import { sql, type Transaction } from 'kysely';
import type { ChainHead } from '../evidence/merkle';
import type { Database } from './database';
import type { Tables } from './tables';

/** A chain of events: where it ends now, and where it ended by the newest checkpoint. */
export interface ChainState {
  readonly chain: string;
  readonly head?: ChainHead;
  readonly before?: ChainHead & { readonly checkpoint: number; readonly removed: boolean };
  /** The hash that its event has now that was the last one at the checkpoint. */
  readonly hashThere?: string;
  /** Where it ended when it was removed by the book. */
  readonly removed?: ChainHead;
  /** Whether there is a consent of this name. */
  readonly hasConsent: boolean;
}

interface ChainStateRow {
  chain: string;
  seq: string | null;
  hash: string | null;
  checkpoint: string | null;
  before_seq: string | null;
  before_hash: string | null;
  before_removed: boolean | null;
  hash_there: string | null;
  removed_seq: string | null;
  removed_hash: string | null;
  has_consent: boolean;
}

/**
 * The next chains after one, in the order of their names: those that have events, those that a checkpoint knew, and those that a
 * consent should have. From one chain to the next by index, however long the chains are: no statement takes longer than its page.
 * Each chain is read in one snapshot, so that what is told of it fits together.
 */
export async function chainsAfter(database: Database, after: string, limit: number): Promise<readonly ChainState[]> {
  const next = (of: ReturnType<typeof sql>) => sql`least(
    (SELECT e.chain FROM audit_events e WHERE e.chain > ${of} ORDER BY e.chain LIMIT 1),
    (SELECT h.chain FROM audit_checkpoint_heads h WHERE h.chain > ${of} ORDER BY h.chain LIMIT 1),
    (SELECT c.id FROM consents c WHERE c.id > ${of} ORDER BY c.id LIMIT 1))`;
  const { rows } = await sql<ChainStateRow>`
    WITH RECURSIVE walk (chain) AS (
      SELECT ${next(sql`${after}::text`)}
      UNION ALL
      SELECT ${next(sql`walk.chain`)} FROM walk WHERE walk.chain IS NOT NULL
    ), page AS MATERIALIZED (SELECT chain FROM walk WHERE chain IS NOT NULL LIMIT ${limit})
    SELECT page.chain, head.seq, head.hash, before.checkpoint, before.seq AS before_seq, before.hash AS before_hash,
           before.removed AS before_removed, there.hash AS hash_there, gone.seq AS removed_seq, gone.hash AS removed_hash,
           EXISTS (SELECT 1 FROM consents c WHERE c.id = page.chain) AS has_consent
      FROM page
      LEFT JOIN LATERAL (
        SELECT seq, hash FROM audit_events WHERE chain = page.chain ORDER BY seq DESC LIMIT 1) head ON true
      LEFT JOIN LATERAL (
        SELECT checkpoint, seq, hash, removed FROM audit_checkpoint_heads
         WHERE chain = page.chain ORDER BY checkpoint DESC LIMIT 1) before ON true
      LEFT JOIN audit_events there ON there.chain = page.chain AND there.seq = before.seq
      LEFT JOIN audit_removed_chains gone ON gone.chain = page.chain
     ORDER BY page.chain`.execute(database);
  return rows.map(chainStateOf);
}

function chainStateOf(row: ChainStateRow): ChainState {
  const { chain, checkpoint } = row;
  const at = (seq: string | null, hash: string | null): ChainHead | undefined =>
    seq === null || hash === null ? undefined : { chain, seq: Number(seq), hash };
  const [head, before, removed] = [
    at(row.seq, row.hash),
    at(row.before_seq, row.before_hash),
    at(row.removed_seq, row.removed_hash),
  ];
  return {
    chain,
    hasConsent: row.has_consent,
    ...(head && { head }),
    ...(before && { before: { ...before, checkpoint: Number(checkpoint), removed: row.before_removed === true } }),
    ...(row.hash_there !== null && { hashThere: row.hash_there }),
    ...(removed && { removed }),
  };
}

/** The next chains after one as the newest checkpoint has them, without those that had left. */
export async function attestedHeadsAfter(
  database: Database,
  after: string,
  limit: number,
): Promise<readonly (ChainHead & { readonly removed: boolean })[]> {
  const { rows } = await sql<{ chain: string; seq: string; hash: string; removed: boolean }>`
    WITH RECURSIVE walk (chain) AS (
      SELECT (SELECT h.chain FROM audit_checkpoint_heads h WHERE h.chain > ${after} ORDER BY h.chain LIMIT 1)
      UNION ALL
      SELECT (SELECT h.chain FROM audit_checkpoint_heads h WHERE h.chain > walk.chain ORDER BY h.chain LIMIT 1)
        FROM walk WHERE walk.chain IS NOT NULL
    ), page AS MATERIALIZED (SELECT chain FROM walk WHERE chain IS NOT NULL LIMIT ${limit})
    SELECT page.chain, head.seq, head.hash, head.removed
      FROM page, LATERAL (
        SELECT seq, hash, removed FROM audit_checkpoint_heads
         WHERE chain = page.chain ORDER BY checkpoint DESC LIMIT 1) head
     ORDER BY page.chain`.execute(database);
  return rows.map(({ chain, seq, hash, removed }) => ({ chain, seq: Number(seq), hash, removed }));
}

export interface StoredCheckpoint {
  readonly number: number;
  readonly signed: string;
  readonly createdAt: Date;
}

export async function findNewestCheckpoint(database: Database): Promise<StoredCheckpoint | undefined> {
  const row = await selectCheckpoints(database).orderBy('number', 'desc').limit(1).executeTakeFirst();
  return row && storedCheckpointOf(row);
}

export async function findCheckpoint(database: Database, number: number): Promise<StoredCheckpoint | undefined> {
  const row = await selectCheckpoints(database).where('number', '=', String(number)).executeTakeFirst();
  return row && storedCheckpointOf(row);
}

/** In order of their numbers, from one on. */
export async function checkpointsFrom(
  database: Database,
  number: number,
  limit: number,
): Promise<readonly StoredCheckpoint[]> {
  const rows = await selectCheckpoints(database)
    .where('number', '>=', String(number))
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows.map(storedCheckpointOf);
}

/** The last one that was taken before an instant; undefined when there was none. */
export async function numberOfCheckpointBefore(database: Database, instant: Date): Promise<number | undefined> {
  const row = await database
    .selectFrom('audit_checkpoints')
    .select('number')
    .where('created_at', '<', instant)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && Number(row.number);
}

const selectCheckpoints = (database: Database) =>
  database.selectFrom('audit_checkpoints').select(['number', 'signed', 'created_at']);

function storedCheckpointOf(row: { number: string; signed: string; created_at: Date }): StoredCheckpoint {
  return { number: Number(row.number), signed: row.signed, createdAt: row.created_at };
}

/**
 * Runs `work` unless a checkpoint is being taken already, in one transaction. Each of its statements sees what was committed when
 * it began, so that the transaction keeps nobody waiting and holds nothing back.
 *
 * @returns undefined when another process is at it
 */
export function whileTakingCheckpoint<Result>(
  database: Database,
  work: (transaction: Transaction<Tables>, now: Date) => Promise<Result>,
): Promise<Result | undefined> {
  return database
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (transaction) => {
      const { rows } = await sql<{ free: boolean; now: Date }>`
        SELECT pg_try_advisory_xact_lock(hashtextextended('fdx_consent.checkpoint', 0)) AS free,
               date_trunc('milliseconds', clock_timestamp()) AS now`.execute(transaction);
      const [row] = rows;
      return row?.free === true ? work(transaction, row.now) : undefined;
    });
}

export type NewHead = ChainHead & { readonly removed: boolean };

/** Where chains ended at a checkpoint that is being taken: only those that ended elsewhere before. */
export async function insertHeads(database: Database, checkpoint: number, heads: readonly NewHead[]): Promise<void> {
  if (heads.length === 0) return;
  const column = <Value>(of: (head: NewHead) => Value) => heads.map(of);
  await sql`
    INSERT INTO audit_checkpoint_heads (chain, checkpoint, seq, hash, removed)
    SELECT chain, ${checkpoint}::bigint, seq, hash, removed FROM unnest(
      ${column(({ chain }) => chain)}::text[], ${column(({ seq }) => seq)}::bigint[],
      ${column(({ hash }) => hash)}::text[], ${column(({ removed }) => removed)}::boolean[]
    ) AS head (chain, seq, hash, removed)`.execute(database);
}

export async function insertCheckpoint(
  database: Database,
  { number, signed, createdAt, document }: StoredCheckpoint & { readonly document: object },
): Promise<void> {
  await database
    .insertInto('audit_checkpoints')
    .values({ number: String(number), document: JSON.stringify(document), signed, created_at: createdAt })
    .execute();
}
