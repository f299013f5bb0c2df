import { envelopeOf } from '../events/envelope';
import type { Database } from '../store/database';
import { findEvent } from '../store/events';
import { settleAttempt, type AttemptRecord, type DeliveryNext } from '../store/webhook-outcomes';
import type { EndpointBounds, QueueClock, TakenDelivery } from '../store/webhook-queue';
import type { SecretBook } from '../store/webhook-secrets';
import { failureOfStatus, type FailureWord } from './failure-words';
import { signedMessage } from './message';
import { nextAttemptAfter, retryAfterOf } from './schedule';
import type { SendResult, WebhookSender } from './sender';

/** What deliveries are made with. */
export interface Delivering {
  readonly database: Database;
  readonly secrets: SecretBook;
  readonly sender: WebhookSender;
  readonly clock: QueueClock;
  readonly bounds: EndpointBounds;
  readonly disableAfterDays: number;
  readonly report: (event: DeliveryEvent) => void;
}

export type DeliveryEvent =
  | {
      readonly kind: 'attempted';
      readonly taken: TakenDelivery;
      /** `delivered`, or a failure word. */
      readonly outcome: string;
      readonly seconds: number;
      readonly next: DeliveryNext['kind'];
    }
  | { readonly kind: 'disabled'; readonly endpointId: string; readonly reason: string }
  | { readonly kind: 'broke'; readonly error: unknown };

/** A fault of ours is looked at again soon, and does not use up an attempt. */
const AFTER_OWN_FAULT_SECONDS = 30;
const GONE = 410;
/** They say that there is too much, of whatever: the endpoint is left alone for as long as they ask. */
const OVERLOADED = [429, 503];

/** One attempt at one delivery, from its event to the note of how it ended. */
export async function attempt(delivering: Delivering, taken: TakenDelivery): Promise<void> {
  const startedAt = performance.now();
  const result = await sendEvent(delivering, taken).catch((error: unknown) => {
    delivering.report({ kind: 'broke', error });
    return undefined;
  });
  const milliseconds = performance.now() - startedAt;
  const judged = judge(result, taken);
  const { database, clock, bounds, disableAfterDays, report } = delivering;
  const disabled = await settleAttempt(database, clock, taken, {
    record: { ...judged.record, milliseconds },
    next: judged.next,
    patience: { ...bounds, disableAfterDays, isGone: judged.record.status === GONE, restSeconds: judged.restSeconds },
  });
  const outcome = judged.record.failure ?? 'delivered';
  report({ kind: 'attempted', taken, outcome, seconds: milliseconds / 1_000, next: judged.next.kind });
  if (disabled !== undefined) report({ kind: 'disabled', endpointId: taken.endpointId, reason: disabled });
}

async function sendEvent({ database, secrets, sender }: Delivering, taken: TakenDelivery): Promise<SendResult> {
  const envelope = await payloadOf(database, taken);
  const signing = await secrets.secretsOf(taken.endpointId);
  // Unsigned, nobody could tell it from anybody else's.
  if (signing.length === 0) throw new Error('a webhook endpoint has no secret');
  const body = JSON.stringify(envelope);
  const message = signedMessage(
    envelope.id,
    body,
    signing.map(({ secret }) => secret),
  );
  return sender.send(taken.url, message);
}

async function payloadOf(database: Database, { id, eventId, endpointId, type, createdAt }: TakenDelivery) {
  if (eventId === null) return { id, type, timestamp: createdAt.toISOString(), data: { endpointId } };
  const event = await findEvent(database, eventId);
  // It goes with its consent, and its deliveries with it: between being taken and being read.
  if (!event) throw new Error('an event that is to be delivered is not there');
  return envelopeOf(event);
}

interface Judged {
  readonly record: Omit<AttemptRecord, 'milliseconds'>;
  readonly next: DeliveryNext;
  readonly restSeconds: number;
}

function judge(result: SendResult | undefined, { failures }: TakenDelivery): Judged {
  if (!result) {
    const next = { kind: 'unsent', afterSeconds: AFTER_OWN_FAULT_SECONDS } as const;
    return { record: { failure: 'internal' satisfies FailureWord }, next, restSeconds: 0 };
  }
  if (result.kind === 'unanswered') {
    return { record: { failure: result.failure }, next: nextOf(failures, 0), restSeconds: 0 };
  }
  const { status } = result;
  const failure = status === GONE ? 'gone' : failureOfStatus(status);
  if (!failure) return { record: { status }, next: { kind: 'delivered' }, restSeconds: 0 };
  const askedFor = OVERLOADED.includes(status) ? retryAfterOf(result.retryAfter) : 0;
  return { record: { status, failure }, next: nextOf(failures, askedFor), restSeconds: askedFor };
}

function nextOf(failures: number, askedFor: number): DeliveryNext {
  const afterSeconds = nextAttemptAfter(failures, askedFor);
  return afterSeconds === undefined ? { kind: 'failed' } : { kind: 'again', afterSeconds };
}
