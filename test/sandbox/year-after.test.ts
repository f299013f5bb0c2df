import type { BankProcess } from './support/bank-process';
import { details, type FapiClient, YEAR_OF_ACCOUNTS } from './support/fapi-client';
import { publicationsAbout } from './support/recipient';
import { startBankOfTwo } from './support/two-clients';
import { withClocksAhead } from './support/clocks';

let bank: BankProcess;
let client: FapiClient;
let other: FapiClient;

beforeAll(async () => {
  ({ bank, client, other } = await startBankOfTwo());
});
afterAll(() => bank.stop());
afterEach(() => bank.control('DELETE', '/behaviour'));

const days = (count: number): number => count * 86_400;

async function grantOf(id: string): Promise<Record<string, unknown>> {
  return (await client.fdx(await client.clientCredentials('fdx:consents:read'), `/consents/${id}`)).body;
}

const accountsIn = (resources: unknown): unknown[] =>
  (resources as { resourceType: string; resourceId: string }[])
    .filter(({ resourceType }) => resourceType === 'ACCOUNT')
    .map(({ resourceId }) => resourceId);

describe('account ids', () => {
  type Granted = { consentRequest: { resources: unknown } }[];

  it('are other ones for every consent, and the same wherever one consent shows them', async () => {
    await bank.behave({ accountIds: 'per_consent' });
    const [one, another] = [await client.obtain({ username: 'bob' }), await client.obtain({ username: 'bob' })];
    const idsOf = async ({ access_token: token, authorization_details: granted, ...tokens }: typeof one) => {
      const { body } = await client.fdx(token, '/accounts');
      const ids = (body['accounts'] as { accountId: string }[]).map(({ accountId }) => accountId);
      expect(accountsIn((granted as Granted | undefined)?.[0]?.consentRequest.resources)).toEqual(ids);
      expect(accountsIn((await grantOf(tokens.fdxConsentId))['resources'])).toEqual(ids);
      const refreshed = await client.refresh(tokens.refresh_token ?? '');
      expect(refreshed.authorization_details).toEqual(granted);
      return ids;
    };
    const [ids, otherIds] = [await idsOf(one), await idsOf(another)];
    expect(ids).toHaveLength(2);
    expect(new Set([...ids, ...otherIds, 'acc-2001', 'acc-2002']).size).toBe(6);
  });

  it('are those of this consent at every route below an account, and no other', async () => {
    await bank.behave({ accountIds: 'per_consent' });
    const resources = [
      {
        resourceType: 'ACCOUNT',
        dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS', 'STATEMENTS', 'CUSTOMER_CONTACT', 'PAYMENT_SUPPORT'],
      },
    ];
    const asked = { scope: 'openid', authorization_details: details({ durationType: 'PERSISTENT', resources }) };
    const { access_token: token, fdxConsentId } = await client.obtain({ accounts: ['Everyday Checking'] }, asked);
    const [id] = accountsIn((await grantOf(fdxConsentId))['resources']);
    const own = `/accounts/${String(id)}`;
    const { body } = await client.fdx(token, `${own}/statements`);
    const [statement] = body['statements'] as { accountId: string; statementId: string }[];
    expect(statement?.accountId).toBe(id);
    const below = ['', '/transactions', '/contact', '/payment-networks', `/statements/${statement?.statementId ?? ''}`];
    for (const path of below) {
      expect((await client.fdx(token, `${own}${path}`)).status).toBe(200);
      expect((await client.fdx(token, `/accounts/acc-1001${path}`)).body['code']).toBe('701');
    }
    expect((await client.fdx(token, own)).body['accountId']).toBe(id);
    const { transactions } = (await client.fdx(token, `${own}/transactions?limit=1`)).body;
    expect(transactions).toMatchObject([{ accountId: id }]);
    const chosen = await client.fdx(token, `/accounts?accountIds=${String(id)},acc-1001`);
    expect(chosen.body['accounts']).toMatchObject([{ accountId: id }]);
  });

  it('stay as they are for consents that were made before', async () => {
    const { access_token: token } = await client.obtain({ accounts: ['Everyday Checking'] });
    await bank.behave({ accountIds: 'per_consent' });
    expect((await client.fdx(token, '/accounts/acc-1001')).status).toBe(200);
  });
});

