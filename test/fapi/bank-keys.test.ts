import type { JWK } from 'jose';
import { bindingOf } from '../../src/fapi/authorization';
import { ClientAtBank, Custody } from './support/client-at-bank';
import { failureOf } from './support/failure';

let at: ClientAtBank;
/** With the bank's keys in its memory, since each test begins with a trip of it. */
let client: ClientAtBank;

beforeAll(async () => {
  at = await ClientAtBank.start(
    {},
    {
      clients: [
        { client_id: 'by-ps256', id_token_signed_response_alg: 'PS256' },
        { client_id: 'by-eddsa', id_token_signed_response_alg: 'EdDSA' },
      ],
    },
  );
});

beforeEach(async () => {
  client = at.again();
  await client.tokens();
});

afterEach(async () => {
  jest.restoreAllMocks();
  await client.client.close();
  await at.bank.control('DELETE', '/faults');
  await at.bank.behave({ sharedKeyId: false, clockOffsetSeconds: 0 });
});

afterAll(() => at.stop());

/** One exchange, and how often it asked for keys and for tokens. */
async function exchange(by: ClientAtBank, custody = new Custody()) {
  const { secrets, answer } = await by.comeBack();
  await at.bank.control('DELETE', '/requests');
  const outcome = await by.client.exchangeCode(secrets, answer, custody).then(
    (tokens) => ({ tokens }),
    (error: unknown) => ({ failure: error }),
  );
  const { counts } = await at.bank.requests();
  return { ...outcome, keyRequests: counts['jwks'] ?? 0, tokenRequests: counts['token'] ?? 0 };
}

describe('when the bank has changed its keys', () => {
  test.each([
    ['beside the old ones', true],
    ['and withdrawn the old ones', false],
  ])('%s, its keys are read once more and the tokens accepted; the next trip reads none', async (_, keepOld) => {
    await at.bankChangesKeys({ keepOld });
    expect(await exchange(client)).toMatchObject({ tokens: {}, keyRequests: 1, tokenRequests: 1 });
    expect(await exchange(client)).toMatchObject({ tokens: {}, keyRequests: 0, tokenRequests: 1 });
  });

  test('a refresh reads them once more as well', async () => {
    const tokens = await client.tokens();
    await at.bankChangesKeys({ keepOld: false });
    const refresh = () =>
      client.client
        .refreshTokens(tokens.refreshToken ?? '', bindingOf(tokens), new Custody())
        .then((refreshed) => client.accounts(refreshed));
    expect(await client.requestsDuring('jwks', refresh)).toBe(1);
  });

  test('a signed answer (JARM) is judged with the new ones before its code is sent', async () => {
    const jarm = at.again({ responseMode: 'jwt', authorizationSignedResponseAlg: 'ES256' });
    await jarm.tokens();
    await at.bankChangesKeys({ keepOld: false });
    expect(await exchange(jarm)).toMatchObject({ tokens: {}, keyRequests: 1, tokenRequests: 1 });
    await jarm.client.close();
  });

  test('and the new ones do not arrive, the tokens wait in custody and are judged later without asking again', async () => {
    await at.bankChangesKeys({ keepOld: false });
    const { secrets, answer } = await client.comeBack();
    await at.bank.plant({ endpoint: 'jwks', times: 1, fault: { kind: 'answer_lost' } });
    const custody = new Custody();
    const judge = () => client.client.exchangeCode(secrets, answer, custody);
    expect((await failureOf(judge())).code).toBe('as_keys_unreachable');
    expect(custody.responses).toHaveLength(1);
    expect(await client.requestsDuring('token', judge)).toBe(0);
  });
});

