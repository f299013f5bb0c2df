import { z } from 'zod';
import { BANK_ENDINGS, CONSENT_STATUSES, NEXT_ACTIONS } from '../../../domain/consent';
import { DATA_CLUSTERS } from '../../../domain/clusters';
import { REVOCATION_INITIATORS, REVOCATION_REASONS } from '../../../domain/ending';
import { DURATION_TYPES, RESOURCE_TYPES } from '../../../domain/terms';
import {
  days,
  describedInstant,
  exampleIdOf,
  failureCode,
  failureNote,
  idOf,
  instant,
  institutionId,
  nextCursorOf,
} from './values';

export const dataCluster = z.enum(DATA_CLUSTERS).meta({
  id: 'DataCluster',
  description: 'FDX v6 data cluster: docs/vocabulary.md.',
});

const durationType = z.enum(DURATION_TYPES).meta({ description: 'FDX ConsentDurationType.' });
const resourceType = z.enum(RESOURCE_TYPES).meta({ description: 'FDX ConsentResourceType.' });
/** As the bank named them: it may grant what FDX does not know. */
const namedClusters = z.array(z.string());

export const terms = z
  .strictObject({
    durationType,
    durationPeriod: days.meta({ description: 'Days from the grant; with TIME_BOUND.' }).optional(),
    lookbackPeriod: days.meta({ description: 'Days of history, counted back from the request.' }).optional(),
    resources: z.array(z.strictObject({ resourceType, dataClusters: z.array(dataCluster) })),
  })
  .meta({ id: 'ConsentTerms', description: 'What is asked of the bank on behalf of the person.' });

const granted = z
  .strictObject({
    source: z.enum(['consent_api', 'authorization_details', 'scope']).meta({
      description: 'Where we learned of it: FDX GET /consents, the token response (RFC 9396), or its scope.',
    }),
    bankConsentId: z.string().meta({ description: "The bank's own id of the consent." }).optional(),
    resources: z.array(
      z.strictObject({
        resourceType,
        resourceId: z.string().meta({ description: "The bank's id of the account, customer or document." }).optional(),
        dataClusters: namedClusters,
      }),
    ),
    durationType,
    durationPeriod: days.optional(),
    lookbackPeriod: days.optional(),
    createdTime: instant.optional(),
    expirationTime: instant.optional(),
  })
  .meta({ id: 'Granted', description: 'What the person shared, as the bank told it.' });

const period = z.strictObject({ asked: days, granted: days });

const difference = z
  .strictObject({
    outcome: z.enum(['in_full', 'in_part', 'wider']),
    clusters: z.array(
      z.strictObject({
        resourceType,
        asked: z.array(dataCluster),
        granted: namedClusters,
        refused: z.array(dataCluster),
        wider: namedClusters,
      }),
    ),
    durationPeriod: period.optional(),
    lookbackPeriod: period.optional(),
  })
  .meta({ id: 'GrantDifference', description: 'Asked beside granted. What was never asked for is not used.' });

const dataAccess = z
  .strictObject({
    outcome: z.enum(['proven', 'refused', 'unreachable', 'not_applicable']),
    accounts: z.int().min(0).meta({ description: 'How many accounts the bank listed.' }).optional(),
    failure: failureCode.optional(),
  })
  .meta({ id: 'DataAccessProof', description: 'How reading the accounts went with the new grant.' });

const accountChanges = z
  .strictObject({
    matched: z.array(z.strictObject({ previousId: z.string(), currentId: z.string(), by: z.enum(['id', 'evidence']) })),
    missing: z.array(z.string()),
    added: z.array(z.string()),
  })
  .meta({ id: 'AccountChanges', description: 'How the accounts of a renewed consent compare with those before.' });

const invitationReason = z.enum(['connect', 'renew', 'reauthorize', 'change']).meta({
  description: 'Why the person is asked to authorize.',
});

const launchUrl = z.string().meta({
  format: 'uri',
  description: 'The link to send the person to. Whoever has it may authorize: keep it out of logs.',
});
const authorizeBy = describedInstant('Until when the link is good.');

const openInvitation = z
  .strictObject({ id: idOf('invitation'), reason: invitationReason, requested: terms, authorizeBy: instant })
  .meta({ id: 'OpenInvitation', description: 'The link by which an active consent may be authorized anew.' });

const status = z.enum(CONSENT_STATUSES).meta({ id: 'ConsentStatus', description: 'How a consent stands.' });
const nextAction = z.enum(NEXT_ACTIONS).meta({ id: 'NextAction', description: 'What to do next, for a program.' });
const workflowId = z.string().meta({ description: 'The Temporal workflow that carries the consent.' });

