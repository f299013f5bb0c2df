import { webcrypto } from 'node:crypto';
import { METADATA_ENCODING_KEY, ValueError, type Payload, type PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { KeyRing, NamedKey } from '../store/key-ring';

/**
 * Encrypts everything Temporal stores: inputs, results, signals, details, failures. AES-256-GCM with the key's id beside the
 * ciphertext. Encoding always encrypts; decoding accepts any key of the ring and refuses what it cannot authenticate.
 */
export function createPayloadCodec(ring: KeyRing): PayloadCodec {
  return {
    encode: (payloads) => Promise.all(payloads.map((payload) => encrypt(payload, ring.current))),
    decode: (payloads) => Promise.all(payloads.map((payload) => decrypt(payload, ring))),
  };
}

const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
/** NIST SP 800-38D §8.2.2: a random 96-bit nonce. */
const NONCE_BYTES = 12;

const text = {
  encode: (value: string) => new TextEncoder().encode(value),
  decode: (value: Uint8Array) => new TextDecoder().decode(value),
};
const imported = new Map<string, Promise<webcrypto.CryptoKey>>();

async function encrypt(payload: Payload, { kid, key }: NamedKey): Promise<Payload> {
  const nonce = webcrypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const plaintext = temporal.api.common.v1.Payload.encode(payload).finish();
  const ciphertext = await webcrypto.subtle.encrypt(parameters(nonce, kid), await importKey(kid, key), plaintext);
  return {
    metadata: { [METADATA_ENCODING_KEY]: text.encode(ENCODING), [KEY_ID]: text.encode(kid) },
    data: Buffer.concat([nonce, new Uint8Array(ciphertext)]),
  };
}

async function decrypt(payload: Payload, ring: KeyRing): Promise<Payload> {
  const encoding = payload.metadata?.[METADATA_ENCODING_KEY];
  // What the server itself writes (search attributes, memo of schedules) is not ours and not encrypted.
  if (!encoding || text.decode(encoding) !== ENCODING) return payload;
  const kid = text.decode(payload.metadata?.[KEY_ID] ?? new Uint8Array());
  const named = ring.find(kid);
  if (!named) throw new ValueError('a payload was encrypted with a key that is not in PAYLOAD_KEYS');
  const data = payload.data ?? new Uint8Array();
  const plaintext = await webcrypto.subtle
    .decrypt(
      parameters(data.subarray(0, NONCE_BYTES), kid),
      await importKey(kid, named.key),
      data.subarray(NONCE_BYTES),
    )
    .catch(() => {
      throw new ValueError('an encrypted payload was altered or cut');
    });
  return temporal.api.common.v1.Payload.decode(new Uint8Array(plaintext));
}

/** The key id is authenticated with the ciphertext. */
function parameters(iv: Uint8Array, kid: string): webcrypto.AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: text.encode(kid) };
}

function importKey(kid: string, key: Uint8Array): Promise<webcrypto.CryptoKey> {
  const cacheKey = `${kid}:${Buffer.from(key).toString('base64url')}`;
  let handle = imported.get(cacheKey);
  if (!handle) {
    handle = webcrypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
    imported.set(cacheKey, handle);
  }
  return handle;
}
