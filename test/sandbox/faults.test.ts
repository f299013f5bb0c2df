import * as oidc from 'openid-client';
import { fetch } from 'undici';
import { authorizeAtBank } from '../../sandbox/person';
import type { BankProcess } from './support/bank-process';
import type { FapiClient } from './support/fapi-client';
import { CALLBACK, details, YEAR_OF_ACCOUNTS } from './support/fapi-client';
import { startBankOfTwo } from './support/two-clients';

let bank: BankProcess;
let client: FapiClient;
let other: FapiClient;

beforeAll(async () => {
  ({ bank, client, other } = await startBankOfTwo());
});

afterAll(() => bank.stop());
afterEach(() => bank.control('DELETE', '/faults'));

const discovery = (timeoutMilliseconds = 5000) =>
  fetch(`${bank.issuer}/.well-known/openid-configuration`, {
    dispatcher: bank.dispatcher,
    signal: AbortSignal.timeout(timeoutMilliseconds),
  });

const asking = { scope: 'openid offline_access', authorization_details: details(YEAR_OF_ACCOUNTS) };

const callbackOf = async (): Promise<URL> => {
  const pending = await client.push(asking);
  const person = { username: 'bob', accounts: 'all' as const, stopAt: CALLBACK };
  return new URL(await authorizeAtBank(client.browser(), pending.url.href, person));
};

it('strikes as often as it was told, and then no more', async () => {
  const fault = { kind: 'status' as const, status: 503, body: { error: 'x' }, headers: { 'retry-after': '7' } };
  await bank.plant({ endpoint: 'discovery', times: 2, fault });
  const answers = [await discovery(), await discovery(), await discovery()];
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 200]);
  expect(answers[0]?.headers.get('retry-after')).toBe('7');
  expect(answers[0]?.headers.get('content-type')).toContain('json');
  expect((await bank.control('GET', '/faults')).body).toEqual({ faults: [] });
});

it('lists and lifts rules by id', async () => {
  await bank.plant({ id: 'storm', endpoint: 'jwks', fault: { kind: 'status', status: 500 } });
  expect((await bank.control('GET', '/faults')).body).toMatchObject({ faults: [{ id: 'storm', struck: 0 }] });
  expect((await bank.control('DELETE', '/faults/storm')).status).toBe(204);
  expect((await bank.control('DELETE', '/faults/storm')).status).toBe(404);
});

it('refuses a rule it does not understand', async () => {
  const { status } = await bank.control('POST', '/faults', { endpoint: 'token', fault: { kind: 'earthquake' } });
  expect(status).toBe(400);
});

it('answers with an OAuth error instead of the bank', async () => {
  await bank.plant({ endpoint: 'par', times: 1, fault: { kind: 'oauth_error', error: 'slow_down', status: 429 } });
  await expect(client.push(asking)).rejects.toMatchObject({ error: 'slow_down', status: 429 });
});

it('strikes only the client it is meant for', async () => {
  const fault = { kind: 'oauth_error' as const, error: 'invalid_client', status: 401 };
  await bank.plant({ endpoint: 'token', clientId: other.id, fault });
  await expect(client.clientCredentials()).resolves.toEqual(expect.any(String));
  await expect(other.clientCredentials()).rejects.toHaveProperty('error', 'invalid_client');
});

it('finds the client of an FDX request by its token', async () => {
  const { access_token: token } = await client.obtain();
  await bank.plant({ endpoint: 'accounts', clientId: other.id, fault: { kind: 'status', status: 429 } });
  expect((await client.fdx(token, '/accounts')).status).toBe(200);
  await bank.plant({ endpoint: 'fdx', clientId: client.id, fault: { kind: 'status', status: 429 } });
  expect((await client.fdx(token, '/accounts')).status).toBe(429);
});

it('never answers a timeout', async () => {
  await bank.plant({ endpoint: 'discovery', times: 1, fault: { kind: 'timeout' } });
  await expect(discovery(300)).rejects.toHaveProperty('name', 'TimeoutError');
});

