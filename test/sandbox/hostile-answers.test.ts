import { fetch, type Response } from 'undici';
import type { Endpoint } from '../../sandbox/control/endpoints';
import type { Fault } from '../../sandbox/control/fault';
import type { BankProcess } from './support/bank-process';
import { details, type FapiClient, YEAR_OF_ACCOUNTS } from './support/fapi-client';
import { lastAnswer } from './support/last-answer';
import { startBankOfTwo } from './support/two-clients';

let bank: BankProcess;
let client: FapiClient;
let token: string;

beforeAll(async () => {
  ({ bank, client } = await startBankOfTwo());
  token = (await client.obtain()).access_token;
});

afterAll(() => bank.stop());
afterEach(() => bank.control('DELETE', '/faults'));

const paths: Partial<Record<Endpoint, string>> = {
  discovery: '/.well-known/openid-configuration',
  jwks: '/jwks',
  par: '/par',
  authorize: '/authorize?client_id=budget-buddy&request_uri=urn:x',
  token: '/token',
  revocation: '/revoke',
  introspection: '/introspect',
  grants: '/grants/some-grant',
  registration: '/register',
  consents: '/fdx/v6/consents/some-consent',
  accounts: '/fdx/v6/accounts',
};
const everywhere = Object.entries(paths) as [Endpoint, string][];
const posted = new Set<Endpoint>(['par', 'token', 'revocation', 'introspection', 'registration']);

const ask = (endpoint: Endpoint, signal?: AbortSignal): Promise<Response> =>
  fetch(`${bank.issuer}${paths[endpoint] ?? ''}`, {
    dispatcher: bank.dispatcher,
    redirect: 'manual',
    method: posted.has(endpoint) ? 'POST' : 'GET',
    ...(signal && { signal }),
  });

const plant = (endpoint: Endpoint, fault: Fault): Promise<void> => bank.plant({ endpoint, times: 1, fault });

describe('redirects', () => {
  it.each(everywhere)('sends the client of %s in a circle', async (endpoint, path) => {
    await plant(endpoint, { kind: 'redirect_loop' });
    const { status, headers } = await ask(endpoint);
    expect([status, headers.get('location')]).toEqual([302, `${bank.issuer}${path}`]);
  });

  it('sends it to the same path at another origin, keeping method and body where told to', async () => {
    await plant('token', { kind: 'redirect_loop', status: 307, to: 'https://evil.example' });
    const { status, headers } = await ask('token');
    expect([status, headers.get('location')]).toEqual([307, 'https://evil.example/token']);
  });

  it('goes round for ever for whoever follows', async () => {
    await bank.plant({ endpoint: 'jwks', fault: { kind: 'redirect_loop' } });
    await expect(fetch(`${bank.issuer}/jwks`, { dispatcher: bank.dispatcher })).rejects.toMatchObject({
      cause: { message: 'redirect count exceeded' },
    });
  });
});

describe('a giant body', () => {
  it.each(everywhere)('comes from %s, as JSON and without a length', async (endpoint) => {
    await plant(endpoint, { kind: 'giant_body', megabytes: 1 });
    const response = await ask(endpoint);
    expect(response.headers.get('content-length')).toBeNull();
    expect(response.headers.get('content-type')).toContain('json');
    const { padding } = (await response.json()) as { padding: string };
    expect(padding).toHaveLength(1024 * 1024);
  });

  it('is 20 MB unless told otherwise, around what the bank really said', async () => {
    await plant('discovery', { kind: 'giant_body' });
    const metadata = (await (await ask('discovery')).json()) as Record<string, string>;
    expect(metadata['padding']).toHaveLength(20 * 1024 * 1024);
    expect(metadata['issuer']).toBe(bank.issuer);
  });

  it('ends as soon as the client hangs up', async () => {
    await bank.control('DELETE', '/requests');
    await plant('jwks', { kind: 'giant_body', megabytes: 1024 });
    const given = new AbortController();
    const { body } = await ask('jwks', given.signal);
    await body?.getReader().read();
    given.abort();
    // The journal shows null for an answer that never left whole; the bank goes on answering others.
    expect((await ask('jwks')).status).toBe(200);
    expect((await bank.requests('jwks')).requests.map(({ status }) => status)).toEqual([null, 200]);
  });
});

