import { sql } from 'kysely';
import type { Database } from './database';
import { PRIVILEGES } from './service-role';

export interface DatabaseServer {
  /** As it says: `18.4`. */
  readonly version: string;
  readonly role: string;
  /** Its clock, between two readings of ours. Epoch milliseconds. */
  readonly now: number;
  readonly askedAt: number;
  readonly answeredAt: number;
}

export async function lookAtServer(database: Database): Promise<DatabaseServer> {
  // The first question waits for a connection; the second one takes as long as its way.
  await sql`SELECT 1`.execute(database);
  const askedAt = Date.now();
  const { rows } = await sql<{ version: string; role: string; now: Date }>`
    SELECT current_setting('server_version') AS version, current_user AS role, clock_timestamp() AS now`.execute(
    database,
  );
  const answeredAt = Date.now();
  const [row] = rows;
  if (!row) throw new Error('the database says nothing of itself');
  return {
    version: row.version.split(' ', 1)[0] ?? row.version,
    role: row.role,
    now: row.now.getTime(),
    askedAt,
    answeredAt,
  };
}

/** What the role that is connected should be able to do and cannot: `SELECT grants`. */
export async function missingPrivileges(database: Database): Promise<readonly string[]> {
  const wanted = Object.entries(PRIVILEGES).flatMap(([table, privileges]) =>
    // Single columns are granted apart: whether a table may be written to at all tells enough.
    privileges
      .split(', ')
      .flatMap((privilege) => (/^(SELECT|INSERT|UPDATE|DELETE)$/.test(privilege) ? [{ table, privilege }] : [])),
  );
  const { rows } = await sql<{ table: string; privilege: string }>`
    SELECT wanted."table", wanted.privilege
      FROM unnest(${wanted.map(({ table }) => table)}::text[], ${wanted.map(({ privilege }) => privilege)}::text[])
        AS wanted ("table", privilege)
     WHERE to_regclass(wanted."table") IS NOT NULL AND NOT has_table_privilege(to_regclass(wanted."table"), wanted.privilege)`.execute(
    database,
  );
  return rows.map(({ table, privilege }) => `${privilege} ${table}`);
}
