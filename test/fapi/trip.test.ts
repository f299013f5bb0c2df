import type { JournalEntry } from '../../sandbox/control/journal';
import { ClientAtBank, Custody } from './support/client-at-bank';

let at: ClientAtBank;

beforeAll(async () => {
  at = await ClientAtBank.start();
});

afterEach(async () => {
  await at.bank.control('DELETE', '/faults');
  await at.bank.control('DELETE', '/requests');
});

afterAll(() => at.stop());

const push = async (client = at) => {
  const secrets = await client.client.prepareAuthorization();
  return client.client.pushAuthorizationRequest(secrets, { scope: 'openid fdx:accountbasic:read' });
};
const statuses = (requests: JournalEntry[]) => requests.map(({ status }) => status);
const asked = async (endpoint: 'par' | 'token' | 'discovery' | 'authorize') =>
  (await at.bank.requests(endpoint)).requests;

describe('the secrets of a trip', () => {
  test('are new for each: verifier, state, nonce and key are used once', async () => {
    const [first, second] = [await at.client.prepareAuthorization(), await at.client.prepareAuthorization()];
    for (const name of ['codeVerifier', 'codeChallenge', 'state', 'nonce', 'senderKeyThumbprint'] as const) {
      expect(first[name]).not.toBe(second[name]);
    }
  });

  test('have at least 128 bits (FAPI 2.0 §5.4.1), the nonce at most 64 characters (§5.3.3.2), the verifier 43 to 128 (RFC 7636)', async () => {
    const { codeVerifier, state, nonce } = await at.client.prepareAuthorization();
    // Base64url: six bits a character.
    for (const secret of [codeVerifier, state, nonce]) {
      expect(secret).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(secret.length * 6).toBeGreaterThanOrEqual(128);
    }
    expect(nonce.length).toBeLessThanOrEqual(64);
    expect(codeVerifier.length).toBeGreaterThanOrEqual(43);
    expect(codeVerifier.length).toBeLessThanOrEqual(128);
  });
});

describe('a pushed request (RFC 9126)', () => {
  test('is authenticated as the token endpoint is, and never by GET', async () => {
    await at.tokens();
    const [par, token] = [(await asked('par')).at(-1), (await asked('token')).at(-1)];
    for (const request of [par, token]) {
      expect(request?.method).toBe('POST');
      expect(request?.queryParameters).toEqual([]);
      expect(request?.bodyParameters).toEqual(
        expect.arrayContaining(['client_id', 'client_assertion', 'client_assertion_type']),
      );
    }
  });

  test('brings a request_uri that is used for one trip and no other', async () => {
    const [first, second] = [await push(), await push()];
    const [uri, other] = [first, second].map(({ authorizationUrl }) => new URL(authorizationUrl).searchParams);
    expect([...(uri?.keys() ?? [])].sort()).toEqual(['client_id', 'request_uri']);
    expect(uri?.get('request_uri')).not.toBe(other?.get('request_uri'));
  });

  test('tells how long its request_uri lives, so that nobody is sent there too late', async () => {
    const { expiresInSeconds } = await push();
    expect(expiresInSeconds).toBeGreaterThan(0);
    expect(expiresInSeconds).toBeLessThan(600);
  });

  test.each([
    ['without a request_uri', { remove: ['request_uri'] }],
    ['without its lifetime', { remove: ['expires_in'] }],
    ['with a lifetime of nothing', { set: { expires_in: -5 } }],
  ])('answered %s is not used', async (_, change) => {
    await at.bank.plant({ endpoint: 'par', fault: { kind: 'rewrite_json', ...change } });
    await expect(push()).rejects.toMatchObject({ code: 'as_response_invalid' });
  });

  test('asks for the nonce once; later ones know it (RFC 9449 §8)', async () => {
    const client = at.again();
    await push(client);
    await push(client);
    expect(statuses(await asked('par'))).toEqual([400, 201, 201]);
    await client.client.close();
  });
});

describe('before anybody is sent to the bank, the flow stops', () => {
  test.each<[string, object, string]>([
    ['when the metadata name another issuer', { set: { issuer: 'https://elsewhere.example' } }, 'as_issuer_mismatch'],
    ['when they name no issuer', { remove: ['issuer'] }, 'as_metadata_unusable'],
    ['when they name no PAR endpoint', { remove: ['pushed_authorization_request_endpoint'] }, 'as_metadata_unusable'],
    [
      'when they do not promise iss',
      { remove: ['authorization_response_iss_parameter_supported'] },
      'as_metadata_unusable',
    ],
    [
      'when they lead into our own network',
      { set: { pushed_authorization_request_endpoint: 'https://10.0.0.1/par' } },
      'as_unreachable',
    ],
  ])('%s: no request is pushed', async (_, change, code) => {
    await at.bank.plant({ endpoint: 'discovery', fault: { kind: 'rewrite_json', ...change } });
    const client = at.again();
    await expect(push(client)).rejects.toMatchObject({ code });
    expect(await asked('par')).toEqual([]);
    await client.client.close();
  });

  test('when the issuer differs by a slash (RFC 8414 §3.3)', async () => {
    const client = at.again({ issuer: `${at.bank.issuer}/` });
    await expect(push(client)).rejects.toMatchObject({ code: 'as_issuer_mismatch' });
    await client.client.close();
  });
});

describe('an answer is compared before its code is used: no token request', () => {
  test.each<[string, (secrets: { state: string }) => object]>([
    ['with a wrong iss (RFC 9207 §2.4)', () => ({ iss: 'https://elsewhere.example' })],
    ['with an iss that differs by a slash', () => ({ iss: `${at.bank.issuer}/` })],
    ['without iss', () => ({ iss: '' })],
  ])('%s', async (_, change) => {
    const { secrets, answer } = await at.comeBack();
    const exchange = at.client.exchangeCode(secrets, { ...answer, ...change(secrets) }, new Custody());
    await expect(exchange).rejects.toMatchObject({ code: 'authorization_response_invalid' });
    expect(await asked('token')).toEqual([]);
  });
});

test('an answer of one bank is no answer of another: a code is not sent to the bank it is not from', async () => {
  const other = await ClientAtBank.start();
  try {
    const { secrets } = await at.comeBack();
    const { answer } = await other.comeBack();
    // The mix-up: our trip to one bank, answered with a code of the other.
    await expect(at.client.exchangeCode(secrets, answer, new Custody())).rejects.toMatchObject({
      code: 'authorization_response_invalid',
    });
    expect(await asked('token')).toEqual([]);
    expect((await other.bank.requests('token')).requests).toEqual([]);
  } finally {
    await other.stop();
  }
});
