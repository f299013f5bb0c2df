import { z } from 'zod';

/** What we read of a notification; the rest may be anything, and none of it is believed before the bank has been asked. */
export interface BankNotification {
  readonly notificationId: string;
  /** FDX NotificationType; banks have types of their own. */
  readonly type: string;
  /** The bank's id of the consent it is about, when it is about one. */
  readonly bankConsentId?: string;
}

/** Types that are about a consent. FDX 6.0 has the first two, 6.6 all of them. */
const CONSENT_TYPES: ReadonlySet<string> = new Set([
  'CONSENT_REVOKED',
  'CONSENT_UPDATED',
  'CONSENT_EXPIRED',
  'CONSENT_GRANTED',
]);

/** PostgreSQL keeps neither NUL nor half a surrogate pair; no id has either. */
const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\u0000-\u001f\u007f-\u009f]*$/u, 'must not hold control characters')
    .refine((value) => value.isWellFormed(), 'must not hold half of a surrogate pair');

/**
 * Tolerant: `category`, `severity` and `customFields` differ from bank to bank, in what they are and whether they are there, and
 * nothing here depends on them.
 */
export const notificationSchema = z.looseObject({
  notificationId: text(256),
  type: text(64),
  notificationPayload: z.looseObject({ id: text(256).nullish(), idType: z.string().max(64).nullish() }).nullish(),
});

/** One fault of a notification, with the place where it is. */
export interface NotificationFault {
  readonly path: string;
  readonly message: string;
}

/**
 * Reads one notification, or lists what is wrong with it.
 *
 * @see FDX API 6.x, Notification: dispatch on `type`, since examples differ in `category`
 */
export function readNotification(input: unknown): BankNotification | { readonly faults: readonly NotificationFault[] } {
  const parsed = notificationSchema.safeParse(input);
  if (!parsed.success) {
    return { faults: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })) };
  }
  const { notificationId, type, notificationPayload: payload } = parsed.data;
  // Some leave the kind of id out; one of another kind names something else than a consent.
  const isAboutConsent = CONSENT_TYPES.has(type) && (payload?.idType ?? 'CONSENT') === 'CONSENT';
  if (!isAboutConsent) return { notificationId, type };
  const id = payload?.id;
  if (typeof id === 'string') return { notificationId, type, bankConsentId: id };
  return { faults: [{ path: 'notificationPayload.id', message: `is needed with the type ${type}` }] };
}
