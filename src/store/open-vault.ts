import { openDatabase } from './database';
import { keyEncryptionOf, type VaultSettings } from './key-providers';
import type { OpeningLog } from './opening-log';
import { createOpeningLog } from './openings';
import { createVault, type Vault } from './vault';

export interface OpenVault {
  readonly vault: Vault;
  readonly close: () => Promise<void>;
}

/**
 * The vault of a process. Its openings are written through a connection of its own: whoever waits for one may hold the last of the
 * others, and a lock with it.
 *
 * @param onOpening hears of each that was written down
 */
export function openVault(
  settings: VaultSettings & { readonly DATABASE_URL: string },
  onOpening?: (purpose: string) => void,
): OpenVault {
  const log = openDatabase({ url: settings.DATABASE_URL, maxConnections: 1, onConnectionLost: () => undefined });
  const openings = createOpeningLog(log);
  const heard: OpeningLog = {
    async write(opening) {
      await openings.write(opening);
      onOpening?.(opening.purpose);
    },
  };
  return {
    vault: createVault(keyEncryptionOf(settings), heard),
    close: () => log.destroy(),
  };
}
