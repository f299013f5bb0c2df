import { CompactEncrypt, compactDecrypt } from 'jose';

/** Says nothing of the content: vault errors may reach logs. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
}

/** Where a sealed value belongs. */
export interface Place {
  readonly owner: string;
  readonly purpose: string;
  readonly row?: string;
}

interface SealHeader extends Place {
  readonly alg: 'A256KW' | 'dir';
  readonly kid: string;
}

export function encrypt(plaintext: Uint8Array, key: Uint8Array, header: SealHeader): Promise<string> {
  return new CompactEncrypt(plaintext).setProtectedHeader({ ...header, enc: 'A256GCM' }).encrypt(key);
}

/** @throws {VaultError} when it was made for another place, was altered, or `keyOf` has no such key */
export async function decrypt(
  sealed: string,
  place: Place,
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
  if (!belongs(opened.protectedHeader, place)) throw new VaultError('a sealed value belongs elsewhere');
  return opened.plaintext;
}

function belongs(header: Readonly<Record<string, unknown>>, { owner, purpose, row }: Place): boolean {
  // What an earlier version sealed names no row.
  return (
    header['owner'] === owner && header['purpose'] === purpose && (header['row'] === undefined || header['row'] === row)
  );
}
