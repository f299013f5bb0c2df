import { sql } from 'kysely';
import { ConsentFailure } from '../domain/failures';
import type { ConsentId } from '../domain/ids';
import { isDatabaseAway, type Database } from './database';

/** The chain of what belongs to no consent. */
export const SERVICE_CHAIN = 'service';

/** What no row of a table tells, and is therefore written as an event and nothing else. Triggers write all others. */
export type DirectEventType =
  'secret.opened' | 'data.read' | 'data.delegated' | 'invitation.cancel_requested' | 'consent.completion_requested';

/** Something that happened, as it goes into a chain: docs/audit-trail.md. */
export interface DirectEvent {
  readonly chain: ConsentId | typeof SERVICE_CHAIN;
  readonly type: DirectEventType;
  readonly actor: string;
  readonly reason?: string | undefined;
  /** The request, activity or action that it happened in. */
  readonly correlationId?: string | undefined;
  /** Ids, codes, numbers, digests. Nothing secret and nobody's name: it stays when personal data go. */
  readonly details: Readonly<Record<string, EventDetail | undefined>>;
}

type EventDetail = string | number | boolean;

export interface EventLog {
  /**
   * Resolves when the event is written for good. Not to be called by who holds a chain: within a transaction that has changed what
   * triggers tell of, it would wait for itself.
   *
   * @throws {ConsentFailure} store_unavailable: it is not written
   * @throws {EventRefused} when the database refuses it whatever its state
   */
  append(event: DirectEvent): Promise<void>;
}

/** Says nothing of why: what the database says may quote the event. */
export class EventRefused extends Error {
  override readonly name = 'EventRefused';

  constructor() {
    super('an event cannot be written down (audit_events)');
  }
}

/** Rows in one statement. Each chain among them is held until it commits, and a server has room for some 6,000 such locks. */
const MOST_AT_ONCE = 200;
/** Behind so many the database cannot keep up: saying so is better than a queue without an end. */
const MOST_WAITING = 20_000;
/** Statements that touch many chains in another order than ours are rare, and so is meeting the same one twice. */
const ATTEMPTS = 3;

interface Waiting {
  readonly event: DirectEvent;
  readonly written: () => void;
  readonly refused: (reason: Error) => void;
}

/**
 * Writes events by group commit. While one statement is under way the next events gather, and go together: their number follows the
 * time that a commit takes, not the number of events.
 *
 * @param database of its own, one connection is enough: who writes an event may hold the last one of another pool
 */
export function createEventLog(database: Database): EventLog {
  let waiting: Waiting[] = [];
  let isWriting = false;

  async function writeAll(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST_AT_ONCE);
      waiting = waiting.slice(MOST_AT_ONCE);
      try {
        await appendAll(
          database,
          batch.map(({ event }) => event),
        );
        for (const { written } of batch) written();
      } catch (error) {
        for (const { refused } of batch) refused(refusalOf(error));
      }
    }
    isWriting = false;
  }

  return {
    append: (event) =>
      new Promise((written, refused) => {
        if (waiting.length >= MOST_WAITING) {
          refused(new ConsentFailure('store_unavailable', 'too many events wait to be written down.'));
          return;
        }
        waiting.push({ event, written, refused });
        if (!isWriting) void writeAll();
      }),
  };
}

async function appendAll(database: Database, events: readonly DirectEvent[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await insertEvents(database, events);
      return;
    } catch (error) {
      // A victim of a deadlock has written nothing, and whoever it stood against is through.
      if (stateOf(error) !== DEADLOCK || attempt === ATTEMPTS) throw error;
    }
  }
}

/** One statement whatever their number, so that PostgreSQL plans it once. In order of chain: two of these never wait for each other. */
async function insertEvents(database: Database, events: readonly DirectEvent[]): Promise<void> {
  const column = (valueOf: (event: DirectEvent) => string | null) => sql`${events.map(valueOf)}::text[]`;
  await sql`
    SELECT append_audit_event(chain, type, actor, reason, correlation_id, details::jsonb)
      FROM (
        SELECT * FROM unnest(
          ${column(({ chain }) => chain)},
          ${column(({ type }) => type)},
          ${column(({ actor }) => actor)},
          ${column(({ reason }) => reason ?? null)},
          ${column(({ correlationId }) => correlationId ?? null)},
          ${column(({ details }) => JSON.stringify(details))}
        ) WITH ORDINALITY AS event (chain, type, actor, reason, correlation_id, details, place)
        ORDER BY chain COLLATE "C", place
      ) AS sorted`.execute(database);
}

const DEADLOCK = '40P01';
/** Somebody has held a chain for as long as a statement may take (PostgreSQL: query_canceled, lock_not_available). */
const HELD_UP = new Set([DEADLOCK, '57014', '55P03']);

function refusalOf(error: unknown): Error {
  const isAway = isDatabaseAway(error) || HELD_UP.has(stateOf(error));
  return isAway ? new ConsentFailure('store_unavailable') : new EventRefused();
}

function stateOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
