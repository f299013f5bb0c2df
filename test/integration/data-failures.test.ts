import type { Fault } from '../../sandbox/control/fault';
import { DATA_FAILURES } from '../../src/domain/data-failures';
import { FAILURES, type FailureCode } from '../../src/domain/failures';
import { Application } from './support/application';
import { Bank } from './support/bank';
import { Data } from './support/data';
import { query } from './support/database';
import { Grants } from './support/grants';
import { Journey } from './support/journey';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { until } from './support/until';

/*
 * A bank that says no, is slow, or breaks: what an application is told, and what becomes of the consent.
 */
const TRANSACTIONS = '/accounts/acc-1001/transactions';

let own: PrivateStack;
let bank: Bank;
let application: Application;
let grants: Grants;
let data: Data;
/** Codes that were answered as the table has them. */
const answered = new Set<string>();

beforeAll(async () => {
  own = await startPrivateStack({
    bankEnv: { SANDBOX_DATABASE_URL: '' },
    apiEnv: { OUTBOUND_TIMEOUT_SECONDS: '1' },
  });
  bank = new Bank(own.stack);
  application = new Application(own.stack);
  grants = new Grants(own.stack);
  data = await Data.of(application);
}, START_WITHIN_MS);
afterAll(() => own.end());
beforeEach(() => bank.reset());

