import type { ClientMetadata } from 'oidc-provider';
import { z } from 'zod';

/** FAPI 2.0 §5.4: PS256, ES256 or EdDSA. RS256, the default of RFC 7591, is not among them. */
const signingAlgorithm = z.enum(['PS256', 'ES256', 'EdDSA', 'Ed25519']);

/** The ID token is signed by the bank, which holds these kinds of key. */
const idTokenAlgorithm = z.enum(['PS256', 'ES256', 'EdDSA']);

/**
 * Client metadata as of RFC 7591 §2. Unknown members pass through to oidc-provider, which judges them; what FAPI 2.0
 * fixes anyway (sender-constrained tokens, PAR) is set by the authorization server for every client: private_key_jwt and DPoP
 * unless the client says mutual TLS.
 */
const client = z
  .looseObject({
    client_id: z.string().min(1),
    client_name: z.string().min(1),
    redirect_uris: z.array(z.url()).min(1),
    jwks_uri: z.url().optional(),
    jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1) }).optional(),
    token_endpoint_auth_method: z
      .enum(['private_key_jwt', 'tls_client_auth', 'self_signed_tls_client_auth'])
      .default('private_key_jwt'),
    dpop_bound_access_tokens: z.boolean().optional(),
    tls_client_certificate_bound_access_tokens: z.boolean().default(false),
    token_endpoint_auth_signing_alg: signingAlgorithm.optional(),
    id_token_signed_response_alg: idTokenAlgorithm.optional(),
    /** Not of RFC 7591: with what the application may come to the FDX consent API instead of a token (RFC 7617). */
    consent_api_basic: z.strictObject({ username: z.string().min(1), password: z.string().min(1) }).optional(),
  })
  .refine((metadata) => hasOneKeySource(metadata) || isKnownByCertificate(metadata), {
    message: 'give exactly one of jwks and jwks_uri',
  })
  .transform((metadata) => ({
    ...metadata,
    dpop_bound_access_tokens: metadata.dpop_bound_access_tokens ?? !metadata.tls_client_certificate_bound_access_tokens,
  }))
  // FAPI 2.0 §5.3.2.1: only sender-constrained access tokens are issued, and one way is enough.
  .refine((metadata) => metadata.dpop_bound_access_tokens !== metadata.tls_client_certificate_bound_access_tokens, {
    message: 'tokens must be bound: by dpop_bound_access_tokens or by tls_client_certificate_bound_access_tokens',
  });

interface KeySources {
  jwks?: object | undefined;
  jwks_uri?: string | undefined;
  token_endpoint_auth_method: string;
}

function hasOneKeySource({ jwks, jwks_uri: uri }: KeySources): boolean {
  return (jwks === undefined) !== (uri === undefined);
}

/** RFC 8705 §2.1: the authority's word is enough, no key of the client need be known. */
function isKnownByCertificate({ jwks, jwks_uri: uri, token_endpoint_auth_method: method }: KeySources): boolean {
  return method === 'tls_client_auth' && jwks === undefined && uri === undefined;
}

export type BankClient = z.infer<typeof client> & ClientMetadata;

export const clientsFile = z
  .array(client)
  .min(1)
  .refine((clients) => new Set(clients.map((each) => each.client_id)).size === clients.length, {
    message: 'client_id must be unique',
  })
  .transform((clients): BankClient[] => clients as BankClient[]);
