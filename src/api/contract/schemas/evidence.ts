import { z } from 'zod';
import { BANK_ENDINGS, CONSENT_STATUSES } from '../../../domain/consent';
import { kantaraReceiptSchema } from '../../../evidence/kantara-receipt';
import { consentReceiptSchema, RECEIPT_SCHEMA_ID } from '../../../evidence/receipt-schema';
import { describedInstant, exampleIdOf, idOf, instant, nextCursorOf } from './values';

/** A receipt is sent as it was signed: those of version 1 stay what they were. */
const receipt = consentReceiptSchema.meta({
  id: 'ConsentReceipt',
  description:
    'A receipt, version 2: docs/receipts.md. Its JSON Schema of its own is at /schemas/consent-receipt/2.json.',
});
const firstReceipt = z
  .looseObject({ receiptVersion: z.literal(1), receiptId: idOf('receipt'), consentId: idOf('consent') })
  .meta({ id: 'ConsentReceiptV1', description: 'A receipt of version 1, as it was signed.' });

export const receiptSchema = z
  .union([receipt, firstReceipt])
  .meta({ id: 'Receipt', description: 'What was asked, disclosed and granted by one authorization.' });

export const receiptPageSchema = z
  .strictObject({ receipts: z.array(receiptSchema), nextCursor: nextCursorOf(idOf('receipt')) })
  .meta({ id: 'ReceiptPage', description: 'Receipts, oldest first.' });

export const kantaraSchema = kantaraReceiptSchema.meta({
  id: 'KantaraReceipt',
  description: 'A Kantara Consent Receipt, version 1.1.0.',
});

export const compactJws = z
  .string()
  .regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/)
  .meta({ description: 'Compact JWS (RFC 7515 §3.1), to be checked with /.well-known/receipt-keys.json.' });

const destruction = z.strictObject({
  category: z.string(),
  count: z.int().min(0),
  firstAt: instant,
  lastAt: instant,
});

export const certificateSchema = z
  .strictObject({
    certificateId: idOf('certificate'),
    certificateVersion: z.literal(1),
    supersedes: idOf(
      'certificate',
      'The certificate of a purge that came before; all that it says is repeated.',
    ).optional(),
    issuedAt: instant,
    issuer: z.strictObject({ name: z.string(), homeUri: z.string().optional() }),
    consentId: idOf('consent'),
    consent: z.strictObject({
      status: z.enum(CONSENT_STATUSES),
      endedAt: instant,
      bankEnding: z.enum(BANK_ENDINGS).optional(),
    }),
    policy: z
      .strictObject({ personalDataRetentionDays: z.number(), evidenceRetentionDays: z.number() })
      .meta({ description: 'The retention that held: docs/retention.md.' }),
    destroyed: z.array(destruction),
    dataKey: z.strictObject({ destroyedAt: instant, meaning: z.string() }),
    kept: z.strictObject({
      receipts: z.int().min(0),
      authorizations: z.int().min(0),
      notices: z.int().min(0),
      until: describedInstant('Until when the evidence is kept.'),
    }),
  })
  .meta({
    id: 'DeletionCertificate',
    description: 'What was destroyed of a consent, and when. Holds nothing of the person.',
  });

export const auditEventSchema = z
  .strictObject({
    version: z.literal(1),
    chain: z.string().meta({ description: 'What the event is of: the id of a consent, or of the service itself.' }),
    seq: z.int().min(1).meta({ description: 'The number in the chain, from 1 without gaps.' }),
    previous: z.string().meta({ description: 'Hash of the event before it in the chain.' }).optional(),
    type: z.string().meta({ description: 'docs/audit-trail.md has them all; later versions may add some.' }),
    at: instant,
    actor: z
      .string()
      .meta({ description: 'Who did it: `application:ID`, `operator:KEY`, `person`, `bank`, a workflow.' }),
    reason: z.string().optional(),
    correlationId: z.string().meta({ description: 'The request id, where a request asked for it.' }).optional(),
    details: z.record(z.string(), z.unknown()),
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .meta({ description: 'SHA-256 over the canonical form of all other members (RFC 8785).' }),
  })
  .meta({ id: 'AuditEvent', description: 'One event of the audit trail: docs/audit-trail.md.' });

export const auditEventPageSchema = z
  .strictObject({ events: z.array(auditEventSchema), nextCursor: nextCursorOf(z.string().regex(/^[1-9]\d{0,17}$/)) })
  .meta({ id: 'AuditEventPage', description: 'Events of one consent, in their order.' });

// — examples

const DIGEST = 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg';

export const JWS_EXAMPLE = 'eyJhbGciOiJFUzI1NiJ9.eyJyZWNlaXB0VmVyc2lvbiI6Mn0.c2lnbmF0dXJl';

