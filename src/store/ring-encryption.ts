import { decrypt, encrypt } from './jwe';
import { DATA_KEY_PURPOSE, type KeyProvider } from './key-encryption';
import type { KeyRing } from './key-ring';

/** Wraps with the first key of a ring that this process holds: a JWE with `A256KW` (RFC 7518 §4.4). */
export function ringEncryption(ring: KeyRing): KeyProvider {
  const { kid, key: wrappingKey } = ring.current;
  return {
    currentId: kid,
    knows: (keyId) => ring.find(keyId) !== undefined,
    wrap: (owner, key) => encrypt(key, wrappingKey, { alg: 'A256KW', kid, owner, purpose: DATA_KEY_PURPOSE }),
    unwrap: (owner, wrapped) =>
      decrypt(wrapped, { owner, purpose: DATA_KEY_PURPOSE }, (keyId) => ring.find(keyId)?.key),
  };
}
