import { hasEnded } from '../domain/consent';
import { ConsentFailure } from '../domain/failures';
import type { InstitutionId } from '../domain/ids';
import { notificationSchema, readNotification, type BankNotification } from '../fdx/notification';
import {
  findGrantsAtBank,
  findKnown,
  storeNotifications,
  type GrantAtBank,
  type NewNotification,
  type NotificationRow,
} from '../store/bank-notifications';
import type { Database } from '../store/database';
import type { Publisher } from './publisher';

export { notificationSchema, readNotification };

/** What became of a notification. `told` and `no_workflow` come of telling the consent's workflow. */
export type NotificationOutcome =
  /** It is not about a consent. */
  | 'ignored'
  /** No grant of ours goes by this id at this bank. */
  | 'unknown_consent'
  /** It is about a grant that was replaced or has ended. */
  | 'not_in_use'
  | 'told'
  /** The consent has no workflow that could hear it. */
  | 'no_workflow';

/**
 * Stores what a bank has sent. When this returns it is kept, and the bank may be told so.
 *
 * @returns what the consents' workflows have still to be told of
 * @throws {ConsentFailure} publisher_unauthenticated when the assertion was used before
 */
export async function takeIn(
  database: Database,
  { institutions, assertion }: Publisher,
  notification: BankNotification,
): Promise<readonly NotificationRow[]> {
  const rows = await rowsFor(database, institutions, notification, 'pushed');
  const untold = await storeNotifications(database, rows, assertion);
  if (!untold) throw new ConsentFailure('publisher_unauthenticated', 'jti was used before.');
  return untold;
}

/**
 * Stores what a bank has answered when asked for its notifications; those that are known already stay as they are.
 *
 * @returns how many were new
 */
export async function takeInPolled(
  database: Database,
  institutionId: InstitutionId,
  notifications: readonly BankNotification[],
): Promise<number> {
  const ids = notifications.map(({ notificationId }) => notificationId);
  const known = await findKnown(database, institutionId, ids);
  const fresh = notifications.filter(({ notificationId }) => !known.has(notificationId));
  for (const notification of fresh) {
    await storeNotifications(database, await rowsFor(database, [institutionId], notification, 'polled'));
  }
  return fresh.length;
}

/** One row, or one for each institution where a grant in use goes by the id: a bank may give several of ours the same. */
async function rowsFor(
  database: Database,
  institutions: Publisher['institutions'],
  { notificationId, type, bankConsentId }: BankNotification,
  source: NewNotification['source'],
): Promise<readonly NewNotification[]> {
  const row = (
    about: { readonly institution_id: InstitutionId; readonly consent_id: NewNotification['consent_id'] },
    outcome?: NotificationOutcome,
  ): NewNotification => ({
    institution_id: about.institution_id,
    notification_id: notificationId,
    type,
    bank_consent_id: bankConsentId ?? null,
    consent_id: about.consent_id,
    source,
    ...(outcome !== undefined && { outcome }),
  });
  const nobody = { institution_id: institutions[0], consent_id: null };
  if (bankConsentId === undefined) return [row(nobody, 'ignored')];
  const grants = await findGrantsAtBank(database, institutions, bankConsentId);
  const [latest] = grants;
  if (!latest) return [row(nobody, 'unknown_consent')];
  const inUse = new Map(grants.filter(isInUse).map((grant) => [grant.institution_id, grant]));
  return inUse.size === 0 ? [row(latest, 'not_in_use')] : [...inUse.values()].map((grant) => row(grant));
}

/** A grant whose end would matter to its consent. */
export function isInUse({ status, superseded_at, destroyed_at }: GrantAtBank): boolean {
  return superseded_at === null && destroyed_at === null && !hasEnded(status);
}
