import { randomBytes, randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { Client } from 'pg';
import { purgeConsent } from '../../src/activities/purge';
import { compiled } from '../../scripts/setup/repository';
import { openDatabase, type Database } from '../../src/store/database';
import { removeConsent, setEvidencePolicy } from '../../src/store/evidence';
import { placeHold, releaseHold } from '../../src/store/legal-holds';
import { grantToServiceRole, waysToChangeEvidence } from '../../src/store/service-role';
import { currentStack } from '../setup/stack-access';
import { startOtherApi } from './support/other-api';
import { fdxConsent } from './support/command';
import { pageBlock } from './support/page-block';
import { typed } from './support/page-shell';
import { OwnBooks } from './support/own-books';
import { plantConsent } from './support/planted-consent';

const stack = currentStack();
const [roleOnPage, migrateOnPage, upgradeOnPage] = [
  pageBlock('docs/deploy.md', 'role'),
  pageBlock('docs/deploy.md', 'migrate'),
  pageBlock('docs/upgrading.md', 'migrate'),
];

let books: OwnBooks;
let role: string;
let url: string;
/** As the service connects. */
let database: Database;
let service: Client;

beforeAll(async () => {
  books = await OwnBooks.open(stack);
  role = `service_${randomUUID().slice(0, 8)}`;
  const password = randomBytes(12).toString('hex');
  await books.run(roleOnPage.text({ fdx_consent_service: role, '…': password }));
  url = Object.assign(new URL(books.databaseUrl), { username: role, password }).href;
  await grantToServiceRole(books.database, role);
  database = openDatabase({ url, maxConnections: 4, onConnectionLost: () => undefined });
  service = new Client({ connectionString: url });
  await service.connect();
});
afterAll(async () => {
  await service.end();
  await database.destroy();
  await books.run(`DROP OWNED BY ${role}`);
  await books.run(`DROP ROLE ${role}`);
  await books.close();
});

const NOT_ALLOWED = '42501';

/** Whether the service may: whatever else stands in the way, such as a column that must be given, is no matter of permission. */
async function may(statement: string): Promise<boolean> {
  await service.query('BEGIN');
  try {
    await service.query(statement);
    return true;
  } catch (error) {
    return (error as { code?: string }).code !== NOT_ALLOWED;
  } finally {
    await service.query('ROLLBACK');
  }
}

/** What the service can do with a table: `I`nsert, `D`elete, `T`runcate, and every column that it can update. */
async function powersOver(table: string): Promise<string> {
  const columns = await books.run(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 AND table_schema = 'public' ORDER BY 1`,
    [table],
  );
  const updatable: string[] = [];
  for (const { name } of columns) {
    if (await may(`UPDATE "${table}" SET "${String(name)}" = DEFAULT WHERE false`)) updatable.push(String(name));
  }
  const powers = [
    (await may(`INSERT INTO "${table}" DEFAULT VALUES`)) && 'I',
    (await may(`DELETE FROM "${table}" WHERE false`)) && 'D',
    (await may(`TRUNCATE "${table}" CASCADE`)) && 'T',
    updatable.length === columns.length ? 'U' : updatable.length > 0 && `U(${updatable.join(',')})`,
  ];
  return powers.filter((power) => power !== false).join(' ');
}

/** Everything else is changed, and neither deleted nor emptied. */
const NARROWER: Readonly<Record<string, string>> = {
  audit_events: '',
  audit_removed_chains: '',
  audit_checkpoints: 'I',
  audit_checkpoint_heads: 'I',
  events: '',
  receipts: 'I',
  disclosures: 'I',
  disclosure_templates: 'I',
  deletion_certificates: 'I',
  notices: 'I',
  agreements: 'I U(name_jwe)',
  operator_actions: 'I U(outcome)',
  legal_holds: 'I U(release_request_id,released_at,released_by)',
  // Neither changed: another one is another row.
  application_clients: 'I D',
  evidence_policy: '',
  kysely_migration: '',
  kysely_migration_lock: '',
};
const PASSING = [
  'bank_notifications',
  'idempotent_requests',
  'invitations',
  'notification_subscriptions',
  'operator_tasks',
  'publisher_assertions',
  'webhook_attempts',
  'webhook_deliveries',
  'webhook_endpoints',
  'webhook_secrets',
];

test('the service role can do with each table what it must, and no more', async () => {
  const tables = await books.run(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
  );
  for (const table of tables.map(({ name }) => String(name))) {
    const expected = NARROWER[table] ?? (PASSING.includes(table) ? 'I D U' : 'I U');
    expect(`${table}: ${await powersOver(table)}`).toBe(`${table}: ${expected}`);
    expect([table, await may(`SELECT 1 FROM "${table}"`)]).toEqual([table, true]);
  }
  expect(tables.length).toBeGreaterThan(25);
});

const OWNER = `(SELECT tableowner FROM pg_tables WHERE tablename = 'audit_events')`;

test.each([
  ['drop the trail', 'DROP TABLE audit_events CASCADE'],
  ['alter it', 'ALTER TABLE audit_events ADD COLUMN x text'],
  ['switch its guard off', 'ALTER TABLE audit_events DISABLE TRIGGER ALL'],
  ['switch off what writes it', 'ALTER TABLE consents DISABLE TRIGGER ALL'],
  ['drop what writes it', 'DROP TRIGGER audit_consents_update ON consents'],
  [
    'put a trigger of its own before it',
    'CREATE TRIGGER x BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
  ],
  ['skip triggers for a session', 'SET session_replication_role = replica'],
  ['become the owner', `DO $$ BEGIN EXECUTE 'SET ROLE ' || quote_ident(${OWNER}); END $$`],
  [
    'replace the function that writes',
    'ALTER FUNCTION append_audit_event(text, text, text, text, text, jsonb) OWNER TO CURRENT_USER',
  ],
  [
    'make functions that stand in for ours',
    `CREATE FUNCTION public.utc(text) RETURNS text LANGUAGE sql AS 'SELECT 1::text'`,
  ],
  [
    'make a trigger of ours on a table of its own',
    'CREATE TEMP TABLE t (id text); CREATE TRIGGER x AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION audit_receipts_insert()',
  ],
  ['shorten how long evidence is kept', 'UPDATE evidence_policy SET retention_days = 1'],
  ['grant itself more', `GRANT DELETE ON audit_events TO CURRENT_USER`],
])('the service role cannot %s', async (_what, statement) => {
  // A GRANT of what one does not have is refused too: without an error in some versions, without effect in all.
  const isAllowed = await may(statement);
  expect(isAllowed && (await may('DELETE FROM audit_events WHERE false'))).toBe(false);
  if (!statement.startsWith('GRANT')) expect(isAllowed).toBe(false);
});

test('a temporary table of the service’s own does not take the place of the trail', async () => {
  const { id } = await plantConsent(books, 'active');
  const events = () => books.run('SELECT count(*)::int AS n FROM audit_events WHERE chain = $1', [id]);
  const [before] = await events();
  await service.query('CREATE TEMP TABLE audit_events (LIKE public.audit_events)');
  await service.query('GRANT ALL ON pg_temp.audit_events TO PUBLIC');
  await service.query(`UPDATE consents SET next_action = 'renew' WHERE id = $1`, [id]);
  const { rows } = await service.query('SELECT * FROM pg_temp.audit_events');
  await service.query('DROP TABLE pg_temp.audit_events');
  expect(rows).toEqual([]);
  const [after] = await events();
  expect(Number(after?.['n'])).toBe(Number(before?.['n']) + 1);
});

describe('evidence that need not be kept any longer', () => {
  const longAgo = new Date('2020-01-01T00:00:00.000Z');
  const old = () => plantConsent(books, 'expired', { granted_at: longAgo, created_at: longAgo });

  test('goes by the service’s hand, and the service’s chain says where the consent’s chain ended', async () => {
    const { id } = await old();
    await purgeConsent(books.dependencies({ database }), { consentId: id });
    const [head] = await books.run('SELECT seq, hash FROM audit_events WHERE chain = $1 ORDER BY seq DESC LIMIT 1', [
      id,
    ]);
    expect(await removeConsent(database, id)).toBe('removed');
    expect(await books.run('SELECT 1 FROM audit_events WHERE chain = $1', [id])).toEqual([]);
    expect(await books.run('SELECT seq, hash FROM audit_removed_chains WHERE chain = $1', [id])).toEqual([head]);
    const [told] = await books.run(
      `SELECT type, event::json -> 'details' AS details FROM audit_events WHERE chain = 'service' ORDER BY seq DESC LIMIT 1`,
    );
    const { seq, hash } = head as { seq: string; hash: string };
    expect(told).toEqual({ type: 'evidence.removed', details: { consentId: id, seq: Number(seq), hash } });
  });

  test('stays while it was not purged, is held, or is younger than the owner’s policy, whatever the service says', async () => {
    const { id } = await old();
    expect(await removeConsent(database, id)).toBe('taken');
    await purgeConsent(books.dependencies({ database }), { consentId: id });
    const hold = await placeHold(database, id, 'a case');
    expect(await removeConsent(database, id)).toBe('held');
    await releaseHold(database, hold.id);
    await setEvidencePolicy(books.database, { evidenceRetentionDays: 100_000 });
    expect(await removeConsent(database, id)).toBe('taken');
    await expect(setEvidencePolicy(database, { evidenceRetentionDays: 1 })).rejects.toThrow('permission denied');
    await setEvidencePolicy(books.database, { evidenceRetentionDays: 1_096 });
    expect(await removeConsent(database, id)).toBe('removed');
  });
});

describe('migrate', () => {
  const migrate = (args: string[], env: Record<string, string> = {}) =>
    fdxConsent(['migrate', '--json', ...args], { ...process.env, DATABASE_URL: books.databaseUrl, ...env });

  test('grants to the role that it is told, and keeps what the owner says of retention', async () => {
    await books.run(`GRANT DELETE, UPDATE ON receipts TO ${role}`);
    const command = migrateOnPage.text({
      'postgres://owner:…@db/fdx_consent': `'${books.databaseUrl}'`,
      fdx_consent_service: role,
    });
    const { failed, stdout } = await typed(command, { EVIDENCE_RETENTION_DAYS: '2000' });
    expect([failed, stdout]).toEqual([[], expect.stringContaining(role)]);
    expect(await waysToChangeEvidence(database)).toEqual([]);
    expect(await books.run('SELECT retention_days FROM evidence_policy')).toEqual([{ retention_days: 2_000 }]);
    await setEvidencePolicy(books.database, { evidenceRetentionDays: 1_096 });
  });

  test('grants at an upgrade what the role lacks', async () => {
    await books.run(`REVOKE INSERT ON receipts FROM ${role}`);
    const command = upgradeOnPage.text({ fdx_consent_service: role });
    expect(await typed(command, { OWNER_DATABASE_URL: books.databaseUrl })).toMatchObject({ failed: [] });
    expect(await powersOver('receipts')).toBe('I');
  });

  test('says what to run when there is no such role, and refuses one that could change the trail all the same', async () => {
    const missing = await migrate([], { DATABASE_SERVICE_ROLE: 'nobody_there' });
    expect(missing).toMatchObject({
      code: 1,
      // One JSON value: its quotes are escaped.
      stderr: expect.stringContaining(String.raw`CREATE ROLE \"nobody_there\" LOGIN`) as string,
    });
    const mighty = `${role}_mighty`;
    await books.run(`CREATE ROLE ${mighty} LOGIN SUPERUSER`);
    const refused = await migrate(['--service-role', mighty]);
    await books.run(`DROP OWNED BY ${mighty}`);
    await books.run(`DROP ROLE ${mighty}`);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('it is a superuser') as string });
  });

  test('by the service role itself does nothing', async () => {
    const ran = await migrate(['--service-role', role], { DATABASE_URL: url });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/permission denied|must be owner/);
  });
});

