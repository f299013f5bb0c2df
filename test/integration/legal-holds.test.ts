import { MockActivityEnvironment } from '@temporalio/testing';
import { createHousekeepingActivities } from '../../src/activities/housekeeping';
import { purgeConsent } from '../../src/activities/purge';
import { removeConsent } from '../../src/store/evidence';
import { listHolds, placeHold, releaseHold } from '../../src/store/legal-holds';
import { openedFor } from '../../src/store/opening-log';
import type { Sweep, SweepReport } from '../../src/workflows/housekeeping-contract';
import { currentStack } from '../setup/stack-access';
import { fdxConsent } from './support/command';
import { OwnBooks } from './support/own-books';
import { plantConsent, type PlantedConsent } from './support/planted-consent';

let books: OwnBooks;

beforeAll(async () => {
  books = await OwnBooks.open(currentStack());
});
afterAll(() => books.close());

const purge = ({ id }: PlantedConsent) => purgeConsent(books.dependencies(), { consentId: id });
const sweep = (name: Sweep): Promise<SweepReport> =>
  new MockActivityEnvironment().run(createHousekeepingActivities(books.dependencies())[name]);
const longAgo = new Date('2020-01-01T00:00:00.000Z');

interface Told {
  readonly type: string;
  readonly actor: string;
  readonly event: string;
}

async function eventsOf({ id }: PlantedConsent, type: string): Promise<Told[]> {
  const told = await books.run(
    'SELECT type, actor, event FROM audit_events WHERE chain = $1 AND type LIKE $2 ORDER BY seq',
    [id, type],
  );
  return told as unknown as Told[];
}

test('a purge is refused while any hold is in force, tried again every hour, and done once all are released', async () => {
  const consent = await plantConsent(books, 'expired');
  const first = await placeHold(books.database, consent.id, 'first case');
  const second = await placeHold(books.database, consent.id, 'second case');
  await expect(purge(consent)).rejects.toMatchObject({ code: 'purge_held', retryAfterSeconds: 3_600 });
  await releaseHold(books.database, first.id);
  await expect(purge(consent)).rejects.toMatchObject({ code: 'purge_held' });
  await releaseHold(books.database, second.id);
  expect(await purge(consent)).toMatchObject({ certificateId: expect.stringMatching(/^del_/) as string });
});

test('housekeeping counts what is held, and deletes nothing of it', async () => {
  const overdue = await plantConsent(books, 'expired', { purge_due_at: longAgo });
  const old = await plantConsent(books, 'expired', { granted_at: longAgo, created_at: longAgo });
  await purge(old);
  await books.run('UPDATE bank_notifications SET received_at = $2 WHERE consent_id = $1', [old.id, longAgo]);
  await books.run('UPDATE operator_tasks SET closed_at = $2 WHERE consent_id = $1', [old.id, longAgo]);
  const holds = [
    await placeHold(books.database, overdue.id, 'a case'),
    await placeHold(books.database, old.id, 'a case'),
  ];
  expect((await sweep('purgeOverdue')).counts).toMatchObject({ purged: 0, held: 1 });
  const { counts } = await sweep('removeOldEvidence');
  expect(counts).toMatchObject({ consents: 0, held: 1, notifications: 0, tasks: 0, broken: 0 });
  for (const { id } of holds) await releaseHold(books.database, id);
  expect((await sweep('purgeOverdue')).counts).toMatchObject({ purged: 1, held: 0 });
  expect((await sweep('removeOldEvidence')).counts).toMatchObject({ consents: 1, held: 0 });
  expect(books.bugs).toEqual([]);
});

test('a hold and a purge at the same time: the purge is done before it, or not at all', async () => {
  for (let round = 0; round < 8; round += 1) {
    const consent = await plantConsent(books, 'expired');
    const [purged, placed] = await Promise.allSettled([
      purge(consent),
      placeHold(books.database, consent.id, 'a case'),
    ]);
    expect(placed.status).toBe('fulfilled');
    const [row] = await books.run('SELECT purged_at, person_jwe FROM consents WHERE id = $1', [consent.id]);
    const certificates = await books.run('SELECT 1 FROM deletion_certificates WHERE consent_id = $1', [consent.id]);
    const isPurged = purged.status === 'fulfilled';
    expect([row?.['purged_at'] !== null, row?.['person_jwe'] === null, certificates.length === 1]).toEqual([
      isPurged,
      isPurged,
      isPurged,
    ]);
  }
});

