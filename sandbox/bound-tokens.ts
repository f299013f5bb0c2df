import { type Configuration, errors } from 'oidc-provider';

type ExtraMetadata = NonNullable<Configuration['extraClientMetadata']>;
type ClientMetadata = Parameters<NonNullable<ExtraMetadata['validator']>>[3];

/** Named to oidc-provider as a member of ours too: where mutual TLS is off it would drop what the client says, and say nothing. */
export const BOUND_TO_CERTIFICATE = 'tls_client_certificate_bound_access_tokens';

/**
 * FAPI 2.0 §5.3.2.1: only sender-constrained access tokens are issued, to clients of the file and to registered ones alike. DPoP
 * is the bank's default, which a client that says mutual TLS has not chosen.
 * @throws invalid_client_metadata (RFC 7591 §3.2.2) for a client whose tokens anybody could use
 */
export function bindTokens(metadata: ClientMetadata, hasMtlsDoor: boolean): void {
  if (metadata[BOUND_TO_CERTIFICATE] === true) {
    if (!hasMtlsDoor) throw refusal('tokens cannot be bound to a certificate: this bank has no door for mutual TLS');
    metadata.dpop_bound_access_tokens = false;
  } else if (metadata.dpop_bound_access_tokens !== true) {
    throw refusal('tokens must be bound to a DPoP key or to a certificate');
  }
}

const refusal = (description: string) => new errors.InvalidClientMetadata(description);
