import { MockActivityEnvironment } from '@temporalio/testing';
import { createHousekeepingActivities } from '../../src/activities/housekeeping';
import { purgeConsent } from '../../src/activities/purge';
import { removeConsent } from '../../src/store/evidence';
import { TABLES_OF_A_CONSENT } from '../../src/store/migrations/evidence-removal';
import { findCertificate } from '../../src/store/purge';
import type { SweepReport } from '../../src/workflows/housekeeping-contract';
import { currentStack } from '../setup/stack-access';
import { OwnBooks, RETENTION } from './support/own-books';
import { plantConsent, TERMS, type PlantedConsent } from './support/planted-consent';

let books: OwnBooks;

beforeAll(async () => {
  books = await OwnBooks.open(currentStack());
});

afterAll(() => books.close());

const sweep = (): Promise<SweepReport> =>
  new MockActivityEnvironment().run(createHousekeepingActivities(books.dependencies()).removeOldEvidence);

async function purged(columns: Readonly<Record<string, unknown>> = {}): Promise<PlantedConsent> {
  const consent = await plantConsent(books, 'expired', columns);
  await purgeConsent(books.dependencies(), { consentId: consent.id });
  return consent;
}

/** An instant so long ago, by the clock of this machine, which is the database's too. */
const daysAgo = (days: number, seconds = 0): Date => new Date(Date.now() - days * 86_400_000 - seconds * 1_000);
const MINUTE = 60;

/** Tables that still hold something of it. */
async function tablesWith({ id }: PlantedConsent): Promise<string[]> {
  const found: string[] = [];
  for (const table of [...TABLES_OF_A_CONSENT, 'deletion_certificates'] as const) {
    if ((await books.run(`SELECT 1 FROM ${table} WHERE consent_id = $1`, [id])).length > 0) found.push(table);
  }
  if ((await books.run('SELECT 1 FROM consents WHERE id = $1', [id])).length > 0) found.push('consents');
  return found.sort();
}

const EVERYWHERE = [...TABLES_OF_A_CONSENT, 'consents', 'deletion_certificates'].sort();

test('every table that names a consent is known to the removal', async () => {
  const rows = await books.run(
    `SELECT table_name AS table FROM information_schema.columns WHERE column_name = 'consent_id' AND table_schema = 'public'`,
  );
  // Deliveries go with their events (ON DELETE CASCADE): webhook-delivery.test.ts.
  const others = ['deletion_certificates', 'webhook_deliveries'];
  expect(rows.map(({ table }) => table).sort()).toEqual([...TABLES_OF_A_CONSENT, ...others].sort());
});

test('evidence goes when it is as old as it must be and not a minute before; the deletion certificate stays', async () => {
  const days = RETENTION.evidenceRetentionDays;
  const old = await purged({ granted_at: daysAgo(days, MINUTE) });
  const almost = await purged({ granted_at: daysAgo(days, -MINUTE) });
  expect(await sweep()).toMatchObject({ isComplete: true, counts: { consents: 1, broken: 0 } });
  expect(await tablesWith(old)).toEqual(['deletion_certificates']);
  expect(await tablesWith(almost)).toEqual(EVERYWHERE);
  const certificate = await findCertificate(books.database, old.id);
  expect(certificate?.document).toMatchObject({ consentId: old.id });
  // Afterwards a purge that comes too late still finds it.
  expect(await purgeConsent(books.dependencies(), { consentId: old.id })).toEqual({ certificateId: certificate?.id });
});

test('a consent that was never granted counts from when it was asked for', async () => {
  const days = RETENTION.evidenceRetentionDays;
  const old = await purged({ granted_at: null, created_at: daysAgo(days, MINUTE) });
  // Asked for long ago and authorized anew since.
  const renewed = await purged({ granted_at: daysAgo(10), created_at: daysAgo(days + 300) });
  expect((await sweep()).counts).toMatchObject({ consents: 1 });
  expect(await tablesWith(old)).toEqual(['deletion_certificates']);
  expect(await tablesWith(renewed)).toEqual(EVERYWHERE);
});

