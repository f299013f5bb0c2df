import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { compiled } from '../setup/repository';
import { CLOCK_FILE_VARIABLE } from './clock-file';

/**
 * What a stack's API, workers, bank and databases take for the time: the machine's and what was skipped. A workflow whose time is
 * skipped is a year ahead of everybody else; a link that the API gives it would have lapsed before it was opened, and a grant would
 * be counted from a year ago. So they all go with it.
 */
export class CommonClock {
  /** How far everybody is ahead of the machine, in milliseconds. */
  #aheadMs = 0;
  readonly #clients: Client[] = [];

  private constructor(
    private readonly file: string,
    private readonly descriptor: number,
  ) {}

  static create(file: string): CommonClock {
    mkdirSync(path.dirname(file), { recursive: true });
    const clock = new CommonClock(file, openSync(file, 'w'));
    clock.#write();
    return clock;
  }

  /** For the environment of a Node process that is to go by this clock. */
  get environment(): Record<string, string> {
    const hook = `--require ${JSON.stringify(compiled('scripts/year/clock-hook.js'))}`;
    const others = process.env['NODE_OPTIONS'];
    return { [CLOCK_FILE_VARIABLE]: this.file, NODE_OPTIONS: others ? `${others} ${hook}` : hook };
  }

  /**
   * Makes an empty database of ours go by this clock: functions of the same names stand before PostgreSQL's own, for every
   * statement and for every default that a migration writes from now on.
   */
  async rule(databaseUrl: string): Promise<void> {
    const client = new Client({ connectionString: databaseUrl });
    // It ends with the server.
    client.on('error', () => undefined);
    await client.connect();
    this.#clients.push(client);
    await client.query(DATABASE_CLOCK);
    const name = client.escapeIdentifier(client.database ?? '');
    await client.query(`ALTER DATABASE ${name} SET search_path = public, pg_catalog`);
  }

  now(): number {
    return Date.now() + this.#aheadMs;
  }

  /** Puts every clock on an instant in epoch milliseconds, from where it goes on. Never back. */
  async moveTo(instant: number): Promise<void> {
    this.#aheadMs = Math.max(this.#aheadMs, instant - Date.now());
    for (const client of this.#clients) {
      await client.query('UPDATE common_clock SET ahead = make_interval(secs => $1)', [this.#aheadMs / 1000]);
    }
    this.#write();
  }

  async close(): Promise<void> {
    closeSync(this.descriptor);
    rmSync(this.file, { force: true });
    await Promise.allSettled(this.#clients.map((client) => client.end()));
  }

  #write(): void {
    writeSync(this.descriptor, Float64Array.of(this.#aheadMs), 0, Float64Array.BYTES_PER_ELEMENT, 0);
  }
}

const DATABASE_CLOCK = `
  CREATE TABLE common_clock (ahead interval NOT NULL);
  INSERT INTO common_clock VALUES ('0');
  -- Whoever asks what time it is.
  GRANT SELECT ON common_clock TO PUBLIC;
  CREATE FUNCTION public.now() RETURNS timestamptz LANGUAGE sql STABLE
    AS 'SELECT pg_catalog.now() + ahead FROM public.common_clock';
  CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
    AS 'SELECT pg_catalog.clock_timestamp() + ahead FROM public.common_clock';`;
