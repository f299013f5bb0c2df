import { sql, type Transaction } from 'kysely';
import type { Database } from './database';
import type { Tables } from './tables';

/** The role that API, workers and commands connect as, unless it is called something else. */
export const DEFAULT_SERVICE_ROLE = 'fdx_consent_service';

const LIVING = 'SELECT, INSERT, UPDATE';
const WRITTEN_ONCE = 'SELECT, INSERT';

/**
 * What the service role may do with each table, and nothing else. Evidence is written once. Rows of what lives are changed; those
 * that go do so by functions of the database that look for themselves (`remove_consent_evidence`), but for a few that prove nothing.
 */
export const PRIVILEGES: Readonly<Record<keyof Tables, string>> = {
  // Events are written by append_audit_event alone.
  audit_events: 'SELECT',
  audit_removed_chains: 'SELECT',
  audit_checkpoints: WRITTEN_ONCE,
  audit_checkpoint_heads: WRITTEN_ONCE,
  // Written by the trail's trigger, numbered and removed by functions that see for themselves what they may.
  events: 'SELECT',
  receipts: WRITTEN_ONCE,
  disclosure_templates: WRITTEN_ONCE,
  disclosures: WRITTEN_ONCE,
  // A name that was typed goes when the person is erased.
  agreements: `${WRITTEN_ONCE}, UPDATE (name_jwe)`,
  deletion_certificates: WRITTEN_ONCE,
  operator_actions: `${WRITTEN_ONCE}, UPDATE (outcome)`,
  legal_holds: `${WRITTEN_ONCE}, UPDATE (released_by, released_at, release_request_id)`,
  evidence_policy: 'SELECT',
  consents: LIVING,
  authorizations: LIVING,
  grants: LIVING,
  notices: WRITTEN_ONCE,
  data_keys: LIVING,
  evidence_keys: LIVING,
  applications: LIVING,
  api_keys: LIVING,
  application_clients: `${WRITTEN_ONCE}, DELETE`,
  institutions: LIVING,
  registrations: LIVING,
  service_secrets: LIVING,
  signing_keys: LIVING,
  invitations: `${LIVING}, DELETE`,
  operator_tasks: `${LIVING}, DELETE`,
  bank_notifications: `${LIVING}, DELETE`,
  notification_subscriptions: `${LIVING}, DELETE`,
  publisher_assertions: `${LIVING}, DELETE`,
  webhook_endpoints: `${LIVING}, DELETE`,
  webhook_secrets: `${LIVING}, DELETE`,
  // Of events they are written by the database.
  webhook_deliveries: `${LIVING}, DELETE`,
  webhook_attempts: `${LIVING}, DELETE`,
  idempotent_requests: `${LIVING}, DELETE`,
};

/** Whether every migration has run is asked at start. */
const MIGRATION_TABLES = ['kysely_migration', 'kysely_migration_lock'] as const;

const FUNCTIONS = [
  'append_audit_event(text, text, text, text, text, jsonb)',
  'remove_consent_evidence(text)',
  'number_events(integer)',
  'remove_old_events(integer, integer)',
] as const;

/** Any number that no other lock of ours has: two migrations at once must not grant at once. */
const GRANTING = 7_310_001;

/**
 * Gives the service role what it needs and takes from it whatever else it had. For the owner of the tables, after every migration;
 * may be run any number of times, while the service works.
 *
 * @throws {Error} saying what to run, when there is no such role or when it could change the trail all the same
 */
export async function grantToServiceRole(database: Database, role: string): Promise<void> {
  if (!(await roleExists(database, role))) {
    throw new Error(
      `There is no database role ${role}. Make it, as somebody who may, and run this again:\n` +
        `  CREATE ROLE ${quoted(role)} LOGIN PASSWORD '…';`,
    );
  }
  await database.transaction().execute(async (transaction) => {
    await sql`SELECT pg_advisory_xact_lock(${GRANTING})`.execute(transaction);
    await grantAll(transaction, quoted(role));
  });
  const ways = await waysToChangeEvidence(database, role);
  if (ways.length > 0) throw new Error(`The role ${role} could change the audit trail:${listed(ways)}`);
}

