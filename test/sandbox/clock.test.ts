import { decodeJwt } from 'jose';
import * as oidc from 'openid-client';
import { fetch, type Response } from 'undici';
import { authorizeAtBank } from '../../sandbox/person';
import { BankProcess } from './support/bank-process';
import { ProofMaker } from './support/dpop-proof';
import { CALLBACK, details, FapiClient, YEAR_OF_ACCOUNTS } from './support/fapi-client';

let bank: BankProcess;
let client: FapiClient;
let request: { method: 'GET'; url: string };

beforeAll(async () => {
  client = await FapiClient.create('budget-buddy');
  bank = await BankProcess.start({ clients: [client.metadata] });
  await client.connect(bank);
  request = { method: 'GET', url: `${bank.issuer}/fdx/v6/accounts` };
});

afterAll(() => bank.stop());
afterEach(() => bank.control('DELETE', '/behaviour'));

const shift = (clockOffsetSeconds: number) => bank.control('PUT', '/behaviour', { clockOffsetSeconds });
const now = (): number => Math.floor(Date.now() / 1000);

it('is off in ID tokens, in the date of every answer, and in what FDX tells, until it is put right', async () => {
  const difference = async (): Promise<number[]> => {
    const { id_token: idToken = '', access_token: token, fdxConsentId } = await client.obtain();
    const { headers, body } = await client.fdx(token, `/consents/${fdxConsentId}`);
    const told = [headers.get('date') ?? '', String(body['createdTime'])].map((date) => Date.parse(date) / 1000);
    return [decodeJwt(idToken).iat ?? 0, ...told].map((instant) => instant - now());
  };
  expect(Math.max(...(await difference()).map(Math.abs))).toBeLessThan(5);
  // As far as openid-client lets a bank be wrong.
  await shift(25);
  const wrong = await difference();
  for (const seconds of wrong) expect(Math.abs(seconds - 25)).toBeLessThan(5);
  expect((await bank.control('DELETE', '/behaviour')).body).toMatchObject({ clockOffsetSeconds: 0 });
  expect(Math.max(...(await difference()).map(Math.abs))).toBeLessThan(5);
});

it('makes an ID token that a client refuses, and the bank refuse assertions that to it have expired', async () => {
  await shift(-900);
  await expect(client.obtain()).rejects.toThrow();
  await shift(900);
  await expect(client.clientCredentials()).rejects.toHaveProperty('error', 'invalid_client');
});

it('makes proofs too old or too new for the FDX API, whose nonces go by the same clock', async () => {
  const { access_token: token } = await client.obtain();
  await shift(-400);
  const { status, body } = await client.fdx(token, '/accounts');
  expect([status, body['debugMessage']]).toEqual([401, 'DPoP proof: iat is not recent']);
  await shift(0);
  expect((await client.fdx(token, '/accounts')).status).toBe(200);
});

it('ends what to it has expired, and knows it again when it is put right', async () => {
  const proofs = await ProofMaker.create();
  client.dpop = oidc.getDPoPHandle(client.config, proofs.keys);
  const { access_token: token } = await client.obtain();
  const pushed = await client.push(asking);

  // oidc-provider allows for clocks that are off by a quarter of a minute.
  await shift(930);
  const iat = now() + 930;
  const { headers } = await callAccounts(token, await proofs.make({ ...request, token }, { iat }));
  const nonce = headers.get('dpop-nonce') ?? '';
  const refused = await callAccounts(token, await proofs.make({ ...request, token, nonce }, { iat }));
  expect(await refused.json()).toHaveProperty('debugMessage', 'unknown, expired or revoked');
  await expect(signIn(pushed.url)).rejects.toThrow(/did not send the person back: 400/);

  await shift(0);
  expect((await client.fdx(token, '/accounts')).status).toBe(200);
  await expect(signIn(pushed.url)).resolves.toContain('code=');
});

it('changes no life: what was given while it was off lasts as long as ever, and no longer', async () => {
  await shift(25);
  const { access_token: token, expires_in: life, refresh_token: refreshToken = '' } = await client.obtain();
  await shift(0);
  expect(life).toBe(900);
  expect((await client.fdx(token, '/accounts')).status).toBe(200);
  await expect(client.refresh(refreshToken)).resolves.toHaveProperty('access_token');
});

const asking = { scope: 'openid offline_access', authorization_details: details(YEAR_OF_ACCOUNTS) };
const signIn = (url: URL): Promise<string> =>
  authorizeAtBank(client.browser(), url.href, { username: 'alice', accounts: 'all', stopAt: CALLBACK });

const callAccounts = (token: string, dpop: string): Promise<Response> =>
  fetch(request.url, { dispatcher: bank.dispatcher, headers: { authorization: `DPoP ${token}`, dpop } });