export const consentSchema = z
  .strictObject({
    id: idOf('consent', 'Stable for the whole life of the consent, renewals included.'),
    status,
    nextAction,
    launchUrl: launchUrl.optional(),
    invitation: openInvitation.optional(),
    failure: failureNote.optional(),
    institution: z.strictObject({ id: institutionId, name: z.string() }),
    person: z.strictObject({ reference: z.string() }).meta({ description: 'Absent once it is purged.' }).optional(),
    purpose: z.string(),
    language: z.string().meta({ description: 'BCP 47.' }).optional(),
    requested: terms,
    granted: granted.optional(),
    difference: difference.optional(),
    dataAccess: dataAccess.optional(),
    expirationDate: describedInstant('From this instant the consent is not used any more.').optional(),
    grantExpirationDate: describedInstant('When what the bank gave for it ends by itself.').optional(),
    noticeDays: days
      .meta({ description: 'The most urgent notice given of the deadline, in days before it.' })
      .optional(),
    accountChanges: accountChanges.optional(),
    receiptId: idOf('receipt', 'The receipt of the authorization in use.').optional(),
    revocation: z
      .strictObject({
        initiator: z.enum([...REVOCATION_INITIATORS, 'DATA_PROVIDER']),
        reason: z.enum(REVOCATION_REASONS),
      })
      .meta({ description: 'Who ended it, and why (FDX ConsentRevocationRequest).' })
      .optional(),
    bankEnding: z.enum(BANK_ENDINGS).meta({ description: 'Whether the bank knows of the end.' }).optional(),
    endedAt: instant.optional(),
    purgedAt: describedInstant('When its secrets and personal data were destroyed.').optional(),
    returnUrl: z.string().optional(),
    metadata: z.record(z.string(), z.string()),
    tags: z.array(z.string()).meta({ description: 'Short labels of your own.' }),
    authorizeBy,
    workflowId,
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Consent', description: 'A consent as its application reads it. What does not apply is absent.' });

export const consentPageSchema = z
  .strictObject({ consents: z.array(consentSchema), nextCursor: nextCursorOf(idOf('consent')) })
  .meta({ id: 'ConsentPage', description: 'Consents, in the order that was asked for.' });

export const createdConsentSchema = z
  .strictObject({ id: idOf('consent'), status, nextAction, launchUrl, workflowId, authorizeBy })
  .meta({
    id: 'CreatedConsent',
    description: 'A consent that nobody has authorized yet, and the link for the person.',
  });

export const invitationSchema = z
  .strictObject({
    id: idOf('invitation'),
    consentId: idOf('consent'),
    reason: invitationReason,
    requested: terms,
    launchUrl,
    authorizeBy,
  })
  .meta({ id: 'Invitation', description: 'A link by which the person of an active consent authorizes anew.' });

export const completionSchema = z
  .strictObject({ id: idOf('consent') })
  .meta({ id: 'Completion', description: 'The consent ends; read it to see it ended.' });

// — examples

const EXAMPLE_TERMS = {
  durationType: 'TIME_BOUND',
  durationPeriod: 365,
  lookbackPeriod: 90,
  resources: [{ resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS'] }],
} as const;

const LINK = 'https://consent.example/connect/q1Zb3kQ0w2l7c9sYVfT5mJ8hN4xR6pAeUoDgKiLtBvM';

export const CONSENT_REQUEST_EXAMPLE = {
  institutionId: 'sandbox-bank',
  person: { reference: 'customer-4711' },
  purpose: 'See all your accounts in one budget',
  ...EXAMPLE_TERMS,
  metadata: { plan: 'premium' },
  tags: ['budget'],
};

export const CREATED_CONSENT_EXAMPLE = {
  id: exampleIdOf('consent'),
  status: 'requested',
  nextAction: 'launch',
  launchUrl: LINK,
  workflowId: `consent-${exampleIdOf('consent')}`,
  authorizeBy: '2026-02-02T09:00:00.000Z',
} as const;

export const CONSENT_EXAMPLE = {
  id: exampleIdOf('consent'),
  status: 'active',
  nextAction: 'none',
  institution: { id: 'sandbox-bank', name: 'Sandbox Bank' },
  person: { reference: 'customer-4711' },
  purpose: 'See all your accounts in one budget',
  requested: EXAMPLE_TERMS,
  granted: {
    source: 'consent_api',
    bankConsentId: '9585694d-3ae5-4863-afcb-bf6ff1a2a1c1',
    resources: [{ resourceType: 'ACCOUNT', resourceId: '100200', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS'] }],
    durationType: 'TIME_BOUND',
    durationPeriod: 365,
    lookbackPeriod: 90,
    createdTime: '2026-02-01T09:05:00.000Z',
    expirationTime: '2027-02-01T09:05:00.000Z',
  },
  difference: {
    outcome: 'in_full',
    clusters: [
      {
        resourceType: 'ACCOUNT',
        asked: ['ACCOUNT_DETAILED', 'TRANSACTIONS'],
        granted: ['ACCOUNT_DETAILED', 'TRANSACTIONS'],
        refused: [],
        wider: [],
      },
    ],
  },
  dataAccess: { outcome: 'proven', accounts: 1 },
  expirationDate: '2027-02-01T09:05:00.000Z',
  receiptId: exampleIdOf('receipt'),
  metadata: { plan: 'premium' },
  tags: ['budget'],
  authorizeBy: '2026-02-02T09:00:00.000Z',
  workflowId: `consent-${exampleIdOf('consent')}`,
  createdAt: '2026-02-01T09:00:00.000Z',
  updatedAt: '2026-02-01T09:05:01.000Z',
} as const;

export const REVOKED_CONSENT_EXAMPLE = {
  ...CONSENT_EXAMPLE,
  status: 'revoked',
  revocation: { initiator: 'INDIVIDUAL', reason: 'USER_ACTION' },
  bankEnding: 'pending',
  endedAt: '2026-05-01T12:00:00.000Z',
  updatedAt: '2026-05-01T12:00:00.000Z',
} as const;

export const INVITATION_EXAMPLE = {
  id: exampleIdOf('invitation'),
  consentId: exampleIdOf('consent'),
  reason: 'renew',
  requested: EXAMPLE_TERMS,
  launchUrl: LINK,
  authorizeBy: '2027-01-11T09:00:00.000Z',
} as const;
