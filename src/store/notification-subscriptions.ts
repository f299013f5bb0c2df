import { sql } from 'kysely';
import type { FailureCode } from '../domain/failures';
import type { InstitutionId } from '../domain/ids';
import type { Database } from './database';

/** What we know of one subscription at a bank. */
export interface SubscriptionRow {
  readonly type: string;
  readonly subscription_id: string | null;
  readonly callback_url: string;
  readonly failure: FailureCode | null;
  readonly checked_at: Date;
}

export function listSubscriptions(database: Database, id: InstitutionId): Promise<readonly SubscriptionRow[]> {
  return database
    .selectFrom('notification_subscriptions')
    .select(['type', 'subscription_id', 'callback_url', 'failure', 'checked_at'])
    .where('institution_id', '=', id)
    .orderBy('type')
    .execute();
}

export interface SubscriptionNote {
  readonly type: string;
  readonly callbackUrl: string;
  /** Null while the bank has given none. */
  readonly subscriptionId: string | null;
  readonly failure?: FailureCode;
}

export async function noteSubscription(
  database: Database,
  institutionId: InstitutionId,
  { type, callbackUrl, subscriptionId, failure }: SubscriptionNote,
): Promise<void> {
  const columns = { subscription_id: subscriptionId, callback_url: callbackUrl, failure: failure ?? null };
  await database
    .insertInto('notification_subscriptions')
    .values({ institution_id: institutionId, type, ...columns })
    .onConflict((conflict) =>
      conflict.columns(['institution_id', 'type']).doUpdateSet({ ...columns, checked_at: sql`now()` }),
    )
    .execute();
}

export async function forgetSubscription(database: Database, institutionId: InstitutionId, type: string) {
  await database
    .deleteFrom('notification_subscriptions')
    .where('institution_id', '=', institutionId)
    .where('type', '=', type)
    .execute();
}
