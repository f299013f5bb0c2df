import { randomUUID } from 'node:crypto';
import { Application } from './support/application';
import { Bank } from './support/bank';
import { Data, EVERYTHING } from './support/data';
import { query } from './support/database';
import { Grants } from './support/grants';
import { ALICE, Journey } from './support/journey';
import { startOtherApi, type OtherApi } from './support/other-api';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { until } from './support/until';

/*
 * Data as an application reads them: each resource, what the grant allows of it, and pages.
 */
let own: PrivateStack;
let bank: Bank;
let application: Application;
let other: OtherApi;
let data: Data;

beforeAll(async () => {
  own = await startPrivateStack({ bankEnv: { SANDBOX_DATABASE_URL: '' } });
  bank = new Bank(own.stack);
  application = new Application(own.stack);
  other = await startOtherApi(own.stack, 'another-api', {});
  data = await Data.of(application);
}, START_WITHIN_MS);
afterAll(async () => {
  await other.stop();
  await own.end();
});
beforeEach(() => bank.reset());

const DAY_MS = 86_400_000;
const day = (ago: number): string => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);

/** Nobody asked the bank for data. It may still be told of the end of an earlier test's grant. */
const expectBankNotAsked = async () => {
  const requests = await bank.requests('fdx');
  expect(requests.filter(({ endpoints }) => !endpoints.includes('consents'))).toEqual([]);
};

describe('what a person has granted', () => {
  test.each([
    ['/accounts', 'accounts'],
    ['/accounts/acc-1001/transactions', 'transactions'],
    ['/accounts/acc-1001/statements', 'statements'],
    ['/accounts/acc-1001/payment-networks', 'paymentNetworks'],
  ])('%s is the list that the bank has', async (path, list) => {
    const { status, json, headers } = await data.read(path);
    expect(status).toBe(200);
    expect((json[list] as unknown[]).length).toBeGreaterThan(0);
    expect(json).not.toHaveProperty('page');
    expect(json).not.toHaveProperty('links');
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('etag')).toBeNull();
  });

  test.each([
    ['/accounts/acc-1001', { accountId: 'acc-1001', currentBalance: 4_812.37 }],
    ['/accounts/acc-1001/contact', { emails: [expect.any(String)] }],
    ['/customers/current', { type: 'CONSUMER', dateOfBirth: expect.any(String) as string }],
  ])('%s is the document that the bank has', async (path, content) => {
    const { status, json } = await data.read(path);
    expect(status).toBe(200);
    expect(json).toMatchObject(content);
  });

  test('is asked for with the parameters that FDX has for it', async () => {
    const { json } = await data.read('/accounts?accountIds=acc-1001,acc-1003&resultType=details');
    expect(json['accounts']).toMatchObject([
      { accountId: 'acc-1001', currentBalance: 4_812.37 },
      { accountId: 'acc-1003' },
    ]);
    const narrow = await data.read(`/accounts/acc-1001/transactions?startTime=${day(10)}&endTime=${day(3)}`);
    const instants = (narrow.json['transactions'] as { postedTimestamp: string }[]).map((each) => each.postedTimestamp);
    expect(instants.length).toBeGreaterThan(0);
    expect(instants.every((instant) => instant >= day(10) && instant < day(2))).toBe(true);
  });

  test('is named by its headers only, when that is all that is asked for', async () => {
    const head = await data.read('/accounts', {}, 'HEAD');
    expect(head).toMatchObject({ status: 200, text: '' });
    expect(head.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH'])('is not changed by %s', async (method) => {
    const { status, headers, json } = await data.read('/accounts', {}, method);
    expect([status, headers.get('allow'), json['code']]).toEqual([405, 'GET', 'method_not_allowed']);
    await expectBankNotAsked();
  });
});

