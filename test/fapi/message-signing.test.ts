import type { Fault } from '../../sandbox/control/fault';
import { ClientAtBank, Custody } from './support/client-at-bank';

let at: ClientAtBank;

beforeAll(async () => {
  const bank = await ClientAtBank.start();
  at = bank.again({
    responseMode: 'jwt',
    authorizationSignedResponseAlg: 'ES256',
    request: { signed: true, signingAlgorithm: 'PS256' },
  });
});

afterEach(async () => {
  await at.bank.control('DELETE', '/faults');
  await at.bank.control('DELETE', '/requests');
});

afterAll(() => at.stop());

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

test('a signed request and a signed answer bring tokens (FAPI 2.0 Message Signing)', async () => {
  expect((await at.accounts(await at.tokens())).status).toBe(200);
  const [pushed] = (await at.bank.requests('par')).requests;
  expect(pushed?.bodyParameters.sort()).toEqual(['client_assertion', 'client_assertion_type', 'client_id', 'request']);
});

type Forgery = Omit<Extract<Fault, { kind: 'forge_response' }>, 'kind'>;

describe('a signed answer (JARM §2.4) is not used', () => {
  test.each<[string, () => Forgery]>([
    ['of another issuer', () => ({ set: { iss: 'https://elsewhere.example' } })],
    ['without issuer', () => ({ remove: ['iss'] })],
    ['for somebody else', () => ({ set: { aud: 'somebody-else' } })],
    ['for us and somebody else', () => ({ set: { aud: ['our-client', 'somebody-else'] } })],
    ['without audience', () => ({ remove: ['aud'] })],
    ['that has expired', () => ({ set: { exp: inSeconds(-60) } })],
    ['without an end', () => ({ remove: ['exp'] })],
    ['with another state', () => ({ set: { state: 'of-somebody-else' } })],
    ['without state', () => ({ remove: ['state'] })],
    ['that a stranger signed', () => ({ signedBy: 'stranger' })],
    ['that nobody signed (alg none)', () => ({ signedBy: 'nobody' })],
    ['signed with an algorithm that was not agreed', () => ({ alg: 'PS256' })],
  ])('%s: its code is never sent', async (_, forgery) => {
    await at.bank.plant({ endpoint: 'authorize', fault: { kind: 'forge_response', ...forgery() } });
    const { secrets, answer } = await at.comeBack();
    const custody = new Custody();
    await expect(at.client.exchangeCode(secrets, answer, custody)).rejects.toMatchObject({
      code: 'authorization_response_invalid',
    });
    expect((await at.bank.requests('token')).requests).toEqual([]);
    expect(custody.responses).toEqual([]);
  });

  test('of another issuer before any key is fetched: whose keys would they be?', async () => {
    const fresh = at.again({ responseMode: 'jwt', authorizationSignedResponseAlg: 'ES256' });
    await at.bank.plant({
      endpoint: 'authorize',
      fault: { kind: 'forge_response', set: { iss: 'https://elsewhere.example' } },
    });
    const { secrets, answer } = await fresh.comeBack();
    await expect(fresh.client.exchangeCode(secrets, answer, new Custody())).rejects.toMatchObject({
      code: 'authorization_response_invalid',
    });
    expect((await at.bank.requests('jwks')).requests).toEqual([]);
    await fresh.client.close();
  });
});

test('a no that is signed is a no, and one whose signature does not hold is not', async () => {
  const denied = await at.comeBack({ decision: 'deny' });
  await expect(at.client.exchangeCode(denied.secrets, denied.answer, new Custody())).rejects.toMatchObject({
    code: 'consent_denied',
  });
  await at.bank.plant({ endpoint: 'authorize', fault: { kind: 'forge_response', signedBy: 'stranger' } });
  const forged = await at.comeBack({ decision: 'deny' });
  await expect(at.client.exchangeCode(forged.secrets, forged.answer, new Custody())).rejects.toMatchObject({
    code: 'authorization_response_invalid',
  });
});
