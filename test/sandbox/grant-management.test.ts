import type { BankProcess } from './support/bank-process';
import type { FapiClient } from './support/fapi-client';
import { details, YEAR_OF_ACCOUNTS } from './support/fapi-client';
import { startBankOfTwo } from './support/two-clients';

let bank: BankProcess;
let client: FapiClient;
let other: FapiClient;

beforeAll(async () => {
  ({ bank, client, other } = await startBankOfTwo());
});

afterAll(() => bank.stop());
afterEach(() => bank.control('DELETE', '/faults'));

const QUERY = 'grant_management_query';
const REVOKE = 'grant_management_revoke';

const asking = {
  scope: 'openid offline_access',
  authorization_details: details(YEAR_OF_ACCOUNTS),
  grant_management_action: 'create',
};

/** A consent that came with a `grant_id`, and its tokens. */
async function managedGrant(parameters: Record<string, string> = asking, username = 'alice') {
  const tokens = await client.obtain({ username }, parameters);
  return { tokens, id: tokens['grant_id'] as string };
}

it('says in its metadata that it manages grants (draft §7.1)', () => {
  expect(client.config.serverMetadata()).toMatchObject({
    grant_management_endpoint: `${bank.issuer}/grants`,
    grant_management_actions_supported: ['query', 'revoke', 'create'],
    grant_management_action_required: false,
    scopes_supported: expect.arrayContaining([QUERY, REVOKE]) as string[],
  });
});

describe('a grant_id (draft §5)', () => {
  it('comes with the tokens when it was asked for, and with those of a refresh', async () => {
    const { tokens, id } = await managedGrant();
    expect(id).toBe(tokens.fdxConsentId);
    expect((await client.refresh(tokens.refresh_token ?? ''))['grant_id']).toBe(id);
  });

  it('does not come unasked', async () => {
    expect(await client.obtain()).not.toHaveProperty('grant_id');
  });

  it.each(['update', 'replace', 'destroy'])('is not for %s here, which PAR refuses (§5.3)', async (action) => {
    const pushed = client.push({ ...asking, grant_management_action: action });
    await expect(pushed).rejects.toHaveProperty('error', 'invalid_request');
  });
});

describe('GET /grants/{id} (draft §6.4)', () => {
  it('tells what was granted, by details', async () => {
    const { tokens, id } = await managedGrant();
    const { status, headers, body } = await client.call(await client.clientCredentials(QUERY), `/grants/${id}`);
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toEqual({
      scopes: [{ scope: 'openid offline_access' }],
      authorization_details: tokens.authorization_details,
    });
  });

  it('tells what was granted, by scopes with their resource', async () => {
    const scope = 'openid fdx:accountdetailed:read fdx:transactions:read';
    const { id } = await managedGrant({ scope, grant_management_action: 'create' });
    const { body } = await client.call(await client.clientCredentials(QUERY), `/grants/${id}`);
    expect(body).toEqual({
      scopes: [
        { scope: 'openid' },
        { scope: 'fdx:accountdetailed:read fdx:transactions:read', resources: [`${bank.issuer}/fdx/v6`] },
      ],
      authorization_details: [],
    });
  });

  it("takes a person's token with the scope for it, about their own grants", async () => {
    const parameters = { ...asking, scope: `openid ${QUERY}` };
    const { tokens, id } = await managedGrant(parameters);
    expect((await client.call(tokens.access_token, `/grants/${id}`)).status).toBe(200);
    const { id: bobs } = await managedGrant(parameters, 'bob');
    expect((await client.call(tokens.access_token, `/grants/${bobs}`)).status).toBe(403);
  });
});

describe('DELETE /grants/{id} (draft §6.5)', () => {
  it('ends the consent and every token of it', async () => {
    const { tokens, id } = await managedGrant();
    const own = await client.clientCredentials(`${QUERY} ${REVOKE} fdx:consents:read`);
    const { status, bytes } = await client.call(own, `/grants/${id}`, { method: 'DELETE' });
    expect([status, bytes.length]).toEqual([204, 0]);
    expect((await client.fdx(tokens.access_token, '/accounts')).status).toBe(401);
    await expect(client.refresh(tokens.refresh_token ?? '')).rejects.toHaveProperty('error', 'invalid_grant');
    const { body } = await client.fdx(own, `/consents/${id}/revocation`);
    expect(body['revocations']).toMatchObject([{ status: 'REVOKED', initiator: 'DATA_ACCESS_PLATFORM' }]);
    for (const method of ['GET', 'DELETE']) {
      expect((await client.call(own, `/grants/${id}`, { method })).status).toBe(404);
    }
  });

  it('loses its answer only after the grant has ended', async () => {
    const { id } = await managedGrant();
    const own = await client.clientCredentials(`${QUERY} ${REVOKE}`);
    await bank.plant({ endpoint: 'grants', clientId: client.id, times: 1, fault: { kind: 'answer_lost' } });
    await expect(client.call(own, `/grants/${id}`, { method: 'DELETE' })).rejects.toThrow();
    expect((await client.call(own, `/grants/${id}`)).status).toBe(404);
  });
});

describe('a request about a grant is refused (draft §6.6)', () => {
  it.each([
    ['GET', REVOKE, QUERY],
    ['DELETE', QUERY, REVOKE],
  ])('%s with %s alone: 403, naming %s', async (method, scope, missing) => {
    const { id } = await managedGrant();
    const { status, headers, body } = await client.call(await client.clientCredentials(scope), `/grants/${id}`, {
      method,
    });
    expect([status, body['error'], body['error_description']]).toEqual([
      403,
      'insufficient_scope',
      `scope ${missing} is missing`,
    ]);
    expect(headers.get('www-authenticate')).toContain('error="insufficient_scope"');
  });

  it.each(['GET', 'DELETE'])('%s of another client: 403, and the grant lives on', async (method) => {
    const { tokens, id } = await managedGrant();
    const token = await other.clientCredentials(`${QUERY} ${REVOKE}`);
    expect((await other.call(token, `/grants/${id}`, { method })).status).toBe(403);
    expect((await client.fdx(tokens.access_token, '/accounts')).status).toBe(200);
  });

  it('about a grant that never was: 404', async () => {
    const token = await client.clientCredentials(QUERY);
    for (const id of ['nothing', '%', 'a/b']) expect((await client.call(token, `/grants/${id}`)).status).toBe(404);
  });

  it('with a token that is bound to another key, or none at all: 401', async () => {
    const { id } = await managedGrant();
    const token = await client.clientCredentials(QUERY);
    await client.renewDpopKey();
    const { status, body } = await client.call(token, `/grants/${id}`);
    expect([status, body['error']]).toEqual([401, 'invalid_token']);
    const bare = await client.fetch(`${bank.issuer}/grants/${id}`, { method: 'GET' } as never);
    expect(bare.status).toBe(401);
    expect(bare.headers.get('www-authenticate')).toContain('DPoP error="invalid_token"');
  });

  it('by another method: 405', async () => {
    const { id } = await managedGrant();
    const token = await client.clientCredentials(`${QUERY} ${REVOKE}`);
    expect((await client.call(token, `/grants/${id}`, { method: 'POST' })).status).toBe(405);
  });
});
