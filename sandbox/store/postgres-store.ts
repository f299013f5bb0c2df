import { Pool } from 'pg';
import { type RecordMarks, type RecordStore, SWEEP_INTERVAL_MILLISECONDS } from './records';

const SCHEMA = `
  create table if not exists sandbox_records (
    kind text not null,
    id text not null,
    payload jsonb not null,
    grant_id text,
    uid text,
    expires_at timestamptz,
    primary key (kind, id)
  );
  create index if not exists sandbox_records_by_grant on sandbox_records (grant_id, kind) where grant_id is not null;
  create index if not exists sandbox_records_by_uid on sandbox_records (uid, kind) where uid is not null;
  create index if not exists sandbox_records_by_expiry on sandbox_records (expires_at) where expires_at is not null;
`;

const LIVE = '(expires_at is null or expires_at > now())';

interface PayloadRow {
  payload: unknown;
}

/** The same memory in one PostgreSQL table, so that a restarted bank still knows its grants, consents and keys. */
export class PostgresStore implements RecordStore {
  readonly #pool: Pool;
  readonly #sweeper: NodeJS.Timeout;

  private constructor(pool: Pool) {
    this.#pool = pool;
    this.#sweeper = setInterval(() => {
      pool.query('delete from sandbox_records where expires_at <= now()').catch(reportPoolError);
    }, SWEEP_INTERVAL_MILLISECONDS).unref();
  }

  static async open(url: string): Promise<PostgresStore> {
    const pool = new Pool({ connectionString: url, max: 10 });
    // An idle connection that breaks raises this event; without a listener it would end the bank.
    pool.on('error', reportPoolError);
    await pool.query(SCHEMA);
    return new PostgresStore(pool);
  }

  async find(kind: string, id: string): Promise<unknown> {
    return this.#first(`select payload from sandbox_records where kind = $1 and id = $2 and ${LIVE}`, [kind, id]);
  }

  async findByUid(kind: string, uid: string): Promise<unknown> {
    return this.#first(`select payload from sandbox_records where kind = $1 and uid = $2 and ${LIVE}`, [kind, uid]);
  }

  async list(kind: string): Promise<unknown[]> {
    const sql = `select payload from sandbox_records where kind = $1 and ${LIVE}`;
    const { rows } = await this.#pool.query<PayloadRow>(sql, [kind]);
    return rows.map((row) => row.payload);
  }

  async save(kind: string, id: string, payload: object, marks: RecordMarks = {}): Promise<void> {
    const { expiresInSeconds, grantId, uid } = marks;
    await this.#pool.query(
      `insert into sandbox_records (kind, id, payload, grant_id, uid, expires_at)
       values ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
       on conflict (kind, id) do update
       set payload = excluded.payload, grant_id = excluded.grant_id, uid = excluded.uid, expires_at = excluded.expires_at`,
      [kind, id, JSON.stringify(payload), grantId ?? null, uid ?? null, expiresInSeconds ?? null],
    );
  }

  async consume(kind: string, id: string, consumedAt: number): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `update sandbox_records set payload = payload || jsonb_build_object('consumed', $3::bigint)
       where kind = $1 and id = $2 and ${LIVE} and not payload ? 'consumed'`,
      [kind, id, consumedAt],
    );
    return rowCount === 1;
  }

  async destroy(kind: string, id: string): Promise<void> {
    await this.#pool.query('delete from sandbox_records where kind = $1 and id = $2', [kind, id]);
  }

  async destroyByGrant(kind: string, grantId: string): Promise<void> {
    await this.#pool.query('delete from sandbox_records where kind = $1 and grant_id = $2', [kind, grantId]);
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    await this.#pool.end();
  }

  async #first(sql: string, parameters: string[]): Promise<unknown> {
    const { rows } = await this.#pool.query<PayloadRow>(sql, parameters);
    return rows[0]?.payload;
  }
}

function reportPoolError(error: unknown): void {
  console.warn(`database: ${error instanceof Error ? error.message : String(error)}`);
}
