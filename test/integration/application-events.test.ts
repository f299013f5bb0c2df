import { randomUUID } from 'node:crypto';
import { Migrator } from 'kysely';
import { Client } from 'pg';
import { purgeConsent } from '../../src/activities/purge';
import { CONSENT_STATUSES } from '../../src/domain/consent';
import { envelopeSchema, type EventEnvelope } from '../../src/events/envelope';
import { ALL_EVENT_TYPES, CHANGED_MEMBERS } from '../../src/events/event-types';
import { migrateToLatest, openDatabase } from '../../src/store/database';
import { removeConsent } from '../../src/store/evidence';
import { markRevoked } from '../../src/store/life';
import { MIGRATIONS } from '../../src/store/migrations';
import { currentStack } from '../setup/stack-access';
import { OwnBooks } from './support/own-books';
import { plantConsent, type PlantedConsent } from './support/planted-consent';
import { allAfter, pageAfter, touch } from './support/told-events';

/*
 * What an application is told of what happens to its consents.
 */
const stack = currentStack();
let books: OwnBooks;
let consent: PlantedConsent;

beforeAll(async () => {
  books = await OwnBooks.open(stack);
});
afterAll(() => books.close());
beforeEach(async () => {
  consent = await plantConsent(books, 'active');
});

/** What is told while the work is done, judged by the catalogue. */
async function toldBy(work: () => Promise<unknown>): Promise<readonly EventEnvelope[]> {
  const { cursor } = await allAfter(books.database);
  await work();
  const { events } = await allAfter(books.database, cursor, { consentId: consent.id });
  for (const event of events) expect(envelopeSchema.safeParse(event)).toMatchObject({ success: true });
  return events;
}

const update = (columns: object) => () =>
  books.database.updateTable('consents').set(columns).where('id', '=', consent.id).execute();
const days = 24 * 60 * 60 * 1000;

