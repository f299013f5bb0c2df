import { AUDIENCE, TokenIssuer } from '../unit/support/token-issuer';
import { currentStack } from '../setup/stack-access';
import type { Answer, Call } from './support/application';
import { fdxConsent, type Ran } from './support/command';
import { query } from './support/database';
import { startOtherApi, type OtherApi } from './support/other-api';
import { until } from './support/until';

/*
 * Applications as operators keep them, and what they show to be let in: by HTTP and by command, against a running API with few
 * requests to give.
 */
const stack = currentStack();
const LIMIT = 15;
const FAILURES = 20;
let issuer: TokenIssuer;
let api: OtherApi;

beforeAll(async () => {
  issuer = await TokenIssuer.start();
  api = await startOtherApi(stack, 'access', {
    ACCESS_TOKEN_ISSUERS: JSON.stringify([{ issuer: issuer.issuer, audience: AUDIENCE }]),
    RATE_LIMIT_PER_MINUTE: String(LIMIT),
    AUTHENTICATION_FAILURES_PER_MINUTE: String(FAILURES),
  });
});
afterAll(async () => {
  await api.stop();
  await issuer.stop();
});

let applications = 0;
/** A new application: its own limit, its own keys. */
async function newApplication(): Promise<string> {
  applications += 1;
  const id = `access-${applications}`;
  expect((await operator('/v1/applications', { method: 'POST', body: { id, name: 'Access' } })).status).toBe(201);
  return id;
}

function operator(path: string, call: Call = {}): Promise<Answer> {
  return api.application.call(path, { key: stack.operatorKey, ...call });
}

const asked = (key: string | undefined, path = '/v1/consents') => api.application.call(path, { key });

interface Key extends Record<string, unknown> {
  readonly id: string;
  readonly apiKey: string;
}

async function newKey(id: string, body: object = {}): Promise<Key> {
  const call = { method: 'POST', body: { label: 'backend', ...body } };
  const answer = await operator(`/v1/applications/${id}/keys`, call);
  expect(answer.status).toBe(201);
  return answer.json as Key;
}

const command = (...args: string[]): Promise<Ran> => fdxConsent([...args, '--json'], stack.productEnvironment);

/** Events of the service's chain that name it. */
async function eventsOf(id: string): Promise<Record<string, unknown>[]> {
  const rows = await query(
    stack,
    `SELECT event FROM audit_events WHERE chain = 'service' AND event LIKE $1 AND type ~ '^(api_key|application)' ORDER BY seq`,
    [`%"${id}"%`],
  );
  return rows.map(({ event }) => JSON.parse(String(event)) as Record<string, unknown>);
}

describe('applications', () => {
  test('are registered, read and replaced; each is there once', async () => {
    const id = await newApplication();
    const path = `/v1/applications/${id}`;
    const again = await operator('/v1/applications', { method: 'POST', body: { id, name: 'Other' } });
    expect([again.status, again.json['code']]).toEqual([409, 'application_exists']);
    const terms = {
      name: 'Budget',
      returnUrls: ['https://app.example/done'],
      mayDelegate: true,
      requestsPerMinute: 100,
    };
    expect((await operator(path, { method: 'PUT', body: terms })).json).toEqual({ id, ...terms });
    expect((await operator(path)).json).toEqual({ id, ...terms });
    const { applications: all } = (await operator('/v1/applications')).json as { applications: object[] };
    expect(all).toContainEqual({ id, ...terms });
    await operator(path, { method: 'PUT', body: { name: 'Budget' } });
    expect((await operator(path)).json).toEqual({ id, name: 'Budget', returnUrls: [], mayDelegate: false });
  });

  test.each([
    ['GET', '', undefined],
    ['PUT', '', { name: 'x' }],
    ['GET', '/keys', undefined],
    ['POST', '/keys', { label: 'x' }],
    ['GET', '/clients', undefined],
    ['POST', '/clients', { issuer: 'https://login.example', clientId: 'x' }],
  ])('that are not there are not found: %s …%s', async (method, rest, body) => {
    const answer = await operator(`/v1/applications/nobody${rest}`, { method, ...(body && { body }) });
    expect([answer.status, answer.json['code']]).toEqual([404, 'application_not_found']);
  });
});

