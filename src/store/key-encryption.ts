import { VaultError } from './jwe';

/**
 * Wraps data keys with a key that lies elsewhere: in the environment, in a file, in a key management service. What it wrapped begins
 * with a header in base64url, up to the first dot, that names the wrapping key as `kid`.
 */
export interface KeyEncryption {
  /** The key that wraps now; it stands beside what it wrapped, in `data_keys.wrapped_with`. */
  readonly currentId: string;
  /** @throws {ConsentFailure} vault_unavailable when whoever holds the key does not answer */
  wrap(owner: string, key: Uint8Array): Promise<string>;
  /**
   * @throws {VaultError} when it was wrapped for another owner or with a key that is not here, or was altered
   * @throws {ConsentFailure} vault_unavailable when whoever holds the key does not answer
   */
  unwrap(owner: string, wrapped: string): Promise<Uint8Array>;
}

/** One place where wrapping keys lie. */
export interface KeyProvider extends KeyEncryption {
  knows(keyId: string): boolean;
}

/** What data keys are sealed for: it is authenticated, so that nothing else under a wrapping key passes for a data key. */
export const DATA_KEY_PURPOSE = 'data-key';

/** The first provider wraps, all of them open: moving from one to another is a rotation like any other. */
export function firstWraps(first: KeyProvider, ...others: readonly KeyProvider[]): KeyEncryption {
  const providers = [first, ...others];
  return {
    currentId: first.currentId,
    wrap: (owner, key) => first.wrap(owner, key),
    async unwrap(owner, wrapped) {
      const keyId = wrappingKeyOf(wrapped);
      const provider = providers.find((each) => keyId !== undefined && each.knows(keyId));
      if (provider) return provider.unwrap(owner, wrapped);
      throw new VaultError(`a data key is wrapped with ${keyId ?? 'something unreadable'}, which is not configured`);
    },
  };
}

/** Key ids of all providers are made of these. What is not is not repeated to anybody. */
const KEY_ID = /^[A-Za-z0-9._:/-]{1,256}$/;

/** The id of the key that wrapped it, by its own word: what it says is true when it opens. */
export function wrappingKeyOf(wrapped: string): string | undefined {
  try {
    const header: unknown = JSON.parse(Buffer.from(wrapped.split('.', 1)[0] ?? '', 'base64url').toString());
    const kid = (header as { readonly kid?: unknown } | null)?.kid;
    return typeof kid === 'string' && KEY_ID.test(kid) ? kid : undefined;
  } catch {
    return undefined;
  }
}
