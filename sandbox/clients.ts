import type { ClientMetadata } from 'oidc-provider';
import { z } from 'zod';

/** FAPI 2.0 §5.4: PS256, ES256 or EdDSA. RS256, the default of RFC 7591, is not among them. */
const signingAlgorithm = z.enum(['PS256', 'ES256', 'EdDSA', 'Ed25519']);

/** The ID token is signed by the bank, which holds these two kinds of key. */
const idTokenAlgorithm = z.enum(['PS256', 'ES256']);

/**
 * Client metadata as of RFC 7591 §2. Unknown members pass through to oidc-provider, which judges them; what FAPI 2.0
 * fixes anyway (private_key_jwt, DPoP-bound tokens, PAR) is set by the authorization server for every client.
 */
const client = z
  .looseObject({
    client_id: z.string().min(1),
    client_name: z.string().min(1),
    redirect_uris: z.array(z.url()).min(1),
    jwks_uri: z.url().optional(),
    jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1) }).optional(),
    token_endpoint_auth_method: z.literal('private_key_jwt').optional(),
    token_endpoint_auth_signing_alg: signingAlgorithm.optional(),
    id_token_signed_response_alg: idTokenAlgorithm.optional(),
  })
  .refine((metadata) => (metadata.jwks === undefined) !== (metadata.jwks_uri === undefined), {
    message: 'give exactly one of jwks and jwks_uri',
  });

export type BankClient = z.infer<typeof client> & ClientMetadata;

export const clientsFile = z
  .array(client)
  .min(1)
  .refine((clients) => new Set(clients.map((each) => each.client_id)).size === clients.length, {
    message: 'client_id must be unique',
  })
  .transform((clients): BankClient[] => clients as BankClient[]);
