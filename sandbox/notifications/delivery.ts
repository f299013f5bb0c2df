import { setTimeout as pause } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import type { Notification } from './notification';
import type { Delivery, DeliveryAttempt } from './publication-log';

interface DeliveryParts {
  /** Made anew for every attempt: an assertion is used once. */
  authenticate: () => Promise<Record<string, string>>;
  /** The bank is told to stop. */
  stopping: AbortSignal;
}

/** An application that takes longer than that to say 204 is taken to be away. */
const TIMEOUT_IN_MILLISECONDS = 5000;

/** Before the second and the third try. Short, since whoever misses all three can still ask. */
const PAUSES_IN_MILLISECONDS = [250, 1000];

/** Tries until the application has taken the notification, has refused it, or has failed to answer three times. */
export async function deliver(notification: Notification, delivery: Delivery, parts: DeliveryParts): Promise<void> {
  for (const pauseAfterwards of [...PAUSES_IN_MILLISECONDS, undefined]) {
    const attempt = await attemptAt(delivery.callbackUrl, notification, parts);
    delivery.attempts.push(attempt);
    const verdict = verdictOn(attempt);
    if (verdict !== 'again') {
      delivery.outcome = verdict;
      return;
    }
    if (pauseAfterwards === undefined) break;
    await pause(pauseAfterwards, undefined, { signal: parts.stopping, ref: false });
  }
  delivery.outcome = 'failed';
}

/** FDX defines no rule for retries; 4xx says that the same request will fare no better, but for "too many" (RFC 6585 §4). */
function verdictOn({ status }: DeliveryAttempt): 'delivered' | 'refused' | 'again' {
  if (status === null || status === 429) return 'again';
  if (status >= 200 && status < 300) return 'delivered';
  return status >= 400 && status < 500 ? 'refused' : 'again';
}

async function attemptAt(
  callbackUrl: string,
  notification: Notification,
  { authenticate, stopping }: DeliveryParts,
): Promise<DeliveryAttempt> {
  const at = new Date().toISOString();
  try {
    const response = await fetch(callbackUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-fapi-interaction-id': randomUUID(),
        ...(await authenticate()),
      },
      body: JSON.stringify(notification),
      // The subscription names the URL; an assertion for it is not carried elsewhere.
      redirect: 'manual',
      signal: AbortSignal.any([stopping, AbortSignal.timeout(TIMEOUT_IN_MILLISECONDS)]),
    });
    await response.body?.cancel();
    return { at, status: response.status };
  } catch (error) {
    return { at, status: null, error: reasonOf(error) };
  }
}

/** The system's word for it, `ECONNREFUSED`, where there is one. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  return cause?.code ?? name ?? 'unknown';
}