describe('a process whose role could change the trail', () => {
  test.each(['server', 'worker'])('refuses to start as a %s, and says both ways out', async (program) => {
    const env = { ...stack.productEnvironment, DATABASE_URL: stack.databaseUrl, PORT: '0', WORKER_HEALTH_PORT: '0' };
    const { code, stderr } = await ended(compiled(`src/${program}.js`), env);
    expect(code).toBe(1);
    expect(stderr).toContain('could change the audit trail');
    expect(stderr).toContain('it is a superuser');
    expect(stderr).toContain('fdx-consent migrate --service-role fdx_consent_service');
    expect(stderr).toContain('AUDIT_PROTECTION=warn');
  });

  test('starts when it is told to go on without protection', async () => {
    const api = await startOtherApi(stack, 'unprotected', {
      DATABASE_URL: stack.databaseUrl,
      AUDIT_PROTECTION: 'warn',
    });
    await api.stop();
  });

  test('is what the shared stack’s processes are not', async () => {
    const theirs = stack.productEnvironment['DATABASE_URL'] ?? '';
    expect(theirs).not.toBe(stack.databaseUrl);
    const asThem = openDatabase({ url: theirs, maxConnections: 1, onConnectionLost: () => undefined });
    expect(await waysToChangeEvidence(asThem)).toEqual([]);
    await asThem.destroy();
  });
});

function ended(script: string, env: NodeJS.ProcessEnv): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'ignore', 'pipe'], timeout: 60_000 });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, stderr });
    });
  });
}
