import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { migrateToLatest, openDatabase } from '../../../src/store/database';
import type { SealPurpose } from '../../../src/store/vault';
import { vaultWith } from '../../unit/support/vault';

type Row = Record<string, unknown>;

/** What a dump of the whole database leaves out, and what of these alone is kept beside it: the newest. */
export const TABLES_WITH_WRAPPED_KEYS = ['data_keys', 'evidence_keys', 'service_secrets'] as const;

const SEALED: readonly (readonly [table: string, column: string, row: string, purpose: SealPurpose])[] = [
  ['authorizations', 'secrets_jwe', 'id', 'authorization-secrets'],
  ['authorizations', 'token_response_jwe', 'id', 'token-response'],
  ['grants', 'tokens_jwe', 'authorization_id', 'tokens'],
  ['grants', 'refresh_response_jwe', 'authorization_id', 'refresh-response'],
  ['grants', 'accounts_jwe', 'authorization_id', 'accounts'],
  ['invitations', 'launch_jwe', 'id', 'launch-token'],
];

/** A copy of a database as it was when it was taken, as a dump restored elsewhere is. */
export class Archive {
  private constructor(
    private readonly client: Client,
    private readonly serverUrl: string,
    private readonly name: string,
  ) {}

  /** @param without tables whose rows stay out, as with `pg_dump --exclude-table-data` */
  static async of(databaseUrl: string, without: readonly string[] = []): Promise<Archive> {
    const name = `archive_${randomUUID().slice(0, 8)}`;
    await withClient(databaseUrl, (client) => client.query(`CREATE DATABASE ${name}`));
    const url = Object.assign(new URL(databaseUrl), { pathname: `/${name}` }).href;
    const database = openDatabase({ url, maxConnections: 1, onConnectionLost: () => undefined });
    await migrateToLatest(database);
    await database.destroy();
    const client = new Client({ connectionString: url });
    await client.connect();
    const archive = new Archive(client, databaseUrl, name);
    const tables = await withClient(databaseUrl, (live) =>
      live.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'kysely%'`),
    );
    for (const row of tables.rows as { tablename: string }[]) {
      if (!without.includes(row.tablename)) await archive.load(databaseUrl, row.tablename);
    }
    return archive;
  }

  /** Puts a table's rows in the place of what is there. */
  async load(databaseUrl: string, table: string): Promise<void> {
    const rows = await withClient(databaseUrl, (live) => live.query(`SELECT to_json(t) AS row FROM ${table} t`));
    // As pg_restore does: rows come in any order.
    await this.client.query('SET session_replication_role = replica');
    await this.client.query(`DELETE FROM ${table}`);
    await this.client.query(
      `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_recordset(NULL::${table}, $1::json)`,
      [JSON.stringify((rows.rows as { row: Row }[]).map(({ row }) => row))],
    );
  }

  /** How many sealed values of a consent lie here, and how many of them open with these keys. */
  async openedWith(vaultKeys: string, consentId: string): Promise<{ sealed: number; opened: number }> {
    const wrapped = (await this.rows('SELECT wrapped_jwe FROM data_keys WHERE consent_id = $1', [consentId]))[0]?.[
      'wrapped_jwe'
    ];
    const counts = { sealed: 0, opened: 0 };
    for (const [table, column, id, purpose] of SEALED) {
      const found = `SELECT ${id} AS id, ${column} AS sealed FROM ${table} WHERE consent_id = $1 AND ${column} IS NOT NULL`;
      for (const row of await this.rows(found, [consentId])) {
        counts.sealed += 1;
        if (typeof wrapped !== 'string') continue;
        const dataKey = await vaultWith(vaultKeys)
          .openDataKey(consentId, wrapped)
          .catch(() => undefined);
        // Planted values name the row 'row'.
        if ((await dataKey?.open(purpose, 'row', String(row['sealed']))) !== undefined) counts.opened += 1;
      }
    }
    return counts;
  }

  async rows(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.client.query<Row>(text, values)).rows;
  }

  async drop(): Promise<void> {
    await this.client.end();
    await withClient(this.serverUrl, (client) => client.query(`DROP DATABASE ${this.name} WITH (FORCE)`));
  }
}

async function withClient<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
