import { sql } from 'kysely';
import type { ConsentId } from '../domain/ids';
import type { RetentionPolicy } from '../domain/retention';
import type { Database } from './database';
import type { Cursor } from './housekeeping';
import { isNotHeld } from './legal-holds';

const LATEST_AUTHORIZATION = sql<Date>`coalesce(granted_at, created_at)`;

/**
 * Purged consents whose latest authorization is so old that nothing of them need be kept, in its order. Of two policies, ours and
 * the one that the database goes by, the one that keeps longer counts.
 */
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
    .where(
      LATEST_AUTHORIZATION,
      '<',
      sql<Date>`now() - make_interval(days => greatest(${evidenceRetentionDays}, (SELECT retention_days FROM evidence_policy)))`,
    )
    .where(sql<boolean>`(date_trunc('milliseconds', ${LATEST_AUTHORIZATION}), id) > (${at}, ${id})`)
    .orderBy(sql`date_trunc('milliseconds', ${LATEST_AUTHORIZATION})`)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows;
}

/**
 * Removes everything of one consent but its deletion certificates, and says in the service's own chain where the consent's chain
 * ended. The database does it, and only when it finds that it may: our role can delete none of it.
 *
 * @returns `held` by a legal hold; `taken`: another worker has it in hand, or had
 */
export async function removeConsent(database: Database, id: ConsentId): Promise<'removed' | 'held' | 'taken'> {
  // A transaction of its own: docs of remove_consent_evidence.
  const { rows } = await sql<{ outcome: 'removed' | 'held' | 'taken' }>`
    SELECT remove_consent_evidence(${id}) AS outcome`.execute(database);
  return rows[0]?.outcome ?? 'taken';
}

/**
 * Tells the database how long evidence is kept. For the owner of the tables.
 *
 * @returns whether it was another time before
 */
export async function setEvidencePolicy(
  database: Database,
  { evidenceRetentionDays }: Pick<RetentionPolicy, 'evidenceRetentionDays'>,
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('evidence_policy')
    .set({ retention_days: evidenceRetentionDays, updated_at: sql<Date>`now()` })
    .where('retention_days', '!=', evidenceRetentionDays)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
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
        SELECT ctid FROM bank_notifications WHERE received_at < ${daysAgo(evidenceRetentionDays)}
           AND ${isNotHeld(sql.ref('bank_notifications.consent_id'))} LIMIT ${limit}
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
        .where(isNotHeld(sql.ref('operator_tasks.consent_id')))
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
        .where(sql<boolean>`NOT EXISTS (SELECT 1 FROM agreements WHERE invitation_id = invitations.id)`)
        .where(isNotHeld(sql.ref('invitations.consent_id')))
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}

function daysAgo(days: number) {
  return sql<Date>`now() - make_interval(days => ${days})`;
}
