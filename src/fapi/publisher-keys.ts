import type { JSONWebKeySet } from 'jose';
import { ConsentFailure } from '../domain/failures';
import type { Connection } from './connection';
import { failureOf } from './failures';

/** The keys with which an institution signs when it publishes to us, read no more often than anybody can make us. */
export interface PublisherKeys {
  /** Those at hand, or newly read ones. */
  current(): Promise<JSONWebKeySet>;
  /** Newer ones than these. @returns undefined when there are none, or it is too soon to look again */
  renewed(than: JSONWebKeySet): Promise<JSONWebKeySet | undefined>;
}

/** A key that the bank has withdrawn is believed no longer than this. */
const FRESH_MS = 10 * 60 * 1000;
/** While they cannot be read, those of the last day serve: what they let in is only a hint, and the bank is asked about it. */
const STALE_LIMIT_MS = 24 * 60 * 60 * 1000;
/** Whoever sends us nonsense in a bank's name makes us ask that bank no more often than this. */
const COOLDOWN_MS = 5_000;

export function createPublisherKeys(read: () => Promise<JSONWebKeySet>, clock: () => number = Date.now): PublisherKeys {
  let known: { readonly keys: JSONWebKeySet; readonly readAt: number } | undefined;
  let failed: unknown;
  let askedAt = -Infinity;
  let reading: Promise<JSONWebKeySet> | undefined;

  function readAnew(): Promise<JSONWebKeySet> {
    askedAt = clock();
    reading ??= read()
      .then((keys) => {
        failed = undefined;
        known = { keys, readAt: clock() };
        return keys;
      })
      .catch((error: unknown) => {
        failed = error;
        throw error;
      })
      .finally(() => (reading = undefined));
    return reading;
  }

  const age = (): number => (known ? clock() - known.readAt : Infinity);
  const isTooSoon = (): boolean => !reading && clock() - askedAt < COOLDOWN_MS;

  return {
    async current() {
      if (known && age() < FRESH_MS) return known.keys;
      if (!isTooSoon()) await readAnew().catch(() => undefined);
      if (known && (failed === undefined || isAway(failed)) && age() < STALE_LIMIT_MS) return known.keys;
      throw failed instanceof Error ? failed : new ConsentFailure('as_keys_unreachable');
    },
    async renewed(than) {
      if (known && known.keys !== than) return known.keys;
      return isTooSoon() ? undefined : readAnew();
    },
  };
}

function isAway(error: unknown): boolean {
  return error instanceof ConsentFailure && error.kind === 'unavailable';
}

/**
 * Reads the keys: where the profile says, else at the `jwks_uri` of the metadata.
 *
 * @throws {ConsentFailure} as_keys_unreachable, as_unreachable; as_metadata_unusable when there is no such address
 * @see RFC 7517 §5, RFC 8414 §2
 */
export async function readPublisherKeys({ profile, metadata, transport }: Connection): Promise<JSONWebKeySet> {
  const address = profile.notifications.jwksUri ?? (await metadata.known()).jwks_uri;
  if (address === undefined || !URL.canParse(address) || new URL(address).protocol !== 'https:') {
    throw new ConsentFailure('as_metadata_unusable', 'jwks_uri is missing, or is not an https URL.');
  }
  try {
    const response = await transport.fetch(address, { headers: { accept: 'application/json' } });
    const body: unknown = response.ok ? await response.json().catch(() => undefined) : undefined;
    const keys = (body as { keys?: unknown } | null | undefined)?.keys;
    // An error page in their place says nothing about the keys.
    if (!Array.isArray(keys)) throw new ConsentFailure('as_keys_unreachable', `HTTP ${response.status} without keys.`);
    return { keys: keys.filter(isKey).slice(0, MAX_KEYS) };
  } catch (error) {
    throw failureOf(error, 'token_validation');
  }
}

/** More than any bank publishes, and few enough to look through. */
const MAX_KEYS = 100;

function isKey(value: unknown): value is JSONWebKeySet['keys'][number] {
  return typeof (value as { kty?: unknown } | null)?.kty === 'string';
}