/** The code of a refusal, once everything that is documented of it has been found in the answer. */
async function refusal(of: Data, path: string, headers?: Record<string, string>): Promise<string> {
  const answer = await of.read(path, headers);
  const code = String(answer.json['code']) as FailureCode;
  const { status, title, fix, kind } = FAILURES[code];
  expect(answer.json).toMatchObject({ type: `urn:fdx-consent:failure:${code}`, title, status, fix });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('x-fapi-interaction-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.headers.has('retry-after')).toBe(kind === 'unavailable');
  // What a bank writes into its errors may be about the person.
  expect(answer.text).not.toContain('canary');
  answered.add(code);
  return code;
}

const no = (status: number, code?: string | number, headers: Record<string, string> = {}): Fault => ({
  kind: 'status',
  status,
  body: { ...(code !== undefined && { code }), message: 'canary of Alice', debugMessage: 'canary' },
  headers,
});

// First, before anybody has the bank asked how a grant stands, which refreshes too.
test('a token that the bank refuses is refreshed once, and the caller sees data only', async () => {
  await bank.plant({ endpoint: 'accounts', fault: no(401, '603'), times: 1 });
  expect(await data.outcome(TRANSACTIONS)).toBe(200);
  expect((await bank.requests('accounts')).map(({ status }) => status)).toEqual([401, 200]);
  expect((await bank.requests('token')).filter(({ status }) => status === 200)).toHaveLength(1);
});

describe('a no of the bank', () => {
  test.each<[number, string | number | undefined, string]>([
    [400, '401', 'data_request_refused'],
    [400, '702', 'data_request_refused'],
    [422, 704, 'data_request_refused'],
    [404, '701', 'data_not_found'],
    [404, undefined, 'data_not_found'],
    [400, '1107', 'data_not_found'],
    [406, '1203', 'representation_unavailable'],
    [409, '409', 'account_closed'],
    [400, '705', 'account_closed'],
    [501, '1106', 'data_not_offered'],
    [404, '1106', 'data_not_offered'],
    [500, '500', 'fdx_unreachable'],
    [502, undefined, 'fdx_unreachable'],
    [418, undefined, 'fdx_response_invalid'],
  ])('%s with FDX code %s is told as %s, its words are not', async (status, code, expected) => {
    await bank.plant({ endpoint: 'accounts', fault: no(status, code) });
    expect(await refusal(data, TRANSACTIONS)).toBe(expected);
    expect(await bank.requests('accounts')).toHaveLength(1);
  });

  test('carries the bank’s code for an engineer', async () => {
    await bank.plant({ endpoint: 'accounts', fault: no(404, '701') });
    expect((await data.read(TRANSACTIONS)).json['detail']).toBe('HTTP 404, FDX code 701.');
  });

  test('of a closed account and of a statement that is not there are the bank’s own', async () => {
    const closed = await Data.of(application, {}, { username: 'dan', accounts: 'all' });
    expect(await refusal(closed, '/accounts/acc-4002/transactions')).toBe('account_closed');
    expect(await refusal(data, '/accounts/acc-1001/statements/none')).toBe('data_not_found');
  });

  test('to a good token has the bank asked how the grant stands, once for many', async () => {
    await bank.plant({ endpoint: 'accounts', fault: no(403, '602'), times: 3 });
    for (let times = 0; times < 3; times += 1) expect(await refusal(data, TRANSACTIONS)).toBe('grant_in_doubt');
    await until('the question', async () => (await bank.requests('consents')).length > 0);
    // The bank says that all is as it was, and so it is.
    expect(await data.outcome(TRANSACTIONS)).toBe(200);
    expect(await application.consent(data.consentId)).toMatchObject({ status: 'active', nextAction: 'none' });
  });

  test('is told the same when nobody can be asked: the workflow engine is away', async () => {
    const another = await Data.of(application);
    await bank.plant({ endpoint: 'accounts', fault: no(403, '602') });
    own.child('temporal').pause();
    const before = performance.now();
    try {
      expect(await refusal(another, TRANSACTIONS)).toBe('grant_in_doubt');
    } finally {
      own.child('temporal').resume();
    }
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});

describe('a token that the bank refuses', () => {
  test('again after that puts the grant in doubt', async () => {
    const doubted = await Data.of(application);
    const { bankConsentId } = await grants.inUse(doubted.consentId);
    const authorization = { consentId: bankConsentId ?? '' };
    await bank.plant({ endpoint: 'accounts', fault: no(401, '603'), authorization });
    expect(await refusal(doubted, TRANSACTIONS)).toBe('grant_in_doubt');
    await until('the question', async () => (await bank.requests('consents')).length > 0);
  });

  test('because the person revoked at the bank ends in one more authorization, and the consent says so', async () => {
    const journey = await Journey.walk(application);
    const revoked = new Data(application, journey.consentId);
    const { bankConsentId } = await grants.inUse(journey.consentId);
    await bank.revoke(bankConsentId ?? '', { silently: true });
    expect(await refusal(revoked, TRANSACTIONS)).toBe('reauthorization_needed');
    await until('the advice', async () => (await journey.consent()).nextAction !== 'none');
    expect(['reauthorization_needed', 'consent_ended']).toContain(await refusal(revoked, TRANSACTIONS));
  });
});

describe('a bank that asks to wait', () => {
  test('with 429 is not asked again for this consent before, and is for others', async () => {
    const [patient, others] = [await Data.of(application), data];
    await bank.reset();
    const { bankConsentId } = await grants.inUse(patient.consentId);
    const slowDown = no(429, '1207', { 'retry-after': '2' });
    const authorization = { consentId: bankConsentId ?? '' };
    await bank.plant({ endpoint: 'accounts', fault: slowDown, times: 1, authorization });
    const first = await patient.read(TRANSACTIONS);
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '2']);
    expect(await refusal(patient, TRANSACTIONS)).toBe('fdx_rate_limited');
    expect(await others.outcome(TRANSACTIONS)).toBe(200);
    expect(await bank.requests('accounts')).toHaveLength(2);
    await until('the end of the wait', async () => (await patient.outcome(TRANSACTIONS)) === 200);
  });

  test('with 503 is not asked for anybody before', async () => {
    await bank.plant({ endpoint: 'accounts', fault: no(503, '503', { 'retry-after': '2' }), times: 1 });
    const first = await data.read(TRANSACTIONS);
    expect([first.status, first.json['code'], first.headers.get('retry-after')]).toEqual([503, 'fdx_unreachable', '2']);
    expect(await refusal(data, '/accounts')).toBe('fdx_unreachable');
    expect(await bank.requests('accounts')).toHaveLength(1);
    await until('the end of the wait', async () => (await data.outcome(TRANSACTIONS)) === 200);
  });

  test('and one whose places are all taken by others: the caller is told to come back in a second', async () => {
    const limit = (value: string) =>
      query(own.stack, `UPDATE institutions SET profile = jsonb_set(profile, '{fdx,maxConcurrentRequests}', $1)`, [
        value,
      ]);
    await limit('1');
    // Slower in sum than anybody stands in line.
    await bank.plant({ endpoint: 'accounts', fault: { kind: 'delay', milliseconds: 900 } });
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => data.read(TRANSACTIONS)));
    await limit('16');
    const busy = outcomes.filter(({ json }) => json['code'] === 'institution_busy');
    expect(busy.length).toBeGreaterThan(0);
    expect(busy.every(({ status, headers }) => status === 503 && headers.get('retry-after') === '1')).toBe(true);
    expect(outcomes.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    answered.add('institution_busy');
  });
});

