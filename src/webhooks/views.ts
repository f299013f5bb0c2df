import { z } from 'zod';
import { DELIVERY_STATUSES, WEBHOOK_STATUSES } from '../store/webhook-tables';
import type { AttemptRow, DeliveryRow } from '../store/webhook-deliveries';
import type { EndpointRow } from '../store/webhook-endpoints';
import { FAILURE_WORDS, type FailureWord } from './failure-words';

const instant = z.iso.datetime();
const failureWord = z.enum(Object.keys(FAILURE_WORDS) as [FailureWord, ...FailureWord[]]);

export const endpointSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    description: z.string().optional(),
    eventTypes: z.array(z.string()),
    status: z.enum(WEBHOOK_STATUSES),
    reason: z
      .string()
      .optional()
      .meta({ description: 'Why it is pending or disabled: a failure word, or `failing` after days of nothing else.' }),
    verifiedAt: instant.optional(),
    failingSince: instant.optional(),
    retryAt: instant.optional().meta({ description: 'Nothing is sent before, because it fails or asked for time.' }),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'WebhookEndpoint' });

export function endpointView(row: EndpointRow): z.infer<typeof endpointSchema> {
  return {
    id: row.id,
    url: row.url,
    ...(row.description !== null && { description: row.description }),
    eventTypes: row.event_types,
    status: row.status,
    ...(row.status_reason !== null && { reason: row.status_reason }),
    ...instants({ verifiedAt: row.verified_at, failingSince: row.failing_since, retryAt: row.retry_at }),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export const registeredEndpointSchema = endpointSchema
  .extend({
    secret: z.string().meta({ description: 'Shown here and nowhere else.' }),
    verification: z
      .object({ failure: failureWord, status: z.int().optional(), detail: z.string() })
      .optional()
      .meta({ description: 'Why the endpoint is pending; absent when it has answered.' }),
  })
  .meta({ id: 'RegisteredWebhookEndpoint' });

export const endpointListSchema = z.object({ endpoints: z.array(endpointSchema) }).meta({ id: 'WebhookEndpointList' });

export const rotatedSecretSchema = z
  .object({
    secret: z.string().meta({ description: 'Shown here and nowhere else.' }),
    previousExpireAt: instant.meta({ description: 'Until then the secrets before it sign as well.' }),
  })
  .meta({ id: 'RotatedWebhookSecret' });

export const deliverySchema = z
  .object({
    id: z.string(),
    endpointId: z.string(),
    eventId: z.string().optional().meta({ description: 'Absent for a test.' }),
    webhookId: z.string().meta({ description: 'The header webhook-id: the same with every attempt.' }),
    type: z.string(),
    status: z.enum(DELIVERY_STATUSES),
    attempts: z.int(),
    nextAttemptAt: instant.optional(),
    createdAt: instant,
    settledAt: instant.optional(),
  })
  .meta({ id: 'WebhookDelivery' });

export function deliveryView(row: DeliveryRow): z.infer<typeof deliverySchema> {
  return {
    id: row.id,
    endpointId: row.endpoint_id,
    ...(row.event_id !== null && { eventId: row.event_id }),
    webhookId: row.event_id ?? row.id,
    type: row.type,
    status: row.status,
    attempts: row.attempts,
    ...(row.status === 'waiting' && { nextAttemptAt: row.due_at.toISOString() }),
    createdAt: row.created_at.toISOString(),
    ...instants({ settledAt: row.settled_at }),
  };
}

export const deliveryListSchema = z
  .object({ deliveries: z.array(deliverySchema), nextCursor: z.string().optional() })
  .meta({ id: 'WebhookDeliveryList' });

export const attemptSchema = z
  .object({
    number: z.int(),
    at: instant,
    durationMs: z.int().optional(),
    status: z.int().optional().meta({ description: 'HTTP, where there was an answer.' }),
    failure: failureWord.optional(),
  })
  .meta({ id: 'WebhookAttempt' });

export const deliveryLogSchema = deliverySchema
  .extend({ log: z.array(attemptSchema).meta({ description: 'Oldest first.' }) })
  .meta({ id: 'WebhookDeliveryLog' });

export function deliveryLogView(row: DeliveryRow, attempts: readonly AttemptRow[]): z.infer<typeof deliveryLogSchema> {
  const isUnderWay = row.leased_until !== null && row.leased_until > new Date();
  return {
    ...deliveryView(row),
    log: attempts.map((each) => ({
      number: each.number,
      at: each.at.toISOString(),
      ...(each.milliseconds !== null && { durationMs: each.milliseconds }),
      ...(each.status !== null && { status: each.status }),
      ...failureOf(each, isUnderWay && each.number === row.attempts),
    })),
  };
}

function failureOf({ milliseconds, failure }: AttemptRow, isUnderWay: boolean): { readonly failure?: FailureWord } {
  if (failure !== null) return { failure: failure as FailureWord };
  return milliseconds === null && !isUnderWay ? { failure: 'interrupted' } : {};
}

export const replayedSchema = z
  .object({
    queued: z.int(),
    isComplete: z.boolean().meta({ description: 'False when there was more than one replay takes: ask for the rest.' }),
  })
  .meta({ id: 'WebhookReplayed' });

function instants<Name extends string>(given: Readonly<Record<Name, Date | null>>): Partial<Record<Name, string>> {
  const known = Object.entries<Date | null>(given).flatMap(([name, at]) => (at ? [[name, at.toISOString()]] : []));
  return Object.fromEntries(known) as Partial<Record<Name, string>>;
}
