import * as oidc from 'openid-client';
import { authorizeAtBank } from '../../sandbox/person';
import type { Endpoint } from '../../sandbox/control/endpoints';
import type { FaultRuleRequest } from '../../sandbox/control/fault';
import type { BankProcess } from './support/bank-process';
import { CALLBACK, details, type FapiClient, YEAR_OF_ACCOUNTS } from './support/fapi-client';
import { startBankOfTwo } from './support/two-clients';

let bank: BankProcess;
let client: FapiClient;

beforeAll(async () => {
  ({ bank, client } = await startBankOfTwo());
});

afterAll(() => bank.stop());
afterEach(() => bank.control('DELETE', '/faults'));

type Trip = NonNullable<FaultRuleRequest['authorization']>;

const plant = (endpoint: Endpoint, authorization: Trip): Promise<void> =>
  bank.plant({ endpoint, authorization, fault: { kind: 'status', status: 503 } });

const asking = { scope: 'openid offline_access', authorization_details: details(YEAR_OF_ACCOUNTS) };
const person = { username: 'alice', accounts: 'all' as const, stopAt: CALLBACK };

describe('a fault for one authorization and no other', () => {
  it('strikes the PAR that asks for so many days', async () => {
    await plant('par', { durationPeriod: 123 });
    const forDays = (durationPeriod: number): Promise<unknown> =>
      client.push({ ...asking, authorization_details: details({ ...YEAR_OF_ACCOUNTS, durationPeriod }) });
    const [wanted, other] = await Promise.allSettled([forDays(123), forDays(124)]);
    expect([wanted.status, other.status]).toEqual(['rejected', 'fulfilled']);
  });

  it('strikes the PAR of one code challenge', async () => {
    const challenge = await oidc.calculatePKCECodeChallenge(oidc.randomPKCECodeVerifier());
    await plant('par', { codeChallenge: challenge });
    await expect(client.push({ ...asking, code_challenge: challenge })).rejects.toThrow();
    await expect(client.push(asking)).resolves.toHaveProperty('url');
  });

  it('follows a request_uri to the sign-in', async () => {
    const [wanted, other] = [await client.push(asking), await client.push(asking)];
    await plant('interaction', { requestUri: wanted.url.searchParams.get('request_uri') ?? '' });
    await expect(authorizeAtBank(client.browser(), wanted.url.href, person)).rejects.toThrow(/503/);
    await expect(authorizeAtBank(client.browser(), other.url.href, person)).resolves.toContain('code=');
  });

  it.each<Endpoint>(['authorize', 'token', 'accounts', 'consents', 'revocation'])(
    'follows it to %s',
    async (endpoint) => {
      const walk = async (pushed: Awaited<ReturnType<FapiClient['push']>>): Promise<void> => {
        const callback = await authorizeAtBank(client.browser(), pushed.url.href, person);
        const tokens = await client.exchange(callback, pushed);
        for (const target of ['/accounts', `/consents/${tokens.fdxConsentId ?? ''}`]) {
          const { status } = await client.fdx(tokens.access_token, target);
          if (status !== 200) throw new Error(String(status));
        }
        await oidc.tokenRevocation(client.config, tokens.refresh_token ?? '');
      };
      const [wanted, other] = [await client.push(asking), await client.push(asking)];
      await plant(endpoint, { requestUri: wanted.url.searchParams.get('request_uri') ?? '' });
      const outcomes = await Promise.allSettled([walk(wanted), walk(other)]);
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    },
  );

  it('knows a consent by its id: by its tokens, old and new, and by the path', async () => {
    const [wanted, other] = [await client.obtain(), await client.obtain()];
    for (const endpoint of ['token', 'fdx'] as const) await plant(endpoint, { consentId: wanted.fdxConsentId });
    await expect(client.refresh(wanted.refresh_token ?? '')).rejects.toThrow();
    await expect(client.refresh(other.refresh_token ?? '')).resolves.toHaveProperty('access_token');
    const own = await client.clientCredentials();
    const statusOf = async (token: string, target: string): Promise<number> => (await client.fdx(token, target)).status;
    expect(await statusOf(wanted.access_token, '/accounts')).toBe(503);
    expect(await statusOf(other.access_token, '/accounts')).toBe(200);
    expect(await statusOf(own, `/consents/${wanted.fdxConsentId}`)).toBe(503);
    expect(await statusOf(own, `/consents/${other.fdxConsentId}`)).toBe(200);
  });

  it('shows the code challenge of each consent, so that a test can tell which is its own', async () => {
    const pending = await client.comeBack();
    const { fdxConsentId } = await client.exchange(pending.callback, pending);
    const codeChallenge = await oidc.calculatePKCECodeChallenge(pending.verifier);
    const { consents } = (await bank.control('GET', '/consents')).body as { consents: unknown[] };
    expect(consents).toContainEqual(expect.objectContaining({ id: fdxConsentId, codeChallenge }));
  });
});

it('refuses a rule for nothing, and one for a request_uri it never gave', async () => {
  const rule = { endpoint: 'token', fault: { kind: 'reset' } };
  expect((await bank.control('POST', '/faults', { ...rule, authorization: {} })).status).toBe(400);
  const unknown = { ...rule, authorization: { requestUri: 'urn:ietf:params:oauth:request_uri:never' } };
  expect((await bank.control('POST', '/faults', unknown)).status).toBe(404);
});
