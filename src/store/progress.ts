import { randomInt } from 'node:crypto';
import { Client } from 'pg';
import { HOLDER_LOCKS } from './idempotent-requests';

/**
 * Wakes whoever waits for a consent to move, for events of an application, or for the answer to a request. One listening connection
 * for the process; when it is lost the waiters are woken to look for themselves, and the connection is opened anew.
 */
export interface ProgressFeed {
  /**
   * Resolves at the next change of a consent or of a claimed request, or the next event of an application, by its id; after
   * `timeoutMs`; or when `signal` says that nobody waits any more. Look at the rows either way.
   */
  nextChange(id: string, timeoutMs: number, signal?: AbortSignal): Promise<void>;
  /** Number of the lock that the feed's session holds: whoever finds it free knows that this process is no more. */
  readonly holder: number;
  close(): Promise<void>;
}

const CHANNELS = ['consent_progress', 'application_events', 'idempotent_request'] as const;
const HIGHEST_HOLDER = 2 ** 31;
const RECONNECT_AFTER_MS = 500;

export function openProgressFeed(databaseUrl: string): ProgressFeed {
  const waiters = new Map<string, Set<() => void>>();
  const holder = randomInt(1, HIGHEST_HOLDER);
  let client: Client | undefined;
  let latest: Client | undefined;
  let closed = false;

  function wake(id: string): void {
    for (const resolve of waiters.get(id) ?? []) resolve();
  }

  async function listen(): Promise<void> {
    const fresh = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 3_000, keepAlive: true });
    fresh.on('notification', (message) => {
      wake(message.payload ?? '');
    });
    fresh.on('error', lost);
    fresh.on('end', lost);
    latest = fresh;
    await fresh.connect();
    // Closed meanwhile: an open connection would keep the process alive.
    if (closed) {
      await fresh.end();
      return;
    }
    for (const channel of CHANNELS) await fresh.query(`LISTEN ${channel}`);
    // Shared: the session before may not have noticed yet that it is over.
    await fresh.query('SELECT pg_advisory_lock_shared($1, $2)', [HOLDER_LOCKS, holder]);
    client = fresh;
  }

  function lost(): void {
    if (closed || reconnecting) return;
    client = undefined;
    for (const id of waiters.keys()) wake(id);
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
    holder,
    nextChange(id, timeoutMs, signal) {
      return new Promise((resolve) => {
        const set = waiters.get(id) ?? new Set();
        waiters.set(id, set);
        const done = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', done);
          set.delete(done);
          if (set.size === 0) waiters.delete(id);
          resolve();
        };
        // Without the feed the waiter looks more often: slower, never stuck.
        const timer = setTimeout(done, client ? timeoutMs : Math.min(timeoutMs, RECONNECT_AFTER_MS));
        set.add(done);
        if (signal?.aborted === true) done();
        else signal?.addEventListener('abort', done);
      });
    },
    async close() {
      closed = true;
      await latest?.end().catch(() => undefined);
    },
  };
}
