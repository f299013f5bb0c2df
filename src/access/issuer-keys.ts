import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  type CryptoKey,
  type FlattenedJWSInput,
  type JWSHeaderParameters,
} from 'jose';
import { ConsentFailure } from '../domain/failures';
import type { Transport } from '../fapi/transport';
import type { AccessTokenIssuer } from './issuer-settings';

/** With which key a token of an issuer must be signed. */
export type IssuerKeys = (header: JWSHeaderParameters, token: FlattenedJWSInput) => Promise<CryptoKey>;

/** A key that the issuer has withdrawn is believed no longer than this. */
const FRESH_MS = 10 * 60_000;
/** Tokens that name unknown keys make us ask the issuer no more often than this, and a new key is known no later. */
const COOLDOWN_MS = 10_000;
/** After it could not be read: everybody would wait for the next attempt, and for nothing. */
const RETRY_MS = 10_000;
/** While they cannot be read, those of the last day serve. */
const STALE_LIMIT_MS = 24 * 60 * 60_000;

/**
 * The keys of an issuer, read when they are needed. An issuer that cannot be reached stops nobody whose key is known.
 *
 * @param onUnreadable called once for each attempt that came to nothing
 * @throws {ConsentFailure} issuer_unavailable
 * @throws {errors.JWKSNoMatchingKey | errors.JWKSMultipleMatchingKeys} about the token
 * @see RFC 7517 §5, RFC 8414 §3
 */
export function createIssuerKeys(
  issuer: AccessTokenIssuer,
  request: Transport['fetch'],
  onUnreadable: (issuer: string) => void,
  clock: () => number = Date.now,
): IssuerKeys {
  let readAt = -Infinity;
  let retryAt = -Infinity;
  const remote = createRemoteJWKSet(new URL(issuer.jwksUri ?? issuer.issuer), {
    cacheMaxAge: FRESH_MS,
    cooldownDuration: COOLDOWN_MS,
    // Each time the address too: it may have moved since.
    async [customFetch](_url, init) {
      const answer = await request(issuer.jwksUri ?? (await discoverJwksUri(issuer.issuer, request)), init);
      if (answer.status === 200) readAt = clock();
      return answer;
    },
  });

  async function fromKnown(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    const unavailable = new ConsentFailure('issuer_unavailable', undefined, Math.ceil(RETRY_MS / 1000));
    const known = remote.jwks();
    if (!known || clock() - readAt > STALE_LIMIT_MS) throw unavailable;
    return createLocalJWKSet(known)(header, token).catch((error: unknown) => {
      // It may be a new one, which we would know if we could read them.
      throw error instanceof errors.JWKSMultipleMatchingKeys ? error : unavailable;
    });
  }

  return async (header, token) => {
    if (clock() < retryAt) return fromKnown(header, token);
    try {
      return await remote(header, token);
    } catch (error) {
      if (isAboutToken(error)) throw error;
      retryAt = clock() + RETRY_MS;
      onUnreadable(issuer.issuer);
      return fromKnown(header, token);
    }
  };
}

/**
 * Reads the keys once, for whoever wants to know whether they can be read. Nothing of an answer is in what it throws.
 *
 * @returns how many there are
 * @throws {Error} saying why they cannot be read
 */
export async function countIssuerKeys(issuer: AccessTokenIssuer, request: Transport['fetch']): Promise<number> {
  const uri = issuer.jwksUri ?? (await discoverJwksUri(issuer.issuer, request));
  const answer = await request(uri, { headers: { accept: 'application/json' } });
  if (answer.status !== 200) throw new Error(`its keys are answered with HTTP ${answer.status}`);
  const { keys } = (await jsonOf(answer)) ?? {};
  if (!Array.isArray(keys)) throw new Error('what it answers is no key set');
  return keys.length;
}

function isAboutToken(error: unknown): boolean {
  return error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;
}

/**
 * Where the metadata say that the keys are. First where RFC 8414 §3.1 puts them, then where OpenID Connect does (§5).
 *
 * @throws {Error} when they cannot be read, or are not fit to be believed
 */
async function discoverJwksUri(issuer: string, request: Transport['fetch']): Promise<string> {
  for (const url of metadataUrlsOf(issuer)) {
    const answer = await request(url, { headers: { accept: 'application/json' } });
    if (answer.status === 404) continue;
    const metadata = answer.status === 200 ? await jsonOf(answer) : undefined;
    // RFC 8414 §3.3: metadata of another issuer are nobody's.
    if (metadata?.['issuer'] !== issuer) throw new Error('these are not the metadata of the issuer');
    return jwksUriAt(issuer, metadata['jwks_uri']);
  }
  throw new Error('the issuer has no metadata');
}

function metadataUrlsOf(issuer: string): readonly string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  return [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}${path}/.well-known/openid-configuration`,
  ];
}

/** At the issuer itself: metadata send us nowhere that no setting has named (server-side request forgery). */
function jwksUriAt(issuer: string, jwksUri: unknown): string {
  if (typeof jwksUri !== 'string' || !URL.canParse(jwksUri)) throw new Error('the metadata have no jwks_uri');
  if (new URL(jwksUri).origin !== new URL(issuer).origin) throw new Error('jwks_uri is elsewhere: set jwksUri');
  return jwksUri;
}

/** A parser's own message would quote what it was given. */
async function jsonOf(answer: Response): Promise<Readonly<Record<string, unknown>> | undefined> {
  const value: unknown = await answer.json().catch(() => undefined);
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}
