import { randomBytes } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import type { KeyRing } from './key-ring';

/**
 * Seals secrets at rest as JWE (RFC 7516). Every consent has a data key of its own, wrapped by a key of the ring: destroying the
 * wrapped form makes all that was sealed under it unreadable, in backups too.
 *
 * The owner and the purpose stand in the protected header, which AES-GCM authenticates: a ciphertext that was moved to another
 * row or another column does not open.
 */
export interface Vault {
  /** A fresh data key for `owner`, and its wrapped form to store. */
  createDataKey(owner: string): Promise<{ readonly dataKey: DataKey; readonly wrapped: string }>;
  /** @throws {VaultError} when the wrapping key is not in the ring or the wrapped form was tampered with */
  openDataKey(owner: string, wrapped: string): Promise<DataKey>;
}

export interface DataKey {
  seal(purpose: SealPurpose, value: unknown): Promise<string>;
  /** @throws {VaultError} when the ciphertext was made for another owner or purpose, or was altered */
  open(purpose: SealPurpose, sealed: string): Promise<unknown>;
}

export type SealPurpose =
  | 'authorization-secrets'
  | 'authorization-code'
  | 'token-response'
  | 'refresh-response'
  | 'accounts'
  | 'tokens'
  | 'launch-token'
  | 'person'
  | 'signing-key'
  | 'service-secret'
  | 'registration-token'
  | 'registration-answer'
  | 'initial-access-token';

/** Says nothing of the content: vault errors may reach logs. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
}

/** Wrapped keys are opened for every step of a flow; unwrapping again each time would double the cost. */
const CACHED_DATA_KEYS = 1_000;

export function createVault(ring: KeyRing): Vault {
  const cache = new Map<string, DataKey>();

  return {
    async createDataKey(owner) {
      const key = randomBytes(32);
      const wrapped = await encrypt(key, ring.current.key, {
        alg: 'A256KW',
        kid: ring.current.kid,
        owner,
        purpose: 'data-key',
      });
      return { dataKey: dataKeyOf(owner, key), wrapped };
    },

    async openDataKey(owner, wrapped) {
      const cacheKey = `${owner} ${wrapped}`;
      const cached = cache.get(cacheKey);
      if (cached) return cached;
      const key = await decrypt(wrapped, owner, 'data-key', (kid) => ring.find(kid)?.key);
      const dataKey = dataKeyOf(owner, key);
      if (cache.size >= CACHED_DATA_KEYS) cache.delete(cache.keys().next().value ?? '');
      cache.set(cacheKey, dataKey);
      return dataKey;
    },
  };
}

function dataKeyOf(owner: string, key: Uint8Array): DataKey {
  return {
    async seal(purpose, value) {
      const plaintext = new TextEncoder().encode(JSON.stringify(value));
      return encrypt(plaintext, key, { alg: 'dir', kid: 'data-key', owner, purpose });
    },
    async open(purpose, sealed) {
      const plaintext = await decrypt(sealed, owner, purpose, () => key);
      return JSON.parse(new TextDecoder().decode(plaintext)) as unknown;
    },
  };
}

interface SealHeader {
  readonly alg: 'A256KW' | 'dir';
  readonly kid: string;
  readonly owner: string;
  readonly purpose: string;
}

function encrypt(plaintext: Uint8Array, key: Uint8Array, header: SealHeader): Promise<string> {
  return new CompactEncrypt(plaintext).setProtectedHeader({ ...header, enc: 'A256GCM' }).encrypt(key);
}

async function decrypt(
  sealed: string,
  owner: string,
  purpose: string,
  keyOf: (kid: string) => Uint8Array | undefined,
): Promise<Uint8Array> {
  const opened = await compactDecrypt(
    sealed,
    ({ kid }) => {
      const key = keyOf(kid ?? '');
      if (!key) throw new VaultError('sealed with a key that is not in the key ring');
      return key;
    },
    { keyManagementAlgorithms: ['A256KW', 'dir'], contentEncryptionAlgorithms: ['A256GCM'] },
  ).catch((error: unknown) => {
    throw error instanceof VaultError ? error : new VaultError('a sealed value does not open');
  });
  const header = opened.protectedHeader as { owner?: unknown; purpose?: unknown };
  if (header.owner !== owner || header.purpose !== purpose) {
    throw new VaultError('a sealed value was made for another owner or purpose');
  }
  return opened.plaintext;
}