describe('a connection to the bank', () => {
  test('that breaks once is not noticed', async () => {
    await bank.plant({ endpoint: 'accounts', fault: { kind: 'reset' }, times: 1 });
    expect(await data.outcome(TRANSACTIONS)).toBe(200);
    expect(await bank.requests('accounts')).toHaveLength(2);
  });

  test.each<[string, Fault, number]>([
    ['breaks every time', { kind: 'reset' }, 2],
    ['is silent', { kind: 'timeout' }, 1],
    ['drips', { kind: 'drip', bytesPerSecond: 10 }, 1],
  ])('that %s is told as fdx_unreachable, after so many requests', async (_, fault, requests) => {
    await bank.plant({ endpoint: 'accounts', fault });
    expect(await refusal(data, TRANSACTIONS)).toBe('fdx_unreachable');
    expect(await bank.requests('accounts')).toHaveLength(requests);
  });

  test.each<[string, Fault]>([
    ['a redirect', { kind: 'redirect_loop' }],
    ['a page of HTML', { kind: 'status', status: 200, contentType: 'text/html', body: '<h1>Hi</h1>' }],
    ['nothing', { kind: 'status', status: 204 }],
    ['JSON that is cut', { kind: 'malformed_json' }],
    ['JSON without the list', { kind: 'rewrite_json', remove: ['transactions'] }],
    ['a list that is none', { kind: 'rewrite_json', set: { transactions: { of: 'Alice' } } }],
  ])('that brings %s is told as fdx_response_invalid', async (_, fault) => {
    await bank.plant({ endpoint: 'accounts', fault });
    expect(await refusal(data, TRANSACTIONS)).toBe('fdx_response_invalid');
  });
});

describe('what the bank writes', () => {
  test('reaches the caller to the last digit, also where JavaScript has no such number', async () => {
    await bank.behave({ longNumbers: true });
    expect((await data.read('/accounts/acc-1001')).text).toContain('"currentBalance":4812.3700000000000001');
    expect((await data.read('/accounts?resultType=details')).text).toContain('"currentBalance":4812.3700000000000001');
    const { text } = await data.read(`${TRANSACTIONS}?limit=5`);
    expect(text).toMatch(/"amount":\d+\.\d{2}0*1/);
  });

  test('stays a part where the bank has a part only', async () => {
    await bank.plant({ endpoint: 'accounts', fault: { kind: 'rewrite_status', status: 206 } });
    expect((await data.read('/accounts')).status).toBe(206);
  });
});

test('every code that there is for data has been answered as it is documented', async () => {
  const asked = [
    refusal(data, `/accounts/acc-1001/transactions?startTime=2020-01-01&endTime=2020-02-01`),
    refusal(data, `/accounts/acc-2001`),
    refusal(data, `/accounts?cursor=x`),
    refusal(
      await Data.of(application, { resources: [{ resourceType: 'ACCOUNT', dataClusters: ['STATEMENTS'] }] }),
      '/accounts',
    ),
  ];
  expect(await Promise.all(asked)).toEqual([
    'lookback_exceeded',
    'account_not_granted',
    'cursor_invalid',
    'cluster_not_granted',
  ]);
  const expected = Object.keys(DATA_FAILURES).filter((code) => !code.startsWith('delegation_'));
  expect(expected.filter((code) => !answered.has(code))).toEqual([]);
});