describe('a key', () => {
  test('is shown once, and kept as a hash', async () => {
    const id = await newApplication();
    const { apiKey, ...key } = await newKey(id, { scopes: ['consents:read'] });
    expect(key).toMatchObject({ label: 'backend', state: 'active', scopes: ['consents:read'] });
    const listed = await operator(`/v1/applications/${id}/keys`);
    expect(listed.json).toEqual({ keys: [key] });
    const [row] = await query(stack, 'SELECT api_keys::text AS row FROM api_keys WHERE id = $1', [key.id]);
    expect(String(row?.['row'])).not.toContain(apiKey.slice(9));
    const made = await operator(`/v1/applications/${id}/keys`, { method: 'POST', body: { label: 'x' } });
    expect(made.headers.get('cache-control')).toBe('no-store');
    const log = await query(stack, `SELECT 1 FROM operator_actions WHERE subject::text LIKE '%fdxc%'`);
    expect(log).toEqual([]);
  });

  test('that is mistyped is told so, and opens nothing', async () => {
    const { apiKey } = await newKey(await newApplication());
    const answer = await asked(`${apiKey.slice(0, -1)}${apiKey.endsWith('0') ? '1' : '0'}`);
    expect(answer.json).toMatchObject({ status: 401, detail: 'the key is mistyped: its checksum does not fit.' });
  });

  test('works until its end, and no longer', async () => {
    const { apiKey, id } = await newKey(await newApplication(), {
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    });
    expect((await asked(apiKey)).status).toBe(200);
    await query(stack, 'UPDATE api_keys SET expires_at = now() WHERE id = $1', [id]);
    expect((await asked(apiKey)).json).toMatchObject({ status: 401, detail: 'the key is expired.' });
  });

  test.each(['2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z', 'tomorrow'])('does not end on %s', async (expiresAt) => {
    const body = { label: 'x', expiresAt };
    const answer = await operator(`/v1/applications/${await newApplication()}/keys`, { method: 'POST', body });
    expect([answer.status, answer.json['code']]).toEqual([400, 'request_invalid']);
  });

  test('is revoked at once, and for every process', async () => {
    const id = await newApplication();
    const { apiKey, id: keyId } = await newKey(id);
    const elsewhere = () => fetch(`${stack.urls.api}/v1/consents`, { headers: { authorization: `Bearer ${apiKey}` } });
    expect([(await asked(apiKey)).status, (await elsewhere()).status]).toEqual([200, 200]);
    const path = `/v1/applications/${id}/keys/${keyId}`;
    expect((await operator(path, { method: 'DELETE' })).status).toBe(204);
    expect([(await asked(apiKey)).status, (await elsewhere()).status]).toEqual([401, 401]);
    expect((await asked(apiKey)).json).toMatchObject({ detail: 'the key is revoked.' });
    // Twice is as good as once, and told once.
    expect((await operator(path, { method: 'DELETE' })).status).toBe(204);
    const told = await eventsOf(keyId);
    expect(told.map(({ type }) => type)).toEqual(['api_key.created', 'api_key.revoked']);
  });

  test('of another application is not found', async () => {
    const [mine, theirs] = [await newApplication(), await newApplication()];
    const { id: keyId } = await newKey(theirs);
    const paths = [`/v1/applications/${mine}/keys/${keyId}`, `/v1/applications/${mine}/keys/${keyId}/rotation`];
    for (const [index, path] of paths.entries()) {
      const answer = await operator(path, { method: index === 0 ? 'DELETE' : 'POST' });
      expect([answer.status, answer.json['code']]).toEqual([404, 'api_key_not_found']);
    }
  });

  test('is rotated: both work, until the overlap is over', async () => {
    const id = await newApplication();
    const old = await newKey(id, { scopes: ['consents:read'] });
    const path = `/v1/applications/${id}/keys/${old.id}/rotation`;
    const answer = await operator(path, { method: 'POST', body: { overlapSeconds: 3_600 } });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const fresh = answer.json as Key & { replaces: { id: string; expiresAt: string } };
    expect(fresh).toMatchObject({ label: 'backend', scopes: ['consents:read'], replaces: { id: old.id } });
    const left = Date.parse(fresh.replaces.expiresAt) - Date.now();
    expect(left).toBeGreaterThan(3_500_000);
    expect(left).toBeLessThan(3_700_000);
    expect([(await asked(old.apiKey)).status, (await asked(fresh.apiKey)).status]).toEqual([200, 200]);
    await query(stack, 'UPDATE api_keys SET expires_at = now() WHERE id = $1', [old.id]);
    expect([(await asked(old.apiKey)).status, (await asked(fresh.apiKey)).status]).toEqual([401, 200]);
    const again = await operator(path, { method: 'POST' });
    expect([again.status, again.json['code']]).toEqual([409, 'api_key_over']);
    const told = await eventsOf(old.id);
    expect(told.map(({ type }) => type)).toEqual(['api_key.created', 'api_key.rotated']);
    expect(told[1]?.['details']).toMatchObject({ scopes: ['consents:read'], replacedBy: fresh.id });
  });

  test('may be rotated at once', async () => {
    const id = await newApplication();
    const old = await newKey(id);
    const path = `/v1/applications/${id}/keys/${old.id}/rotation`;
    const { apiKey } = (await operator(path, { method: 'POST', body: { overlapSeconds: 0 } })).json as Key;
    expect([(await asked(old.apiKey)).status, (await asked(apiKey)).status]).toEqual([401, 200]);
  });

  test('is known by when it was last used, without an event for it', async () => {
    const id = await newApplication();
    const { apiKey, id: keyId } = await newKey(id);
    await Promise.all(Array.from({ length: 5 }, () => asked(apiKey)));
    const lastUsed = await until('the use is written down', async () => {
      const { keys } = (await operator(`/v1/applications/${id}/keys`)).json as { keys: { lastUsedAt?: string }[] };
      return keys[0]?.lastUsedAt;
    });
    expect(Math.abs(Date.parse(lastUsed) - Date.now())).toBeLessThan(30_000);
    expect((await eventsOf(keyId)).map(({ type }) => type)).toEqual(['api_key.created']);
  });
});

