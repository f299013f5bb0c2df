import { createHash } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { Agent, fetch } from 'undici';
import type { RequestAuthorization } from '../../src/fapi/authorize-request';
import type { BoundTokens } from '../../src/fapi/token-set';
import { ClientAtBank } from './support/client-at-bank';
import { failureOf } from './support/failure';

/*
 * What opens one request that somebody else makes (RFC 9449 §4.2), in the hands of somebody who has neither our key nor our client.
 */
let at: ClientAtBank;
let tokens: BoundTokens;
let dispatcher: Agent;
let url: URL;

beforeAll(async () => {
  at = await ClientAtBank.start();
  tokens = await at.tokens();
  dispatcher = new Agent({ connect: { ca: at.bank.certificates.caPem } });
  url = new URL(`${at.profile.fdx.baseUrl}/accounts/acc-1001`);
});

afterAll(async () => {
  await dispatcher.destroy();
  await at.stop();
});

async function carry(
  headers: RequestAuthorization,
  target: URL = url,
  method = 'GET',
): Promise<{ status: number; challenge: string; nonce: string | undefined; body: string }> {
  const response = await fetch(target, { dispatcher, method, headers: { ...headers } });
  return {
    status: response.status,
    challenge: response.headers.get('www-authenticate') ?? '',
    nonce: response.headers.get('dpop-nonce') ?? undefined,
    body: await response.text(),
  };
}

const authorize = (target = url, nonce?: string) => at.client.authorizeRequest(tokens, 'GET', target, nonce);

test('opens that request, and says nothing of a key but its public half', async () => {
  const headers = await authorize();
  const { status, body } = await carry(headers);
  expect([status, body]).toEqual([200, expect.stringContaining('"accountId":"acc-1001"')]);
  const { jwk, typ } = decodeProtectedHeader(headers.dpop);
  expect(typ).toBe('dpop+jwt');
  expect(Object.keys(jwk ?? {}).sort()).toEqual(['crv', 'kty', 'x', 'y']);
  expect(decodeJwt(headers.dpop)).toMatchObject({
    htm: 'GET',
    htu: url.href,
    ath: createHash('sha256').update(tokens.accessToken).digest('base64url'),
  });
});

test('opens it once: the bank knows the jti', async () => {
  const headers = await authorize();
  expect((await carry(headers)).status).toBe(200);
  const again = await carry(headers);
  expect([again.status, again.challenge]).toEqual([401, expect.stringContaining('jti was used before')]);
});

test('opens no other address and no other method', async () => {
  const other = new URL(`${at.profile.fdx.baseUrl}/accounts/acc-1002`);
  expect((await carry(await authorize(), other)).challenge).toContain('htu is not the URL');
  expect((await carry(await authorize(), url, 'POST')).challenge).toContain('htm is not the method');
});

test('does not bind the query (RFC 9449 §4.2): what may be asked there is the bank’s to enforce', async () => {
  const list = new URL(`${at.profile.fdx.baseUrl}/accounts?limit=1`);
  const headers = await authorize(list);
  expect(decodeJwt(headers.dpop)['htu']).toBe(`${at.profile.fdx.baseUrl}/accounts`);
  expect((await carry(headers, new URL('?limit=2', list))).status).toBe(200);
});

test('is worth nothing with the token alone', async () => {
  const { authorization } = await authorize();
  const response = await fetch(url, { dispatcher, headers: { authorization } });
  await response.body?.cancel();
  expect(response.status).toBe(401);
});

test('has the nonce that this server gave us last, or a newer one that the carrier was asked for', async () => {
  expect(decodeJwt((await authorize()).dpop)['nonce']).toEqual(expect.any(String));
  const fresh = at.again();
  const first = await fresh.client.authorizeRequest(tokens, 'GET', url);
  expect(decodeJwt(first.dpop)['nonce']).toBeUndefined();
  const asked = await carry(first);
  expect([asked.status, asked.challenge]).toEqual([401, expect.stringContaining('use_dpop_nonce')]);
  const second = await fresh.client.authorizeRequest(tokens, 'GET', url, asked.nonce);
  expect((await carry(second)).status).toBe(200);
  // What a carrier says is good for its own request only.
  expect(decodeJwt((await fresh.client.authorizeRequest(tokens, 'GET', url)).dpop)['nonce']).toBeUndefined();
  await fresh.client.close();
});

test('is never made for a token that is bound to our certificate', async () => {
  const bound = { accessToken: tokens.accessToken, certificateThumbprint: 'x'.repeat(43) };
  const failure = await failureOf(at.client.authorizeRequest(bound, 'GET', url));
  expect(failure.code).toBe('delegation_not_possible');
});

test.each(['PS256', 'EdDSA'] as const)('works with a key of %s', async (algorithm) => {
  const other = at.again({ senderConstraint: { method: 'dpop', algorithm } });
  const own = await other.tokens();
  const headers = await other.client.authorizeRequest(own, 'GET', url);
  expect(decodeProtectedHeader(headers.dpop).alg).toBe(algorithm);
  expect((await carry(headers)).status).toBe(200);
  await other.client.close();
});
