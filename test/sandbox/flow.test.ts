import { authorizeAtBank } from '../../sandbox/person';
import type { BankProcess } from './support/bank-process';
import type { FapiClient } from './support/fapi-client';
import { CALLBACK, details, YEAR_OF_ACCOUNTS } from './support/fapi-client';
import { startBankOfTwo } from './support/two-clients';

let bank: BankProcess;
let client: FapiClient;
let other: FapiClient;

beforeAll(async () => {
  ({ bank, client, other } = await startBankOfTwo());
});

afterAll(() => bank.stop());

const failure = async (work: Promise<unknown>): Promise<Record<string, unknown>> =>
  work.then(
    () => ({ error: 'none' }),
    (error: unknown) => error as Record<string, unknown>,
  );

describe('asking', () => {
  it('walks a person from PAR to the accounts they chose', async () => {
    const tokens = await client.obtain();
    expect(tokens.token_type).toBe('dpop');
    expect(tokens.expires_in).toBe(900);
    expect(tokens.refresh_token).toEqual(expect.any(String));
    expect(tokens.claims()?.sub).toBe('cust-0001');
    const { status, body } = await client.fdx(tokens.access_token, '/accounts');
    expect(status).toBe(200);
    expect(body['accounts']).toHaveLength(5);
  });

  it('tells what was granted, account by account, in the token response (RFC 9396 §7)', async () => {
    const tokens = await client.obtain({ accounts: ['Everyday Checking', 'acc-1003'] });
    expect(tokens.authorization_details).toEqual([
      {
        type: 'fdx_v1.0',
        consentRequest: {
          durationType: 'TIME_BOUND',
          durationPeriod: 365,
          lookbackPeriod: 60,
          resources: [
            expect.objectContaining({ resourceType: 'ACCOUNT', resourceId: 'acc-1001' }),
            expect.objectContaining({ resourceType: 'ACCOUNT', resourceId: 'acc-1003' }),
            { resourceType: 'CUSTOMER', resourceId: 'cust-0001', dataClusters: ['CUSTOMER_CONTACT'] },
          ],
        },
      },
    ]);
  });

  it('takes plain cluster scopes as well, for a year', async () => {
    const scope = 'openid offline_access fdx:accountdetailed:read fdx:customercontact:read';
    const tokens = await client.obtain({ refuseClusters: ['CUSTOMER_CONTACT'] }, { scope });
    expect(tokens.scope).toBe('fdx:accountdetailed:read');
    const { body } = await client.fdx(tokens.access_token, `/consents/${tokens.fdxConsentId}`);
    expect(body).toMatchObject({ durationType: 'TIME_BOUND', durationPeriod: 365 });
  });

  it('signs ID tokens with the algorithm the client registered', async () => {
    await expect(other.obtain()).resolves.toHaveProperty('id_token', expect.stringMatching(/^ey/));
  });

  it('accepts RAR and scopes that say the same, and no ID token where none was asked', async () => {
    const scope =
      'offline_access fdx:accountdetailed:read fdx:transactions:read fdx:statements:read fdx:customercontact:read';
    const tokens = await client.obtain({}, { scope, authorization_details: details(YEAR_OF_ACCOUNTS) });
    expect(tokens.id_token).toBeUndefined();
  });

  it('takes an authorization request only by PAR (RFC 9126)', async () => {
    const browser = client.browser();
    const query = new URLSearchParams({ client_id: client.id, response_type: 'code', redirect_uri: CALLBACK });
    await browser.open(`${bank.issuer}/authorize?${query.toString()}`, { stopAt: CALLBACK });
    expect(browser.currentUrl).toContain('error=invalid_request');
    await browser.close();
  });

  it('sends iss with every answer to the application (RFC 9207)', async () => {
    const pending = await client.push({ scope: 'openid', authorization_details: details(YEAR_OF_ACCOUNTS) });
    const person = { username: 'bob', accounts: 'all' as const, decision: 'deny' as const, stopAt: CALLBACK };
    const callback = await authorizeAtBank(client.browser(), pending.url.href, person);
    expect(Object.fromEntries(new URL(callback).searchParams)).toMatchObject({
      error: 'access_denied',
      iss: bank.issuer,
      state: pending.state,
    });
  });
});