test('a hold and the removal of evidence at the same time: either the hold finds no consent, or the consent stays', async () => {
  for (let round = 0; round < 8; round += 1) {
    const consent = await plantConsent(books, 'expired', { granted_at: longAgo, created_at: longAgo });
    await purge(consent);
    const [outcome, placed] = await Promise.allSettled([
      removeConsent(books.database, consent.id),
      placeHold(books.database, consent.id, 'a case'),
    ]);
    const isThere = (await books.run('SELECT 1 FROM consents WHERE id = $1', [consent.id])).length === 1;
    expect(isThere).toBe(placed.status === 'fulfilled');
    expect(outcome).toMatchObject({ status: 'fulfilled' });
    if (placed.status === 'rejected') expect(placed.reason).toMatchObject({ code: 'consent_not_found' });
    for (const { id } of await listHolds(books.database, { consentId: consent.id, all: false, limit: 9 })) {
      await releaseHold(books.database, id);
    }
    await removeConsent(books.database, consent.id);
  }
});

test('who placed and released it is in the consent’s chain, by the hold’s id; what they wrote is not', async () => {
  const consent = await plantConsent(books, 'active');
  const by = (openedBy: string) => () => ({ openedBy, reason: 'test', requestId: `request of ${openedBy}` });
  const hold = await openedFor(by('operator:key_1'), () => placeHold(books.database, consent.id, 'Doe v. Roe'));
  await openedFor(by('operator:key_2'), () => releaseHold(books.database, hold.id));
  // Again changes nothing.
  await openedFor(by('operator:key_3'), () => releaseHold(books.database, hold.id));
  const events = (await eventsOf(consent, 'hold.%')).slice(-2);
  expect(events.map(({ type, actor }) => [type, actor])).toEqual([
    ['hold.placed', 'operator:key_1'],
    ['hold.released', 'operator:key_2'],
  ]);
  expect(JSON.parse(events[0]?.event ?? '')).toMatchObject({
    correlationId: 'request of operator:key_1',
    details: { holdId: hold.id },
  });
  expect(events.map(({ event }) => event).join()).not.toContain('Doe');
  await expect(releaseHold(books.database, 'hld_unknown')).rejects.toMatchObject({ code: 'hold_not_found' });
  await expect(books.run('UPDATE legal_holds SET released_at = NULL WHERE id = $1', [hold.id])).rejects.toThrow(
    'does not change',
  );
});

test('the command line places, lists and releases, and each is written down', async () => {
  const consent = await plantConsent(books, 'active');
  const env = { ...process.env, DATABASE_URL: books.databaseUrl };
  const placed = await fdxConsent(['holds', 'place', consent.id, '--reason', 'Doe v. Roe', '--json'], env);
  expect(placed).toMatchObject({ code: 0, json: { consentId: consent.id, reason: 'Doe v. Roe' } });
  const list = ['holds', 'list', '--consent', consent.id, '--json'];
  expect((await fdxConsent(list, env)).json).toEqual({ holds: [placed.json] });
  const id = String(placed.json['id']);
  expect((await fdxConsent(['holds', 'release', id, '--json'], env)).json).toMatchObject({
    id,
    releasedBy: expect.stringMatching(/^cli:/) as string,
  });
  expect((await fdxConsent(list, env)).json).toEqual({ holds: [] });
  const actions = await books.run(
    `SELECT action, outcome FROM operator_actions WHERE action LIKE 'holds %' ORDER BY id`,
  );
  expect(actions).toEqual([
    { action: 'holds place', outcome: `done: ${id}` },
    { action: 'holds release', outcome: 'done' },
  ]);
});
