import { z } from 'zod';
import { ConsentFailure } from '../domain/failures';
import type { InstitutionProfile } from '../domain/institution';
import { failureOfResponse, getJson, headersFor, resourceUrl, type AuthorizedFetch } from './client';
import { nextPageOf } from './paging';

export interface SubscriptionRequest {
  /** FDX NotificationType. */
  readonly type: string;
  readonly callbackUrl: string;
  /** Who we are: the data access platform. */
  readonly subscriberName: string;
}

const subscription = z.looseObject({ subscriptionId: z.string().min(1).max(256) });

/**
 * `POST /notification-subscriptions`.
 *
 * @returns the bank's id of the subscription
 * @throws {ConsentFailure} fdx_unreachable, fdx_rate_limited, fdx_request_rejected, fdx_response_invalid
 */
export async function subscribe(
  profile: InstitutionProfile,
  fetch: AuthorizedFetch,
  { type, callbackUrl, subscriberName }: SubscriptionRequest,
): Promise<string> {
  const response = await fetch(addressOf(profile, 'notification-subscriptions'), {
    method: 'POST',
    headers: { ...headersFor(profile, 'BATCH'), 'content-type': 'application/json' },
    body: JSON.stringify({
      type,
      category: 'CONSENT',
      callbackUrl,
      subscriber: { name: subscriberName, type: 'DATA_ACCESS_PLATFORM' },
      effectiveDate: today(profile),
    }),
  });
  if (!response.ok) throw await failureOfResponse(response);
  const parsed = subscription.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data.subscriptionId;
  throw new ConsentFailure('fdx_response_invalid', 'POST /notification-subscriptions named no subscriptionId.');
}

/**
 * `GET /notification-subscriptions/{subscriptionId}`.
 *
 * @returns whether the bank still knows it
 * @throws {ConsentFailure} as {@link subscribe}
 */
export async function hasSubscription(
  profile: InstitutionProfile,
  fetch: AuthorizedFetch,
  id: string,
): Promise<boolean> {
  const url = addressOf(profile, 'notification-subscriptions', id);
  const response = await fetch(url, { method: 'GET', headers: headersFor(profile, 'BATCH') });
  if (isGone(response)) return false;
  if (!response.ok) throw await failureOfResponse(response);
  return true;
}

/**
 * `DELETE /notification-subscriptions/{subscriptionId}`. One that is gone already is as good.
 *
 * @throws {ConsentFailure} as {@link subscribe}
 */
export async function unsubscribe(profile: InstitutionProfile, fetch: AuthorizedFetch, id: string): Promise<void> {
  const url = addressOf(profile, 'notification-subscriptions', id);
  const response = await fetch(url, { method: 'DELETE', headers: headersFor(profile, 'BATCH') });
  if (!response.ok && !isGone(response)) throw await failureOfResponse(response);
}

/** A bank that has more pages than this to tell is broken, or has been told for long by nobody: the next round begins anew. */
const MAX_PAGES = 50;

/**
 * `GET /notifications`, page by page. Entries are as the bank wrote them.
 *
 * @throws {ConsentFailure} as {@link subscribe}
 */
export async function* listNotifications(
  profile: InstitutionProfile,
  fetch: AuthorizedFetch,
): AsyncGenerator<readonly unknown[]> {
  const first = addressOf(profile, 'notifications');
  const seen = new Set<string>();
  for (let url: URL | undefined = first; url && seen.size < MAX_PAGES && !seen.has(url.href);) {
    seen.add(url.href);
    const document = await getJson(profile, fetch, url, 'BATCH');
    const parsed = z.looseObject({ notifications: z.array(z.unknown()) }).safeParse(document);
    if (!parsed.success) throw new ConsentFailure('fdx_response_invalid', 'GET /notifications has no notifications.');
    yield parsed.data.notifications;
    url = nextPageOf(document, url, first);
  }
}

function addressOf({ notifications, fdx }: InstitutionProfile, ...segments: string[]): URL {
  return resourceUrl(notifications.baseUrl ?? fdx.baseUrl, ...segments);
}

function isGone({ status }: Response): boolean {
  return status === 404 || status === 410;
}

/** By the clock of a bank that is behind ours, so that nothing of the first minutes is missed. */
function today({ clockToleranceSeconds }: InstitutionProfile): string {
  return new Date(Date.now() - clockToleranceSeconds * 1000).toISOString().slice(0, 10);
}
