import { sql } from 'kysely';
import { ConsentFailure } from '../domain/failures';
import { ID_PREFIX, type ConsentId } from '../domain/ids';
import type { RetentionPolicy } from '../domain/retention';
import { isDatabaseAway, type Database } from './database';
import type { Opening, OpeningLog } from './opening-log';
import { VaultError } from './vault';

/** Rows in one INSERT: a few milliseconds of work for PostgreSQL. */
const MOST_AT_ONCE = 500;
/** Behind so many the database cannot keep up: saying so is better than a queue without an end. */
const MOST_WAITING = 20_000;

interface Waiting {
  readonly opening: Opening;
  readonly written: () => void;
  readonly refused: (reason: Error) => void;
}

/**
 * Writes openings into `secret_openings`. While one INSERT is under way the next openings gather, and go together: their number
 * follows the time that a commit takes, not the number of openings.
 *
 * @param database of its own, one connection is enough: who opens something may hold the last one of another pool
 */
export function createOpeningLog(database: Database): OpeningLog {
  let waiting: Waiting[] = [];
  let isWriting = false;

  async function writeAll(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST_AT_ONCE);
      waiting = waiting.slice(MOST_AT_ONCE);
      try {
        await insertOpenings(
          database,
          batch.map(({ opening }) => opening),
        );
        for (const { written } of batch) written();
      } catch (error) {
        for (const { refused } of batch) refused(refusalOf(error));
      }
    }
    isWriting = false;
  }

  return {
    write: (opening) =>
      new Promise((written, refused) => {
        if (waiting.length >= MOST_WAITING) {
          refused(new ConsentFailure('store_unavailable', 'too many openings wait to be written down.'));
          return;
        }
        waiting.push({ opening, written, refused });
        if (!isWriting) void writeAll();
      }),
  };
}

function refusalOf(error: unknown): Error {
  // What the database says may quote the row, and the row is about secrets.
  return isDatabaseAway(error)
    ? new ConsentFailure('store_unavailable')
    : new VaultError('an opening cannot be written down (secret_openings), so nothing was opened');
}

/** One statement whatever their number, so that PostgreSQL plans it once. */
async function insertOpenings(database: Database, openings: readonly Opening[]): Promise<void> {
  const column = (valueOf: (opening: Opening) => string | null) => sql`${openings.map(valueOf)}::text[]`;
  await sql`
    INSERT INTO secret_openings (consent_id, owner, purpose, row_id, opened_by, reason, request_id)
    SELECT * FROM unnest(
      ${column(({ owner }) => (isConsentId(owner) ? owner : null))},
      ${column(({ owner }) => owner)},
      ${column(({ purpose }) => purpose)},
      ${column(({ row }) => row)},
      ${column(({ openedBy }) => openedBy)},
      ${column(({ reason }) => reason)},
      ${column(({ requestId }) => requestId ?? null)}
    )`.execute(database);
}

function isConsentId(owner: string): owner is ConsentId {
  return owner.startsWith(`${ID_PREFIX.consent}_`);
}

/** The latest openings of a consent's secrets, the newest last. */
export async function listOpenings(database: Database, consentId: ConsentId, limit: number) {
  const rows = await database
    .selectFrom('secret_openings')
    .select(['opened_at', 'purpose', 'row_id', 'opened_by', 'reason', 'request_id'])
    .where('consent_id', '=', consentId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.reverse();
}

/** Openings of the service's own secrets; those of a consent go with its evidence. @returns how many */
export async function removeOldOpenings(
  database: Database,
  { evidenceRetentionDays }: RetentionPolicy,
  limit: number,
): Promise<number> {
  const { numDeletedRows } = await database
    .deleteFrom('secret_openings')
    .where('id', 'in', (query) =>
      query
        .selectFrom('secret_openings')
        .select('id')
        .where('consent_id', 'is', null)
        .where('opened_at', '<', sql<Date>`now() - make_interval(days => ${evidenceRetentionDays})`)
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}
