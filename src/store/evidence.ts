import { sql } from 'kysely';
import type { ConsentId } from '../domain/ids';
import type { RetentionPolicy } from '../domain/retention';
import type { Database } from './database';
import type { Cursor } from './housekeeping';

/**
 * Every table that holds something of one consent, in the order in which rows may go: what refers to another row goes before it.
 * The deletion certificate is none of them: it stays, and says nothing but that.
 */
export const TABLES_OF_A_CONSENT = [
  'notices',
  'operator_tasks',
  'bank_notifications',
  'secret_openings',
  'receipts',
  'grants',
  'authorizations',
  'invitations',
  'data_keys',
] as const;

const LATEST_AUTHORIZATION = sql<Date>`coalesce(granted_at, created_at)`;

/** Purged consents whose latest authorization is so old that nothing of them need be kept, in its order. */
export async function listOldConsents(
  database: Database,
  { evidenceRetentionDays }: RetentionPolicy,
  { at, id }: Cursor,
  limit: number,
): Promise<Cursor[]> {
  const rows = await database
    .selectFrom('consents')
    .select(['id', LATEST_AUTHORIZATION.as('at')])
    .where('purged_at', 'is not', null)
    .where(LATEST_AUTHORIZATION, '<', daysAgo(evidenceRetentionDays))
    .where(sql<boolean>`(date_trunc('milliseconds', ${LATEST_AUTHORIZATION}), id) > (${at}, ${id})`)
    .orderBy(sql`date_trunc('milliseconds', ${LATEST_AUTHORIZATION})`)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows;
}

/**
 * Removes everything of one consent but its deletion certificate.
 *
 * @returns false when another worker has it in hand, or had
 */
export async function removeConsent(database: Database, id: ConsentId): Promise<boolean> {
  return database.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('consents')
      .innerJoin('deletion_certificates', 'deletion_certificates.consent_id', 'consents.id')
      .select('consents.id')
      .where('consents.id', '=', id)
      .where('purged_at', 'is not', null)
      .forUpdate('consents')
      .skipLocked()
      .executeTakeFirst();
    if (!row) return false;
    for (const table of TABLES_OF_A_CONSENT) {
      await transaction.deleteFrom(table).where('consent_id', '=', id).execute();
    }
    await transaction.deleteFrom('consents').where('id', '=', id).execute();
    return true;
  });
}

/** What banks told us, of whatever became of it. @returns how many */
export async function removeOldNotifications(
  database: Database,
  { evidenceRetentionDays }: RetentionPolicy,
  limit: number,
): Promise<number> {
  const { numDeletedRows } = await database
    .deleteFrom('bank_notifications')
    .where(
      sql<boolean>`ctid = ANY (ARRAY(
        SELECT ctid FROM bank_notifications WHERE received_at < ${daysAgo(evidenceRetentionDays)} LIMIT ${limit}
      ))`,
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Tasks that were closed; an open one is somebody's to do, however old. @returns how many */
export async function removeOldTasks(
  database: Database,
  { evidenceRetentionDays }: RetentionPolicy,
  limit: number,
): Promise<number> {
  const { numDeletedRows } = await database
    .deleteFrom('operator_tasks')
    .where('id', 'in', (query) =>
      query
        .selectFrom('operator_tasks')
        .select('id')
        .where('closed_at', '<', daysAgo(evidenceRetentionDays))
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/**
 * Links that a crash left between their row and the workflow that would have opened them: nobody ever could use one. Their token
 * is personal data as any other. @returns how many
 */
export async function removeUnopenedInvitations(
  database: Database,
  { personalDataRetentionDays }: RetentionPolicy,
  limit: number,
): Promise<number> {
  const { numDeletedRows } = await database
    .deleteFrom('invitations')
    .where('id', 'in', (query) =>
      query
        .selectFrom('invitations')
        .innerJoin('consents', 'consents.id', 'invitations.consent_id')
        .select('invitations.id')
        .where('invitations.reason', '!=', 'connect')
        .where('invitations.closed_at', 'is', null)
        .where('invitations.authorize_by', '<', daysAgo(personalDataRetentionDays))
        .where(sql<boolean>`consents.invitation_id IS DISTINCT FROM invitations.id`)
        .where(sql<boolean>`NOT EXISTS (SELECT 1 FROM authorizations WHERE invitation_id = invitations.id)`)
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}

function daysAgo(days: number) {
  return sql<Date>`now() - make_interval(days => ${days})`;
}
