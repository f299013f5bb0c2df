import { sql, type Selectable } from 'kysely';
import type { InstitutionId } from '../domain/ids';
import type { Database } from './database';
import type { Tables } from './tables';

export type NotificationRow = Pick<
  Selectable<Tables['bank_notifications']>,
  'institution_id' | 'notification_id' | 'type' | 'bank_consent_id' | 'source'
>;

/** What is kept of a notification. With an outcome there is nothing left to do about it. */
export interface NewNotification {
  readonly institution_id: InstitutionId;
  readonly notification_id: string;
  readonly type: string;
  readonly bank_consent_id: string | null;
  readonly consent_id: Selectable<Tables['bank_notifications']>['consent_id'];
  readonly source: 'pushed' | 'polled';
  readonly outcome?: string;
}

/** With which a bank has said that it is the bank. */
export interface UsedAssertion {
  readonly issuer: string;
  readonly id: string;
  /** Epoch milliseconds. */
  readonly usableUntil: number;
}

/**
 * Stores notifications, and that their assertion is used, in one transaction: neither is known without the other. One that is
 * known already stays as it is.
 *
 * @returns those that still have to be told to a workflow; undefined when the assertion was used before, and nothing was stored
 */
export function storeNotifications(
  database: Database,
  notifications: readonly NewNotification[],
  assertion?: UsedAssertion,
): Promise<readonly NotificationRow[] | undefined> {
  return database.transaction().execute(async (transaction) => {
    if (assertion && !(await spend(transaction, assertion))) return undefined;
    return transaction
      .insertInto('bank_notifications')
      .values(
        notifications.map(({ outcome, ...notification }) => ({
          ...notification,
          outcome: outcome ?? null,
          handled_at: outcome === undefined ? null : sql<Date>`now()`,
        })),
      )
      .onConflict((conflict) => conflict.columns(['institution_id', 'notification_id']).doNothing())
      .returning(['institution_id', 'notification_id', 'type', 'bank_consent_id', 'source', 'handled_at'])
      .execute()
      .then((rows) => rows.filter((row) => row.handled_at === null));
  });
}

/** @returns false when it was spent before */
async function spend(database: Database, { issuer, id, usableUntil }: UsedAssertion): Promise<boolean> {
  const row = await database
    .insertInto('publisher_assertions')
    .values({ issuer, jti: id, usable_until: new Date(usableUntil) })
    .onConflict((conflict) => conflict.columns(['issuer', 'jti']).doNothing())
    .returning('jti')
    .executeTakeFirst();
  return row !== undefined;
}

/** Those of these ids that are stored already. */
export async function findKnown(
  database: Database,
  institutionId: InstitutionId,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await database
    .selectFrom('bank_notifications')
    .select('notification_id')
    .where('institution_id', '=', institutionId)
    .where('notification_id', 'in', ids)
    .execute();
  return new Set(rows.map((row) => row.notification_id));
}

/** Assertions that would be refused for their age anyway. */
export async function forgetOldAssertions(database: Database): Promise<void> {
  // A day's grace costs nothing, and no clock of ours is a day behind another.
  await database
    .deleteFrom('publisher_assertions')
    .where('usable_until', '<', sql<Date>`now() - interval '1 day'`)
    .execute();
}

/** Grants that the bank knows by this id, at some of its institutions. */
export function findGrantsAtBank(database: Database, institutions: readonly InstitutionId[], bankConsentId: string) {
  return database
    .selectFrom('grants')
    .innerJoin('consents', 'consents.id', 'grants.consent_id')
    .select([
      'consents.institution_id',
      'grants.consent_id',
      'grants.authorization_id',
      'consents.status',
      'grants.superseded_at',
      'grants.destroyed_at',
    ])
    .where('grants.bank_consent_id', '=', bankConsentId)
    .where('consents.institution_id', 'in', institutions)
    .orderBy('grants.created_at', 'desc')
    .execute();
}

export type GrantAtBank = Awaited<ReturnType<typeof findGrantsAtBank>>[number];

/** Those that no workflow has been told of, oldest first. What has just come is left to whoever took it in. */
export function listUntold(database: Database, olderThanSeconds: number, limit: number) {
  return database
    .selectFrom('bank_notifications')
    .select(['institution_id', 'notification_id', 'type', 'bank_consent_id', 'source'])
    .where('handled_at', 'is', null)
    .where('received_at', '<=', sql<Date>`now() - make_interval(secs => ${olderThanSeconds})`)
    .orderBy('received_at')
    .limit(limit)
    .execute();
}

export async function noteHandled(database: Database, row: NotificationRow, outcome: string): Promise<void> {
  await database
    .updateTable('bank_notifications')
    .set({ handled_at: sql`now()`, outcome })
    .where('institution_id', '=', row.institution_id)
    .where('notification_id', '=', row.notification_id)
    .where('handled_at', 'is', null)
    .execute();
}
