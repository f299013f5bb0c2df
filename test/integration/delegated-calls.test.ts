import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { decodeJwt } from 'jose';
import { Agent, fetch } from 'undici';
import { Application, type Answer } from './support/application';
import { Bank } from './support/bank';
import { Canaries } from './support/canaries';
import { fdxConsent } from './support/command';
import { Data } from './support/data';
import { dump, query } from './support/database';
import { ALICE, Journey } from './support/journey';
import { pageBlock } from './support/page-block';
import { jsonDifference } from './support/shown-output';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { exportWorkflows } from './support/temporal';

/*
 * An application with a data plane of its own: it asks us for what opens one request, and makes that request itself.
 */
const callOnPage = pageBlock('docs/delegated-calls.md', 'call');

let own: PrivateStack;
let bank: Bank;
let application: Application;
let data: Data;
let dispatcher: Agent;
/** Every secret that an answer has had in it. */
const canaries = new Canaries();

beforeAll(async () => {
  const loud = { LOG_LEVEL: 'trace' };
  own = await startPrivateStack({ bankEnv: { SANDBOX_DATABASE_URL: '' }, apiEnv: loud, workerEnv: loud });
  bank = new Bank(own.stack);
  application = new Application(own.stack);
  dispatcher = new Agent({ connect: { ca: own.stack.caPem } });
  data = await Data.of(application);
  // From here on this process knows the bank's nonce.
  await data.read('/accounts');
  await command('allow', own.stack.applicationId, '--delegated-calls');
}, START_WITHIN_MS);
afterAll(async () => {
  await dispatcher.destroy();
  await own.end();
});
beforeEach(() => bank.reset());

const command = (...words: string[]) => fdxConsent(['applications', ...words, '--json'], own.stack.productEnvironment);

interface DelegatedCall {
  method: string;
  url: string;
  headers: Record<string, string>;
  expiresAt: string;
}

async function delegate(body: object, consentId = data.consentId, headers = {}): Promise<Answer> {
  const answer = await application.call(`/v1/consents/${consentId}/delegated-calls`, { method: 'POST', body, headers });
  const { authorization, dpop } = (answer.json['headers'] ?? {}) as Record<string, string>;
  canaries.add('access token', authorization?.slice('DPoP '.length));
  canaries.add('proof', dpop);
  return answer;
}

async function delegated(body: object, consentId?: string): Promise<DelegatedCall> {
  const { status, text, json } = await delegate(body, consentId);
  if (status !== 201) throw new Error(`${status}: ${text}`);
  return json as unknown as DelegatedCall;
}

const refusal = async (body: object, consentId?: string): Promise<unknown[]> => {
  const { status, json } = await delegate(body, consentId);
  return [status, json['code']];
};

/** What the bank answers to the application itself. */
async function carry(call: DelegatedCall, changes: Partial<DelegatedCall> = {}) {
  const { url, method, headers } = { ...call, ...changes };
  const response = await fetch(url, { dispatcher, method, headers });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes };
}

