import { z } from 'zod';
import { isThisMachine } from '../outbound/loopback';

/** Signatures with a key pair. Neither `none` nor HMAC: with those, whoever knows a public key could sign (RFC 8725 §3.1, §3.2). */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

/** Https, except on this machine; what must not be in an issuer (RFC 8414 §2) is not needed in the address of keys either. */
const address = z
  .url({ protocol: /^https?$/ })
  .refine(
    (url) => url.startsWith('https:') || isThisMachine(new URL(url).hostname),
    'must be https, except on localhost',
  )
  .refine((url) => !/[?#]|\/\/[^/]*@/.test(url), 'takes neither a query nor a fragment nor credentials');

const issuerSchema = z.strictObject({
  /** Exactly as `iss` has it. */
  issuer: address,
  /** What `aud` must name: us, as the issuer knows us. */
  audience: z.string().min(1).max(500),
  /** Where its keys are; absent: where its metadata say (RFC 8414). */
  jwksUri: address.optional(),
  algorithms: z.array(z.enum(ALGORITHMS)).min(1).default(['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519']),
  /** Whether a token may be of type `JWT` or none, as those of issuers from before RFC 9068. */
  acceptsPlainJwt: z.boolean().default(false),
  /** The one claim that names the client. Where several do, only the issuer knows which of them a client cannot choose. */
  clientIdClaim: z.enum(['client_id', 'azp', 'appid', 'cid', 'sub']).default('client_id'),
  /** Where the scopes are, as a list or in one string; null: tokens of this issuer have all of them. */
  scopeClaim: z.string().min(1).max(100).nullable().default('scope'),
  /** Its certificate authority in PEM, where that is none of the public ones. */
  caFile: z.string().min(1).optional(),
});

/** One that may issue access tokens for us. */
export type AccessTokenIssuer = z.infer<typeof issuerSchema>;

const issuersSchema = z
  .array(issuerSchema)
  .max(10)
  .refine((issuers) => new Set(issuers.map(({ issuer }) => issuer)).size === issuers.length, 'names an issuer twice');

/** The setting ACCESS_TOKEN_ISSUERS: a JSON array. */
export const accessTokenIssuers = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'takes a JSON array' });
      return z.NEVER;
    }
  })
  .pipe(issuersSchema);
