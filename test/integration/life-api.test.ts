import { randomUUID } from 'node:crypto';
import { productCommand } from '../../scripts/dev/registration';
import { currentStack } from '../setup/stack-access';
import { Application, type Consent } from './support/application';
import { query } from './support/database';
import { Journey } from './support/journey';
import { reserveBank } from './support/reservation';

const stack = currentStack();
const application = new Application(stack);
reserveBank(stack);

/** An application of this file alone: nobody else adds to its list. */
let own: Application;
beforeAll(async () => {
  const id = `list-${randomUUID().slice(0, 8)}`;
  const details = ['--id', id, '--name', 'List', '--return-url', `${stack.urls.api}/demo/return`, '--json'];
  const printed = await productCommand(['applications', 'add', ...details], stack.productEnvironment);
  own = new Application({ ...stack, applicationKey: (JSON.parse(printed) as { apiKey: string }).apiKey });
});

interface Page {
  consents: Consent[];
  nextCursor?: string;
}

async function list(search = ''): Promise<Page> {
  const { status, text, json } = await own.call(`/v1/consents${search}`);
  if (status !== 200) throw new Error(`GET /v1/consents${search} answered ${status}: ${text}`);
  return json as unknown as Page;
}

const idsOf = ({ consents }: Page): string[] => consents.map(({ id }) => id);

describe('the list of consents', () => {
  const waiting: string[] = [];
  let active: Journey;
  let ended: Journey;

  // Once, and not before all: the bank is ours for the time of each test.
  beforeEach(async () => {
    if (waiting.length > 0) return;
    for (let count = 0; count < 5; count += 1) waiting.push((await own.request()).id);
    active = await Journey.walk(own, { durationPeriod: 30 });
    ended = await Journey.walk(own);
    await own.revoke(ended.consentId);
  });

  test('has each once, oldest first, however small the pages', async () => {
    const all = idsOf(await list());
    expect(all).toEqual([...waiting, active.consentId, ended.consentId]);
    const paged: string[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages === 0 || cursor !== undefined; pages += 1) {
      const page = await list(`?limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`);
      expect(page.consents.length).toBeLessThanOrEqual(2);
      paged.push(...idsOf(page));
      cursor = page.nextCursor;
      if (pages > 10) throw new Error('it does not end');
    }
    expect(paged).toEqual(all);
    // A page that is full and the last says so.
    expect((await list('?limit=7')).nextCursor).toBeUndefined();
    expect((await list(`?cursor=${ended.consentId}`)).consents).toEqual([]);
  });

  test('has each as it is read by itself', async () => {
    const { consents } = await list('?status=active');
    expect(consents).toEqual([await own.consent(active.consentId)]);
  });

  test('finds by status, next action, institution and end', async () => {
    expect(idsOf(await list('?status=revoked'))).toEqual([ended.consentId]);
    expect(idsOf(await list('?nextAction=launch'))).toEqual(waiting);
    expect(idsOf(await list('?status=requested&nextAction=launch&limit=1'))).toEqual(waiting.slice(0, 1));
    expect(idsOf(await list('?institutionId=sandbox-bank-mtls'))).toEqual([]);
    const inDays = (days: number) => encodeURIComponent(new Date(Date.now() + days * 86_400_000).toISOString());
    expect(idsOf(await list(`?expiresBefore=${inDays(31)}`))).toEqual([active.consentId]);
    expect(idsOf(await list(`?expiresBefore=${inDays(29)}`))).toEqual([]);
    // The earlier of the two clocks: the bank wants to see the person before.
    await query(stack, `UPDATE consents SET grant_expires_at = now() + interval '3 days' WHERE id = $1`, [
      active.consentId,
    ]);
    expect(idsOf(await list(`?expiresBefore=${inDays(4)}`))).toEqual([active.consentId]);
    await query(stack, `UPDATE consents SET grant_expires_at = NULL WHERE id = $1`, [active.consentId]);
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=many', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['status=asleep', 'status.0'],
    ['status=', 'status.0'],
    ['nextAction=dance', 'nextAction'],
    ['expiresBefore=soon', 'expiresBefore'],
    ['expiresBefore=2027-01-01', 'expiresBefore'],
    ['expiresBefore=2027-13-01T00:00:00Z', 'expiresBefore'],
    ['institutionId=%00', 'institutionId'],
    ['institutionId=../x', 'institutionId'],
    ['cursor=1', 'cursor'],
    ['cursor=cns_%00', 'cursor'],
    ['order=sideways', 'order'],
  ])('refuses ?%s and names the parameter', async (search, path) => {
    const answer = await own.call(`/v1/consents?${search}`);
    expect([answer.status, answer.json['code']]).toEqual([400, 'request_invalid']);
    expect((answer.json['errors'] as { path: string }[]).map((error) => error.path)).toEqual([path]);
  });

  test('says nothing of the consents of other applications, whatever is asked', async () => {
    const foreign = await application.request();
    expect(idsOf(await list(`?cursor=${'cns_'.padEnd(36, '0')}`))).not.toContain(foreign.id);
    expect(idsOf(await list('?limit=200'))).toHaveLength(7);
  });
});