test('a consent that was not purged is never removed, however old', async () => {
  const consent = await plantConsent(books, 'expired', { granted_at: daysAgo(5_000), created_at: daysAgo(5_000) });
  expect((await sweep()).counts).toMatchObject({ consents: 0 });
  expect(await removeConsent(books.database, consent.id)).toBe('taken');
  expect(await tablesWith(consent)).toEqual(EVERYWHERE.filter((table) => table !== 'deletion_certificates'));
});

test('many workers at once remove each consent once', async () => {
  const old = [];
  for (let count = 0; count < 12; count += 1) old.push(await purged({ granted_at: daysAgo(2_000) }));
  const reports = await Promise.all([sweep(), sweep(), sweep()]);
  expect(reports.map(({ counts }) => counts['consents'] ?? 0).reduce((sum, count) => sum + count)).toBe(12);
  for (const consent of old) expect(await tablesWith(consent)).toEqual(['deletion_certificates']);
  expect(books.bugs).toEqual([]);
});

test('one consent that cannot be removed is reported and does not hold up the others', async () => {
  await books.run('CREATE TABLE strangers (consent text REFERENCES consents (id))');
  const [stuck, next] = [await purged({ granted_at: daysAgo(3_000) }), await purged({ granted_at: daysAgo(2_000) })];
  await books.run('INSERT INTO strangers VALUES ($1)', [stuck.id]);
  expect((await sweep()).counts).toMatchObject({ consents: 1, broken: 1 });
  expect(books.bugs.splice(0)).toEqual(['error in removeOldEvidence']);
  // All of it or nothing of it.
  expect(await tablesWith(stuck)).toEqual(EVERYWHERE);
  expect(await tablesWith(next)).toEqual(['deletion_certificates']);
  await books.run('DROP TABLE strangers');
  expect((await sweep()).counts).toMatchObject({ consents: 1, broken: 0 });
});

test('old notifications and closed tasks go, open tasks and younger ones stay', async () => {
  const days = RETENTION.evidenceRetentionDays;
  await books.run('DELETE FROM bank_notifications');
  await books.run('DELETE FROM operator_tasks');
  for (const [id, at] of [
    ['old', daysAgo(days, MINUTE)],
    ['young', daysAgo(days, -MINUTE)],
  ] as const) {
    await books.run(
      `INSERT INTO bank_notifications (institution_id, notification_id, type, source, received_at) VALUES ('bank', $1, 'X', 'polled', $2)`,
      [id, at],
    );
    await books.run(
      `INSERT INTO operator_tasks (id, kind, opened_at, closed_at)
       VALUES ($1, 'grant_ending_failed', $3, $3), ($2, 'grant_ending_failed', $3, NULL)`,
      [`closed ${id}`, `open ${id}`, at],
    );
  }
  expect((await sweep()).counts).toMatchObject({ notifications: 1, tasks: 1 });
  expect(await books.run('SELECT notification_id AS id FROM bank_notifications')).toEqual([{ id: 'young' }]);
  const tasks = await books.run('SELECT id FROM operator_tasks ORDER BY id');
  expect(tasks.map(({ id }) => id)).toEqual(['closed young', 'open old', 'open young']);
});

test('a link that nobody could ever open goes with its token, and one that is open or was used stays', async () => {
  const consent = await plantConsent(books, 'active');
  const late = daysAgo(RETENTION.personalDataRetentionDays, MINUTE);
  const plantLink = (id: string, closedAt: Date | null, authorizeBy: Date): Promise<unknown> =>
    books.run(
      `INSERT INTO invitations (id, consent_id, reason, terms, authorize_by, launch_hash, launch_jwe, closed_at)
       VALUES ($1, $2, 'renew', $3, $4, $5, 'sealed', $6)`,
      [id, consent.id, JSON.stringify(TERMS), authorizeBy, Buffer.from(id), closedAt],
    );
  await plantLink('inv_unopened', null, late);
  await plantLink('inv_young', null, daysAgo(1));
  await plantLink('inv_closed', late, late);
  await plantLink('inv_open', null, late);
  await books.run(`UPDATE consents SET invitation_id = 'inv_open' WHERE id = $1`, [consent.id]);
  expect((await sweep()).counts).toMatchObject({ invitations: 1 });
  const left = await books.run(`SELECT id FROM invitations WHERE launch_jwe = 'sealed' ORDER BY id`);
  expect(left.map(({ id }) => id)).toEqual(['inv_closed', 'inv_open', 'inv_young']);
});
