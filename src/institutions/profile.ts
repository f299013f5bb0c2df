import { z } from 'zod';
import { DATA_CLUSTERS } from '../domain/clusters';
import {
  DEFAULT_CONCURRENT_REQUESTS,
  SIGNATURE_ALGORITHMS,
  usesMutualTls,
  type InstitutionProfile,
} from '../domain/institution';
import { homeUriSchema, registryReferencesSchema } from '../evidence/party-schema';

/** FAPI 2.0 Security Profile §5.2.1: everything over TLS. */
const httpsUrl = z
  .url({ protocol: /^https$/ })
  .max(2048)
  .meta({ pattern: '^[Hh][Tt][Tt][Pp][Ss]:' });
/** Printable ASCII: a client id travels in forms and URLs (RFC 6749 Appendix A.1). */
const clientId = z.string().regex(/^[\x20-\x7e]{1,256}$/, 'printable ASCII, at most 256 characters');
/** RFC 6749 §3.3: scope-token. */
const scopeToken = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/, 'a scope token of RFC 6749 §3.3');

/** FDX NotificationType: a bank may have types of its own. */
const notificationType = z.string().regex(/^[A-Z0-9_]{1,64}$/, 'an FDX notification type, such as CONSENT_REVOKED');
/** RFC 8705 §3.1. */
const sha256 = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'a SHA-256 thumbprint in base64url: 43 characters');

const algorithm = z.enum(SIGNATURE_ALGORITHMS);
/** A path on the disk of whoever runs the process. */
const file = z.string().min(1).max(4096);

/** What we push ourselves: a bank's extra parameters never replace it. */
const OWN_PARAMETERS = new Set([
  ...[
    'client_id',
    'redirect_uri',
    'response_type',
    'response_mode',
    'scope',
    'state',
    'nonce',
    'request',
    'request_uri',
  ],
  ...['code_challenge', 'code_challenge_method', 'authorization_details', 'dpop_jkt', 'grant_management_action'],
  ...['client_assertion', 'client_assertion_type', 'client_secret'],
]);
const extraParameters = z
  .record(z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/), z.string().max(2000))
  .refine((names) => Object.keys(names).every((name) => !OWN_PARAMETERS.has(name)), 'names a parameter that is ours')
  .meta({
    propertyNames: { type: 'string', pattern: '^[A-Za-z0-9_.-]{1,64}$', not: { enum: [...OWN_PARAMETERS] } },
  });

/** An institution as an engineer writes it down. Field by field in docs/institutions.md. */
export const institutionProfileFields = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens'),
  name: z.string().trim().min(1).max(120).meta({ pattern: '\\S' }),
  issuer: httpsUrl.refine((issuer) => !/[?#]/.test(issuer), 'an issuer has no query and no fragment (RFC 8414 §2)'),
  discovery: z.enum(['oidc', 'oauth2']).default('oidc'),
  clientId,
  party: z
    .strictObject({ homeUri: homeUriSchema.optional(), registryReferences: registryReferencesSchema.optional() })
    .optional(),
  clientAuthentication: z
    .strictObject({
      method: z.enum(['private_key_jwt', 'tls_client_auth', 'self_signed_tls_client_auth']).default('private_key_jwt'),
      algorithm: algorithm.optional(),
      audience: z.string().min(1).max(2048).optional(),
    })
    .default({ method: 'private_key_jwt', algorithm: 'PS256' }),
  senderConstraint: z
    .strictObject({ method: z.enum(['dpop', 'mtls']).default('dpop'), algorithm: algorithm.optional() })
    .default({ method: 'dpop', algorithm: 'ES256' }),
  clientCertificate: z.strictObject({ certificateFile: file, keyFile: file }).optional(),
  clockToleranceSeconds: z.int().min(0).max(300).default(30),
  openid: z.boolean().default(false),
  idTokenSignedResponseAlg: algorithm.default('PS256'),
  responseMode: z.enum(['query', 'jwt']).default('query'),
  authorizationSignedResponseAlg: algorithm.default('PS256'),
  request: z
    .strictObject({
      signed: z.boolean().default(false),
      signingAlgorithm: algorithm.optional(),
      form: z.enum(['authorization_details', 'scope']).default('authorization_details'),
      offlineAccess: z.boolean().default(true),
      extraScopes: z.array(scopeToken).max(20).default([]),
      clusterScopes: z.partialRecord(z.enum(DATA_CLUSTERS), z.array(scopeToken).max(10)).default({}),
      scopesWithDetails: z.boolean().default(true),
      extraParameters: extraParameters.default({}),
      grantManagementAction: z.literal('create').optional(),
    })
    .prefault({}),
  fdx: z.strictObject({
    baseUrl: httpsUrl,
    consents: z
      .strictObject({
        source: z.enum(['consent_api', 'token_response']).default('consent_api'),
        credential: z.enum(['user_token', 'client_credentials', 'basic']).default('user_token'),
        basic: z
          .strictObject({ username: z.string().regex(/^[^:\u0000-\u001f]{1,256}$/), passwordFile: file })
          .optional(),
        idSource: z.enum(['token_response', 'introspection']).default('token_response'),
        scope: z.string().max(500).optional(),
        baseUrl: httpsUrl.optional(),
      })
      .prefault({}),
    resultType: z.enum(['lightweight', 'details']).optional(),
    dataProviderId: z
      .string()
      .regex(/^[\x21-\x7e]{1,256}$/)
      .optional(),
    maxConcurrentRequests: z.int().min(1).max(1_000).default(DEFAULT_CONCURRENT_REQUESTS),
  }),
  notifications: z
    .strictObject({
      mode: z.enum(['none', 'subscribe', 'poll']).default('none'),
      types: z.array(notificationType).min(1).max(20).default(['CONSENT_REVOKED', 'CONSENT_UPDATED']),
      jwksUri: httpsUrl.optional(),
      certificateThumbprints: z.array(sha256).min(1).max(20).optional(),
      scope: z.string().min(1).max(500).default('fdx:notifications:subscribe'),
      baseUrl: httpsUrl.optional(),
    })
    .prefault({}),
  tokens: z.strictObject({ keepAliveDays: z.int().min(1).max(365).optional() }).prefault({}),
  reconcile: z
    .strictObject({
      everyHours: z.int().min(0).max(8_760).default(24),
      maxPerMinute: z.int().min(1).max(6_000).default(60),
    })
    .prefault({}),
  caFile: file.optional(),
  allowPrivateAddresses: z.boolean().default(false),
});

