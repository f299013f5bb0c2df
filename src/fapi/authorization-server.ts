import * as client from 'openid-client';
import { ConsentFailure } from '../domain/failures';
import type { InstitutionProfile } from '../domain/institution';
import { failureOf } from './failures';
import type { Transport } from './transport';

/**
 * Reads the metadata of the profile's issuer and refuses what FAPI 2.0 cannot be done with, before anyone is sent there.
 *
 * @throws {ConsentFailure} as_unreachable, as_metadata_unusable, as_issuer_mismatch
 * @see RFC 8414 §3, FAPI 2.0 Security Profile §5.3.3.1
 */
export async function discoverAuthorizationServer(
  profile: InstitutionProfile,
  transport: Transport,
): Promise<client.ServerMetadata> {
  const configuration = await client
    .discovery(new URL(profile.issuer), profile.clientId, undefined, client.None(), {
      algorithm: profile.discovery,
      [client.customFetch]: transport.fetch as client.CustomFetch,
    })
    .catch((error: unknown) => {
      throw isIssuerMismatch(error) ? new ConsentFailure('as_issuer_mismatch') : failureOf(error, 'discovery');
    });
  const metadata: client.ServerMetadata = { ...configuration.serverMetadata() };
  // RFC 8414 §3.3: identical, character by character. The library compares parsed URLs, which forgives a slash.
  if (metadata.issuer !== profile.issuer) throw new ConsentFailure('as_issuer_mismatch');
  requireEndpoints(metadata, profile);
  return metadata;
}

function requireEndpoints(metadata: client.ServerMetadata, profile: InstitutionProfile): void {
  const endpoints = [
    'pushed_authorization_request_endpoint',
    'authorization_endpoint',
    'token_endpoint',
    ...(profile.openid ? (['jwks_uri'] as const) : []),
  ] as const;
  for (const name of endpoints) {
    const value = metadata[name];
    if (value === undefined) throw new ConsentFailure('as_metadata_unusable', `${name} is missing.`);
    if (!URL.canParse(value) || new URL(value).protocol !== 'https:') {
      throw new ConsentFailure('as_metadata_unusable', `${name} is not an https URL.`);
    }
  }
  const methods = metadata.code_challenge_methods_supported;
  if (methods !== undefined && !methods.includes('S256')) {
    throw new ConsentFailure('as_metadata_unusable', 'code_challenge_methods_supported lacks S256.');
  }
}

function isIssuerMismatch(error: unknown): boolean {
  if (!(error instanceof client.ClientError)) return false;
  return (error.cause as { attribute?: unknown } | undefined)?.attribute === 'issuer';
}
