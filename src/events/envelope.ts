import { z } from 'zod';
import type { EventRow } from '../store/events';
import { ALL_EVENT_TYPES, CONSENT_MEMBERS, EVENT_TYPES, type EventType } from './event-types';

/**
 * An event as applications get it, the same in the list, in the stream and in a webhook. Whoever gets one twice knows it by its
 * `id`; of two events of a consent the one with the greater `version` is the later.
 *
 * @see Standard Webhooks, "Webhook payload": type, timestamp, data
 */
export interface EventEnvelope {
  readonly id: string;
  readonly type: EventType;
  /** RFC 3339. */
  readonly timestamp: string;
  readonly version: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Metadata and tags are the consent's own as it is now: nothing of them is copied, so a purge takes them from old events too. */
export function envelopeOf(row: EventRow): EventEnvelope {
  return {
    id: row.id,
    type: row.type as EventType,
    timestamp: row.at.toISOString(),
    version: Number(row.version),
    data: {
      ...row.data,
      ...(row.metadata && { metadata: row.metadata }),
      ...(row.tags && { tags: row.tags }),
    },
  };
}

const versions = ALL_EVENT_TYPES.map((type) =>
  z
    .strictObject({
      id: z
        .string()
        .regex(/^evt_[0-9a-f]{32}$/)
        .meta({ description: 'The same however often and wherever it is told.' }),
      type: z.literal(type),
      timestamp: z.string().meta({ format: 'date-time', description: 'When it happened.' }),
      version: z.int().min(1).meta({
        description: 'Of the consent: its later events have greater ones, with gaps (`seq` in its audit trail).',
      }),
      data: z.strictObject({ ...CONSENT_MEMBERS, ...EVENT_TYPES[type].own }),
    })
    .meta({ id: nameOf(type), description: `\`${type}\`: ${EVENT_TYPES[type].meaning}.` }),
);

/** `consent.renewed` → `ConsentRenewedEvent`. */
function nameOf(type: EventType): string {
  return `${type.replaceAll(/(^|[._])([a-z])/g, (_match, _before, letter: string) => letter.toUpperCase())}Event`;
}

export const envelopeSchema = z
  .discriminatedUnion('type', versions as [(typeof versions)[number], ...typeof versions])
  .meta({ id: 'Event', description: 'Something that happened to a consent of yours.' });

const EXAMPLE_ID = '0198a2b4c6d87e10b2f4a6c8e0d2f4a6';

export const EVENT_EXAMPLE = {
  id: 'evt_5f2b8c1d9e3a4670b1c2d3e4f5061728',
  type: 'consent.active',
  timestamp: '2026-03-01T09:30:12.204Z',
  version: 14,
  data: {
    consentId: `cns_${EXAMPLE_ID}`,
    institutionId: 'sandbox-bank',
    status: 'active',
    nextAction: 'none',
    receiptId: `rcp_${EXAMPLE_ID}`,
    expirationDate: '2027-03-01T09:30:12.000Z',
    metadata: { customer: 'c-1042' },
    tags: ['budget'],
  },
} as const satisfies EventEnvelope;
