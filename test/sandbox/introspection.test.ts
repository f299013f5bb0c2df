import * as oidc from 'openid-client';
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
afterEach(async () => {
  await bank.control('DELETE', '/faults');
  await bank.control('PUT', '/behaviour', { consentIdIn: 'token_response' });
});

/** From PAR to tokens, wherever the bank tells the id of the consent. */
async function tokensOf(asking: FapiClient) {
  const pending = await asking.push({
    scope: 'openid offline_access',
    authorization_details: details(YEAR_OF_ACCOUNTS),
  });
  const person = { username: 'alice', accounts: 'all' as const, stopAt: CALLBACK };
  return asking.exchange(await authorizeAtBank(asking.browser(), pending.url.href, person), pending);
}

async function latestConsentId(): Promise<string | undefined> {
  const { body } = await bank.control('GET', '/consents');
  return (body as { consents: { id: string }[] }).consents.at(-1)?.id;
}

it('tells what a token is good for, and which consent it came of (RFC 7662)', async () => {
  const tokens = await client.obtain();
  for (const token of [tokens.access_token, tokens.refresh_token ?? '']) {
    expect(await oidc.tokenIntrospection(client.config, token)).toMatchObject({
      active: true,
      client_id: client.id,
      fdxConsentId: tokens.fdxConsentId,
      authorization_details: tokens.authorization_details,
    });
  }
  const { cnf } = await oidc.tokenIntrospection(client.config, tokens.access_token);
  expect(cnf).toEqual({ jkt: expect.any(String) as string });
});

it('tells nobody anything about the token of somebody else', async () => {
  const { access_token: token } = await client.obtain();
  expect(await oidc.tokenIntrospection(other.config, token)).toEqual({ active: false });
});

it('names no consent for a token that came of none', async () => {
  const answer = await oidc.tokenIntrospection(client.config, await client.clientCredentials());
  expect(answer.active).toBe(true);
  expect(answer).not.toHaveProperty('fdxConsentId');
});

it('calls a token inactive once its consent has ended', async () => {
  const { access_token: token, fdxConsentId } = await client.obtain();
  await bank.control('POST', `/consents/${fdxConsentId}/revoke`);
  expect(await oidc.tokenIntrospection(client.config, token)).toEqual({ active: false });
});

it('is an endpoint with faults and a journal like any other', async () => {
  await bank.control('DELETE', '/requests');
  await bank.plant({ endpoint: 'introspection', clientId: client.id, times: 1, fault: { kind: 'reset' } });
  await expect(oidc.tokenIntrospection(client.config, 'token')).rejects.toThrow();
  expect(await oidc.tokenIntrospection(client.config, 'token')).toEqual({ active: false });
  expect((await bank.requests('introspection')).requests.map(({ status }) => status)).toEqual([null, 200]);
});

describe('the bank tells its id of the consent', () => {
  it.each(['token_response', 'id_token', 'introspection', 'grant_id', 'nowhere'] as const)('in: %s', async (place) => {
    await bank.control('PUT', '/behaviour', { consentIdIn: place });
    const tokens = await tokensOf(client);
    const introspected = await oidc.tokenIntrospection(client.config, tokens.access_token);
    const id = await latestConsentId();
    const told = {
      token_response: tokens.fdxConsentId,
      id_token: tokens.claims()?.['fdxConsentId'],
      grant_id: tokens['grant_id'],
      introspection: introspected['fdxConsentId'],
    };
    const nothing = { token_response: undefined, id_token: undefined, grant_id: undefined, introspection: undefined };
    expect(told).toEqual(place === 'nowhere' ? nothing : { ...nothing, introspection: id, [place]: id });
    // A refresh tells it in the same place.
    const refreshed = await client.refresh(tokens.refresh_token ?? '');
    expect([refreshed.fdxConsentId, refreshed.claims()?.['fdxConsentId'], refreshed['grant_id']]).toEqual([
      told.token_response,
      told.id_token,
      told.grant_id,
    ]);
  });

  it('nowhere it has not heard of', async () => {
    expect((await bank.control('PUT', '/behaviour', { consentIdIn: 'a letter' })).status).toBe(400);
  });
});
