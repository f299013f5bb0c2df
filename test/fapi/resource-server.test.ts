import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, type JWK } from 'jose';
import type { BoundTokens } from '../../src/fapi/token-set';
import { ClientAtBank } from './support/client-at-bank';
import { RecordingServer, type RecordedRequest } from './support/recording-server';

let at: ClientAtBank;
let fdx: RecordingServer;
let another: RecordingServer;
let tokens: BoundTokens;

beforeAll(async () => {
  at = await ClientAtBank.start();
  tokens = await at.tokens();
  fdx = await RecordingServer.start(at.bank.certificates);
  another = await RecordingServer.start(at.bank.certificates);
});

afterAll(() => Promise.all([at.stop(), fdx.stop(), another.stop()]));

const read = (server = fdx, client = at): Promise<Response> =>
  client.client.fetchWithToken(tokens, new URL(`${server.origin}/accounts?limit=10&offset=2`), {
    method: 'GET',
    headers: { accept: 'application/json' },
  });

const proofOf = ({ headers }: RecordedRequest) => decodeJwt(String(headers['dpop']));
const noncesSent = (server = fdx) => server.requests.map((request) => proofOf(request)['nonce']);

const useNonce = (nonce: string, scheme = 'DPoP') => ({
  status: 401,
  headers: { 'www-authenticate': `${scheme} error="use_dpop_nonce"`, 'dpop-nonce': nonce },
});

describe('a request with a token', () => {
  test('carries it in the Authorization header and nowhere else (FAPI 2.0 §5.3.3.1)', async () => {
    fdx.willAnswer();
    await read();
    const [request] = fdx.requests;
    expect(request?.headers.authorization).toBe(`DPoP ${tokens.accessToken}`);
    expect(request?.url.href).not.toContain(tokens.accessToken);
    expect(request?.body).not.toContain(tokens.accessToken);
  });

  test('is proven by the key the token is bound to: method, URL without query, and hash of the token (RFC 9449 §4.2)', async () => {
    fdx.willAnswer();
    await read();
    const [request] = fdx.requests;
    if (!request) throw new Error('no request');
    expect(proofOf(request)).toMatchObject({
      htm: 'GET',
      htu: `${fdx.origin}/accounts`,
      ath: createHash('sha256').update(tokens.accessToken).digest('base64url'),
    });
    const { typ, jwk } = decodeProtectedHeader(String(request.headers['dpop'])) as { typ?: string; jwk: JWK };
    expect(typ).toBe('dpop+jwt');
    expect(jwk).not.toHaveProperty('d');
    if (!('senderKey' in tokens)) throw new Error('not bound to a key');
    const { kty, crv, x, y } = tokens.senderKey;
    expect(await calculateJwkThumbprint(jwk)).toBe(await calculateJwkThumbprint({ kty, crv, x, y } as JWK));
  });

  test('has a fresh jti in every proof', async () => {
    fdx.willAnswer();
    await read();
    await read();
    const jtis = fdx.requests.map((request) => proofOf(request).jti);
    expect(new Set(jtis).size).toBe(2);
  });
});

describe('the nonce of a resource server (RFC 9449 §9)', () => {
  test.each(['DPoP', 'dPoP', 'dpop', 'DPOP'])('asked for with scheme %s is used in one more try', async (scheme) => {
    const client = at.again();
    fdx.willAnswer(useNonce('nonce-1', scheme));
    expect((await read(fdx, client)).status).toBe(200);
    expect(noncesSent()).toEqual([undefined, 'nonce-1']);
    await client.client.close();
  });

  test('asked for again and again is tried once more and no further', async () => {
    const client = at.again();
    fdx.willAnswer(useNonce('nonce-1'), useNonce('nonce-2'), useNonce('nonce-3'));
    expect((await read(fdx, client)).status).toBe(401);
    expect(fdx.requests).toHaveLength(2);
    await client.client.close();
  });

  test('that came with a 200 is used in the next request', async () => {
    const client = at.again();
    fdx.willAnswer({ status: 200, headers: { 'dpop-nonce': 'nonce-next' } });
    await read(fdx, client);
    await read(fdx, client);
    expect(noncesSent()).toEqual([undefined, 'nonce-next']);
    await client.client.close();
  });

  test('belongs to the server that gave it', async () => {
    const client = at.again();
    fdx.willAnswer({ status: 200, headers: { 'dpop-nonce': 'nonce-of-fdx' } });
    another.willAnswer();
    await read(fdx, client);
    await read(another, client);
    expect(noncesSent(another)).toEqual([undefined]);
    await client.client.close();
  });

  test('that changes with every answer costs no try, as long as it is told', async () => {
    const client = at.again();
    fdx.willAnswer(...['a', 'b', 'c', 'd'].map((nonce) => ({ status: 200, headers: { 'dpop-nonce': nonce } })));
    for (let each = 0; each < 4; each += 1) expect((await read(fdx, client)).status).toBe(200);
    expect(noncesSent()).toEqual([undefined, 'a', 'b', 'c']);
    await client.client.close();
  });
});
