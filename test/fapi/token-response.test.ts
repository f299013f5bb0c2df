import type { Fault } from '../../sandbox/control/fault';
import { ConsentFailure, type FailureCode } from '../../src/domain/failures';
import { ClientAtBank, Custody } from './support/client-at-bank';

let at: ClientAtBank;

beforeAll(async () => {
  at = await ClientAtBank.start();
});

afterEach(() => at.bank.control('DELETE', '/faults'));

afterAll(() => at.stop());

const tokens = (fault: Fault) => at.bank.plant({ endpoint: 'token', fault });

describe('a token response is accepted', () => {
  test.each<[string, Fault]>([
    ['without expires_in (RFC 6749 §5.1)', { kind: 'rewrite_json', remove: ['expires_in'] }],
    ['without scope: it is what was asked (RFC 6749 §5.1)', { kind: 'rewrite_json', remove: ['scope'] }],
    ['with token_type DPOP', { kind: 'rewrite_json', set: { token_type: 'DPOP' } }],
    ['with token_type dpop', { kind: 'rewrite_json', set: { token_type: 'dpop' } }],
    ['with expires_in as text', { kind: 'rewrite_json', set: { expires_in: '300' } }],
    ['with members nobody knows', { kind: 'rewrite_json', set: { bank_says: { hello: ['world'] } } }],
    ['with an ID token whose aud is an array of us alone', { kind: 'forge_id_token', set: { aud: ['our-client'] } }],
  ])('%s', async (_, fault) => {
    await tokens(fault);
    const accepted = await at.tokens();
    expect((await at.accounts(accepted)).status).toBe(200);
  });
});

describe('a token response is refused, and its tokens stay in custody', () => {
  const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

  test.each<[string, () => Fault, FailureCode]>([
    [
      'as plain Bearer where DPoP was asked',
      () => ({ kind: 'rewrite_json', set: { token_type: 'Bearer' } }),
      'as_response_invalid',
    ],
    ['without token_type', () => ({ kind: 'rewrite_json', remove: ['token_type'] }), 'as_response_invalid'],
    [
      'without an ID token where openid was asked',
      () => ({ kind: 'rewrite_json', remove: ['id_token'] }),
      'id_token_invalid',
    ],
    [
      'with an ID token of another issuer',
      () => ({ kind: 'forge_id_token', set: { iss: 'https://elsewhere.example' } }),
      'id_token_invalid',
    ],
    ['with an ID token without iss', () => ({ kind: 'forge_id_token', remove: ['iss'] }), 'id_token_invalid'],
    [
      'with an ID token for somebody else',
      () => ({ kind: 'forge_id_token', set: { aud: 'somebody' } }),
      'id_token_invalid',
    ],
    ['with an ID token without aud', () => ({ kind: 'forge_id_token', remove: ['aud'] }), 'id_token_invalid'],
    [
      'with an ID token for us and somebody else',
      () => ({ kind: 'forge_id_token', set: { aud: ['our-client', 'somebody'] } }),
      'id_token_invalid',
    ],
    [
      'with an ID token for us and somebody else, authorized to us',
      () => ({ kind: 'forge_id_token', set: { aud: ['our-client', 'somebody'], azp: 'our-client' } }),
      'id_token_invalid',
    ],
    [
      'with an ID token that has expired',
      () => ({ kind: 'forge_id_token', set: { exp: inSeconds(-60) } }),
      'id_token_invalid',
    ],
    ['with an ID token without exp', () => ({ kind: 'forge_id_token', remove: ['exp'] }), 'id_token_invalid'],
    ['with an ID token without iat', () => ({ kind: 'forge_id_token', remove: ['iat'] }), 'id_token_invalid'],
    [
      'with an ID token of another nonce',
      () => ({ kind: 'forge_id_token', set: { nonce: 'another' } }),
      'id_token_invalid',
    ],
    ['with an ID token without nonce', () => ({ kind: 'forge_id_token', remove: ['nonce'] }), 'id_token_invalid'],
    [
      'with an ID token that a stranger signed',
      () => ({ kind: 'forge_id_token', signedBy: 'stranger' }),
      'id_token_invalid',
    ],
    [
      'with an ID token signed with an algorithm that was not agreed',
      () => ({ kind: 'forge_id_token', alg: 'PS256' }),
      'id_token_invalid',
    ],
    ['with an ID token that nobody signed', () => ({ kind: 'forge_id_token', signedBy: 'nobody' }), 'id_token_invalid'],
  ])('%s', async (_, fault, code) => {
    await tokens(fault());
    await at.bank.control('DELETE', '/requests');
    const custody = new Custody();
    const error: unknown = await at.tokens(custody).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConsentFailure);
    expect(error).toMatchObject({ code });
    expect(custody.responses).toHaveLength(1);
    // The flow stops before any resource call.
    expect((await at.bank.requests('fdx')).requests).toEqual([]);
  });
});

test('an ID token whose clock is 30 seconds off is accepted, and one 5 minutes off is not', async () => {
  const now = Math.floor(Date.now() / 1000);
  await tokens({ kind: 'forge_id_token', set: { iat: now - 55, exp: now - 25 } });
  expect((await at.accounts(await at.tokens())).status).toBe(200);
  await at.bank.control('DELETE', '/faults');
  await tokens({ kind: 'forge_id_token', set: { iat: now - 600, exp: now - 300 } });
  await expect(at.tokens()).rejects.toMatchObject({ code: 'id_token_invalid' });
});

test('an answer that has waited in custody for its bank’s keys is judged as of the moment it came', async () => {
  const custody = new Custody();
  const { secrets, answer } = await at.comeBack();
  const hourAgo = Math.floor(Date.now() / 1000) - 3600;
  await tokens({ kind: 'forge_id_token', set: { iat: hourAgo, exp: hourAgo + 300 } });
  await expect(at.client.exchangeCode(secrets, answer, custody)).rejects.toMatchObject({ code: 'id_token_invalid' });
  const waiting = { stored: custody.stored ?? '', storedAt: (hourAgo + 1) * 1000, store: () => Promise.resolve() };
  expect(await at.client.exchangeCode(secrets, answer, waiting)).toMatchObject({
    accessToken: expect.any(String) as string,
  });
});
