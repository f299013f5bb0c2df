import { sql } from 'kysely';
import type { ApplicationId, ConsentId } from '../domain/ids';
import type { Database } from './database';

/** An event with what is echoed of its consent as that is now: null once the consent is purged. */
export type EventRow = Awaited<ReturnType<typeof findEvent>> & object;

/** An event by its id, whoever's it is. */
export function findEvent(database: Database, id: string) {
  return withEchoes(database).where('events.id', '=', id).executeTakeFirst();
}

export interface EventRange {
  readonly applicationId: ApplicationId;
  /** Position of the last one that was read; 0 before the first. */
  readonly after: string;
  /** Position up to which everything is to be seen. */
  readonly upTo: string;
  /** All when absent. */
  readonly types?: readonly string[] | undefined;
  readonly consentId?: ConsentId | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly limit: number;
}

/** The next events of an application, in the order of their positions. */
export function listEventsAfter(database: Database, range: EventRange) {
  const { applicationId, after, upTo, types, consentId, from, to, limit } = range;
  let rows = withEchoes(database)
    .where('events.application_id', '=', applicationId)
    .where(sql<boolean>`events.position > ${after}::bigint`)
    .where(sql<boolean>`events.position <= ${upTo}::bigint`);
  if (types) rows = rows.where(sql<boolean>`events.type = ANY(${types})`);
  if (consentId !== undefined) rows = rows.where('events.consent_id', '=', consentId);
  if (from) rows = rows.where('events.at', '>=', from);
  if (to) rows = rows.where('events.at', '<', to);
  return rows.orderBy('events.position').limit(limit).execute();
}

function withEchoes(database: Database) {
  return database
    .selectFrom('events')
    .innerJoin('consents', 'consents.id', 'events.consent_id')
    .select(['events.id', 'events.application_id', 'events.consent_id', 'events.version', 'events.type', 'events.at'])
    .select(['events.data', 'events.position'])
    .select(
      sql<Record<string, string> | null>`CASE WHEN consents.purged_at IS NULL THEN consents.metadata END`.as(
        'metadata',
      ),
    )
    .select(sql<readonly string[] | null>`CASE WHEN consents.purged_at IS NULL THEN consents.tags END`.as('tags'));
}

/** Numbered in one statement, which others who number wait for. */
const NUMBERED_AT_ONCE = 2_000;

/** Where the events of all applications end: up to there whoever reads now sees all of them. */
export interface EventHead {
  readonly position: string;
  /** By the database's clock, to the millisecond: all that is up to `position` had happened by then. */
  readonly at: Date;
  /** False while more are waiting for a number than were given one: come again. */
  readonly isComplete: boolean;
}

interface Asking {
  underWay?: Promise<EventHead> | undefined;
  next?: Promise<EventHead> | undefined;
}

/** By the database that is asked. */
const ASKING = new WeakMap<Database, Asking>();

/**
 * Gives what is committed and has no position yet one, and says where events end. Not to be called within a transaction: others who
 * read wait until it is over.
 *
 * Many streams are woken by one event. Whoever comes while the answer is on its way to somebody else shares the next one with all who came
 * meanwhile: it is asked for after they came, so what was committed before is in it.
 */
export function findHead(database: Database): Promise<EventHead> {
  const asking = ASKING.get(database) ?? {};
  ASKING.set(database, asking);
  const ask = (): Promise<EventHead> => {
    asking.next = undefined;
    const asked: Promise<EventHead> = askForHead(database).finally(() => {
      if (asking.underWay === asked) asking.underWay = undefined;
    });
    asking.underWay = asked;
    return asked;
  };
  if (!asking.underWay) return ask();
  asking.next ??= asking.underWay.then(ask, ask);
  return asking.next;
}

async function askForHead(database: Database): Promise<EventHead> {
  const { rows } = await sql<{ position: string; numbered: number }>`
    SELECT head::text AS position, numbered FROM number_events(${NUMBERED_AT_ONCE})`.execute(database);
  // A statement of its own: the clock is read when everything up to there is committed.
  const clock = await sql<{ at: Date }>`SELECT clock_timestamp() AS at`.execute(database);
  const [head, now] = [rows[0], clock.rows[0]];
  if (!head || !now) throw new Error('a function has an answer');
  return { position: head.position, at: now.at, isComplete: head.numbered < NUMBERED_AT_ONCE };
}

/** Transactions that take longer than others come out of order by a few, and not by this many. */
const FIRST_AFTER = 100;

/**
 * Whether an event lies before a position that was handed out before it happened. It does when the database was restored from a
 * backup, or a standby took over that had not heard of everything: positions were then given a second time, the lowest to the first
 * that happened. So only the first are looked at, by `events_of_application_by_time`: however many came since are not read, and the order
 * leaves a plan that is made once for all applications no other way.
 */
export async function isPositionReused(
  database: Database,
  applicationId: ApplicationId,
  given: { readonly position: string; readonly at: Date },
): Promise<boolean> {
  const { rows } = await sql<{ is_reused: boolean }>`
    SELECT EXISTS (SELECT FROM (
        SELECT position FROM events WHERE application_id = ${applicationId} AND at > ${given.at} ORDER BY at LIMIT ${sql.lit(FIRST_AFTER)}
      ) AS first WHERE position <= ${given.position}::bigint) AS is_reused`.execute(database);
  return rows[0]?.is_reused === true;
}

/** Removes events that have been kept for so many days, a batch at a time. @returns how many */
export async function removeOldEvents(database: Database, days: number, limit: number): Promise<number> {
  const { rows } = await sql<{ removed: number }>`SELECT remove_old_events(${days}, ${limit}) AS removed`.execute(
    database,
  );
  return rows[0]?.removed ?? 0;
}