describe('a request', () => {
  test('goes to the bank under the caller’s interaction id, and comes back under it', async () => {
    const id = randomUUID();
    const { headers } = await data.read('/accounts', { 'x-fapi-interaction-id': id, 'FDX-API-Actor-Type': 'USER' });
    expect(headers.get('x-fapi-interaction-id')).toBe(id);
    const [request] = await bank.requests('accounts');
    expect(request?.headers).toMatchObject({ 'x-fapi-interaction-id': id, 'fdx-api-actor-type': 'USER' });
  });

  test('gets an interaction id of ours when it has none, and counts as made by nobody in person', async () => {
    const { headers } = await data.read('/accounts', { 'x-fapi-interaction-id': 'not a uuid' });
    const [request] = await bank.requests('accounts');
    expect(headers.get('x-fapi-interaction-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(request?.headers).toMatchObject({
      'x-fapi-interaction-id': headers.get('x-fapi-interaction-id'),
      'fdx-api-actor-type': 'BATCH',
    });
  });

  test.each([
    ['/accounts?limit=0', 'limit'],
    ['/accounts?limit=1&limit=2', 'limit'],
    ['/accounts?resultType=all', 'resultType'],
    ['/accounts?pageKey=x', 'pageKey'],
    ['/accounts/acc-1001?limit=1', 'limit'],
    [`/accounts/acc-1001/transactions?startTime=${day(3)}`, 'endTime'],
    [`/accounts/acc-1001/transactions?endTime=${day(3)}`, 'startTime'],
    [`/accounts/acc-1001/transactions?startTime=${day(3)}&endTime=${day(5)}`, 'endTime'],
    ['/accounts/acc-1001/transactions?startTime=yesterday&endTime=today', 'startTime'],
    ['/accounts/..%2F..%2Fconsents/transactions', 'accountId'],
    ['/accounts/acc-1001%2F..%2F..%2Fconsents/transactions', 'accountId'],
  ])('%s is refused with the fault, and the bank is not asked', async (path, fault) => {
    const { status, json } = await data.read(path);
    expect([status, json['code']]).toEqual([400, 'request_invalid']);
    expect((json['errors'] as { path: string }[]).map((each) => each.path)).toContain(fault);
    await expectBankNotAsked();
  });

  test('for another actor type than FDX has is refused with the fault', async () => {
    const { json } = await data.read('/accounts', { 'FDX-API-Actor-Type': 'ROBOT' });
    expect(json).toMatchObject({ code: 'request_invalid', errors: [{ path: 'FDX-API-Actor-Type' }] });
  });
});

describe('the grant', () => {
  test('decides which data are read: what is missing is named, and the bank is not asked', async () => {
    const narrow = await Data.of(application, {}, { ...ALICE, refuseClusters: ['TRANSACTIONS', 'CUSTOMER_CONTACT'] });
    await bank.reset();
    const refused = await narrow.read('/accounts/acc-1001/transactions');
    expect([refused.status, refused.json['code']]).toEqual([403, 'cluster_not_granted']);
    expect(refused.json['detail']).toContain('TRANSACTIONS');
    expect(await narrow.outcome('/accounts/acc-1001/contact')).toBe('cluster_not_granted');
    await expectBankNotAsked();
    expect(await narrow.outcome('/accounts')).toBe(200);
    expect(await narrow.outcome('/customers/current')).toBe(200);
  });

  test('decides which accounts are read', async () => {
    const one = await Data.of(application, {}, { ...ALICE, accounts: ['Everyday Checking'] });
    await bank.reset();
    expect(await one.outcome('/accounts/acc-1002')).toBe('account_not_granted');
    expect(await one.outcome('/accounts?accountIds=acc-1001,acc-1002')).toBe('account_not_granted');
    await expectBankNotAsked();
    expect(await one.outcome('/accounts/acc-1001')).toBe(200);
  });

  test('decides how far back they go, and says from when', async () => {
    const { status, json } = await data.read(`/accounts/acc-1001/transactions?startTime=${day(91)}&endTime=${day(1)}`);
    expect([status, json['code']]).toEqual([422, 'lookback_exceeded']);
    expect(json['detail']).toContain(day(90));
    await expectBankNotAsked();
    expect(await data.outcome(`/accounts/acc-1001/transactions?startTime=${day(90)}&endTime=${day(1)}`)).toBe(200);
  });

  test('is told to a bank that would give more: history is never asked for without dates', async () => {
    await data.read('/accounts/acc-1001/transactions');
    const [request] = await bank.requests('accounts');
    expect(request?.queryParameters).toEqual(['startTime', 'endTime']);
  });
});

