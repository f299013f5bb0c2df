import { randomBytes } from 'node:crypto';
import { decrypt, encrypt } from './jwe';
import type { KeyEncryption } from './key-encryption';
import { currentReason, type OpeningLog } from './opening-log';

export { VaultError } from './jwe';

/**
 * Seals secrets at rest as JWE (RFC 7516). Every consent has a data key of its own, wrapped by a key that lies elsewhere: destroying
 * the wrapped form makes all that was sealed under it unreadable, in every copy that lacks it.
 *
 * Owner, purpose and row stand in the protected header, which AES-GCM authenticates: a ciphertext that was moved to another
 * consent, another column or another row does not open.
 */
export interface Vault {
  /** A fresh data key for `owner`, and its wrapped form to store. */
  createDataKey(owner: string): Promise<{ readonly dataKey: DataKey; readonly wrapped: string }>;
  /**
   * @throws {VaultError} when the wrapping key is not here or the wrapped form was tampered with
   * @throws {ConsentFailure} vault_unavailable
   */
  openDataKey(owner: string, wrapped: string): Promise<DataKey>;
}

export interface DataKey {
  /** @param row the id of what it belongs to: an authorization, a link, a key */
  seal(purpose: SealPurpose, row: string, value: unknown): Promise<string>;
  /**
   * Writes down who opens it and why, where the purpose is one that is, and opens it then.
   *
   * @throws {VaultError} when the ciphertext was made for another owner, purpose or row, or was altered
   * @throws {ConsentFailure} store_unavailable when it cannot be written down: then nothing was opened
   */
  open(purpose: SealPurpose, row: string, sealed: string): Promise<unknown>;
}

/** What is sealed, and whether each opening of it is written down. */
const IS_WRITTEN_DOWN = {
  'authorization-secrets': true,
  'authorization-code': true,
  'token-response': true,
  'refresh-response': true,
  accounts: true,
  tokens: true,
  // The application's own words and links: it reads them back with every GET of its consent.
  'launch-token': false,
  person: false,
  // Under the evidence key, which outlives the data key.
  'typed-name': true,
  // Where a list of the bank's goes on: no secret of anybody.
  'page-cursor': false,
  // What was answered to a request: links, keys and secrets that are shown once.
  'idempotent-answer': true,
  // The same, of what its application reads with every GET of its consents: sealed under the keys of those.
  'idempotent-view': false,
  'signing-key': true,
  'service-secret': true,
  'registration-token': true,
  'registration-answer': true,
  'initial-access-token': true,
  // Once in a while for each process that signs with it.
  'webhook-secret': true,
} as const;

export type SealPurpose = keyof typeof IS_WRITTEN_DOWN;

/** Wrapped keys are opened for every step of a flow; unwrapping again each time would double the cost, or ask a service. */
const CACHED_DATA_KEYS = 1_000;
/** A key that was destroyed is in no process's memory for longer; and where a service wraps, it may be away for so long. */
const CACHED_FOR_MS = 60 * 60_000;

export function createVault(keys: KeyEncryption, openings: OpeningLog): Vault {
  const cache = new Map<string, Promise<DataKey>>();

  return {
    async createDataKey(owner) {
      const key = randomBytes(32);
      return { wrapped: await keys.wrap(owner, key), dataKey: dataKeyOf(owner, key, openings) };
    },

    openDataKey(owner, wrapped) {
      const place = `${owner} ${wrapped}`;
      const known = cache.get(place);
      if (known) return known;
      // Kept while it is being unwrapped: whoever wants it meanwhile shares the one question.
      const opening = keys.unwrap(owner, wrapped).then((key) => dataKeyOf(owner, key, openings));
      if (cache.size >= CACHED_DATA_KEYS) cache.delete(cache.keys().next().value ?? '');
      cache.set(place, opening);
      const forget = (): void => {
        if (cache.get(place) === opening) cache.delete(place);
      };
      setTimeout(forget, CACHED_FOR_MS).unref();
      opening.catch(forget);
      return opening;
    },
  };
}

function dataKeyOf(owner: string, key: Uint8Array, openings: OpeningLog): DataKey {
  return {
    async seal(purpose, row, value) {
      const plaintext = new TextEncoder().encode(JSON.stringify(value));
      return encrypt(plaintext, key, { alg: 'dir', kid: 'data-key', owner, purpose, row });
    },
    async open(purpose, row, sealed) {
      if (IS_WRITTEN_DOWN[purpose]) await openings.write({ owner, purpose, row, ...currentReason() });
      const plaintext = await decrypt(sealed, { owner, purpose, row }, () => key);
      return JSON.parse(new TextDecoder().decode(plaintext)) as unknown;
    },
  };
}