it('resets before the bank has seen the request', async () => {
  const { refresh_token: refreshToken = '' } = await client.obtain();
  await bank.plant({ endpoint: 'revocation', times: 1, fault: { kind: 'reset' } });
  await expect(oidc.tokenRevocation(client.config, refreshToken)).rejects.toThrow();
  await expect(client.refresh(refreshToken)).resolves.toHaveProperty('access_token');
});

it('loses the answer only after the bank has done the work', async () => {
  const { refresh_token: refreshToken = '' } = await client.obtain();
  await bank.plant({ endpoint: 'revocation', times: 1, fault: { kind: 'answer_lost' } });
  await expect(oidc.tokenRevocation(client.config, refreshToken)).rejects.toThrow();
  await expect(client.refresh(refreshToken)).rejects.toHaveProperty('error', 'invalid_grant');
});

it('loses the tokens of a code that is spent all the same', async () => {
  const pending = await client.push(asking);
  const person = { username: 'alice', accounts: 'all' as const, stopAt: CALLBACK };
  const callback = await authorizeAtBank(client.browser(), pending.url.href, person);
  await bank.plant({ endpoint: 'token', times: 1, fault: { kind: 'answer_lost' } });
  await expect(client.exchange(callback, pending)).rejects.toThrow();
  await expect(client.exchange(callback, pending)).rejects.toHaveProperty('error', 'invalid_grant');
});

it('does not waste itself on the round trip that fetches a DPoP nonce', async () => {
  await bank.plant({ endpoint: 'token', times: 1, fault: { kind: 'rewrite_json', set: { token_type: 'odd' } } });
  await client.renewDpopKey();
  await expect(client.clientCredentials()).rejects.toThrow();
  expect((await bank.control('GET', '/faults')).body).toEqual({ faults: [] });
  await bank.plant({ endpoint: 'accounts', times: 1, fault: { kind: 'answer_lost' } });
  const { access_token: token } = await client.obtain();
  await expect(client.fdx(token, '/accounts')).rejects.toThrow();
});

it('drips', async () => {
  await bank.plant({ endpoint: 'jwks', times: 1, fault: { kind: 'drip', bytesPerSecond: 1000 } });
  const startedAt = Date.now();
  const response = await fetch(`${bank.issuer}/jwks`, { dispatcher: bank.dispatcher });
  const { keys } = (await response.json()) as { keys: unknown[] };
  expect(keys).toHaveLength(3);
  expect(Date.now() - startedAt).toBeGreaterThan(300);
});

it('delays, and then answers as ever', async () => {
  await bank.plant({ endpoint: 'discovery', times: 1, fault: { kind: 'delay', milliseconds: 250 } });
  const startedAt = Date.now();
  expect((await discovery()).status).toBe(200);
  expect(Date.now() - startedAt).toBeGreaterThan(240);
});

it('combines faults: slow, and then lost', async () => {
  await bank.plant({ endpoint: 'discovery', times: 1, fault: { kind: 'delay', milliseconds: 150 } });
  await bank.plant({ endpoint: 'discovery', times: 1, fault: { kind: 'answer_lost' } });
  const startedAt = Date.now();
  await expect(discovery()).rejects.toThrow();
  expect(Date.now() - startedAt).toBeGreaterThan(140);
});

it('rewrites JSON', async () => {
  const fault = { kind: 'rewrite_json' as const, set: { issuer: 'https://evil.example' }, remove: ['jwks_uri'] };
  await bank.plant({ endpoint: 'discovery', times: 1, fault });
  const metadata = (await (await discovery()).json()) as Record<string, unknown>;
  expect(metadata['issuer']).toBe('https://evil.example');
  expect(metadata).not.toHaveProperty('jwks_uri');
  expect(metadata).toHaveProperty('token_endpoint');
});

