import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { currentStack } from '../setup/stack-access';
import { Application } from './support/application';
import { fdxConsent } from './support/command';
import { Journey } from './support/journey';
import { withBankReserved } from './support/reservation';
import { OwnBooks } from './support/own-books';
import { plantConsent } from './support/planted-consent';

/*
 * The events of a consent as its application reads them.
 */
const stack = currentStack();
const application = new Application(stack);
let consentId: string;

beforeAll(() =>
  withBankReserved(stack, async () => {
    const journey = await Journey.walk(application);
    await journey.reaches('active');
    ({ consentId } = journey);
    await application.call(`/v1/consents/${consentId}/accounts`);
    await application.revoke(consentId);
    await journey.reaches('revoked');
  }),
);

interface ApiEvent extends Record<string, unknown> {
  readonly seq: number;
  readonly type: string;
  readonly at: string;
  readonly actor: string;
  readonly hash: string;
  readonly previous?: string;
}

const call = (query = '', more: object = {}) => application.call(`/v1/consents/${consentId}/events${query}`, more);

async function events(query = ''): Promise<readonly ApiEvent[]> {
  const { status, json, text } = await call(query);
  if (status !== 200) throw new Error(`${status}: ${text}`);
  return json['events'] as readonly ApiEvent[];
}

describe('the events of a consent', () => {
  test('are all of them, in order, each with what its hash is taken over', async () => {
    const all = await events('?limit=200');
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1));
    for (const [index, { hash, ...event }] of all.entries()) {
      expect(
        createHash('sha256')
          .update(canonicalize(event) ?? '')
          .digest('hex'),
      ).toBe(hash);
      expect(event.previous).toBe(all[index - 1]?.hash);
    }
    const types = all.map(({ type }) => type);
    expect(types.slice(0, 2).toSorted()).toEqual(['consent.requested', 'invitation.opened']);
    for (const type of [
      ...['authorization.started', 'authorization.pushed', 'authorization.answered', 'authorization.code_sent'],
      ...['authorization.exchanged', 'grant.recorded', 'receipt.issued', 'consent.active', 'invitation.closed'],
      ...['data.read', 'revocation.requested', 'consent.revoked'],
    ]) {
      expect([type, types.filter((each) => each === type).length]).toEqual([type, 1]);
    }
  });

  test('come a page at a time, from either end', async () => {
    const all = await events('?limit=200');
    for (const order of ['asc', 'desc']) {
      const seen: ApiEvent[] = [];
      for (let cursor: string | undefined, query = `?limit=5&order=${order}`; ;) {
        const { json } = await call(query);
        seen.push(...(json['events'] as ApiEvent[]));
        cursor = json['nextCursor'] as string | undefined;
        if (cursor === undefined) break;
        query = `?limit=5&order=${order}&cursor=${cursor}`;
      }
      const sorted = order === 'asc' ? seen : seen.toReversed();
      expect(sorted.slice(0, all.length)).toEqual(all);
    }
  });

  test('are found by type, by who and by when', async () => {
    const all = await events('?limit=200');
    const of = (filter: (event: ApiEvent) => boolean) => all.filter(filter);
    expect(await events('?type=data.read')).toEqual(of(({ type }) => type === 'data.read'));
    const begins = ({ type }: ApiEvent) => /^(consent|grant)\./.test(type);
    const some = await events('?type=consent.*,grant.recorded&type=grant.*&limit=200');
    expect(some.slice(0, of(begins).length)).toEqual(of(begins));
    const person = await events('?actor=person');
    expect(person).toEqual(of(({ actor }) => actor === 'person'));
    expect(person.length).toBeGreaterThan(1);
    const applications = await events('?actor=application:*&limit=200');
    expect(applications).toEqual(of(({ actor }) => actor.startsWith('application:')));
    const [, , third, fourth] = all;
    const between = await events(`?from=${third?.at ?? ''}&to=${fourth?.at ?? ''}`);
    expect(between).toEqual(of(({ at }) => at >= (third?.at ?? '') && at < (fourth?.at ?? '')));
  });

  test('are on the command line too', async () => {
    const env = stack.productEnvironment;
    const { json } = await fdxConsent(['evidence', 'events', consentId, '--type', 'data.read', '--json'], env);
    expect(json['events']).toEqual(await events('?type=data.read'));
    const { stdout } = await fdxConsent(['evidence', 'events', consentId], env);
    expect(stdout).toContain('authorization.code_sent');
  });

  test.each([
    ['?type=consent', 'type.0'],
    ['?type=*', 'type.0'],
    ['?actor=a%20b', 'actor'],
    ['?from=2026-01-01', 'from'],
    ['?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'to'],
    ['?order=up', 'order'],
    ['?limit=201', 'limit'],
    ['?cursor=0', 'cursor'],
    ['?nonsense=1', ''],
  ])('are not asked for with %s', async (query, where) => {
    const { status, json } = await call(query);
    expect([status, json['code']]).toEqual([400, 'request_invalid']);
    expect((json['errors'] as { path: string }[]).map((fault) => fault.path)).toEqual([where]);
  });

  test('are read only, by whose they are', async () => {
    const head = await call('', { method: 'HEAD' });
    expect([head.status, head.text]).toEqual([200, '']);
    const posted = await call('', { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET']);
    expect((await call('', { key: undefined })).status).toBe(401);
    expect((await call('', { key: stack.operatorKey })).status).toBe(403);
    const missing = await application.call('/v1/consents/cns_00000000000000000000000000000000/events');
    expect([missing.status, missing.json['code']]).toEqual([404, 'consent_not_found']);
  });
});

describe('an event', () => {
  let books: OwnBooks;
  beforeAll(async () => {
    books = await OwnBooks.open(stack);
  });
  afterAll(() => books.close());

  test('of a change that was rolled back is none', async () => {
    const { id } = await plantConsent(books, 'active');
    const chain = () => books.run('SELECT type FROM audit_events WHERE chain = $1', [id]);
    const before = await chain();
    const broken = books.database.transaction().execute(async (transaction) => {
      await transaction.updateTable('consents').set({ status: 'revoked' }).where('id', '=', id).execute();
      await transaction
        .insertInto('notices')
        .values({ consent_id: id, deadline: new Date(), days: 7, next_action: 'renew' })
        .execute();
      throw new Error('never mind');
    });
    await expect(broken).rejects.toThrow('never mind');
    expect(await chain()).toEqual(before);
    await books.database.updateTable('consents').set({ status: 'revoked' }).where('id', '=', id).execute();
    expect((await chain()).slice(before.length)).toEqual([{ type: 'consent.revoked' }]);
  });
});