describe('an application is told', () => {
  const common = () => ({ consentId: consent.id, institutionId: 'bank', nextAction: 'none', status: 'active' });

  test('that it asked for a consent, of the first link, and of every receipt', async () => {
    const { events } = await allAfter(books.database, undefined, { consentId: consent.id });
    for (const event of events) expect(envelopeSchema.safeParse(event)).toMatchObject({ success: true });
    const types = events.map(({ type }) => type);
    expect(types.slice(0, 2).toSorted()).toEqual(['consent.requested', 'invitation.opened']);
    expect(types.filter((type) => type === 'receipt.issued')).toHaveLength(2);
    const [first, second] = events.filter(({ type }) => type === 'receipt.issued');
    expect(second?.data['supersedes']).toBe(first?.data['receiptId']);
  });

  test.each(CONSENT_STATUSES.filter((status) => status !== 'active'))('that it became %s', async (status) => {
    const [event, ...others] = await toldBy(update({ status, failure: 'consent_expired' }));
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      type: `consent.${status}`,
      data: { ...common(), status, failure: 'consent_expired' },
    });
  });

  test('what else of it changed, by the names of the API', async () => {
    const expiresAt = new Date(Date.now() + 3 * days);
    const [event] = await toldBy(
      update({ next_action: 'renew', notice_days: 3, expires_at: expiresAt, grant_lost: true }),
    );
    expect(event).toMatchObject({
      type: 'consent.updated',
      data: {
        nextAction: 'renew',
        expirationDate: expiresAt.toISOString(),
        changed: ['expirationDate', 'nextAction', 'noticeDays'],
      },
    });
  });

  test('that a member is no more', async () => {
    await touch(books, consent.id, 7);
    const [event] = await toldBy(update({ notice_days: null }));
    expect(event).toMatchObject({ type: 'consent.updated', data: { changed: ['noticeDays'] } });
  });

  test('that another grant took the place of the one before', async () => {
    const [event] = await toldBy(
      update({ receipt_id: 'rcp_2', granted_by: 'aut_2', notice_days: null, stage: 'none' }),
    );
    expect(event).toMatchObject({ type: 'consent.renewed', data: { receiptId: 'rcp_2', changed: ['receiptId'] } });
  });

  test('nothing of how far a trip to the bank has come', async () => {
    expect(await toldBy(update({ stage: 'pushed', authorization_id: 'aut_3' }))).toEqual([]);
  });

  test('who revoked it and why, and that it is revoked', async () => {
    const told = await toldBy(() =>
      markRevoked(books.database, consent.id, { initiator: 'INDIVIDUAL', reason: 'USER_ACTION' }),
    );
    expect(told.map(({ type }) => type)).toEqual(['revocation.requested', 'consent.revoked']);
    expect(told[0]?.data).toMatchObject({ initiator: 'INDIVIDUAL', reason: 'USER_ACTION' });
  });

  test('of a notice', async () => {
    const deadline = new Date(Date.now() + 7 * days);
    const [event] = await toldBy(() =>
      books.run(`INSERT INTO notices (consent_id, deadline, days, next_action) VALUES ($1, $2, 7, 'renew')`, [
        consent.id,
        deadline,
      ]),
    );
    expect(event).toMatchObject({
      type: 'notice.given',
      data: { ...common(), days: 7, deadline: deadline.toISOString() },
    });
  });

  test('of a link that is no longer good', async () => {
    const told = await toldBy(() =>
      books.run(
        `UPDATE invitations SET outcome = 'lapsed', closed_at = now() WHERE consent_id = $1 AND closed_at IS NULL`,
        [consent.id],
      ),
    );
    expect(told).toMatchObject([{ type: 'invitation.closed', data: { outcome: 'lapsed' } }]);
  });

  test('with its metadata and tags as they are now, until it is purged', async () => {
    await update({ tags: '["vip"]', metadata: '{"customer":"c-1"}' })();
    await touch(books, consent.id, 1);
    const before = await allAfter(books.database, undefined, { consentId: consent.id });
    for (const { data } of before.events) expect(data).toMatchObject({ metadata: { customer: 'c-1' }, tags: ['vip'] });
    await update({ status: 'expired', ended_at: new Date(0), purge_due_at: new Date(0) })();
    await purgeConsent(books.dependencies(), { consentId: consent.id });
    const { events } = await allAfter(books.database, undefined, { consentId: consent.id });
    expect(events.at(-1)).toMatchObject({ type: 'consent.purged', data: { reason: 'retention' } });
    expect(events.filter(({ data }) => 'metadata' in data || 'tags' in data)).toEqual([]);
    expect(await books.run(`SELECT tags, metadata FROM consents WHERE id = $1`, [consent.id])).toEqual([
      { tags: [], metadata: {} },
    ]);
  });
});

describe('what is told', () => {
  test('is in nobody’s table a secret or who the person is', async () => {
    await markRevoked(books.database, consent.id, { initiator: 'INDIVIDUAL', reason: 'USER_ACTION' });
    const text = JSON.stringify(await books.run('SELECT * FROM events WHERE consent_id = $1', [consent.id]));
    expect(consent.canaries.foundIn(text)).toEqual([]);
    expect(text).toContain('consent.revoked');
  });

  test('is told if and only if it happened', async () => {
    const broken = () =>
      books.database.transaction().execute(async (transaction) => {
        await transaction.updateTable('consents').set({ status: 'expired' }).where('id', '=', consent.id).execute();
        throw new Error('never mind');
      });
    expect(await toldBy(() => expect(broken()).rejects.toThrow('never mind'))).toEqual([]);
  });

  test('of several changes in one transaction is each of them, with the state that they lead to together', async () => {
    const told = await toldBy(() =>
      books.database.transaction().execute(async (transaction) => {
        await transaction.updateTable('consents').set({ notice_days: 7 }).where('id', '=', consent.id).execute();
        await transaction.updateTable('consents').set({ status: 'expired' }).where('id', '=', consent.id).execute();
      }),
    );
    expect(told.map(({ type, data }) => [type, data['status']])).toEqual([
      ['consent.updated', 'expired'],
      ['consent.expired', 'expired'],
    ]);
    expect(told[1]?.version).toBe((told[0]?.version ?? 0) + 1);
  });

  test('has ids of its content: the same number after a restored backup is another event', async () => {
    const [row] = await books.run(
      `SELECT e.id, a.hash FROM events e JOIN audit_events a ON a.chain = e.consent_id AND a.seq = e.version WHERE e.consent_id = $1 LIMIT 1`,
      [consent.id],
    );
    expect(row?.['id']).toBe(`evt_${String(row?.['hash']).slice(0, 32)}`);
  });

  test('is told of a consent that is there, and goes with it', async () => {
    const longAgo = new Date('2020-01-01T00:00:00.000Z');
    const old = await plantConsent(books, 'expired', { granted_at: longAgo, created_at: longAgo });
    await purgeConsent(books.dependencies(), { consentId: old.id });
    const left = () => books.run('SELECT type FROM events WHERE consent_id = $1', [old.id]);
    expect((await left()).length).toBeGreaterThan(3);
    expect(await removeConsent(books.database, old.id)).toBe('removed');
    expect(await left()).toEqual([]);
  });
});

