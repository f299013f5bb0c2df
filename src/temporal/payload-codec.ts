import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import {
  METADATA_ENCODING_KEY,
  ValueError,
  type Payload,
  type PayloadCodec,
  type SerializationContext,
} from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { KeyRing, NamedKey } from '../store/key-ring';
import { HOUSEKEEPING_WORKFLOW_ID } from '../workflows/housekeeping-contract';
import { RECONCILE_WORKFLOW_ID } from '../workflows/reconcile-contract';

/**
 * Encrypts everything Temporal stores: inputs, results, signals, details, failures. AES-256-GCM with the key's id beside the
 * ciphertext, and the workflow it belongs to: a payload that was copied into another workflow's history does not open there.
 * Encoding always encrypts; decoding accepts any key of the ring and refuses what it cannot authenticate.
 */
export function createPayloadCodec(ring: KeyRing): PayloadCodec {
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- a throw must become a rejection
    encode: async (payloads, context) => {
      const owner = ownerIn(context);
      return payloads.map((payload) => encrypt(payload, ring.current, owner));
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- as above
    decode: async (payloads, context) => {
      const owner = ownerIn(context);
      return payloads.map((payload) => decrypt(payload, ring, owner));
    },
  };
}

/**
 * The same for payloads whose workflow is not known when they are written: the server starts a schedule's workflows under ids that
 * it makes up. What was written so opens everywhere.
 */
export function createUnboundPayloadCodec(ring: KeyRing): PayloadCodec {
  const codec = createPayloadCodec(ring);
  return { encode: (payloads) => codec.encode(payloads), decode: (payloads) => codec.decode(payloads) };
}

/** The id of the workflow that a payload says it is bound to; what it says is proven only when it opens. */
export function workflowIdBeside({ metadata }: Payload): string | undefined {
  try {
    const [, workflowId] = JSON.parse(text.decode(metadata?.[BOUND_TO])) as unknown[];
    return typeof workflowId === 'string' ? workflowId : undefined;
  } catch {
    return undefined;
  }
}

const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
const BOUND_TO = 'encryption-bound-to';
/** NIST SP 800-38D §8.2.2: a random 96-bit nonce. */
const NONCE_BYTES = 12;

const TAG_BYTES = 16;

const text = {
  encode: (value: string) => new TextEncoder().encode(value),
  decode: (value: Uint8Array | null | undefined) => new TextDecoder().decode(value ?? new Uint8Array()),
};

/** What the server appends to the ids of a schedule's workflows. */
const SCHEDULED_AT = /-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
/** The ids that our schedules give. A consent's is none of them. */
const SCHEDULED: readonly string[] = [RECONCILE_WORKFLOW_ID, HOUSEKEEPING_WORKFLOW_ID];

/**
 * Namespace and workflow, as they stand in the metadata. Activities belong to the workflow that asked for them. The runs of a
 * schedule are one: each is given the result of the one before.
 */
function ownerIn(context: SerializationContext | undefined): string | undefined {
  if (context?.workflowId === undefined) return undefined;
  const scheduled = context.workflowId.replace(SCHEDULED_AT, '');
  return JSON.stringify([context.namespace, SCHEDULED.includes(scheduled) ? scheduled : context.workflowId]);
}

/** What is authenticated with the ciphertext. A key's id has no blank; without an owner it is what it was before there were any. */
function associatedData(kid: string, owner: string | undefined): Uint8Array {
  return text.encode(owner === undefined ? kid : `${kid} ${owner}`);
}

// Synchronous on purpose: for payloads of this size the way to a thread and back costs three times the encryption.
function encrypt(payload: Payload, { kid, key }: NamedKey, owner: string | undefined): Payload {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(associatedData(kid, owner));
  const plaintext = temporal.api.common.v1.Payload.encode(payload).finish();
  const ciphertext = [cipher.update(plaintext), cipher.final()];
  return {
    metadata: {
      [METADATA_ENCODING_KEY]: text.encode(ENCODING),
      [KEY_ID]: text.encode(kid),
      ...(owner !== undefined && { [BOUND_TO]: text.encode(owner) }),
    },
    data: Buffer.concat([nonce, ...ciphertext, cipher.getAuthTag()]),
  };
}

/** @param reader the workflow that it is opened for; undefined when nobody knows, as at the codec endpoint */
function decrypt(payload: Payload, ring: KeyRing, reader: string | undefined): Payload {
  const { metadata, data } = payload;
  if (text.decode(metadata?.[METADATA_ENCODING_KEY]) !== ENCODING) {
    // Whatever is ours is encrypted: anything else was slipped into a workflow by somebody without the keys.
    if (reader !== undefined) throw new ValueError('a payload of a workflow is not encrypted');
    // What the server itself writes (search attributes, memo of schedules) is not ours and not encrypted.
    return payload;
  }
  const kid = text.decode(metadata?.[KEY_ID]);
  const named = ring.find(kid);
  if (!named) throw new ValueError('a payload was encrypted with a key that is not in PAYLOAD_KEYS');
  const bound = metadata?.[BOUND_TO];
  const owner = bound ? text.decode(bound) : undefined;
  // Before there were owners, and for schedules, nothing was bound.
  if (reader !== undefined && owner !== undefined && owner !== reader) {
    throw new ValueError('a payload belongs to another workflow');
  }
  return temporal.api.common.v1.Payload.decode(open(data ?? new Uint8Array(), named, owner));
}

function open(data: Uint8Array, { kid, key }: NamedKey, owner: string | undefined): Uint8Array {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(associatedData(kid, owner));
    decipher.setAuthTag(data.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(data.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw new ValueError('an encrypted payload was altered or cut');
  }
}
