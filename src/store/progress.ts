import { Client } from 'pg';
import type { ConsentId } from '../domain/ids';

/**
 * Wakes whoever waits for a consent to move. One listening connection for the process; when it is lost the waiters are woken
 * to look for themselves, and the connection is opened anew.
 */
export interface ProgressFeed {
  /** Resolves at the next change of the consent, or after `timeoutMs`; look at the row either way. */
  nextChange(consentId: ConsentId, timeoutMs: number): Promise<void>;
  close(): Promise<void>;
}

const CHANNEL = 'consent_progress';
const RECONNECT_AFTER_MS = 500;

export function openProgressFeed(databaseUrl: string): ProgressFeed {
  const waiters = new Map<string, Set<() => void>>();
  let client: Client | undefined;
  let closed = false;

  function wake(consentId: string): void {
    for (const resolve of waiters.get(consentId) ?? []) resolve();
  }

  async function listen(): Promise<void> {
    const fresh = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 3_000, keepAlive: true });
    fresh.on('notification', (message) => {
      wake(message.payload ?? '');
    });
    fresh.on('error', lost);
    fresh.on('end', lost);
    await fresh.connect();
    await fresh.query(`LISTEN ${CHANNEL}`);
    client = fresh;
  }

  function lost(): void {
    if (closed || reconnecting) return;
    client = undefined;
    for (const consentId of waiters.keys()) wake(consentId);
    reconnect();
  }

  let reconnecting = false;
  function reconnect(): void {
    reconnecting = true;
    setTimeout(() => {
      reconnecting = false;
      if (!closed) listen().catch(lost);
    }, RECONNECT_AFTER_MS).unref();
  }

  listen().catch(lost);

  return {
    nextChange(consentId, timeoutMs) {
      return new Promise((resolve) => {
        const set = waiters.get(consentId) ?? new Set();
        waiters.set(consentId, set);
        const done = () => {
          clearTimeout(timer);
          set.delete(done);
          if (set.size === 0) waiters.delete(consentId);
          resolve();
        };
        // Without the feed the waiter looks more often: slower, never stuck.
        const timer = setTimeout(done, client ? timeoutMs : Math.min(timeoutMs, RECONNECT_AFTER_MS));
        set.add(done);
      });
    },
    async close() {
      closed = true;
      await client?.end().catch(() => undefined);
    },
  };
}