describe('refusing what can not be asked', () => {
  const withRequest = (change: object): Record<string, string> => ({
    scope: 'openid',
    authorization_details: details({ ...YEAR_OF_ACCOUNTS, ...change }),
  });

  it.each([
    ['an unknown cluster', withRequest({ resources: [{ resourceType: 'ACCOUNT', dataClusters: ['HOROSCOPE'] }] })],
    ['no cluster', withRequest({ resources: [{ resourceType: 'ACCOUNT', dataClusters: [] }] })],
    ['TIME_BOUND without a durationPeriod', withRequest({ durationPeriod: undefined })],
    ['ONE_TIME with a durationPeriod', withRequest({ durationType: 'ONE_TIME' })],
    ['more than a year', withRequest({ durationPeriod: 400 })],
    ['an unknown field', withRequest({ colour: 'green' })],
    [
      'a resourceId',
      withRequest({
        resources: [{ resourceType: 'ACCOUNT', resourceId: 'acc-1001', dataClusters: ['TRANSACTIONS'] }],
      }),
    ],
  ])('answers invalid_authorization_details to %s', async (_what, parameters) => {
    const error = await failure(client.push(parameters));
    expect(error['error']).toBe('invalid_authorization_details');
  });

  it.each([
    ['scopes that the clusters do not name', { ...withRequest({}), scope: 'openid fdx:tax:read' }],
    ['unknown scopes', { scope: 'openid fdx:horoscope:read' }],
    ['no data at all', { scope: 'openid' }],
  ])('answers invalid_scope to %s', async (_what, parameters) => {
    const error = await failure(client.push(parameters));
    expect(error['error']).toBe('invalid_scope');
  });
});

describe('narrowing', () => {
  it('never shares what the person refused', async () => {
    const tokens = await client.obtain({
      accounts: ['acc-1001'],
      refuseClusters: ['TRANSACTIONS', 'CUSTOMER_CONTACT'],
    });
    const consent = await client.fdx(tokens.access_token, `/consents/${tokens.fdxConsentId}`);
    expect(consent.body['resources']).toEqual([
      { resourceType: 'ACCOUNT', resourceId: 'acc-1001', dataClusters: ['ACCOUNT_DETAILED', 'STATEMENTS'] },
    ]);
    const refusedCluster = await client.fdx(tokens.access_token, '/accounts/acc-1001/transactions');
    expect([refusedCluster.status, refusedCluster.body['code']]).toEqual([403, '602']);
    const otherAccount = await client.fdx(tokens.access_token, '/accounts/acc-1002');
    const noAccount = await client.fdx(tokens.access_token, '/accounts/acc-9999');
    expect([otherAccount.status, otherAccount.body]).toEqual([404, noAccount.body]);
  });
});

describe('codes and tokens', () => {
  const pushAndAllow = async () => {
    const authorization_details = details(YEAR_OF_ACCOUNTS);
    const pending = await client.push({ scope: 'openid offline_access', authorization_details });
    const person = { username: 'alice', accounts: 'all' as const, stopAt: CALLBACK };
    return { pending, callback: await authorizeAtBank(client.browser(), pending.url.href, person) };
  };

  it('kills the whole grant when a code is used twice (RFC 6749 §4.1.2)', async () => {
    const { pending, callback } = await pushAndAllow();
    const tokens = await client.exchange(callback, pending);
    const again = await failure(client.exchange(callback, pending));
    expect(again['error']).toBe('invalid_grant');
    expect((await client.fdx(tokens.access_token, '/accounts')).status).toBe(401);
    const refreshed = await failure(client.refresh(tokens.refresh_token ?? ''));
    expect(refreshed['error']).toBe('invalid_grant');
    const { body } = await client.fdx(await client.clientCredentials(), `/consents/${tokens.fdxConsentId ?? ''}`);
    expect(body['status']).toBe('REVOKED');
  });

  it('never gives tokens twice for a code that two exchanges present at once', async () => {
    const { pending, callback } = await pushAndAllow();
    const both = await Promise.allSettled([client.exchange(callback, pending), client.exchange(callback, pending)]);
    expect(both.filter((each) => each.status === 'fulfilled').length).toBeLessThan(2);
    const refused = both.flatMap((each) => (each.status === 'rejected' ? [each.reason as { error?: string }] : []));
    expect(refused.map(({ error }) => error)).toContain('invalid_grant');
  });

  it('refreshes again and again with the same refresh token', async () => {
    const { refresh_token: refreshToken = '', fdxConsentId } = await client.obtain();
    const first = await client.refresh(refreshToken);
    const second = await client.refresh(refreshToken);
    expect(first.access_token).not.toBe(second.access_token);
    expect(second.refresh_token).toBe(refreshToken);
    expect(second.fdxConsentId).toBe(fdxConsentId);
    expect(second.authorization_details).toHaveLength(1);
    expect((await client.fdx(second.access_token, '/accounts')).status).toBe(200);
  });

  it('rotates refresh tokens when told to', async () => {
    const { refresh_token: refreshToken = '' } = await client.obtain();
    await bank.control('PUT', '/behaviour', { rotateRefreshTokens: true });
    const { refresh_token: rotated } = await client.refresh(refreshToken);
    await bank.control('PUT', '/behaviour', { rotateRefreshTokens: false });
    expect(rotated).not.toBe(refreshToken);
  });

  it('takes a token that was rotated away once more within its grace, and for theft without one', async () => {
    const rotating = async (graceInSeconds: number) => {
      const { refresh_token: refreshToken = '' } = await client.obtain();
      const behaviour = { rotateRefreshTokens: true, previousRefreshTokenGraceInSeconds: graceInSeconds };
      await bank.control('PUT', '/behaviour', behaviour);
      const first = await client.refresh(refreshToken);
      const again = client.refresh(refreshToken);
      return { first, again };
    };
    const { again: forgiven } = await rotating(60);
    const { refresh_token: successor = '', access_token: accessToken } = await forgiven;
    expect((await client.fdx(accessToken, '/accounts')).status).toBe(200);
    expect((await client.refresh(successor)).refresh_token).not.toBe(successor);
    const { first, again: theft } = await rotating(0);
    expect((await failure(theft))['error']).toBe('invalid_grant');
    expect((await failure(client.refresh(first.refresh_token ?? '')))['error']).toBe('invalid_grant');
    await bank.control('DELETE', '/behaviour');
  });

  it("never honours another client's refresh token", async () => {
    const { refresh_token: refreshToken = '' } = await client.obtain();
    const stranger = await failure(other.refresh(refreshToken));
    expect(stranger['error']).toBe('invalid_grant');
  });

  it('binds refresh tokens to the client and not to its proof key (RFC 9449 §5)', async () => {
    const { refresh_token: refreshToken = '', access_token: bound } = await client.obtain();
    const original = client.dpop;
    await client.renewDpopKey();
    const { access_token: rebound } = await client.refresh(refreshToken);
    expect((await client.fdx(rebound, '/accounts')).status).toBe(200);
    expect((await client.fdx(bound, '/accounts')).status).toBe(401);
    client.dpop = original;
  });
});