export async function roleExists(database: Database, role: string): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM pg_roles WHERE rolname = ${role}`.execute(database);
  return rows.length > 0;
}

async function grantAll(transaction: Transaction<Tables>, role: string): Promise<void> {
  const run = (statement: string) => sql.raw(statement).execute(transaction);
  const { rows } = await sql<{ schema: string }>`SELECT quote_ident(current_schema()) AS schema`.execute(transaction);
  const schema = rows[0]?.schema ?? 'public';
  // Objects of its own in our schema could stand in for what our functions call.
  await run(`REVOKE CREATE ON SCHEMA ${schema} FROM ${role}`);
  await run(`GRANT USAGE ON SCHEMA ${schema} TO ${role}`);
  for (const [table, privileges] of Object.entries(PRIVILEGES)) {
    await run(`REVOKE ALL ON ${table} FROM PUBLIC, ${role}`);
    await run(`GRANT ${privileges} ON ${table} TO ${role}`);
  }
  for (const table of MIGRATION_TABLES) {
    await run(`REVOKE ALL ON ${table} FROM PUBLIC, ${role}`);
    await run(`GRANT SELECT ON ${table} TO ${role}`);
  }
  for (const signature of FUNCTIONS) await run(`GRANT EXECUTE ON FUNCTION ${signature} TO ${role}`);
}

/** Whoever is a member of one of these reaches every table, or the files beneath them. */
const POWERFUL_ROLES = ['pg_write_all_data', 'pg_write_server_files', 'pg_execute_server_program'];

/**
 * Every way in which a role could change, remove or forge what is evidence; none for a role that was granted what it needs.
 *
 * @param role the one that is connected, when none is named
 */
export async function waysToChangeEvidence(database: Database, role?: string): Promise<readonly string[]> {
  const name = role === undefined ? sql<string>`current_user` : sql<string>`${role}`;
  const { rows } = await sql<{ way: string }>`
    SELECT way FROM (
      SELECT 1 AS place, 'it is a superuser' AS way FROM pg_roles WHERE rolname = ${name} AND rolsuper
      UNION ALL
      SELECT 2, 'it may make roles' FROM pg_roles WHERE rolname = ${name} AND rolcreaterole AND NOT rolsuper
      UNION ALL
      SELECT 3, 'it is, or may become, ' || pg_get_userbyid(relowner) || ', who owns ' || relname
        FROM pg_class WHERE oid = ANY (${evidenceTables()}::regclass[]) AND pg_has_role(${name}, relowner, 'MEMBER')
      UNION ALL
      SELECT 4, 'it is a member of ' || rolname FROM pg_roles
       WHERE rolname = ANY (${POWERFUL_ROLES}::text[]) AND pg_has_role(${name}, oid, 'MEMBER')
      UNION ALL
      SELECT 5, 'it may ' || privilege || ' ' || evidence FROM unnest(${forbidden('table')}::text[], ${forbidden('privilege')}::text[])
        AS forbidden (evidence, privilege) WHERE has_table_privilege(${name}, evidence, privilege)
      UNION ALL
      SELECT 6, 'it may CREATE in the schema ' || current_schema()
       WHERE has_schema_privilege(${name}, current_schema(), 'CREATE')
    ) AS ways ORDER BY place, way`.execute(database);
  return rows.map(({ way }) => way);
}

/** Tables of which nothing may be changed by whoever only uses them, or single columns at most. */
function evidenceTables(): string[] {
  return Object.entries(PRIVILEGES).flatMap(([table, privileges]) =>
    /(UPDATE|DELETE)(,|$)/.test(privileges) ? [] : [table],
  );
}

const CHANGES = ['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER'] as const;

/** Two lists of equal length: which table, and what must not be done to it. */
function forbidden(what: 'table' | 'privilege'): string[] {
  return evidenceTables().flatMap((table) => {
    const allowed = PRIVILEGES[table as keyof Tables].split(', ');
    return CHANGES.filter((change) => !allowed.includes(change)).map((change) => (what === 'table' ? table : change));
  });
}

export function listed(ways: readonly string[]): string {
  const MOST = 6;
  const more = ways.length > MOST ? [`and ${ways.length - MOST} more`] : [];
  return [...ways.slice(0, MOST), ...more].map((way) => `\n  - ${way}`).join('');
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
