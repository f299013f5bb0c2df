/** A set of named 256-bit keys. The first encrypts; all of them decrypt, so a key can be replaced without downtime. */
export interface KeyRing {
  readonly current: NamedKey;
  /** @returns undefined when the id is not known */
  find(kid: string): NamedKey | undefined;
}

export interface NamedKey {
  readonly kid: string;
  readonly key: Uint8Array;
}

const ENTRY = /^([A-Za-z0-9._-]{1,64}):([A-Za-z0-9_-]{43})$/;

/**
 * Parses `kid:base64url-of-32-bytes[,…]`.
 *
 * @throws {Error} naming the faulty entry by position, never its value
 */
export function parseKeyRing(text: string): KeyRing {
  const keys = text.split(',').map((entry, index): NamedKey => {
    const match = ENTRY.exec(entry.trim());
    if (!match?.[1] || !match[2]) {
      throw new Error(`entry ${index + 1} is not <kid>:<base64url of 32 bytes>`);
    }
    return { kid: match[1], key: Buffer.from(match[2], 'base64url') };
  });
  const [current] = keys;
  if (!current) throw new Error('at least one key is needed');
  const byId = new Map(keys.map((key) => [key.kid, key]));
  if (byId.size !== keys.length) throw new Error('two entries have the same kid');
  return { current, find: (kid) => byId.get(kid) };
}