describe('a refresh token with a life of its own', () => {
  const told = (tokens: object): unknown => (tokens as Record<string, unknown>)['refresh_token_expires_in'];

  it('is told how long, and refused afterwards, while the consent goes on', async () => {
    await bank.behave({ refreshTokenLifeInSeconds: days(30) });
    const { refresh_token: refreshToken = '', fdxConsentId: id, ...tokens } = await client.obtain();
    expect(told(tokens)).toBe(days(30));
    await withClocksAhead(bank, days(29), async () => {
      const left = Number(told(await client.refresh(refreshToken)));
      expect(left).toBeLessThanOrEqual(days(1));
      expect(left).toBeGreaterThan(days(1) - 60);
    });
    await withClocksAhead(bank, days(31), async () => {
      await expect(client.refresh(refreshToken)).rejects.toHaveProperty('error', 'invalid_grant');
      expect((await grantOf(id))['status']).toBe('ACTIVE');
    });
  });

  it('lives on where each refresh brings another', async () => {
    await bank.behave({ refreshTokenLifeInSeconds: days(30), rotateRefreshTokens: true });
    const first = await client.obtain();
    await withClocksAhead(bank, days(29), async () => {
      const second = await client.refresh(first.refresh_token ?? '');
      expect(second.refresh_token).not.toBe(first.refresh_token);
      expect(told(second)).toBe(days(30));
    });
  });

  it('is never told more than what is left of the grant', async () => {
    await bank.behave({ refreshTokenLifeInSeconds: days(3650) });
    const left = Number(told(await client.obtain()));
    expect(left).toBeLessThanOrEqual(days(365));
    expect(left).toBeGreaterThan(days(365) - 60);
  });

  it('is not told by a bank without such a thing, nor where there is no refresh token', async () => {
    expect(told(await client.obtain())).toBeUndefined();
    await bank.behave({ refreshTokenLifeInSeconds: days(30) });
    const asked = { scope: 'openid', authorization_details: details(YEAR_OF_ACCOUNTS) };
    expect(told(await client.obtain({}, asked))).toBeUndefined();
  });
});

describe('a revocation that takes effect later', () => {
  const revoke = async (id: string, initiator: string) => {
    const body = { reason: 'USER_ACTION', initiator };
    const own = await client.clientCredentials();
    return (await client.fdx(own, `/consents/${id}/revocation`, { method: 'PUT', body })).status;
  };
  const statusIs = async (id: string, status: string): Promise<void> => {
    while ((await grantOf(id))['status'] !== status);
  };

  it('is answered at once, and leaves the consent ACTIVE with all of its tokens until then', async () => {
    await bank.behave({ revocationTakesEffectAfterSeconds: 3600 });
    const { access_token: token, fdxConsentId: id, refresh_token: refreshToken = '' } = await client.obtain();
    expect(await revoke(id, 'INDIVIDUAL')).toBe(204);
    expect((await grantOf(id))['status']).toBe('ACTIVE');
    const { body } = await client.fdx(token, `/consents/${id}/revocation`);
    expect(body).toEqual({ revocations: [] });
    expect((await client.fdx(token, '/accounts')).status).toBe(200);
    await expect(client.refresh(refreshToken)).resolves.toBeDefined();
    expect(await publicationsAbout(bank, id)).toEqual([]);
  });

  it('is the first one when it takes effect, with everything that a revocation brings', async () => {
    await bank.behave({ revocationTakesEffectAfterSeconds: 1 });
    const { access_token: token, fdxConsentId: id, refresh_token: refreshToken = '' } = await client.obtain();
    expect([await revoke(id, 'INDIVIDUAL'), await revoke(id, 'MERCHANT')]).toEqual([204, 204]);
    await statusIs(id, 'REVOKED');
    expect(await revoke(id, 'INDIVIDUAL')).toBe(409);
    expect((await client.fdx(token, '/accounts')).status).toBe(401);
    await expect(client.refresh(refreshToken)).rejects.toHaveProperty('error', 'invalid_grant');
    expect(await publicationsAbout(bank, id)).toMatchObject([
      { notification: { notificationPayload: { customFields: { value: 'INDIVIDUAL' } } } },
    ]);
  });

  it('does not slow down the person at the bank', async () => {
    await bank.behave({ revocationTakesEffectAfterSeconds: 3600 });
    const { fdxConsentId: id } = await client.obtain();
    await bank.control('POST', `/consents/${id}/revoke`);
    expect((await grantOf(id))['status']).toBe('REVOKED');
  });
});

