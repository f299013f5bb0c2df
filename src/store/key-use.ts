import { sql } from 'kysely';
import type { Database } from './database';

/** Notes when keys were used. Nobody waits for it, and what is lost is a minute of it. */
export interface KeyUse {
  note(keyId: string): void;
  /** When nothing is on its way to the database any more. */
  settled(): Promise<void>;
}

/** Old keys are found by days, not by seconds: a row a minute is enough, whatever a key is used for. */
const EVERY_MS = 60_000;

/**
 * Notes a key at most once a minute here, and in the database no more often whatever the number of processes. One statement at a
 * time for all keys that gathered meanwhile.
 *
 * @param onFailure the database did not take it; tried again with the next use after a minute
 */
export function createKeyUse(database: Database, onFailure: () => void, clock: () => number = Date.now): KeyUse {
  /** By key; no more of them than there are keys, for only good ones are noted. */
  const notedAt = new Map<string, number>();
  const waiting = new Set<string>();
  let writing: Promise<void> | undefined;

  async function writeAll(): Promise<void> {
    while (waiting.size > 0) {
      const keyIds = [...waiting];
      waiting.clear();
      await noteUsed(database, keyIds).catch(onFailure);
    }
    writing = undefined;
  }

  return {
    note(keyId) {
      const now = clock();
      if (now - (notedAt.get(keyId) ?? -Infinity) < EVERY_MS) return;
      notedAt.set(keyId, now);
      waiting.add(keyId);
      writing ??= writeAll();
    },
    async settled() {
      await writing;
    },
  };
}

async function noteUsed(database: Database, keyIds: readonly string[]): Promise<void> {
  await sql`
    UPDATE api_keys SET last_used_at = now()
     WHERE id = ANY (${keyIds}::text[]) AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`.execute(
    database,
  );
}