describe('an access token of another issuer', () => {
  test('speaks for the application that its client is said to be, with its scopes, until that is taken back', async () => {
    const id = await newApplication();
    const token = await issuer.token('budget-bee', 'consents:read');
    expect((await asked(token)).json).toMatchObject({
      code: 'token_invalid',
      detail: 'its client speaks for no application here.',
    });
    const body = { issuer: issuer.issuer, clientId: 'budget-bee' };
    const added = await operator(`/v1/applications/${id}/clients`, { method: 'POST', body });
    expect(added.json).toMatchObject(body);
    expect((await asked(token)).json).toEqual({ consents: [] });
    // Its scope is not enough for what it does not name.
    const institutions = await api.application.call('/v1/consents', { method: 'POST', key: token, body: {} });
    expect(institutions.headers.get('www-authenticate')).toContain('scope="consents:write"');
    expect(institutions.json).toMatchObject({ status: 403, code: 'scope_missing' });
    const asOperator = await asked(token, '/v1/applications');
    expect(asOperator.json).toMatchObject({ status: 403, code: 'forbidden' });

    const other = await operator(`/v1/applications/${await newApplication()}/clients`, { method: 'POST', body });
    expect([other.status, other.json['code']]).toEqual([409, 'application_client_exists']);
    const path = `/v1/applications/${id}/clients`;
    const client = added.json as { id: string };
    expect((await operator(path)).json).toEqual({ clients: [added.json] });
    expect((await operator(`${path}/${client.id}`, { method: 'DELETE' })).status).toBe(204);
    const removed = await operator(`${path}/${client.id}`, { method: 'DELETE' });
    expect([removed.status, removed.json['code']]).toEqual([404, 'application_client_not_found']);
    const refused = await asked(token);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toBe('Bearer realm="fdx-consent", error="invalid_token"');
    const told = (await eventsOf(id)).map(({ type }) => type);
    expect(told).toEqual(['application.added', 'application_client.added', 'application_client.removed']);
  });
});

describe('limits', () => {
  test('are an application’s, with all its keys together, and are told in every answer', async () => {
    const id = await newApplication();
    const [one, other] = [await newKey(id), await newKey(id)];
    const first = await asked(one.apiKey);
    expect(first.headers.get('ratelimit-policy')).toMatch(/^"application"; q=15; w=60; pk=:[\w+/=]+:$/);
    expect(first.headers.get('ratelimit')).toMatch(/^"application"; r=14; t=(60|59)$/);
    const answers = await Promise.all(
      Array.from({ length: LIMIT }, (_, index) => asked(index % 2 === 0 ? one.apiKey : other.apiKey)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array<number>(LIMIT - 1).fill(200), 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.json).toMatchObject({ code: 'rate_limited', status: 429 });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused?.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    // Others have their own, and what is nobody's has none.
    expect((await asked((await newKey(await newApplication())).apiKey)).status).toBe(200);
    expect((await asked(undefined, '/.well-known/jwks.json')).headers.has('ratelimit')).toBe(false);
  });

  test('are what an operator says for one, from the next request on', async () => {
    const id = await newApplication();
    const { apiKey } = await newKey(id);
    await asked(apiKey);
    expect((await command('applications', 'limit', id, '--per-minute', '2')).code).toBe(0);
    expect([(await asked(apiKey)).status, (await asked(apiKey)).status]).toEqual([200, 429]);
    expect((await command('applications', 'limit', id, '--default')).code).toBe(0);
    expect((await asked(apiKey)).status).toBe(200);
  });

  test('of what is refused are by address; whoever has a good key is let in all the same', async () => {
    const { apiKey } = await newKey(await newApplication());
    const codes = new Set<unknown>();
    for (let tries = 0; tries <= FAILURES; tries += 1) codes.add((await asked('fdxc_app_wrong')).json['code']);
    expect([...codes]).toEqual(['unauthenticated', 'rate_limited']);
    expect((await asked(apiKey)).status).toBe(200);
  });
});
