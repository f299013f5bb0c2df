import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { METADATA_ENCODING_KEY, ValueError, type Payload, type PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { KeyRing, NamedKey } from '../store/key-ring';

/**
 * Encrypts everything Temporal stores: inputs, results, signals, details, failures. AES-256-GCM with the key's id beside the
 * ciphertext. Encoding always encrypts; decoding accepts any key of the ring and refuses what it cannot authenticate.
 */
export function createPayloadCodec(ring: KeyRing): PayloadCodec {
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- a throw must become a rejection
    encode: async (payloads) => payloads.map((payload) => encrypt(payload, ring.current)),
    // eslint-disable-next-line @typescript-eslint/require-await -- as above
    decode: async (payloads) => payloads.map((payload) => decrypt(payload, ring)),
  };
}

const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
/** NIST SP 800-38D §8.2.2: a random 96-bit nonce. */
const NONCE_BYTES = 12;

const TAG_BYTES = 16;

const text = {
  encode: (value: string) => new TextEncoder().encode(value),
  decode: (value: Uint8Array) => new TextDecoder().decode(value),
};

// Synchronous on purpose: for payloads of this size the way to a thread and back costs three times the encryption.
function encrypt(payload: Payload, { kid, key }: NamedKey): Payload {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  // The key id is authenticated with the ciphertext.
  cipher.setAAD(text.encode(kid));
  const plaintext = temporal.api.common.v1.Payload.encode(payload).finish();
  const ciphertext = [cipher.update(plaintext), cipher.final()];
  return {
    metadata: { [METADATA_ENCODING_KEY]: text.encode(ENCODING), [KEY_ID]: text.encode(kid) },
    data: Buffer.concat([nonce, ...ciphertext, cipher.getAuthTag()]),
  };
}

function decrypt(payload: Payload, ring: KeyRing): Payload {
  const encoding = payload.metadata?.[METADATA_ENCODING_KEY];
  // What the server itself writes (search attributes, memo of schedules) is not ours and not encrypted.
  if (!encoding || text.decode(encoding) !== ENCODING) return payload;
  const kid = text.decode(payload.metadata?.[KEY_ID] ?? new Uint8Array());
  const named = ring.find(kid);
  if (!named) throw new ValueError('a payload was encrypted with a key that is not in PAYLOAD_KEYS');
  return temporal.api.common.v1.Payload.decode(open(payload.data ?? new Uint8Array(), named));
}

function open(data: Uint8Array, { kid, key }: NamedKey): Uint8Array {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(text.encode(kid));
    decipher.setAuthTag(data.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(data.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw new ValueError('an encrypted payload was altered or cut');
  }
}
