import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as oidc from 'openid-client';
import type { FaultRuleRequest } from '../../sandbox/control/fault';
import type { BankProcess } from './support/bank-process';
import { type FapiClient } from './support/fapi-client';
import { lastAnswer } from './support/last-answer';
import { startBankOfTwo } from './support/two-clients';

let bank: BankProcess;
let client: FapiClient;
let signing: FapiClient;

beforeAll(async () => {
  ({ bank, client, other: signing } = await startBankOfTwo());
  oidc.useJwtResponseMode(signing.config);
});

afterAll(() => bank.stop());
afterEach(() => bank.control('DELETE', '/faults'));

type Forgery = Omit<Extract<FaultRuleRequest['fault'], { kind: 'forge_response' }>, 'kind'>;

const A_MINUTE_AGO = Math.floor(Date.now() / 1000) - 60;

describe('the signed answer of JARM', () => {
  const plant = (forgery: Forgery): Promise<void> =>
    bank.plant({ endpoint: 'authorize', times: 1, fault: { kind: 'forge_response', ...forgery } });

  it.each<[string, Forgery]>([
    ['of another bank', { set: { iss: 'https://evil.example' } }],
    ['of no bank', { remove: ['iss'] }],
    ['for somebody else', { set: { aud: 'somebody-else' } }],
    ['for nobody', { remove: ['aud'] }],
    ['that has expired', { set: { exp: A_MINUTE_AGO } }],
    ['that never expires', { remove: ['exp'] }],
    ['of another trip', { set: { state: 'another' } }],
    ['of no trip', { remove: ['state'] }],
    ['without a code', { remove: ['code'] }],
    ['signed by a stranger', { signedBy: 'stranger' }],
    ['signed by a stranger under a name of its own', { signedBy: 'stranger', kid: 'unheard-of' }],
    ['signed by nobody', { signedBy: 'nobody' }],
    ['under an unknown key id', { kid: 'unheard-of' }],
    ['by another algorithm', { alg: 'PS256' }],
  ])('is refused by a client: %s', async (_what, forgery) => {
    await plant(forgery);
    const pending = await signing.comeBack();
    expect((await bank.control('GET', '/faults')).body).toEqual({ faults: [] });
    await expect(signing.exchange(pending.callback, pending)).rejects.toThrow();
  });

  it('is accepted when nothing about it is wrong', async () => {
    await plant({ set: { extra: 'claim' } });
    await expect(signing.obtain()).resolves.toHaveProperty('access_token');
  });

  it('can be for somebody else as well', async () => {
    await plant({ set: { aud: ['tax-tool', 'somebody-else'] } });
    const { callback } = await signing.comeBack();
    const response = new URL(callback).searchParams.get('response') ?? '';
    expect(decodeJwt(response)).toMatchObject({ aud: ['tax-tool', 'somebody-else'], iss: bank.issuer });
  });

  it('waits for a trip that asked for one', async () => {
    await plant({ set: { state: 'another' } });
    await expect(client.obtain()).resolves.toHaveProperty('access_token');
    expect((await bank.control('GET', '/faults')).body).toMatchObject({ faults: [{ struck: 0 }] });
  });
});

describe('the header of an ID token', () => {
  const headerOf = async (forgery: Forgery): Promise<{ alg?: string; kid?: string }> => {
    const pending = await client.comeBack();
    await bank.plant({ endpoint: 'token', times: 1, fault: { kind: 'forge_id_token', ...forgery } });
    const { text } = await lastAnswer(client, async () => {
      // An unknown key id, or none: whether a client takes that is its own affair. The code is spent either way.
      await client.exchange(pending.callback, pending);
    });
    return decodeProtectedHeader((JSON.parse(text) as { id_token: string }).id_token);
  };

  it('names another key, or none', async () => {
    expect(await headerOf({ kid: 'unheard-of' })).toEqual({ alg: 'ES256', kid: 'unheard-of' });
    expect(await headerOf({ kid: null })).toEqual({ alg: 'ES256' });
    expect(await headerOf({ signedBy: 'stranger', kid: 'bank-next' })).toEqual({ alg: 'ES256', kid: 'bank-next' });
  });

  it.each(['PS256', 'EdDSA'] as const)("names another of the bank's algorithms and its key: %s", async (alg) => {
    const header = await headerOf({ alg });
    expect(header.alg).toBe(alg);
    expect(header.kid).toContain(`bank-${alg.toLowerCase()}`);
  });

  it.each<[string, Forgery]>([
    ['another algorithm than it registered', { alg: 'PS256' }],
    ['an unknown key', { kid: 'unheard-of' }],
    ['two audiences and no azp', { set: { aud: ['budget-buddy', 'somebody-else'] } }],
    ['two audiences and an azp that is somebody else', { set: { aud: ['budget-buddy', 'x'], azp: 'x' } }],
  ])('is refused by a client: %s', async (_what, forgery) => {
    await bank.plant({ endpoint: 'token', fault: { kind: 'forge_id_token', ...forgery } });
    await expect(client.obtain()).rejects.toThrow();
  });
});

describe('state and iss of the callback', () => {
  it.each(['state', 'iss'])('%s is wrong, missing or there twice, and a client refuses it', async (name) => {
    const changes = [{ set: { [name]: 'https://evil.example' } }, { remove: [name] }, { duplicate: [name] }];
    for (const change of changes) {
      await bank.plant({ endpoint: 'authorize', times: 1, fault: { kind: 'rewrite_callback', ...change } });
      const pending = await client.comeBack();
      const values = new URL(pending.callback).searchParams.getAll(name);
      expect(values).toHaveLength('remove' in change ? 0 : 'duplicate' in change ? 2 : 1);
      if ('set' in change) expect(values).toEqual(['https://evil.example']);
      await expect(client.exchange(pending.callback, pending)).rejects.toThrow();
    }
  });
});
