import { z } from 'zod';
import { PARTY_TYPES } from '../consents/consent';
import { CONSENT_CHANGES } from '../consents/consent-change';
import { isPrivateOnTheWay } from '../safe-url';

/** FDX has seen both dates and timestamps. */
const day = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** The body of `POST /notification-subscriptions`. A type that this bank never publishes is refused: waiting for it is in vain. */
export const subscriptionRequest = z.object({
  type: z.enum(CONSENT_CHANGES),
  // Examples differ in what category consents are of; the type alone decides.
  category: z.string().min(1).max(64),
  callbackUrl: z.string().max(2000).refine(isCallback),
  subscriber: z.looseObject({ name: z.string().min(1).max(256), type: z.enum(PARTY_TYPES).optional() }),
  effectiveDate: day.optional(),
});

export type SubscriptionRequest = z.infer<typeof subscriptionRequest>;

/** Where one client wants to hear of one type of event. */
export interface Subscription extends SubscriptionRequest {
  subscriptionId: string;
  clientId: string;
}

export const wants = ({ type, effectiveDate }: Subscription, event: { type: string; sentOn: string }): boolean =>
  type === event.type && (effectiveDate === undefined || Date.parse(effectiveDate) <= Date.parse(event.sentOn));

/** https, or http to this machine, and nothing in it that is not sent or that should not be written down. */
function isCallback(given: string): boolean {
  if (!URL.canParse(given)) return false;
  const { protocol, username, password, hash } = new URL(given);
  return /^https?:$/.test(protocol) && isPrivateOnTheWay(given) && `${username}${password}${hash}` === '';
}
