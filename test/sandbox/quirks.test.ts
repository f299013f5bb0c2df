import { fetch } from 'undici';
import { BankProcess } from './support/bank-process';
import { details, FapiClient, YEAR_OF_ACCOUNTS } from './support/fapi-client';
import { lastAnswer } from './support/last-answer';

let bank: BankProcess;
let client: FapiClient;
let other: FapiClient;

beforeAll(async () => {
  client = await FapiClient.create('budget-buddy');
  other = await FapiClient.create('tax-tool', 'PS256');
  const basic = { username: 'budget-buddy-consents', password: 'a-password' };
  bank = await BankProcess.start({ clients: [{ ...client.metadata, consent_api_basic: basic }, other.metadata] });
  await client.connect(bank);
  await other.connect(bank);
});

afterAll(() => bank.stop());
afterEach(() => bank.control('DELETE', '/behaviour'));

const behave = (change: object) => bank.control('PUT', '/behaviour', change);

const asking = { scope: 'openid offline_access', authorization_details: details(YEAR_OF_ACCOUNTS) };

it('changes what is named and leaves the rest, refuses what it does not know, and goes back to how it was', async () => {
  const { body: asBuilt } = await bank.control('GET', '/behaviour');
  await behave({ consentLinks: 'object' });
  const { body } = await behave({ errorCodes: 'number' });
  expect(body).toEqual({ ...(asBuilt as object), consentLinks: 'object', errorCodes: 'number' });
  expect((await behave({ consentLinks: 'none' })).status).toBe(400);
  expect((await behave({ unheardOf: true })).status).toBe(400);
  expect((await bank.control('DELETE', '/behaviour')).body).toEqual(asBuilt);
});

it('links a consent by an object instead of an array', async () => {
  const { access_token: token, fdxConsentId: id } = await client.obtain();
  const linksOf = async () => (await client.fdx(token, `/consents/${id}`)).body['links'];
  const href = `${bank.issuer}/fdx/v6/consents/${id}`;
  expect(await linksOf()).toContainEqual({ rel: 'self', action: 'GET', href });
  await behave({ consentLinks: 'object' });
  expect(await linksOf()).toEqual({
    self: { action: 'GET', href },
    revocation: { action: 'PUT', href: `${href}/revocation` },
  });
});

it.each([
  ['TIME_BASED', YEAR_OF_ACCOUNTS],
  ['ONETIME', { ...YEAR_OF_ACCOUNTS, durationType: 'ONE_TIME', durationPeriod: undefined }],
])('spells a duration %s', async (spelling, request) => {
  const asked = { scope: 'openid', authorization_details: details(request) };
  const { access_token: token, fdxConsentId: id } = await client.obtain({}, asked);
  await behave({ durationTypes: 'older' });
  expect((await client.fdx(token, `/consents/${id}`)).body['durationType']).toBe(spelling);
  const { authorization_details: granted } = await client.obtain({}, asked);
  expect(granted).toMatchObject([{ consentRequest: { durationType: spelling } }]);
});

it('numbers its errors', async () => {
  const { access_token: token } = await client.obtain();
  await behave({ errorCodes: 'number' });
  expect((await client.fdx(token, '/accounts/acc-9999')).body['code']).toBe(701);
  const { body } = await fetchJson('/accounts');
  expect(body['code']).toBe(603);
});

it('lets a request_uri live for as many seconds as it is told, and says so', async () => {
  const pushAndComeLate = async (): Promise<{ expiresIn: unknown; page: string }> => {
    let pushed: { url: URL } | undefined;
    const { text } = await lastAnswer(client, async () => (pushed = await client.push(asking)));
    await behave({ clockOffsetSeconds: 31 });
    const browser = client.browser();
    await browser.open(pushed?.url.href ?? '');
    await behave({ clockOffsetSeconds: 0 });
    return { expiresIn: (JSON.parse(text) as { expires_in: unknown }).expires_in, page: browser.text };
  };
  expect(await pushAndComeLate()).toEqual({ expiresIn: 60, page: expect.stringContaining('Password') as string });
  await behave({ requestUriLifeInSeconds: 30 });
  expect(await pushAndComeLate()).toEqual({ expiresIn: 30, page: expect.stringContaining('request_uri') as string });
});

describe('a password at the consent API (RFC 7617)', () => {
  const basic = (credentials: string): Record<string, string> => ({
    authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
  });
  const right = basic('budget-buddy-consents:a-password');

  it('reads and revokes the consents of the application that has it, without a token', async () => {
    const { access_token: token, fdxConsentId: id } = await client.obtain();
    expect(await fetchJson(`/consents/${id}`, right)).toMatchObject({ status: 200, body: { id, status: 'ACTIVE' } });
    const revocation = { reason: 'USER_ACTION', initiator: 'DATA_ACCESS_PLATFORM' };
    const { status } = await fetchJson(`/consents/${id}/revocation`, right, revocation);
    expect(status).toBe(204);
    expect((await client.fdx(token, '/accounts')).status).toBe(401);
  });

  it('tells a fault which client it is', async () => {
    const { fdxConsentId: id } = await client.obtain();
    for (const clientId of [client.id, other.id]) {
      await bank.plant({ endpoint: 'consents', clientId, times: 1, fault: { kind: 'rewrite_status', status: 503 } });
    }
    expect((await fetchJson(`/consents/${id}`, right)).status).toBe(503);
    expect((await fetchJson(`/consents/${id}`, right)).status).toBe(200);
    await bank.control('DELETE', '/faults');
  });

  it("never opens another application's consent, nor anything else", async () => {
    const { fdxConsentId: id } = await other.obtain();
    expect((await fetchJson(`/consents/${id}`, right)).status).toBe(404);
    expect((await fetchJson('/accounts', right)).status).toBe(401);
  });

  it.each(['budget-buddy-consents:another', 'tax-tool:a-password', ':'])('is refused when wrong: %s', async (wrong) => {
    const { status, body, challenge } = await fetchJson('/consents/some-consent', basic(wrong));
    expect([status, body['code'], challenge]).toEqual([401, '603', 'Basic realm="consents"']);
  });
});

async function fetchJson(
  target: string,
  headers: Record<string, string> = {},
  put?: object,
): Promise<{ status: number; body: Record<string, unknown>; challenge: string | null }> {
  const response = await fetch(`${bank.issuer}/fdx/v6${target}`, {
    dispatcher: bank.dispatcher,
    headers: { ...headers, ...(put && { 'content-type': 'application/json' }) },
    ...(put && { method: 'PUT', body: JSON.stringify(put) }),
  });
  const text = await response.text();
  const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  return { status: response.status, body, challenge: response.headers.get('www-authenticate') };
}