describe('a delegated call', () => {
  test('opens the data at the bank, once', async () => {
    const call = await delegated({ path: '/accounts/acc-1001/transactions', query: { limit: '3' } });
    const { status, bytes } = await carry(call);
    expect(status).toBe(200);
    const { transactions } = JSON.parse(bytes.toString()) as { transactions: unknown[] };
    expect(transactions).toHaveLength(3);
    expect((await carry(call)).status).toBe(401);
  });

  test('is what the page shows, with a proof, a token, an interaction and days of its own', async () => {
    const shown = JSON.parse(
      callOnPage
        .text({ 'https://api.bank.example': own.stack.urls.bank })
        .replaceAll(/\d{4}-\d\d-\d\d(T[\d:.]+Z)?|0f8fad5b[\w-]+/g, '…'),
    ) as DelegatedCall;
    const { pathname, searchParams } = new URL(shown.url);
    const query = { limit: searchParams.get('limit') };
    const call = await delegated({ path: pathname.replace('/fdx/v6', ''), query });
    expect(jsonDifference(shown, call)).toBeUndefined();
    expect(Object.keys(call.headers).sort()).toEqual(Object.keys(shown.headers).sort());
    expect((await carry(call)).status).toBe(200);
  });

  test('is asked for by nobody else: the answer is kept by no cache, and it says how long it is worth trying', async () => {
    const { status, headers, json } = await delegate({ path: '/accounts' });
    expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
    const lifeMs = Date.parse(String(json['expiresAt'])) - Date.now();
    expect(lifeMs).toBeGreaterThan(0);
    expect(lifeMs).toBeLessThanOrEqual(60_000);
  });

  test('opens no other address, no other account and no other method', async () => {
    const call = await delegated({ path: '/accounts/acc-1001' });
    expect((await carry(call, { url: call.url.replace('acc-1001', 'acc-1002') })).status).toBe(401);
    expect((await carry(call, { url: `${call.url}/transactions` })).status).toBe(401);
    expect((await carry(call, { method: 'POST' })).status).toBe(401);
    expect((await carry(call)).status).toBe(200);
  });

  test('comes with the headers that FDX wants, under the interaction id of whoever asked', async () => {
    const id = randomUUID();
    const answer = await delegate({ path: '/accounts', actorType: 'USER' }, undefined, { 'x-fapi-interaction-id': id });
    expect(answer.headers.get('x-fapi-interaction-id')).toBe(id);
    const call = answer.json as unknown as DelegatedCall;
    expect(call).toMatchObject({
      method: 'GET',
      url: `${own.stack.urls.bank}/fdx/v6/accounts`,
      headers: { 'x-fapi-interaction-id': id, 'FDX-API-Actor-Type': 'USER', accept: 'application/json' },
    });
    expect((await carry(call)).headers.get('x-fapi-interaction-id')).toBe(id);
  });

  test('for a document asks for one', async () => {
    const { json } = await data.read('/accounts/acc-1001/statements?limit=1');
    const [statement] = json['statements'] as { statementId: string }[];
    const call = await delegated({ path: `/accounts/acc-1001/statements/${statement?.statementId ?? ''}` });
    const { status, bytes } = await carry(call);
    expect([status, bytes.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
  });

  test('has the nonce that the bank asked its carrier for', async () => {
    const call = await delegated({ path: '/accounts' });
    const nonce = String(decodeJwt(call.headers['dpop'] ?? '')['nonce']);
    await bank.plant({ endpoint: 'accounts', fault: { kind: 'dpop_nonce', mode: 'every_answer' } });
    const asked = await carry(call);
    const wanted = asked.headers.get('dpop-nonce') ?? '';
    expect([asked.status, asked.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining('use_dpop_nonce'),
    ]);
    expect(wanted).not.toBe(nonce);
    const again = await delegated({ path: '/accounts', dpopNonce: wanted });
    expect((await carry(again)).status).toBe(200);
  });

  test('is made with a token that works: one that has ended is refreshed first', async () => {
    await query(own.stack, `UPDATE grants SET access_expires_at = now() WHERE consent_id = $1`, [data.consentId]);
    expect((await carry(await delegated({ path: '/accounts' }))).status).toBe(200);
  });
});

describe('a delegated call is judged as a request for data is, and the bank is not asked:', () => {
  afterEach(async () => {
    expect(await bank.requests('fdx')).toEqual([]);
  });

  const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const TRANSACTIONS = '/accounts/acc-1001/transactions';

  test.each<[string, object, number, string]>([
    ['an account that was not granted', { path: '/accounts/acc-9999' }, 403, 'account_not_granted'],
    [
      'dates before the lookback',
      { path: TRANSACTIONS, query: { startTime: day(91), endTime: day(1) } },
      422,
      'lookback_exceeded',
    ],
    ['half a period', { path: TRANSACTIONS, query: { startTime: day(9) } }, 400, 'request_invalid'],
    ['a parameter that is not known', { path: '/accounts', query: { pageKey: 'x' } }, 400, 'request_invalid'],
    ['a cursor that is none', { path: '/accounts', query: { cursor: 'x' } }, 400, 'cursor_invalid'],
    ['a path that is no data route', { path: '/consents/1' }, 400, 'request_invalid'],
    ['a path that leads elsewhere', { path: '/accounts/..%2F..%2Fconsents' }, 400, 'request_invalid'],
    ['an address instead of a path', { path: 'https://elsewhere.example/accounts' }, 400, 'request_invalid'],
    ['no path', {}, 400, 'request_invalid'],
    ['a method', { path: '/accounts', method: 'POST' }, 400, 'request_invalid'],
    ['an actor that FDX does not know', { path: '/accounts', actorType: 'ROBOT' }, 400, 'request_invalid'],
    ['a nonce that is none', { path: '/accounts', dpopNonce: 'a "nonce"' }, 400, 'request_invalid'],
  ])('%s', async (_what, body, status, code) => {
    expect(await refusal(body)).toEqual([status, code]);
  });

  test('history is never opened without the dates of the lookback', async () => {
    const { url } = await delegated({ path: TRANSACTIONS });
    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({ startTime: day(90), endTime: day(0) });
  });

  test('a paused institution', async () => {
    const set = (value: string) =>
      query(own.stack, `UPDATE institutions SET paused_at = ${value} WHERE id = 'sandbox-bank'`);
    await set('now()');
    const answer = await refusal({ path: '/accounts' });
    await set('NULL');
    expect(answer).toEqual([503, 'institution_paused']);
  });

  test('a consent that is not there', async () => {
    expect(await refusal({ path: '/accounts' }, `cns_${'0'.repeat(32)}`)).toEqual([404, 'consent_not_found']);
  });
});

test('a cluster that was not granted is named', async () => {
  const narrow = await Data.of(application, {}, { ...ALICE, refuseClusters: ['TRANSACTIONS'] });
  const { status, json } = await delegate({ path: '/accounts/acc-1001/transactions' }, narrow.consentId);
  expect([status, json['code']]).toEqual([403, 'cluster_not_granted']);
  expect(json['detail']).toContain('TRANSACTIONS');
});

test('a consent that was revoked opens nothing more, and neither does what was given before once the bank knows', async () => {
  const gone = await Data.of(application);
  const before = await delegated({ path: '/accounts' }, gone.consentId);
  const bankConsentId = (await application.consent(gone.consentId)).granted?.bankConsentId;
  await application.revoke(gone.consentId);
  expect(await refusal({ path: '/accounts' }, gone.consentId)).toEqual([409, 'consent_ended']);
  await bank.ended(bankConsentId);
  expect((await carry(before)).status).toBe(401);
});

test('what the bank asked us to wait holds for delegated calls too', async () => {
  const busy = await Data.of(application);
  const headers = { 'retry-after': '40' };
  await bank.plant({ endpoint: 'accounts', times: 1, fault: { kind: 'status', status: 429, headers } });
  expect(await busy.outcome('/accounts')).toBe('fdx_rate_limited');
  const answer = await delegate({ path: '/accounts' }, busy.consentId);
  expect([answer.status, answer.json['code']]).toEqual([429, 'fdx_rate_limited']);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(30);
});

test('tokens that are bound to our certificate are never given away', async () => {
  const { consentId } = await Journey.walk(application, { institutionId: 'sandbox-bank-mtls' });
  expect(await new Data(application, consentId).outcome('/accounts')).toBe(200);
  const { status, json, text } = await delegate({ path: '/accounts' }, consentId);
  expect([status, json['code']]).toEqual([409, 'delegation_not_possible']);
  expect(text).not.toContain('authorization');
});

describe('an application', () => {
  const id = 'planner';
  let planner: Application;

  beforeAll(async () => {
    const { json } = await command('add', '--id', id, '--name', 'Planner');
    planner = new Application({ ...own.stack, applicationId: id, applicationKey: String(json['apiKey']) });
  });

  const ask = async (): Promise<unknown[]> => {
    const { consentId } = data;
    const { status, json } = await planner.call(`/v1/consents/${consentId}/delegated-calls`, {
      method: 'POST',
      body: { path: '/accounts' },
    });
    return [status, json['code']];
  };
  const listed = async (): Promise<unknown> => {
    const { json } = await command('list');
    return (json as unknown as { id: string; mayDelegate: boolean }[]).find((each) => each.id === id)?.mayDelegate;
  };

  test('may not unless an operator has allowed it, and no longer when that is taken back', async () => {
    expect([await listed(), await ask()]).toEqual([false, [403, 'delegation_not_allowed']]);
    expect((await command('allow', id, '--delegated-calls')).json).toEqual({ id, mayDelegate: true });
    // Allowed, and still blind to the consents of others.
    expect([await listed(), await ask()]).toEqual([true, [404, 'consent_not_found']]);
    expect((await command('disallow', id, '--delegated-calls')).json).toEqual({ id, mayDelegate: false });
    expect([await listed(), await ask()]).toEqual([false, [403, 'delegation_not_allowed']]);
  });

  test('is allowed by who says what they allow, and each change is written down', async () => {
    expect((await command('allow', id)).stderr).toContain('--delegated-calls');
    expect((await command('allow', 'nobody', '--delegated-calls')).stderr).toContain('no application nobody');
    expect((await command('allow')).code).toBe(2);
    const { stdout } = await fdxConsent(['operators', 'log', '--json'], own.stack.productEnvironment);
    const { actions } = JSON.parse(stdout) as { actions: { action: string; subject: object; outcome: string }[] };
    expect(actions).toContainEqual(
      expect.objectContaining({
        action: 'applications allow',
        outcome: 'done',
        subject: { arguments: [id], 'delegated-calls': true },
      }),
    );
    expect(actions).toContainEqual(expect.objectContaining({ action: 'applications disallow', outcome: 'done' }));
    expect(actions).toContainEqual(
      expect.objectContaining({ action: 'applications allow', outcome: 'failed', subject: { arguments: [id] } }),
    );
  });

  test('keeps what it is allowed when it is registered anew', async () => {
    await command('allow', id, '--delegated-calls');
    await command('add', '--id', id, '--name', 'Planner of plans');
    expect(await listed()).toBe(true);
  });
});

test('what was given is in no log, no table and no history', async () => {
  expect(canaries.size).toBeGreaterThan(10);
  for (const file of (await readdir(own.stack.logDirectory)).filter((name) => !name.startsWith('bank'))) {
    const text = await readFile(path.join(own.stack.logDirectory, file), 'utf8');
    expect([file, canaries.foundIn(text)]).toEqual([file, []]);
  }
  expect(await readFile(path.join(own.stack.logDirectory, 'api.log'), 'utf8')).toContain('delegated-calls');
  for (const [column, values] of await dump(own.stack)) {
    expect([column, canaries.foundIn(values.join('\n'))]).toEqual([column, []]);
  }
  for (const { history, bytes, decoded } of await exportWorkflows(own.stack)) {
    expect(canaries.foundIn(`${history}${bytes.toString('latin1')}${decoded}`)).toEqual([]);
  }
});
