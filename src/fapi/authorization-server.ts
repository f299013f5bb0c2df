import * as client from 'openid-client';
import { ConsentFailure } from '../domain/failures';
import type { UnregisteredProfile } from '../domain/registration';
import { failureOf } from './failures';
import { reviewMetadata } from './metadata-review';
import type { Transport } from './transport';

export interface DiscoveredServer {
  readonly metadata: client.ServerMetadata;
  /** How long the bank lets us rely on it, in milliseconds (RFC 9111 §5.2.2), within bounds of ours. */
  readonly freshForMs: number;
}

/**
 * Reads the metadata of the profile's issuer and refuses what FAPI 2.0 cannot be done with, before anyone is sent there.
 *
 * @throws {ConsentFailure} as_unreachable, as_metadata_unusable, as_issuer_mismatch
 * @see RFC 8414 §3, FAPI 2.0 Security Profile §5.3.3.1
 */
export async function discoverAuthorizationServer(
  profile: UnregisteredProfile,
  transport: Transport,
): Promise<DiscoveredServer> {
  const discovered = await readMetadata(profile, transport);
  const unmet = reviewMetadata(discovered.metadata, profile).filter(({ verdict }) => verdict === 'unmet');
  if (unmet.length > 0) {
    const reasons = unmet.map(({ subject, offered, needed }) => `${subject} is ${offered}, needed: ${needed}`);
    throw new ConsentFailure('as_metadata_unusable', `${reasons.join('; ')}.`);
  }
  return discovered;
}

/**
 * The metadata as published, with no judgement but that of its issuer.
 *
 * @throws {ConsentFailure} as_unreachable, as_metadata_unusable, as_issuer_mismatch
 */
export async function readMetadata(profile: UnregisteredProfile, transport: Transport): Promise<DiscoveredServer> {
  let freshForMs = UNSAID_FRESHNESS_MS;
  const fetch: client.CustomFetch = async (url, options) => {
    const response = await transport.fetch(url, options as RequestInit);
    freshForMs = freshnessOf(response.headers.get('cache-control'));
    return response;
  };
  const configuration = await client
    // Who asks plays no part in reading metadata: before a registration there is nobody yet.
    .discovery(new URL(profile.issuer), 'metadata-reader', undefined, client.None(), {
      algorithm: profile.discovery,
      [client.customFetch]: fetch,
    })
    .catch((error: unknown) => {
      throw isIssuerMismatch(error) ? new ConsentFailure('as_issuer_mismatch') : failureOf(error, 'discovery');
    });
  const metadata: client.ServerMetadata = { ...configuration.serverMetadata() };
  // RFC 8414 §3.3: identical, character by character. The library compares parsed URLs, which forgives a slash.
  if (metadata.issuer !== profile.issuer) throw new ConsentFailure('as_issuer_mismatch');
  return { metadata, freshForMs };
}

/** A minute: a bank that says nothing is asked about once for every burst of people. */
const UNSAID_FRESHNESS_MS = 60_000;
/** A bank that moves an endpoint keeps the old one alive for longer than this. */
const MAX_FRESHNESS_MS = 60 * 60 * 1000;

function freshnessOf(cacheControl: string | null): number {
  if (cacheControl === null) return UNSAID_FRESHNESS_MS;
  if (/\b(no-store|no-cache)\b/i.test(cacheControl)) return 0;
  const seconds = /\bmax-age=(\d{1,9})\b/i.exec(cacheControl)?.[1];
  return seconds === undefined ? UNSAID_FRESHNESS_MS : Math.min(Number(seconds) * 1000, MAX_FRESHNESS_MS);
}

function isIssuerMismatch(error: unknown): boolean {
  if (!(error instanceof client.ClientError)) return false;
  return (error.cause as { attribute?: unknown } | undefined)?.attribute === 'issuer';
}
