import { bindingOf } from '../../src/fapi/authorization';
import type { BoundTokens } from '../../src/fapi/token-set';
import { ClientAtBank, Custody } from './support/client-at-bank';
import { failureOf } from './support/failure';

let at: ClientAtBank;

beforeAll(async () => {
  at = await ClientAtBank.start();
});

afterEach(async () => {
  await at.bank.control('DELETE', '/faults');
  await at.bank.control('DELETE', '/requests');
  await at.bank.behave({ rotateRefreshTokens: false });
});

afterAll(() => at.stop());

const refresh = (tokens: BoundTokens, custody = new Custody()): Promise<BoundTokens> =>
  at.client.refreshTokens(tokens.refreshToken ?? '', bindingOf(tokens), custody);

describe('a refresh (RFC 6749 §6)', () => {
  test('answered: brings tokens bound to the same key, which work', async () => {
    const tokens = await at.tokens();
    const refreshed = await refresh(tokens);
    expect(refreshed.accessToken).not.toBe(tokens.accessToken);
    expect(bindingOf(refreshed)).toEqual(bindingOf(tokens));
    expect((await at.accounts(refreshed)).status).toBe(200);
  });

  test('answered with another refresh token: the new one is in custody before anything is judged', async () => {
    const tokens = await at.tokens();
    await at.bank.behave({ rotateRefreshTokens: true });
    const custody = new Custody();
    const refreshed = await refresh(tokens, custody);
    expect(refreshed.refreshToken).not.toBe(tokens.refreshToken);
    expect(custody.stored).toContain(refreshed.refreshToken ?? '?');
    expect((await at.accounts(await refresh(refreshed))).status).toBe(200);
  });

  test('refused with invalid_grant: the grant is lost, and that is not retried', async () => {
    const tokens = await at.tokens();
    await at.client.revokeToken(tokens.refreshToken ?? '', 'refresh_token');
    expect((await failureOf(refresh(tokens))).code).toBe('grant_lost');
  });

  test('refused for the moment with 429: may be tried again', async () => {
    const tokens = await at.tokens();
    await at.bank.plant({ endpoint: 'token', fault: { kind: 'oauth_error', status: 429, error: 'slow_down' } });
    expect((await failureOf(refresh(tokens))).code).toBe('as_unreachable');
  });

  test.each(['reset', 'answer_lost'] as const)(
    'lost mid-flight (%s): unknown, and the same token heals it',
    async (kind) => {
      const tokens = await at.tokens();
      await at.bank.plant({ endpoint: 'token', fault: { kind }, times: 1 });
      const custody = new Custody();
      expect((await failureOf(refresh(tokens, custody))).code).toBe('refresh_unknown');
      expect(custody.responses).toEqual([]);
      expect((await at.accounts(await refresh(tokens, custody))).status).toBe(200);
    },
  );

  test('lost after the bank had rotated: the previous token is refused, and the grant is known to be lost', async () => {
    const tokens = await at.tokens();
    await at.bank.behave({ rotateRefreshTokens: true });
    await at.bank.plant({ endpoint: 'token', fault: { kind: 'answer_lost' }, times: 1 });
    expect((await failureOf(refresh(tokens))).code).toBe('refresh_unknown');
    expect((await failureOf(refresh(tokens))).code).toBe('grant_lost');
  });

  test.each([500, 503])('broken with %i: unknown, since the bank may have rotated before it broke', async (status) => {
    const tokens = await at.tokens();
    await at.bank.plant({ endpoint: 'token', fault: { kind: 'status', status }, times: 1 });
    expect((await failureOf(refresh(tokens))).code).toBe('refresh_unknown');
  });

  test('answered with 503 and a time: unknown as well, and the time is passed on (RFC 9110 §10.2.3)', async () => {
    const tokens = await at.tokens();
    const fault = { kind: 'status', status: 503, headers: { 'retry-after': '7' } } as const;
    await at.bank.plant({ endpoint: 'token', fault, times: 1 });
    const failure = await failureOf(refresh(tokens));
    expect([failure.code, failure.retryAfterSeconds]).toEqual(['refresh_unknown', 7]);
  });

  test('whose answer is in custody already is judged without asking again', async () => {
    const tokens = await at.tokens();
    const custody = new Custody();
    const first = await refresh(tokens, custody);
    await at.bank.control('DELETE', '/requests');
    const second = await refresh(tokens, custody);
    expect(second.accessToken).toBe(first.accessToken);
    expect((await at.bank.requests('token')).requests).toEqual([]);
  });

  test('that brings an ID token with another signature is refused, its tokens kept', async () => {
    const tokens = await at.tokens();
    await at.bank.plant({ endpoint: 'token', fault: { kind: 'forge_id_token', signedBy: 'stranger' } });
    const custody = new Custody();
    expect((await failureOf(refresh(tokens, custody))).code).toBe('id_token_invalid');
    expect(custody.responses).toHaveLength(1);
  });
});

describe('a revocation (RFC 7009)', () => {
  test('answered: the token is dead', async () => {
    const tokens = await at.tokens();
    await at.client.revokeToken(tokens.refreshToken ?? '', 'refresh_token');
    expect((await failureOf(refresh(tokens))).code).toBe('grant_lost');
  });

  test('of a token the bank does not know is answered 200, and that is success (§2.2)', async () => {
    await expect(at.client.revokeToken('nobody-knows-this-token', 'refresh_token')).resolves.toBeUndefined();
  });

  test('refused with 503: the token still exists, and the bank said when to come again (§2.2.1)', async () => {
    const tokens = await at.tokens();
    await at.bank.plant({
      endpoint: 'revocation',
      fault: { kind: 'status', status: 503, headers: { 'retry-after': '7' } },
      times: 1,
    });
    const failure = await failureOf(at.client.revokeToken(tokens.refreshToken ?? '', 'refresh_token'));
    expect([failure.code, failure.retryAfterSeconds]).toEqual(['as_unreachable', 7]);
    expect((await at.accounts(await refresh(tokens))).status).toBe(200);
  });

  test('whose answer is lost may be sent again', async () => {
    const tokens = await at.tokens();
    await at.bank.plant({ endpoint: 'revocation', fault: { kind: 'answer_lost' }, times: 1 });
    const revoke = () => at.client.revokeToken(tokens.refreshToken ?? '', 'refresh_token');
    expect((await failureOf(revoke())).code).toBe('as_unreachable');
    await expect(revoke()).resolves.toBeUndefined();
  });

  test('answered 204 counts too', async () => {
    await at.bank.plant({ endpoint: 'revocation', fault: { kind: 'status', status: 204 } });
    await expect(at.client.revokeToken('some-token', 'access_token')).resolves.toBeUndefined();
  });
});

test('a token of our own is bound like any other', async () => {
  const token = await at.client.clientCredentialsToken('fdx:consents:read');
  expect(token).toMatchObject({ accessToken: expect.any(String) as string, senderKey: expect.any(Object) as object });
});