describe('a consent', () => {
  test('that nobody has authorized has no data yet', async () => {
    const { consentId } = await Journey.begin(application);
    expect(await new Data(application, consentId).outcome('/accounts')).toBe('consent_not_connected');
  });

  test('of another application is as unknown as one that never was', async () => {
    const [own_, none] = [data.consentId, `cns_${'0'.repeat(32)}`];
    await query(
      own.stack,
      `INSERT INTO applications (id, name, return_urls) VALUES ('app-2', 'Other', '[]') ON CONFLICT DO NOTHING`,
    );
    await query(own.stack, `UPDATE consents SET application_id = 'app-2' WHERE id = $1`, [own_]);
    const foreign = await data.read('/accounts');
    await query(own.stack, `UPDATE consents SET application_id = $2 WHERE id = $1`, [own_, own.stack.applicationId]);
    const unknown = await new Data(application, none).read('/accounts');
    expect([foreign.status, foreign.json['code']]).toEqual([404, 'consent_not_found']);
    expect({ ...foreign.json, requestId: '' }).toEqual({ ...unknown.json, requestId: '' });
    expect(await new Data(application, 'nonsense').outcome('/accounts')).toBe('consent_not_found');
  });

  test('opens nothing from the commit of its revocation on, in any process', async () => {
    const gone = await Data.of(application);
    const elsewhere = gone.through(other.application);
    expect([await gone.outcome('/accounts'), await elsewhere.outcome('/accounts')]).toEqual([200, 200]);
    await application.revoke(gone.consentId);
    await bank.reset();
    expect([await gone.outcome('/accounts'), await elsewhere.outcome('/accounts')]).toEqual([
      'consent_ended',
      'consent_ended',
    ]);
    expect(await bank.requests('accounts')).toEqual([]);
  });

  test('past its date opens nothing, whatever its workflow has come to', async () => {
    const late = await Data.of(application);
    await query(own.stack, `UPDATE consents SET expires_at = now() WHERE id = $1`, [late.consentId]);
    expect(await late.outcome('/accounts')).toBe('consent_ended');
  });

  test('whose grant is lost needs the person again, and works when they have authorized', async () => {
    const journey = await Journey.walk(application);
    const lost = new Data(application, journey.consentId);
    await query(own.stack, `UPDATE consents SET grant_lost = true WHERE id = $1`, [lost.consentId]);
    expect(await lost.outcome('/accounts')).toBe('reauthorization_needed');
    await journey.renew();
    expect(await lost.outcome('/accounts')).toBe(200);
  });

  test('at a paused institution waits', async () => {
    const set = (value: string) =>
      query(own.stack, `UPDATE institutions SET paused_at = ${value} WHERE id = 'sandbox-bank'`);
    await set('now()');
    const { status, headers, json } = await data.read('/accounts');
    await set('NULL');
    expect([status, json['code'], headers.get('retry-after')]).toEqual([503, 'institution_paused', '300']);
    await expectBankNotAsked();
  });

  test('is read through several processes at once, with tokens that have ended refreshed once', async () => {
    const { authorizationId } = await new Grants(own.stack).inUse(data.consentId);
    await new Grants(own.stack).age(authorizationId);
    const both = [data, data.through(other.application)];
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => both.map((each) => each.outcome('/accounts'))).flat(),
    );
    expect(outcomes).toEqual(Array(40).fill(200));
    const refreshes = (await bank.requests('token')).filter(({ status }) => status === 200);
    expect(refreshes).toHaveLength(1);
  });
});

test('a read that was on its way while a renewal put a new grant in the place of the old one is answered with the new one', async () => {
  const journey = await Journey.walk(application, { resources: EVERYTHING });
  const { bankConsentId } = await new Grants(own.stack).inUse(journey.consentId);
  await bank.plant({
    endpoint: 'accounts',
    fault: { kind: 'delay', milliseconds: 8_000 },
    times: 1,
    authorization: { consentId: bankConsentId ?? '' },
  });
  const reading = new Data(application, journey.consentId).outcome('/accounts/acc-1001/transactions');
  await until('the request at the bank', async () => (await bank.requests('accounts')).length > 0);
  const renewal = await journey.invite();
  await renewal.comeBack(await renewal.decide(await renewal.launch()));
  expect(await bank.ended(bankConsentId)).toMatchObject({ status: 'REVOKED' });
  expect(await reading).toBe(200);
  // Nobody is told that the grant in use is lost.
  expect(await journey.consent()).toMatchObject({ status: 'active', nextAction: 'none' });
});
