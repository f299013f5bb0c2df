import { setTimeout as delay } from 'node:timers/promises';
import { UnprotectedTrail } from '../audit-protection';
import type { Log } from '../log';
import { VaultError } from '../store/vault';

const RETRY_MS = 1_000;
/** A part that is away for longer at start is misconfigured: better to fail visibly than to wait for ever. */
const GIVE_UP_AFTER_MS = 120_000;

/** Waits for another part of the system that may start later than we do. */
export async function untilAvailable<Result>(log: Log, part: string, attempt: () => Promise<Result>): Promise<Result> {
  const giveUpAt = Date.now() + GIVE_UP_AFTER_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > giveUpAt || error instanceof UnprotectedTrail) throw error;
      const name = error instanceof Error ? error.name : 'unknown';
      // The vault says what an operator has to do, and quotes nothing.
      const reason = error instanceof VaultError ? error.message : undefined;
      log.warn({ part, name, reason }, 'not available yet; trying again');
      await delay(RETRY_MS);
    }
  }
}
