import { randomBytes } from 'node:crypto';
import type { ConsentId } from '../domain/ids';
import { decrypt, encrypt } from './jwe';
import type { DataKey, SealPurpose } from './vault';

/** What is sealed under the data keys of several consents at once: it takes all of them to open it. */
export interface JointlySealed {
  readonly sealed: string;
  /** For each consent its share of the key, sealed under its data key. */
  readonly shares: Readonly<Record<ConsentId, string>>;
}

const KEY_BYTES = 32;
/** Of the ciphertext itself: no single consent's, and not the service's. */
const OWNER = 'consents';

/**
 * Seals under all of these data keys: the key is split into as many shares as there are consents, and any of them lacking says
 * nothing of it. So it goes with the first of the consents whose data key is destroyed, in every copy that there is.
 *
 * @param row the id of what it belongs to
 */
export async function sealJointly(
  keys: ReadonlyMap<ConsentId, DataKey>,
  purpose: SealPurpose,
  row: string,
  value: unknown,
): Promise<JointlySealed> {
  const key = randomBytes(KEY_BYTES);
  const entries = [...keys];
  const parts = entries.slice(1).map(() => randomBytes(KEY_BYTES));
  parts.push(parts.reduce(xor, key));
  const plaintext = new TextEncoder().encode(JSON.stringify(value));
  const [sealed, shares] = await Promise.all([
    encrypt(plaintext, key, { alg: 'dir', kid: 'joint-key', owner: OWNER, purpose, row }),
    Promise.all(
      entries.map(async ([id, dataKey], index) => {
        const share = parts[index]?.toString('base64url');
        return [id, await dataKey.seal(purpose, row, share)] as const;
      }),
    ),
  ]);
  return { sealed, shares: Object.fromEntries(shares) };
}

/**
 * Each share that is opened is written down as the purpose wants it.
 *
 * @param keys of each consent that has a share
 * @throws {VaultError} when any of them is lacking or another one
 */
export async function openJointly(
  keys: ReadonlyMap<ConsentId, DataKey>,
  purpose: SealPurpose,
  row: string,
  { sealed, shares }: JointlySealed,
): Promise<unknown> {
  const parts = await Promise.all(
    Object.entries(shares).map(async ([id, share]) => {
      const part = await keys.get(id as ConsentId)?.open(purpose, row, share);
      return Buffer.from(typeof part === 'string' ? part : '', 'base64url');
    }),
  );
  const key = parts.every(({ length }) => length === KEY_BYTES) ? parts.reduce(xor) : undefined;
  const plaintext = await decrypt(sealed, { owner: OWNER, purpose, row }, () => key);
  return JSON.parse(new TextDecoder().decode(plaintext)) as unknown;
}

function xor(one: Buffer<ArrayBuffer>, other: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  return Buffer.from(one.map((byte, index) => byte ^ (other[index] ?? 0)));
}