export const RECEIPT_EXAMPLE = {
  schema: RECEIPT_SCHEMA_ID,
  receiptVersion: 2,
  receiptId: exampleIdOf('receipt'),
  consentId: exampleIdOf('consent'),
  authorizationId: exampleIdOf('authorization'),
  bankConsentId: '9585694d-3ae5-4863-afcb-bf6ff1a2a1c1',
  issuedAt: '2026-02-01T09:05:01.000Z',
  createdTime: '2026-02-01T09:05:00.000Z',
  expirationDate: '2027-02-01T09:05:00.000Z',
  parties: [
    { type: 'DATA_RECIPIENT', name: 'Budget App' },
    { type: 'DATA_ACCESS_PLATFORM', name: 'Example Aggregator' },
    { type: 'DATA_PROVIDER', name: 'Example Bank' },
  ],
  personPseudonym: DIGEST,
  purpose: 'See all your accounts in one budget',
  requested: {
    durationType: 'TIME_BOUND',
    durationPeriod: 365,
    resources: [{ resourceType: 'ACCOUNT', dataClusters: ['TRANSACTIONS'] }],
  },
  granted: {
    source: 'consent_api',
    durationType: 'TIME_BOUND',
    durationPeriod: 365,
    resources: [{ resourceType: 'ACCOUNT', resourceId: '100200', dataClusters: ['TRANSACTIONS'] }],
  },
  difference: {
    outcome: 'in_full',
    clusters: [{ resourceType: 'ACCOUNT', asked: ['TRANSACTIONS'], granted: ['TRANSACTIONS'], refused: [], wider: [] }],
  },
  grantedScopes: ['fdx:transactions:read'],
  disclosure: {
    disclosureId: exampleIdOf('disclosure'),
    digest: DIGEST,
    language: 'en',
    template: 'default/en/1',
    source: 'template',
    agreement: { agreementId: exampleIdOf('agreement'), method: 'button', agreedAt: '2026-02-01T09:01:00.000Z' },
    agreedAt: '2026-02-01T09:01:00.000Z',
  },
  evidence: {
    issuer: 'https://bank.example',
    clientId: 'aggregator',
    request: { pushedAt: '2026-02-01T09:01:01.000Z', digest: DIGEST },
    pkce: { codeChallenge: DIGEST, codeChallengeMethod: 'S256' },
    response: { iss: 'https://bank.example', receivedAt: '2026-02-01T09:04:59.000Z' },
    tokensIssuedAt: '2026-02-01T09:05:00.000Z',
    senderConstraint: { method: 'dpop', confirmation: { jkt: DIGEST } },
  },
} as const;

export const KANTARA_EXAMPLE = {
  version: 'KI-CR-v1.1.0',
  jurisdiction: 'US',
  consentTimestamp: 1_769_936_460,
  collectionMethod: 'Disclosure on a web page, agreed to by a button; then authorized at the bank',
  consentReceiptID: exampleIdOf('receipt'),
  language: 'en',
  piiPrincipalId: DIGEST,
  piiControllers: [
    {
      piiController: 'Budget App',
      onBehalf: false,
      contact: 'Privacy office',
      address: { streetAddress: '1 Example Street' },
      email: 'privacy@budget.example',
      phone: '+1 555 0100',
    },
  ],
  policyUrl: 'https://budget.example/privacy',
  services: [
    {
      service: 'Budget App',
      purposes: [
        {
          purpose: 'See all your accounts in one budget',
          purposeCategory: ['2 - Contracted Service'],
          consentType: 'EXPLICIT',
          piiCategory: ['Transaction data'],
          primaryPurpose: true,
          termination: '2027-02-01T09:05:00.000Z, or when the person revokes the consent',
          thirdPartyDisclosure: true,
          thirdPartyName: 'Example Aggregator',
        },
      ],
    },
  ],
  sensitive: false,
  spiCat: [],
} as const;

export const CERTIFICATE_EXAMPLE = {
  certificateId: exampleIdOf('certificate'),
  certificateVersion: 1,
  issuedAt: '2027-03-03T09:05:00.000Z',
  issuer: { name: 'Example Aggregator' },
  consentId: exampleIdOf('consent'),
  consent: { status: 'expired', endedAt: '2027-02-01T09:05:00.000Z', bankEnding: 'done' },
  policy: { personalDataRetentionDays: 30, evidenceRetentionDays: 1096 },
  destroyed: [
    { category: 'bank_tokens', count: 1, firstAt: '2027-02-01T09:05:02.000Z', lastAt: '2027-02-01T09:05:02.000Z' },
  ],
  dataKey: { destroyedAt: '2027-03-03T09:05:00.000Z', meaning: 'Everything sealed for this consent cannot be opened.' },
  kept: { receipts: 1, authorizations: 1, notices: 4, until: '2029-02-01T09:05:00.000Z' },
} as const;

export const AUDIT_EVENT_EXAMPLE = {
  version: 1,
  chain: exampleIdOf('consent'),
  seq: 1,
  type: 'consent.requested',
  at: '2026-02-01T09:00:00.000Z',
  actor: 'application:budget-app',
  correlationId: '0198a2b4-c6d8-7e10-b2f4-a6c8e0d2f4a6',
  details: { institutionId: 'example-bank' },
  hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
} as const;