it('rewrites the callback: a wrong iss, a missing one, two of them', async () => {
  const rewriting = async (change: object): Promise<string[]> => {
    await bank.plant({ endpoint: 'authorize', times: 1, fault: { kind: 'rewrite_callback', ...change } });
    return (await callbackOf()).searchParams.getAll('iss');
  };
  expect(await rewriting({ set: { iss: 'https://evil.example' } })).toEqual(['https://evil.example']);
  expect(await rewriting({ remove: ['iss'] })).toEqual([]);
  expect(await rewriting({ duplicate: ['iss'] })).toEqual([bank.issuer, bank.issuer]);
  expect((await callbackOf()).searchParams.getAll('iss')).toEqual([bank.issuer]);
});

it('sends an OAuth error back through the person at the authorization endpoint', async () => {
  const fault = { kind: 'oauth_error' as const, error: 'temporarily_unavailable', errorDescription: 'try later' };
  await bank.plant({ endpoint: 'authorize', times: 1, fault });
  const { searchParams } = await callbackOf();
  expect(Object.fromEntries(searchParams)).toMatchObject({ error: 'temporarily_unavailable', iss: bank.issuer });
  expect(searchParams.has('code')).toBe(false);
  expect(searchParams.has('state')).toBe(true);
});

it.each([
  ['for somebody else', { set: { aud: 'somebody-else' } }],
  ['of another bank', { set: { iss: 'https://evil.example' } }],
  ['that has expired', { set: { exp: 1_700_000_000 } }],
  ['with another nonce', { set: { nonce: 'another' } }],
  ['without a nonce', { remove: ['nonce'] }],
  ['signed by a stranger', { signedBy: 'stranger' as const }],
  ['signed by nobody', { signedBy: 'nobody' as const }],
])('forges an ID token %s, which a FAPI client refuses', async (_what, forgery) => {
  await bank.plant({ endpoint: 'token', fault: { kind: 'forge_id_token', ...forgery } });
  await expect(client.obtain()).rejects.toThrow();
});

it('forges an ID token a client accepts, when nothing about it is wrong', async () => {
  await bank.plant({ endpoint: 'token', fault: { kind: 'forge_id_token', set: { extra: 'claim' } } });
  const tokens = await client.obtain();
  expect(tokens.claims()).toHaveProperty('extra', 'claim');
});

describe('the journal', () => {
  beforeEach(() => bank.control('DELETE', '/requests'));

  it('counts, and names parameters without telling their values', async () => {
    const { access_token: token } = await client.obtain();
    await client.fdx(token, '/accounts', { headers: { 'fdx-api-actor-type': 'BATCH' } });
    const { counts, requests } = await bank.requests();
    // Two each where a proof is needed and the first one lacks the nonce; the handle has known it since long before.
    expect(counts).toMatchObject({ par: 1, token: 1, accounts: 1, fdx: 1, authorize: 2 });
    expect(counts).not.toHaveProperty('revocation');
    const [authorize] = requests.filter((each) => each.endpoints.includes('authorize'));
    expect(authorize?.queryParameters.sort()).toEqual(['client_id', 'request_uri']);
    const [pushed] = requests.filter((each) => each.endpoints.includes('par'));
    expect(pushed).toMatchObject({ method: 'POST', path: '/par', status: 201, headers: { dpop: 'present' } });
    expect(pushed?.bodyParameters).toEqual(expect.arrayContaining(['authorization_details', 'client_assertion']));
    const [read] = (await bank.requests('accounts')).requests;
    expect(read?.headers).toMatchObject({ authorization: 'DPoP', 'fdx-api-actor-type': 'BATCH' });
  });

  it('shows null as the status of an answer that never left', async () => {
    await bank.plant({ endpoint: 'discovery', times: 1, fault: { kind: 'reset' } });
    await expect(discovery()).rejects.toThrow();
    const { requests } = await bank.requests('discovery');
    expect(requests).toMatchObject([{ status: null }]);
  });

  it('holds no secret, and neither does the log', async () => {
    const { access_token: token, refresh_token: refreshToken = '', id_token: idToken = '' } = await client.obtain();
    const journal = JSON.stringify(await bank.requests());
    for (const secret of [token, refreshToken, idToken, 'wonderland']) {
      expect(journal).not.toContain(secret);
      expect(bank.output).not.toContain(secret);
    }
    expect(bank.output).not.toMatch(/code=|request_uri=|client_assertion/);
  });
});
