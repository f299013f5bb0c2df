import { z } from 'zod';
import { BANK_ENDINGS, CONSENT_STATUSES, NEXT_ACTIONS } from '../domain/consent';
import { REVOCATION_INITIATORS, REVOCATION_REASONS } from '../domain/ending';

/**
 * The public catalogue: every type of event that an application is told, in one table. docs/events.md, `/openapi.json` and what
 * webhooks subscribe to are read from it; migration 0011 writes by it. A published type keeps its name and its members.
 */
export interface EventDescription {
  /** What has happened, in half a sentence. */
  readonly meaning: string;
  /** Members of `data` beside those of every event. */
  readonly own: z.ZodRawShape;
}

const instant = z.string().meta({ format: 'date-time' });
const invitationId = z.string().meta({ description: 'The link (`inv_…`).' });

/** Members of a consent that an update may be about, by their names in `GET /v1/consents/{consentId}`. */
export const CHANGED_MEMBERS = [
  'bankEnding',
  'dataAccess',
  'expirationDate',
  'failure',
  'grantExpirationDate',
  'granted',
  'invitation',
  'nextAction',
  'noticeDays',
  'receiptId',
] as const;
const changed = z.array(z.enum(CHANGED_MEMBERS)).meta({ description: 'Which members of the consent changed.' });

export const EVENT_TYPES = {
  'consent.requested': { meaning: 'you asked for it; send the person to the link', own: {} },
  'consent.authorizing': { meaning: 'the person agreed, and is on the way to their bank', own: {} },
  'consent.active': { meaning: 'the bank granted it: data can be read', own: {} },
  'consent.renewed': {
    meaning: 'another grant took the place of the one before: it was renewed, changed or authorized again',
    own: { changed },
  },
  'consent.updated': {
    meaning:
      'something else of it changed; look at `nextAction`, which may ask for the person (`renew`, `reauthorize`)',
    own: { changed },
  },
  'consent.denied': { meaning: 'the person or the bank said no', own: {} },
  'consent.abandoned': { meaning: 'nobody used the link in time', own: {} },
  'consent.failed': { meaning: 'it cannot come about; `failure` says why', own: {} },
  'consent.expired': { meaning: 'its time is over', own: {} },
  'consent.revoked': { meaning: 'it was revoked, here or at the bank', own: {} },
  'consent.purged': {
    meaning: 'the personal data kept here were destroyed',
    own: {
      reason: z
        .enum(['retention', 'erasure'])
        .meta({ description: 'Because time was up, or the person is forgotten.' }),
    },
  },
  'revocation.requested': {
    meaning: 'somebody revoked it: nothing is read from here on; `consent.revoked` follows',
    own: {
      initiator: z
        .enum([...REVOCATION_INITIATORS, 'DATA_PROVIDER'])
        .meta({ description: 'Who wanted it, as FDX says.' }),
      reason: z.enum(REVOCATION_REASONS).meta({ description: 'Why, as FDX says.' }),
    },
  },
  'invitation.opened': {
    meaning: 'there is a link by which the person may authorize',
    own: {
      invitationId,
      reason: z.enum(['connect', 'renew', 'reauthorize', 'change']).meta({ description: 'What it is for.' }),
      authorizeBy: instant.meta({ description: 'Until when it is good.' }),
    },
  },
  'invitation.closed': {
    meaning: 'a link is no longer good',
    own: {
      invitationId,
      outcome: z
        .enum(['granted', 'declined', 'failed', 'cancelled', 'lapsed', 'consent_ended'])
        .meta({ description: 'What became of it.' }),
    },
  },
  'notice.given': {
    meaning: 'it ends soon: time to invite the person',
    own: {
      days: z.int().min(0).meta({ description: 'Days before the deadline; 0 at the deadline itself.' }),
      deadline: instant.meta({ description: 'The earlier of the consent’s end and the grant’s.' }),
    },
  },
  'receipt.issued': {
    meaning: 'a receipt was signed',
    own: {
      receiptId: z.string().meta({ description: 'This receipt (`rcp_…`).' }),
      supersedes: z.string().optional().meta({ description: 'The receipt before.' }),
    },
  },
} as const satisfies Record<string, EventDescription>;

export type EventType = keyof typeof EVENT_TYPES;

export const ALL_EVENT_TYPES = Object.keys(EVENT_TYPES) as readonly EventType[];

/** Members of `data` that every event has: the consent as the change left it. What does not apply is absent. */
export const CONSENT_MEMBERS = {
  consentId: z.string().meta({ description: 'The consent (`cns_…`).' }),
  institutionId: z.string().meta({ description: 'Whose it is.' }),
  status: z.enum(CONSENT_STATUSES).meta({ description: 'Its status.' }),
  nextAction: z.enum(NEXT_ACTIONS).meta({ description: 'What you should do next.' }),
  failure: z.string().optional().meta({ description: 'Why it ended, or why the last trip to the bank did.' }),
  receiptId: z.string().optional().meta({ description: 'The receipt of the authorization in use.' }),
  expirationDate: instant.optional().meta({ description: 'When it ends.' }),
  grantExpirationDate: instant.optional().meta({ description: 'When what the bank gave ends, where that is earlier.' }),
  bankEnding: z.enum(BANK_ENDINGS).optional().meta({ description: 'Whether the bank knows of the end.' }),
  metadata: z
    .record(z.string(), z.string())
    .optional()
    .meta({ description: 'Your metadata of the consent as they are now; absent once it is purged.' }),
  tags: z
    .array(z.string())
    .optional()
    .meta({ description: 'Your tags of the consent as they are now; absent once it is purged.' }),
} as const;

/** A type, or all of a kind: `consent.*`. */
export const eventTypePattern = z
  .enum(
    [...ALL_EVENT_TYPES, ...new Set(ALL_EVENT_TYPES.map((type) => `${type.split('.', 1)[0] ?? ''}.*`))],
    'a type of event, or all of a kind such as consent.*',
  )
  .meta({ examples: ['consent.active', 'consent.*'] });

export function isEventTypePattern(text: string): boolean {
  return typesOf(text).length > 0;
}

/** The types that a pattern stands for; none for what is no pattern. */
export function typesOf(pattern: string): readonly EventType[] {
  if (!pattern.endsWith('.*')) return ALL_EVENT_TYPES.filter((type) => type === pattern);
  return ALL_EVENT_TYPES.filter((type) => type.startsWith(pattern.slice(0, -1)));
}