describe('malformed JSON', () => {
  it.each<[string, Fault]>([
    ['without its last byte', { kind: 'malformed_json' }],
    ['with something behind it', { kind: 'malformed_json', tail: '}<!-- proxy -->' }],
    ['cut off in the middle', { kind: 'malformed_json', cutAfterBytes: 90 }],
  ])('holds the real tokens, %s', async (_how, fault) => {
    const pending = await client.comeBack();
    await plant('token', fault);
    const { status, type, text } = await lastAnswer(client, () => client.exchange(pending.callback, pending));
    expect([status, type]).toEqual([200, expect.stringContaining('application/json')]);
    expect(text).toMatch(/^{"access_token":"[\w-]{43}/);
    expect(() => JSON.parse(text) as unknown).toThrow();
  });

  it.each<Endpoint>(['discovery', 'jwks', 'par', 'token', 'introspection', 'grants', 'consents', 'accounts'])(
    'comes from %s',
    async (endpoint) => {
      await plant(endpoint, { kind: 'malformed_json' });
      const text = await (await ask(endpoint)).text();
      expect(text).toMatch(/^\{/);
      expect(() => JSON.parse(text) as unknown).toThrow();
    },
  );
});

describe('answers that are none', () => {
  const page = '<!doctype html><title>Maintenance</title>';

  it.each<[string, Fault, [number, string | null, string]]>([
    [
      'a page with 200',
      { kind: 'status', status: 200, body: page, contentType: 'text/html' },
      [200, 'text/html', page],
    ],
    [
      'nothing with 200',
      { kind: 'status', status: 200, contentType: 'application/json' },
      [200, 'application/json', ''],
    ],
    ['204', { kind: 'status', status: 204 }, [204, expect.any(String) as string, '']],
  ])('are %s', async (_what, fault, expected) => {
    for (const [endpoint] of everywhere) {
      await plant(endpoint, fault);
      const response = await ask(endpoint);
      expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual(expected);
    }
  });

  it.each<[string, Fault]>([
    ['a page', { kind: 'replace_answer', status: 200, body: page, contentType: 'text/html' }],
    ['nothing', { kind: 'replace_answer', status: 200 }],
    ['204', { kind: 'replace_answer', status: 204 }],
  ])('may be %s where the bank has spent the code', async (_what, fault) => {
    const pending = await client.comeBack();
    await plant('token', fault);
    await expect(client.exchange(pending.callback, pending)).rejects.toThrow();
    await expect(client.exchange(pending.callback, pending)).rejects.toHaveProperty('error', 'invalid_grant');
  });
});

describe('answers in another form', () => {
  it('pushes with 200 instead of 201', async () => {
    await plant('par', { kind: 'rewrite_status', status: 200 });
    const asking = { scope: 'openid', authorization_details: details(YEAR_OF_ACCOUNTS) };
    await expect(client.push(asking)).rejects.toThrow(/status code/);
  });

  it('sets and removes headers', async () => {
    await plant('jwks', { kind: 'rewrite_headers', set: { 'Content-Type': 'text/plain' }, remove: ['Cache-Control'] });
    const { status, headers } = await ask('jwks');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/plain']);
  });

  it.each<[string, { set?: Record<string, unknown>; remove?: string[] }]>([
    ['token_type DPOP', { set: { token_type: 'DPOP' } }],
    ['token_type bearer', { set: { token_type: 'bearer' } }],
    ['no token_type', { remove: ['token_type'] }],
    ['no expires_in', { remove: ['expires_in'] }],
    ['expires_in as a string', { set: { expires_in: '900' } }],
  ])('gives tokens with %s, by rewrite_json', async (_what, change) => {
    await plant('token', { kind: 'rewrite_json', ...change });
    const { set = {}, remove = [] } = change;
    const { text } = await lastAnswer(client, () => client.clientCredentials());
    const seen = JSON.parse(text) as object;
    expect(seen).toMatchObject({ access_token: expect.any(String) as string, ...set });
    for (const name of remove) expect(seen).not.toHaveProperty(name);
  });

  it('grants more than was asked, by rewrite_json of the consent', async () => {
    const { access_token: own, fdxConsentId: id } = await client.obtain();
    const dataClusters = ['ACCOUNT_DETAILED', 'TRANSACTIONS', 'TAX'];
    const resources = [{ resourceType: 'ACCOUNT', resourceId: 'acc-1001', dataClusters }];
    await plant('consents', { kind: 'rewrite_json', set: { resources } });
    expect((await client.fdx(own, `/consents/${id}`)).body).toMatchObject({ resources });
    expect((await client.fdx(token, '/accounts')).status).toBe(200);
  });
});
