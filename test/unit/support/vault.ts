import { parseKeyRing } from '../../../src/store/key-ring';
import type { OpeningLog } from '../../../src/store/opening-log';
import { ringEncryption } from '../../../src/store/ring-encryption';
import { createVault, type Vault } from '../../../src/store/vault';

/** What a test opens is not the product's doing. */
export const UNLOGGED: OpeningLog = { write: () => Promise.resolve() };

/** The vault of a process with these keys, in a test's own hands. */
export function vaultWith(keys: string | undefined): Vault {
  return createVault(ringEncryption(parseKeyRing(keys ?? '')), UNLOGGED);
}
