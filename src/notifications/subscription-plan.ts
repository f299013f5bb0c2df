import type { InstitutionProfile } from '../domain/institution';
import type { SubscriptionRow } from '../store/notification-subscriptions';

/** How often a subscription is looked at, to see that the bank still has it. */
const LOOK_EVERY_MS = 6 * 60 * 60 * 1000;

export type SubscriptionState =
  | 'subscribed'
  /** Wanted, and the bank has not taken it yet. */
  | 'wanted'
  /** The bank sends to another address of ours, or sends what we no longer want. */
  | 'outdated';

export interface SubscriptionView {
  readonly type: string;
  readonly state: SubscriptionState;
  /** Whether the profile wants it. */
  readonly isWanted: boolean;
  readonly row?: SubscriptionRow;
}

/** What the profile wants beside what the bank is known to have, by type. */
export function subscriptionsOf(
  { notifications }: InstitutionProfile,
  rows: readonly SubscriptionRow[],
  callbackUrl: string,
): readonly SubscriptionView[] {
  const wanted = new Set(notifications.mode === 'subscribe' ? notifications.types : []);
  const types = new Set([...wanted, ...rows.map(({ type }) => type)]);
  return [...types].map((type) => {
    const row = rows.find((each) => each.type === type);
    const isWanted = wanted.has(type);
    return { type, isWanted, state: stateOf(isWanted, row, callbackUrl), ...(row && { row }) };
  });
}

function stateOf(isWanted: boolean, row: SubscriptionRow | undefined, callbackUrl: string): SubscriptionState {
  if (!isWanted || (row !== undefined && row.callback_url !== callbackUrl)) return 'outdated';
  return row?.subscription_id == null ? 'wanted' : 'subscribed';
}

/** Whether there is something to do about it now. */
export function needsUpkeep({ state, row }: SubscriptionView, now: number): boolean {
  return state !== 'subscribed' || row === undefined || now - row.checked_at.getTime() > LOOK_EVERY_MS;
}