describe('the catalogue', () => {
  test('is what the database tells of', async () => {
    const types = await books.run(
      `SELECT DISTINCT type FROM (SELECT unnest($1::text[]) AS type UNION SELECT type FROM audit_events) AS every_type
        WHERE is_told_to_applications(type)`,
      [ALL_EVENT_TYPES],
    );
    // A renewal is an update to the trail.
    const told = [...types.map(({ type }) => String(type)), 'consent.renewed'];
    expect(told.toSorted()).toEqual([...ALL_EVENT_TYPES].toSorted());
    expect(CONSENT_STATUSES.filter((status) => !told.includes(`consent.${status}`))).toEqual([]);
  });

  test('names every member of a consent’s state that an application can read, and no other', async () => {
    const [row] = await books.run(
      `SELECT changed_for_applications(jsonb_build_object('to', consent_state(c))) AS changed,
         (SELECT array_agg(key) FROM jsonb_object_keys(consent_state(c)) AS key) AS state FROM consents c LIMIT 1`,
    );
    expect(row?.['changed']).toEqual(CHANGED_MEMBERS);
    // What is added to the state is to be judged here too.
    const untold = ['status', 'stage', 'authorizationId', 'grantedBy', 'grantLost'];
    expect((row?.['state'] as string[]).length).toBe(CHANGED_MEMBERS.length + untold.length);
    expect(row?.['state']).toEqual(expect.arrayContaining(untold));
  });
});

test('of an older database nothing is told that was before', async () => {
  const name = `told_${randomUUID().slice(0, 8)}`;
  await books.run(`CREATE DATABASE ${name}`);
  const url = Object.assign(new URL(stack.databaseUrl), { pathname: `/${name}` }).href;
  const database = openDatabase({ url, maxConnections: 2, onConnectionLost: () => undefined });
  const client = new Client({ connectionString: url });
  try {
    const provider = { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) };
    expect(await new Migrator({ db: database, provider }).migrateTo('0010-audit-trail')).not.toHaveProperty('error');
    await client.connect();
    await client.query(`INSERT INTO applications (id, name, return_urls) VALUES ('app', 'App', '[]')`);
    await client.query(`INSERT INTO institutions (id, profile) VALUES ('bank', '{}')`);
    await client.query(
      `INSERT INTO consents (id, application_id, institution_id, person_pseudonym, purpose, terms, metadata, status, next_action, stage)
         SELECT 'cns_' || n, 'app', 'bank', 'x', 'x', '{}', '{}', 'active', 'none', 'none' FROM generate_series(1, 20) AS n`,
    );
    await migrateToLatest(database);
    expect((await client.query('SELECT * FROM events')).rows).toEqual([]);
    await client.query(`UPDATE consents SET status = 'expired' WHERE id = 'cns_7'`);
    // The trail has the request as its first.
    expect((await client.query('SELECT type, version FROM events')).rows).toEqual([
      { type: 'consent.expired', version: '2' },
    ]);
  } finally {
    await client.end();
    await database.destroy();
    await books.run(`DROP DATABASE ${name} WITH (FORCE)`);
  }
});

test('a page has no more than was asked for, and says whether there is more', async () => {
  const page = await pageAfter(books.database, undefined, { limit: 2 });
  expect([page.events.length, page.hasMore]).toEqual([2, true]);
  const rest = await allAfter(books.database, page.cursor);
  const all = await allAfter(books.database);
  expect(rest.events).toEqual(all.events.slice(2));
});