describe('a request about a year that cannot be right', () => {
  let walked: Journey | undefined;
  let journey: Journey;
  beforeEach(async () => {
    journey = walked ??= await Journey.walk(application);
  });

  const authorizations = (body: string | object, id = journey.consentId) =>
    application.call(`/v1/consents/${id}/authorizations`, { method: 'POST', body });

  test.each<[string, object | string, number, string]>([
    ['an unknown field', { urgent: true }, 400, 'request_invalid'],
    [
      'an unknown cluster',
      { resources: [{ resourceType: 'ACCOUNT', dataClusters: ['HOROSCOPE'] }] },
      422,
      'cluster_unknown',
    ],
    ['no clusters', { resources: [{ resourceType: 'ACCOUNT', dataClusters: [] }] }, 400, 'request_invalid'],
    ['no resources', { resources: [] }, 400, 'request_invalid'],
    ['a duration beyond policy', { durationPeriod: 366 }, 422, 'duration_exceeds_policy'],
    ['a duration of nothing', { durationPeriod: 0 }, 400, 'request_invalid'],
    ['days for once', { durationType: 'ONE_TIME', durationPeriod: 3 }, 400, 'request_invalid'],
    ['a list', [], 400, 'request_invalid'],
    ['half an object', '{"durationPeriod":', 400, 'request_malformed'],
    ['a duration that is an object', { durationPeriod: {} }, 400, 'request_invalid'],
  ])('with %s opens no link', async (_, body, status, code) => {
    const answer = await authorizations(body);
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
    expect(await journey.consent()).toMatchObject({ status: 'active', nextAction: 'none' });
  });

  test.each<[string, object | string, string]>([
    ['an unknown initiator', { initiator: 'SOMEBODY' }, 'request_invalid'],
    ['an unknown reason', { reason: 'MOOD' }, 'request_invalid'],
    ['an unknown field', { because: 'no' }, 'request_invalid'],
    ['a list', [], 'request_invalid'],
    ['nonsense', '{"reason"', 'request_malformed'],
  ])('with %s revokes nothing', async (_, body, code) => {
    const answer = await application.revoke(journey.consentId, body as object);
    expect([answer.status, answer.json['code']]).toEqual([400, code]);
    expect((await journey.consent()).status).toBe('active');
  });

  test('for a link is told that there is none: unknown, of another consent, the first one, or not an id', async () => {
    const other = await Journey.walk(application);
    const { id: foreign } = await application.invite(other.consentId);
    const [first] = await query(stack, `SELECT id FROM invitations WHERE consent_id = $1`, [journey.consentId]);
    for (const id of [foreign, first?.['id'] as string, `inv_${'0'.repeat(32)}`, 'x', '%00', 'a'.repeat(3_000)]) {
      const answer = await application.cancel(journey.consentId, id);
      expect([answer.status, answer.json['code']]).toEqual([404, 'invitation_not_found']);
    }
    expect((await other.consent()).invitation?.id).toBe(foreign);
  });

  test('is answered as the consent stands: too early, or too late', async () => {
    const { id } = await application.request();
    const early = await authorizations({}, id);
    expect([early.status, early.json['code']]).toEqual([409, 'consent_not_connected']);
    const ended = await Journey.walk(application);
    await application.revoke(ended.consentId);
    const late = await authorizations({}, ended.consentId);
    expect([late.status, late.json['code']]).toEqual([409, 'consent_ended']);
    const certificate = await application.call(`/v1/consents/${ended.consentId}/deletion-certificate`);
    expect([certificate.status, certificate.json['code']]).toEqual([404, 'certificate_not_found']);
  });
});
