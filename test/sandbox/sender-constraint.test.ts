import { randomUUID } from 'node:crypto';
import * as oidc from 'openid-client';
import { fetch, type Response } from 'undici';
import { BankProcess } from './support/bank-process';
import { ProofMaker } from './support/dpop-proof';
import { FapiClient } from './support/fapi-client';

let bank: BankProcess;
let client: FapiClient;
let proofs: ProofMaker;
let token: string;
let url: string;
let nonce: string;

beforeAll(async () => {
  client = await FapiClient.create('budget-buddy');
  proofs = await ProofMaker.create();
  bank = await BankProcess.start({ clients: [client.metadata] });
  await client.connect(bank);
  client.dpop = oidc.getDPoPHandle(client.config, proofs.keys);
  token = (await client.obtain()).access_token;
  url = `${bank.issuer}/fdx/v6/accounts`;
  const unknowing = await call(await proofs.make({ method: 'GET', url, token }));
  nonce = unknowing.headers.get('dpop-nonce') ?? '';
});

afterAll(() => bank.stop());

const call = (proof: string | undefined, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, {
    dispatcher: bank.dispatcher,
    headers: { authorization: `DPoP ${token}`, ...(proof !== undefined && { dpop: proof }), ...headers },
  });

const refusal = async (response: Response): Promise<string> => {
  const { code } = (await response.json()) as { code: string };
  const [, error] = /error="([^"]+)"/.exec(response.headers.get('www-authenticate') ?? '') ?? [];
  return `${response.status} ${code} ${error ?? ''}`;
};

it('answers a proof without a nonce with the nonce to use (RFC 9449 §9)', async () => {
  const response = await call(await proofs.make({ method: 'GET', url, token }));
  expect(response.headers.get('dpop-nonce')).toBe(nonce);
  expect(await refusal(response)).toBe('401 603 use_dpop_nonce');
});

it('takes a nonce of the authorization server, which is the same origin', async () => {
  // The handle of openid-client has only ever been given a nonce by /par and /token.
  const handle = oidc.getDPoPHandle(client.config, proofs.keys);
  await oidc.clientCredentialsGrant(client.config, { scope: 'fdx:consents:read' }, { DPoP: handle });
  const before = (await bank.requests('accounts')).counts['accounts'] ?? 0;
  await oidc.fetchProtectedResource(client.config, token, new URL(url), 'GET', null, undefined, { DPoP: handle });
  expect((await bank.requests('accounts')).counts['accounts']).toBe(before + 1);
});

it('serves a good proof once, and never the same proof again', async () => {
  const proof = await proofs.make({ method: 'GET', url, token, nonce });
  expect((await call(proof)).status).toBe(200);
  expect(await refusal(await call(proof))).toBe('401 603 invalid_dpop_proof');
});

it('takes the scheme in any case (RFC 9110 §11.1)', async () => {
  const proof = await proofs.make({ method: 'GET', url, token, nonce });
  expect((await call(proof, { authorization: `dpop ${token}` })).status).toBe(200);
});

it.each([
  ['another method', { htm: 'POST' }],
  ['another URL', { htu: 'https://localhost/elsewhere' }],
  ['another token', { ath: 'bm90IHRoZSBoYXNo' }],
  ['an old time', { iat: 1_700_000_000 }],
  ['no jti', { jti: undefined }],
])('refuses a proof for %s', async (_what, wrong) => {
  expect(await refusal(await call(await proofs.make({ method: 'GET', url, token, nonce }, wrong)))).toBe(
    '401 603 invalid_dpop_proof',
  );
});

it('refuses a JWT that is not a proof', async () => {
  const other = await proofs.make({ method: 'GET', url, token, nonce }, {}, 'JWT');
  expect(await refusal(await call(other))).toBe('401 603 invalid_dpop_proof');
});

it('refuses a token that was stolen without its key', async () => {
  const thief = await ProofMaker.create();
  const proof = await thief.make({ method: 'GET', url, token, nonce });
  expect(await refusal(await call(proof))).toBe('401 603 invalid_token');
});

it('refuses a token without a proof, as a bearer token, or made up', async () => {
  expect(await refusal(await call(undefined))).toBe('401 603 invalid_dpop_proof');
  const bearer = await call(undefined, { authorization: `Bearer ${token}` });
  expect(await refusal(bearer)).toBe('401 603 invalid_token');
  const madeUp = await proofs.make({ method: 'GET', url, token: 'made-up', nonce });
  expect(await refusal(await call(madeUp, { authorization: 'DPoP made-up' }))).toBe('401 603 invalid_token');
});

it('echoes x-fapi-interaction-id, on refusals too, and makes one up where there is none', async () => {
  const id = randomUUID();
  const refused = await call(undefined, { 'x-fapi-interaction-id': id });
  expect(refused.headers.get('x-fapi-interaction-id')).toBe(id);
  expect((await call(undefined)).headers.get('x-fapi-interaction-id')).toMatch(/^[0-9a-f-]{36}$/);
  const malformed = await call(undefined, { 'x-fapi-interaction-id': 'not-a-uuid' });
  expect(malformed.status).toBe(400);
});