describe('an ID token that no published key has signed is refused after exactly one more look', () => {
  test('under a name nobody has heard of', async () => {
    await at.bank.plant({ endpoint: 'token', fault: { kind: 'forge_id_token', kid: 'unknown-forever' } });
    const custody = new Custody();
    expect(await exchange(client, custody)).toMatchObject({
      failure: { code: 'id_token_invalid' },
      keyRequests: 1,
      tokenRequests: 1,
    });
    expect(custody.responses).toHaveLength(1);
  });

  test('under the name of a published key', async () => {
    await at.bank.plant({ endpoint: 'token', fault: { kind: 'forge_id_token', signedBy: 'stranger' } });
    expect(await exchange(client)).toMatchObject({ failure: { code: 'id_token_invalid' }, keyRequests: 1 });
  });

  test('by the newest keys of a bank that goes on publishing the old ones', async () => {
    const { body } = await at.bank.control('POST', '/keys/rotate', { keepOld: false });
    await at.bankChangesKeys({ keepOld: false });
    await at.bank.plant({ endpoint: 'jwks', fault: { kind: 'rewrite_json', set: body as Record<string, unknown> } });
    expect(await exchange(client)).toMatchObject({ failure: { code: 'id_token_invalid' }, keyRequests: 1 });
  });

  test('even by a client that has seen no key yet: the first look is the only one', async () => {
    const fresh = at.again();
    await at.bank.plant({ endpoint: 'token', fault: { kind: 'forge_id_token', kid: 'unknown-forever' } });
    expect(await exchange(fresh)).toMatchObject({ failure: { code: 'id_token_invalid' }, keyRequests: 1 });
    await fresh.client.close();
  });

  test('even when the keys in memory are older than a minute', async () => {
    await at.bank.plant({ endpoint: 'token', fault: { kind: 'forge_id_token', kid: 'unknown-forever' } });
    const now = Date.now;
    jest.spyOn(Date, 'now').mockImplementation(() => now() + 90_000);
    await at.bank.behave({ clockOffsetSeconds: 90 });
    expect(await exchange(client)).toMatchObject({ failure: { code: 'id_token_invalid' }, keyRequests: 1 });
  });

  test('and that is no memory: the next good ID token is accepted', async () => {
    await at.bank.plant({ endpoint: 'token', times: 1, fault: { kind: 'forge_id_token', kid: 'unknown-forever' } });
    expect(await exchange(client)).toMatchObject({ failure: { code: 'id_token_invalid' } });
    expect(await exchange(client)).toMatchObject({ tokens: {} });
  });
});

describe('of several keys under one name the right one is found (RFC 7517 §4.5)', () => {
  const clientOf = (algorithm: string): ClientAtBank =>
    at.again({
      clientId: algorithm === 'ES256' ? 'our-client' : `by-${algorithm.toLowerCase()}`,
      idTokenSignedResponseAlg: algorithm,
    });

  const newKeys = async (): Promise<{ keys: JWK[] }> => {
    const { body } = await at.bank.control('POST', '/keys/rotate', { keepOld: false });
    return body as { keys: JWK[] };
  };

  test.each(['ES256', 'PS256', 'EdDSA'])('by its type: %s', async (algorithm) => {
    await at.bank.behave({ sharedKeyId: true });
    const signed = clientOf(algorithm);
    expect(await exchange(signed)).toMatchObject({ tokens: {}, keyRequests: 1, tokenRequests: 1 });
    await signed.client.close();
  });

  test.each([
    ['use', 'ES256', { use: 'enc' }],
    ['use', 'PS256', { use: 'enc' }],
    ['alg', 'PS256', { alg: 'RS256' }],
  ])('by its %s, beside another of its type: %s', async (_, algorithm, difference) => {
    const [{ keys: old }, { keys }] = [await newKeys(), await newKeys()];
    const twins = old.map((key, index) => ({ ...key, kid: keys[index]?.kid, ...difference }));
    await at.bank.plant({ endpoint: 'jwks', fault: { kind: 'rewrite_json', set: { keys: [...twins, ...keys] } } });
    const signed = clientOf(algorithm);
    expect(await exchange(signed)).toMatchObject({ tokens: {}, keyRequests: 1, tokenRequests: 1 });
    await signed.client.close();
  });
});
