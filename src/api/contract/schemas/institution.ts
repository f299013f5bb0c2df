import { z } from 'zod';
import { institutionProfileSchema } from '../../../institutions/profile';
import { registrationRequestSchema } from '../../../institutions/registration-file';
import { failureCode, instant, institutionId } from './values';

const readiness = z.enum(['unchecked', 'ready', 'misconfigured']).meta({
  description: 'What was found when its metadata were last looked at.',
});

const listed = z
  .strictObject({
    id: institutionId,
    name: z.string(),
    readiness,
    reason: z.string().meta({ description: 'What is wrong with it.' }).optional(),
    paused: z.strictObject({ since: instant }).meta({ description: 'New work there waits.' }).optional(),
  })
  .meta({ id: 'ListedInstitution', description: 'An institution that can be asked for.' });

export const institutionListSchema = z
  .strictObject({ institutions: z.array(listed) })
  .meta({ id: 'InstitutionList', description: 'Every institution there is.' });

export const profileSchema = institutionProfileSchema.meta({
  id: 'InstitutionProfile',
  outputId: 'StoredInstitutionProfile',
  description:
    'A bank as data, field by field in docs/institutions.md. Fields that name files are for the command line only.',
});

const operatedFields = {
  id: institutionId,
  name: z.string(),
  readiness,
  paused: z.strictObject({ since: instant, reason: z.string().optional() }).optional(),
};

export const operatedInstitutionSchema = z
  .strictObject(operatedFields)
  .meta({ id: 'OperatedInstitution', description: 'An institution as operators see it.' });

export const resumedInstitutionSchema = z
  .strictObject({
    ...operatedFields,
    endingsRetried: z
      .int()
      .min(0)
      .meta({
        description: 'How many consents that wait to tell the bank of their end were woken; absent while that goes on.',
      })
      .optional(),
  })
  .meta({ id: 'ResumedInstitution', description: 'An institution whose work goes on.' });

export const registrationSchema = z
  .strictObject({
    institutionId,
    status: z.enum(['registering', 'registered', 'updating', 'deleting', 'deleted', 'failed']),
    clientId: z.string().optional(),
    endpoint: z.string().optional(),
    registrationClientUri: z.string().optional(),
    isManaged: z.boolean().meta({ description: 'Whether the bank lets us change it (RFC 7592).' }),
    request: registrationRequestSchema.extend({ metadata: z.looseObject({ client_name: z.string() }) }).meta({
      description: 'What the operator says of us.',
    }),
    metadata: z
      .looseObject({})
      .meta({ description: 'What the bank says it has registered, without secrets.' })
      .optional(),
    possibleOrphans: z.array(instant).meta({
      description: 'When a request went out whose answer was lost: each may have left a client at the bank.',
    }),
    failure: z
      .strictObject({ code: failureCode, title: z.string(), fix: z.string(), detail: z.string().optional() })
      .optional(),
    registeredAt: instant.optional(),
    updatedAt: instant,
  })
  .meta({ id: 'Registration', description: 'How our registration at a bank stands. Holds no secret.' });

export const registrationOutcomeSchema = z
  .strictObject({
    workflowId: z.string(),
    outcome: z.enum(['registered', 'updated', 'deleted', 'failed']).optional(),
    differences: z.array(z.string()).meta({ description: 'What the bank registered otherwise than asked.' }).optional(),
    registration: registrationSchema.optional(),
  })
  .meta({ id: 'RegistrationOutcome', description: 'What became of an operation on a registration.' });

// — examples

export const INSTITUTION_EXAMPLE = { id: 'example-bank', name: 'Example Bank', readiness: 'ready' } as const;

export const PAUSED_EXAMPLE = {
  ...INSTITUTION_EXAMPLE,
  paused: { since: '2026-02-01T09:00:00.000Z', reason: 'The bank has an outage' },
} as const;

export const PROFILE_REQUEST_EXAMPLE = {
  id: 'example-bank',
  name: 'Example Bank',
  issuer: 'https://bank.example',
  clientId: 'aggregator',
  fdx: { baseUrl: 'https://api.bank.example/fdx/v6' },
};

export const PROFILE_EXAMPLE = {
  ...PROFILE_REQUEST_EXAMPLE,
  discovery: 'oidc',
  clientAuthentication: { method: 'private_key_jwt', algorithm: 'PS256' },
  senderConstraint: { method: 'dpop', algorithm: 'ES256' },
  clockToleranceSeconds: 30,
  openid: false,
  idTokenSignedResponseAlg: 'PS256',
  responseMode: 'query',
  authorizationSignedResponseAlg: 'PS256',
  request: {
    signed: false,
    form: 'authorization_details',
    offlineAccess: true,
    extraScopes: [],
    clusterScopes: {},
    scopesWithDetails: true,
    extraParameters: {},
  },
  fdx: {
    baseUrl: 'https://api.bank.example/fdx/v6',
    consents: { source: 'consent_api', credential: 'user_token', idSource: 'token_response' },
    maxConcurrentRequests: 16,
  },
  notifications: {
    mode: 'none',
    types: ['CONSENT_REVOKED', 'CONSENT_UPDATED'],
    scope: 'fdx:notifications:subscribe',
  },
  tokens: {},
  reconcile: { everyHours: 24, maxPerMinute: 60 },
  allowPrivateAddresses: false,
} as const;

export const REGISTRATION_REQUEST_EXAMPLE = {
  id: 'example-bank',
  name: 'Example Bank',
  issuer: 'https://bank.example',
  fdx: { baseUrl: 'https://api.bank.example/fdx/v6' },
  registration: { metadata: { client_name: 'Example Aggregator' } },
};

export const REGISTRATION_EXAMPLE = {
  institutionId: 'example-bank',
  status: 'registered',
  clientId: 'aggregator',
  endpoint: 'https://bank.example/register',
  isManaged: true,
  request: { metadata: { client_name: 'Example Aggregator' } },
  possibleOrphans: [],
  registeredAt: '2026-02-01T09:00:00.000Z',
  updatedAt: '2026-02-01T09:00:00.000Z',
} as const;

export const REGISTRATION_OUTCOME_EXAMPLE = {
  workflowId: 'registration/example-bank',
  outcome: 'registered',
  differences: [],
  registration: REGISTRATION_EXAMPLE,
} as const;
