import { z } from 'zod';
import { DATA_CLUSTERS } from '../domain/clusters';
import type { InstitutionId } from '../domain/ids';
import { CLIENT_ALGORITHMS, SIGNATURE_ALGORITHMS, type InstitutionProfile } from '../domain/institution';

/** FAPI 2.0 Security Profile §5.2.1: everything over TLS. */
const httpsUrl = z.url({ protocol: /^https$/ }).max(2048);
/** Printable ASCII: a client id travels in forms and URLs (RFC 6749 Appendix A.1). */
const clientId = z.string().regex(/^[\x20-\x7e]{1,256}$/, 'printable ASCII, at most 256 characters');
/** RFC 6749 §3.3: scope-token. */
const scopeToken = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/, 'a scope token of RFC 6749 §3.3');

/** An institution as an engineer writes it down. Field by field in docs/institutions.md. */
export const institutionProfileSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens')
    .transform((id) => id as InstitutionId),
  name: z.string().trim().min(1).max(120),
  issuer: httpsUrl.refine((issuer) => !/[?#]/.test(issuer), 'an issuer has no query and no fragment (RFC 8414 §2)'),
  discovery: z.enum(['oidc', 'oauth2']).default('oidc'),
  clientId,
  clientAuthentication: z
    .strictObject({
      method: z.literal('private_key_jwt').default('private_key_jwt'),
      algorithm: z.enum(CLIENT_ALGORITHMS),
    })
    .default({ method: 'private_key_jwt', algorithm: 'PS256' }),
  senderConstraint: z
    .strictObject({ method: z.literal('dpop').default('dpop'), algorithm: z.enum(CLIENT_ALGORITHMS) })
    .default({ method: 'dpop', algorithm: 'ES256' }),
  openid: z.boolean().default(false),
  idTokenSignedResponseAlg: z.enum(SIGNATURE_ALGORITHMS).default('PS256'),
  responseMode: z.enum(['query', 'jwt']).default('query'),
  authorizationSignedResponseAlg: z.enum(SIGNATURE_ALGORITHMS).default('PS256'),
  request: z
    .strictObject({
      signed: z.boolean().default(false),
      form: z.enum(['authorization_details', 'scope']).default('authorization_details'),
      offlineAccess: z.boolean().default(true),
      extraScopes: z.array(scopeToken).max(20).default([]),
      clusterScopes: z.partialRecord(z.enum(DATA_CLUSTERS), z.array(scopeToken).max(10)).default({}),
      scopesWithDetails: z.boolean().default(true),
    })
    .prefault({}),
  fdx: z.strictObject({
    baseUrl: httpsUrl,
    consents: z
      .strictObject({
        source: z.enum(['consent_api', 'token_response']).default('consent_api'),
        credential: z.enum(['user_token', 'client_credentials']).default('user_token'),
        scope: z.string().max(500).optional(),
        baseUrl: httpsUrl.optional(),
      })
      .prefault({}),
    dataProviderId: z
      .string()
      .regex(/^[\x21-\x7e]{1,256}$/)
      .optional(),
  }),
  caFile: z.string().max(4096).optional(),
});

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