describe('ending', () => {
  const isDead = async (tokens: { access_token: string; refresh_token?: string | undefined }): Promise<void> => {
    const { status, body } = await client.fdx(tokens.access_token, '/accounts');
    expect([status, body['code']]).toEqual([401, '603']);
    const refreshed = await failure(client.refresh(tokens.refresh_token ?? ''));
    expect(refreshed['error']).toBe('invalid_grant');
  };

  it('ends the tokens with the consent when the application revokes it (FDX)', async () => {
    const tokens = await client.obtain();
    const own = await client.clientCredentials();
    const target = `/consents/${tokens.fdxConsentId}/revocation`;
    const revocation = { method: 'PUT', body: { reason: 'USER_ACTION', initiator: 'DATA_ACCESS_PLATFORM' } };
    expect((await client.fdx(own, target, revocation)).status).toBe(204);
    await isDead(tokens);
    const again = await client.fdx(own, target, revocation);
    expect([again.status, again.body['code']]).toEqual([409, '409']);
    const { body } = await client.fdx(own, target);
    expect(body['revocations']).toEqual([
      expect.objectContaining({ status: 'REVOKED', reason: 'USER_ACTION', initiator: 'DATA_ACCESS_PLATFORM' }),
    ]);
  });

  it("revokes with the person's own token, too", async () => {
    const tokens = await client.obtain();
    const body = { reason: 'USER_ACTION', initiator: 'INDIVIDUAL' };
    const target = `/consents/${tokens.fdxConsentId}/revocation`;
    expect((await client.fdx(tokens.access_token, target, { method: 'PUT', body })).status).toBe(204);
    await isDead(tokens);
  });

  it('ends consent and tokens when the person revokes at the bank', async () => {
    const tokens = await client.obtain();
    expect((await bank.control('POST', `/consents/${tokens.fdxConsentId}/revoke`)).status).toBe(204);
    await isDead(tokens);
    const { body } = await client.fdx(await client.clientCredentials(), `/consents/${tokens.fdxConsentId}`);
    expect(body['status']).toBe('REVOKED');
    expect((await bank.control('POST', `/consents/${tokens.fdxConsentId}/revoke`)).status).toBe(409);
  });

  it('ends consent and tokens when the refresh token is revoked (RFC 7009)', async () => {
    const { tokenRevocation } = await import('openid-client');
    const tokens = await client.obtain();
    await tokenRevocation(client.config, tokens.refresh_token ?? '', { token_type_hint: 'refresh_token' });
    await isDead(tokens);
    const { body } = await client.fdx(await client.clientCredentials(), `/consents/${tokens.fdxConsentId}`);
    expect(body['status']).toBe('REVOKED');
  });

  it('answers 200 to the revocation of a token it does not know (RFC 7009 §2.2)', async () => {
    const { tokenRevocation } = await import('openid-client');
    await expect(tokenRevocation(client.config, 'never-issued')).resolves.toBeUndefined();
  });

  it("never shows one application's consent to another", async () => {
    const tokens = await client.obtain();
    const { status } = await other.fdx(await other.clientCredentials(), `/consents/${tokens.fdxConsentId}`);
    expect(status).toBe(404);
  });

  it('leaves an earlier consent in force when a later one is given', async () => {
    const first = await client.obtain();
    const second = await client.obtain();
    expect(second.fdxConsentId).not.toBe(first.fdxConsentId);
    expect((await client.fdx(first.access_token, '/accounts')).status).toBe(200);
  });
});
