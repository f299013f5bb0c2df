import * as oidc from 'openid-client';
import { fetch } from 'undici';
import type { Endpoint } from '../../sandbox/control/endpoints';
import type { FaultRuleRequest } from '../../sandbox/control/fault';
import type { BankProcess } from './support/bank-process';
import { ProofMaker } from './support/dpop-proof';
import type { FapiClient } from './support/fapi-client';
import { allAnswers } from './support/last-answer';
import { startBankOfTwo } from './support/two-clients';

let bank: BankProcess;
let client: FapiClient;
let other: FapiClient;
let token: string;

beforeAll(async () => {
  ({ bank, client, other } = await startBankOfTwo());
  token = (await client.obtain()).access_token;
  await other.clientCredentials();
});

afterAll(() => bank.stop());
afterEach(() => bank.control('DELETE', '/faults'));

type Mode = Extract<FaultRuleRequest['fault'], { kind: 'dpop_nonce' }>['mode'];

const plant = (endpoint: Endpoint, mode: Mode): Promise<void> =>
  bank.plant({ endpoint, clientId: client.id, fault: { kind: 'dpop_nonce', mode } });

const statuses = (answers: readonly { status: number }[]): number[] => answers.map(({ status }) => status);

describe('a nonce for every answer', () => {
  it('comes with each 200, and is the only one that counts: no round trip is lost on it', async () => {
    for (const endpoint of ['token', 'fdx'] as const) await plant(endpoint, 'every_answer');
    const first = await allAnswers(client, () => client.clientCredentials());
    expect(statuses(first)).toEqual([400, 200]);
    const seen = first.map(({ nonce }) => nonce);
    for (let turn = 0; turn < 6; turn += 1) {
      const [answer, ...more] = await allAnswers(client, () =>
        turn % 2 === 0 ? client.fdx(token, '/accounts') : client.clientCredentials(),
      );
      expect([answer?.status, more]).toEqual([200, []]);
      expect(answer?.nonce).not.toBe(seen.at(-1));
      seen.push(answer?.nonce ?? null);
    }
    expect(seen).not.toContain(null);
  });

  it('refuses the one before', async () => {
    const proofs = await ProofMaker.create();
    client.dpop = oidc.getDPoPHandle(client.config, proofs.keys);
    const { access_token: bound } = await client.obtain();
    await plant('fdx', 'every_answer');
    const url = `${bank.issuer}/fdx/v6/accounts`;
    const call = async (nonce?: string): Promise<[status: number, nonce: string]> => {
      const dpop = await proofs.make({ method: 'GET', url, token: bound, nonce });
      const headers = { authorization: `DPoP ${bound}`, dpop };
      const response = await fetch(url, { dispatcher: bank.dispatcher, headers });
      await response.body?.cancel();
      return [response.status, response.headers.get('dpop-nonce') ?? ''];
    };
    const [unknowing, first] = await call();
    const [knowing, second] = await call(first);
    const [late, third] = await call(first);
    expect([unknowing, knowing, late]).toEqual([401, 200, 401]);
    expect(new Set([first, second, third]).size).toBe(3);
    expect((await call(second))[0]).toBe(401);
  });

  it('is of no concern to the key of another client', async () => {
    await plant('token', 'every_answer');
    expect(statuses(await allAnswers(other, () => other.clientCredentials()))).toEqual([200]);
  });
});

describe('a nonce that is never right', () => {
  it('is asked for with 400 at the authorization server, for ever', async () => {
    await plant('token', 'always_refused');
    const answers = await allAnswers(client, () => client.clientCredentials());
    expect(statuses(answers)).toEqual([400, 400]);
    expect(answers.map(({ text }) => JSON.parse(text) as unknown)).toEqual([
      expect.objectContaining({ error: 'use_dpop_nonce' }),
      expect.objectContaining({ error: 'use_dpop_nonce' }),
    ]);
    expect(new Set(answers.map(({ nonce }) => nonce)).size).toBe(2);
  });

  it('is asked for with 401 at the FDX API', async () => {
    await plant('accounts', 'always_refused');
    const { status, headers } = await client.fdx(token, '/accounts');
    expect([status, headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringMatching(/^DPoP error="use_dpop_nonce"/),
    ]);
  });

  it('leaves the code unspent', async () => {
    const pending = await client.comeBack();
    await plant('token', 'always_refused');
    await expect(client.exchange(pending.callback, pending)).rejects.toHaveProperty('error', 'use_dpop_nonce');
    await bank.control('DELETE', '/faults');
    await expect(client.exchange(pending.callback, pending)).resolves.toHaveProperty('access_token');
  });
});

describe('the scheme of a challenge', () => {
  it.each(['dPoP', 'DPOP', 'dpop'])('is %s, and a client gets its nonce all the same', async (scheme) => {
    await bank.plant({ endpoint: 'accounts', fault: { kind: 'rewrite_challenge', scheme } });
    const original = client.dpop;
    // Another key, which knows no nonce yet. The token is not its own: that is looked at when the nonce is right.
    await client.renewDpopKey();
    const answers = await allAnswers(client, () => client.fdx(token, '/accounts'));
    client.dpop = original;
    expect(answers.map(({ challenge }) => challenge)).toEqual([
      expect.stringMatching(new RegExp(`^${scheme} error="use_dpop_nonce"`)),
      expect.stringMatching(new RegExp(`^${scheme} error="invalid_token"`)),
    ]);
  });
});

describe('a token that is bound to another key', () => {
  it('looks like any other, and the FDX API refuses it', async () => {
    await bank.plant({ endpoint: 'token', times: 1, fault: { kind: 'rebind_token' } });
    const { access_token: useless, refresh_token: refreshToken = '' } = await client.obtain();
    const { status, body } = await client.fdx(useless, '/accounts');
    expect([status, body['debugMessage']]).toEqual([401, 'bound to another key']);
    const { access_token: useful } = await client.refresh(refreshToken);
    expect((await client.fdx(useful, '/accounts')).status).toBe(200);
  });
});

describe('a request_uri that has lapsed', () => {
  it('leads to the error page of the bank and nowhere else, though it was pushed just now', async () => {
    const rule = { endpoint: 'authorize', times: 1, fault: { kind: 'request_uri_expired' } } as const;
    await bank.plant(rule);
    await expect(client.comeBack()).rejects.toThrow(/did not send the person back: 400 .*request_uri/);
    expect((await bank.control('GET', '/faults')).body).toEqual({ faults: [] });
    await expect(client.obtain()).resolves.toHaveProperty('access_token');
  });
});
