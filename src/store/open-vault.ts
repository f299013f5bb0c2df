import { openDatabase } from './database';
import { createEventLog, type EventLog } from './event-log';
import { keyEncryptionOf, type VaultSettings } from './key-providers';
import type { OpeningLog } from './opening-log';
import { openingLogOf } from './openings';
import { createVault, type Vault } from './vault';

export interface OpenVault {
  readonly vault: Vault;
  /** Where the vault's openings go, and whatever else is told as an event only. */
  readonly events: EventLog;
  readonly close: () => Promise<void>;
}

/**
 * The vault of a process, and its event log. Events are written through a connection of their own: whoever waits for one may hold
 * the last of the others, and a lock with it.
 *
 * @param onOpening hears of each that was written down
 */
export function openVault(
  settings: VaultSettings & { readonly DATABASE_URL: string },
  onOpening?: (purpose: string) => void,
): OpenVault {
  const log = openDatabase({ url: settings.DATABASE_URL, maxConnections: 1, onConnectionLost: () => undefined });
  const events = createEventLog(log);
  const openings = openingLogOf(events);
  const heard: OpeningLog = {
    async write(opening) {
      await openings.write(opening);
      onOpening?.(opening.purpose);
    },
  };
  return {
    vault: createVault(keyEncryptionOf(settings), heard),
    events,
    close: () => log.destroy(),
  };
}
