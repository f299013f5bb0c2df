import type { BankProcess } from './support/bank-process';
import { withClocksAhead } from './support/clocks';
import type { FapiClient } from './support/fapi-client';
import { startBankOfTwo } from './support/two-clients';

let bank: BankProcess;
let client: FapiClient;

beforeAll(async () => {
  ({ bank, client } = await startBankOfTwo());
});
afterAll(() => bank.stop());

const update = (id: string, body: object) => bank.control('POST', `/consents/${id}/update`, body);
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

async function grantOf(id: string): Promise<Record<string, unknown>> {
  const { body } = await client.fdx(await client.clientCredentials('fdx:consents:read'), `/consents/${id}`);
  return body;
}

const refreshIn = (days: number, refreshToken: string) =>
  withClocksAhead(bank, days * 86_400, () => client.refresh(refreshToken));

describe('a consent that the bank updates', () => {
  it('shares less at once: in the grant, at the accounts, and in what later token responses say', async () => {
    const scope = 'openid offline_access fdx:accountdetailed:read fdx:transactions:read fdx:customercontact:read';
    const tokens = await client.obtain({ accounts: ['Everyday Checking'] }, { scope });
    const { access_token: token, fdxConsentId: id } = tokens;
    expect((await update(id, { dataClusters: ['ACCOUNT_DETAILED'] })).status).toBe(204);
    const dataClusters = ['ACCOUNT_DETAILED'];
    expect((await grantOf(id))['resources']).toEqual([
      { resourceType: 'ACCOUNT', resourceId: 'acc-1001', dataClusters },
    ]);
    expect((await client.fdx(token, '/accounts/acc-1001')).status).toBe(200);
    expect((await client.fdx(token, '/accounts/acc-1001/transactions')).body['code']).toBe('602');
    const { scope: left } = await client.refresh(tokens.refresh_token ?? '');
    expect(left).toBe('fdx:accountdetailed:read');
  });

  it('is told as it is now in the details of a refresh and of introspection (RFC 9396 §7, §9)', async () => {
    const { fdxConsentId: id, refresh_token: refreshToken = '' } = await client.obtain({
      accounts: ['Everyday Checking'],
    });
    await update(id, { dataClusters: ['TRANSACTIONS'] });
    const resources = [{ resourceType: 'ACCOUNT', resourceId: 'acc-1001', dataClusters: ['TRANSACTIONS'] }];
    const { authorization_details: granted } = await client.refresh(refreshToken);
    expect(granted).toMatchObject([{ consentRequest: { resources } }]);
  });

  it('ends sooner, and its refresh token with it', async () => {
    const { fdxConsentId: id, refresh_token: refreshToken = '' } = await client.obtain();
    const expirationTime = inDays(10);
    expect((await update(id, { expirationTime })).status).toBe(204);
    expect(await grantOf(id)).toMatchObject({ status: 'ACTIVE', expirationTime });
    await expect(refreshIn(9, refreshToken)).resolves.toBeDefined();
    await expect(refreshIn(11, refreshToken)).rejects.toHaveProperty('error', 'invalid_grant');
  });

  it('ends later, and its refresh token with it', async () => {
    const { fdxConsentId: id, refresh_token: refreshToken = '' } = await client.obtain();
    await update(id, { expirationTime: inDays(500) });
    await expect(refreshIn(499, refreshToken)).resolves.toBeDefined();
    await expect(refreshIn(501, refreshToken)).rejects.toHaveProperty('error', 'invalid_grant');
  });

  it.each<[string, object]>([
    ['shares more than the person said', { dataClusters: ['ACCOUNT_DETAILED', 'TAX'] }],
    ['shares nothing', { dataClusters: [] }],
    ['ends in the past', { expirationTime: inDays(-1) }],
    ['is changed in another way', { status: 'ACTIVE' }],
  ])('never %s', async (_, body) => {
    const { fdxConsentId: id } = await client.obtain();
    const before = await grantOf(id);
    expect((await update(id, body)).status).toBe(400);
    expect(await grantOf(id)).toEqual(before);
  });
});

describe('a consent that expires by the control port', () => {
  it('is EXPIRED, and its tokens are dead', async () => {
    const { access_token: token, fdxConsentId: id, refresh_token: refreshToken = '' } = await client.obtain();
    expect((await bank.control('POST', `/consents/${id}/expire`)).status).toBe(204);
    const { status, expirationTime } = await grantOf(id);
    expect([status, Date.parse(String(expirationTime)) <= Date.now()]).toEqual(['EXPIRED', true]);
    expect((await client.fdx(token, '/accounts')).status).toBe(401);
    await expect(client.refresh(refreshToken)).rejects.toHaveProperty('error', 'invalid_grant');
  });
});

it.each(['revoke', 'update', 'expire'])('says of %s that it is too late, or about nothing', async (deed) => {
  const { fdxConsentId: id } = await client.obtain();
  await bank.control('POST', `/consents/${id}/revoke`);
  expect((await bank.control('POST', `/consents/${id}/${deed}`, {})).status).toBe(409);
  expect((await bank.control('POST', `/consents/never/${deed}`, {})).status).toBe(404);
});