export const institutionProfileSchema = institutionProfileFields.superRefine((profile, context) => {
  const { clientAuthentication, senderConstraint } = profile;
  const need = (isMet: boolean, path: string, message: string) => {
    if (!isMet) context.addIssue({ code: 'custom', path: path.split('.'), message });
  };
  const signs = clientAuthentication.method === 'private_key_jwt';
  const proves = senderConstraint.method === 'dpop';
  need(
    signs === (clientAuthentication.algorithm !== undefined),
    'clientAuthentication.algorithm',
    belongsTo('private_key_jwt'),
  );
  need(
    signs || clientAuthentication.audience === undefined,
    'clientAuthentication.audience',
    belongsTo('private_key_jwt'),
  );
  need(proves === (senderConstraint.algorithm !== undefined), 'senderConstraint.algorithm', belongsTo('dpop'));
  const hasCertificate = profile.clientCertificate !== undefined;
  need(
    !usesMutualTls(profile) || hasCertificate,
    'clientCertificate',
    'is needed for mutual TLS: certificateFile and keyFile',
  );
  const { credential, basic } = profile.fdx.consents;
  need(credential !== 'basic' || basic !== undefined, 'fdx.consents.basic', 'is needed: username and passwordFile');
});

const belongsTo = (method: string) => `is needed with the method ${method}, and has no meaning without it`;

/** One fault of a document, with the place where it is. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

/** Parses one profile, or lists every fault in it. */
export function parseInstitutionProfile(input: unknown): InstitutionProfile | { readonly faults: readonly Fault[] } {
  const parsed = institutionProfileSchema.safeParse(input);
  // zod types an absent optional as `undefined`; after parsing the two are the same to every reader.
  if (parsed.success) return JSON.parse(JSON.stringify(parsed.data)) as InstitutionProfile;
  return {
    faults: parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  };
}

/**
 * Parses a file's worth of profiles: an array, or one object.
 *
 * @throws {Error} naming every fault by index and path
 */
export function parseInstitutionsFile(text: string): readonly InstitutionProfile[] {
  const content: unknown = JSON.parse(text);
  const entries = Array.isArray(content) ? (content as unknown[]) : [content];
  const faults: string[] = [];
  const profiles = entries.flatMap((entry, index) => {
    const parsed = parseInstitutionProfile(entry);
    if (!('faults' in parsed)) return [parsed];
    faults.push(...parsed.faults.map((fault) => `[${index}] ${fault.path}: ${fault.message}`));
    return [];
  });
  if (faults.length > 0) throw new Error(`the institutions file has faults:\n  ${faults.join('\n  ')}`);
  return profiles;
}