describe('a bank that renews in place', () => {
  const asking = (durationPeriod: number, more: Record<string, string> = {}): Record<string, string> => ({
    scope: 'openid offline_access',
    authorization_details: details({ ...YEAR_OF_ACCOUNTS, durationPeriod }),
    ...more,
  });

  it('keeps the consent and its ids, and gives it what was allowed last', async () => {
    await bank.behave({ renewsInPlace: true, accountIds: 'per_consent' });
    const first = await client.obtain({ username: 'dan' }, asking(30));
    const before = await grantOf(first.fdxConsentId);
    const second = await client.obtain({ username: 'dan', accounts: ['Student Checking'] }, asking(90));
    expect(second.fdxConsentId).toBe(first.fdxConsentId);
    const after = await grantOf(first.fdxConsentId);
    expect(after).toMatchObject({ status: 'ACTIVE', createdTime: before['createdTime'], durationPeriod: 90 });
    expect(accountsIn(before['resources'])).toHaveLength(2);
    expect(accountsIn(after['resources'])).toEqual(accountsIn(before['resources']).slice(0, 1));
    expect(Date.parse(String(after['expirationTime'])) - Date.parse(String(after['updatedTime']))).toBe(
      days(90) * 1000,
    );
    // Both refresh tokens are of one grant, for as long as that now lives.
    await withClocksAhead(bank, days(89), async () => {
      for (const { refresh_token: refreshToken = '' } of [first, second]) {
        const { authorization_details: granted } = await client.refresh(refreshToken);
        expect(granted).toMatchObject([{ consentRequest: { durationPeriod: 90 } }]);
      }
    });
    expect(await publicationsAbout(bank, first.fdxConsentId)).toMatchObject([
      { notification: { type: 'CONSENT_UPDATED', notificationPayload: { customFields: { value: 'INDIVIDUAL' } } } },
    ]);
  });

  it('makes another consent for another person or client, after an end, and where a new grant is asked for', async () => {
    await bank.behave({ renewsInPlace: true });
    const carol = { username: 'carol' };
    const first = await client.obtain(carol, asking(30));
    const others = [
      await client.obtain({ username: 'bob' }, asking(30)),
      await other.obtain(carol, asking(30)),
      await client.obtain(carol, asking(30, { grant_management_action: 'create' })),
    ];
    for (const { fdxConsentId: id } of [first, ...others]) await bank.control('POST', `/consents/${id}/revoke`);
    const again = await client.obtain(carol, asking(30));
    const ids = [first, ...others, again].map(({ fdxConsentId }) => fdxConsentId);
    expect(new Set(ids).size).toBe(5);
    expect((await grantOf(again.fdxConsentId))['status']).toBe('ACTIVE');
  });

  it('does so only where it is told to', async () => {
    const [one, two] = [await client.obtain(), await client.obtain()];
    expect(one.fdxConsentId).not.toBe(two.fdxConsentId);
  });
});
