import { sql, type SqlBool } from 'kysely';
import type { ApplicationId, ConsentId } from '../domain/ids';
import type { Database } from './database';
import type { Place, Placed } from './in-period';

/** One event as it is stored: the text that its hash is taken over, and the hash. */
export interface StoredEvent {
  readonly event: string;
  readonly hash: string;
}

export interface EventQuery {
  readonly chain: ConsentId;
  /** Types, or beginnings of types: `consent.*`. */
  readonly types?: readonly string[] | undefined;
  /** An actor, or the beginning of some: `application:*`. */
  readonly actor?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Number of the last event of the page before. */
  readonly after?: string | undefined;
  readonly order: 'asc' | 'desc';
  readonly limit: number;
}

/** Events of one chain, a page at a time, in the order of their numbers or against it. */
export function listEvents(database: Database, query: EventQuery) {
  const { types, actor, from, to, after, order } = query;
  let rows = database.selectFrom('audit_events').select(['seq', 'event', 'hash']).where('chain', '=', query.chain);
  if (types) rows = rows.where((each) => each.or(types.map((type) => matches('type', type))));
  if (actor !== undefined) rows = rows.where(matches('actor', actor));
  if (from) rows = rows.where('at', '>=', from);
  if (to) rows = rows.where('at', '<', to);
  if (after !== undefined) {
    rows = rows.where(order === 'asc' ? sql<SqlBool>`seq > ${after}::bigint` : sql<SqlBool>`seq < ${after}::bigint`);
  }
  return rows.orderBy('seq', order).limit(query.limit).execute();
}

function matches(column: 'type' | 'actor', word: string) {
  const name = sql.ref(column);
  return word.endsWith('*')
    ? sql<SqlBool>`starts_with(${name}, ${word.slice(0, -1)})`
    : sql<SqlBool>`${name} = ${word}`;
}

/** An event in an export. Null where it is of another application than asked for: only its place counts then. */
export interface ExportedEvent extends Placed {
  readonly event: string | null;
  readonly hash: string;
}

export const FIRST_EVENT_PLACE = ['', '0'] as const;

/** The next events of all chains, or of one application's, in the order of time. */
export async function eventsAfter(
  database: Database,
  applicationId: ApplicationId | undefined,
  { at, key: [chain = '', seq = '0'] }: Place,
  to: Date,
  limit: number,
): Promise<ExportedEvent[]> {
  // The page is cut before it is looked whose events they are: else a page of an application that has few would read all others'.
  const { rows } = await sql<{ at: string; chain: string; seq: string; event: string | null; hash: string }>`
    WITH page AS MATERIALIZED (
      SELECT * FROM audit_events
       WHERE (at, chain, seq) > (${at}::timestamptz, ${chain}, ${seq}::bigint) AND at < ${to}
       ORDER BY at, chain, seq LIMIT ${limit}
    )
    SELECT page.at::text AS at, page.chain, page.seq, page.hash,
           CASE WHEN ${applicationId ?? null}::text IS NULL OR consents.application_id = ${applicationId ?? null} THEN page.event END AS event
      FROM page LEFT JOIN consents ON consents.id = page.chain
     ORDER BY page.at, page.chain, page.seq`.execute(database);
  return rows.map(({ at: instant, event, hash, ...key }) => ({
    place: { at: instant, key: [key.chain, key.seq] },
    event,
    hash,
  }));
}
