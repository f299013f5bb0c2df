import type { ConsentFailure } from '../../src/domain/failures';
import { needTogether } from './support/refresh-processes';
import { START_WITHIN_MS } from './support/private-stack';
import { RefreshStage } from './support/refresh-stage';
import { until } from './support/until';

const TEST_MS = 150_000;

let stage: RefreshStage;

beforeAll(async () => {
  stage = await RefreshStage.open();
}, START_WITHIN_MS);
afterAll(() => stage.close());
beforeEach(() => stage.bank.reset());
afterEach(async () => {
  // One failed test is enough.
  if (!stage.own.child('temporal').running) await stage.own.child('temporal').restart();
});

describe('a token that ends soon', () => {
  test('is used by everybody while one of them refreshes it: a slow bank makes nobody wait', async () => {
    const { authorizationId } = await stage.agedConsent();
    await stage.leave(authorizationId, 40);
    const before = await stage.workbench.tokensOf(authorizationId);
    await stage.bank.plant({ endpoint: 'token', fault: { kind: 'delay', milliseconds: 2_000 } });
    const demands = await Promise.all([1, 2, 3, 4, 5].map(() => stage.demand(authorizationId)));
    for (const { tokens } of demands) expect(tokens?.accessToken).toBe(before.accessToken);
    // The bank has not answered yet.
    expect(await stage.refreshes()).toBe(0);
    await until('the new tokens', async () => {
      return (await stage.workbench.tokensOf(authorizationId)).accessToken !== before.accessToken;
    });
    expect(await stage.refreshes()).toBe(1);
  });

  test('is used on when the early refresh fails, and the bank is left alone for a while', async () => {
    const { authorizationId } = await stage.agedConsent();
    await stage.leave(authorizationId, 40);
    const fault = { kind: 'status', status: 503, headers: { 'retry-after': '60' } } as const;
    await stage.bank.plant({ endpoint: 'token', fault });
    expect(await stage.outcome(authorizationId)).toBe('fresh');
    await until('the failure', async () => (await stage.record(authorizationId)).failure !== null);
    for (let times = 0; times < 5; times += 1) expect(await stage.outcome(authorizationId)).toBe('fresh');
    expect(await stage.record(authorizationId)).toMatchObject({ failure: 'as_unreachable', failures: 1 });
    expect(await stage.asked()).toHaveLength(1);
  });

  test('in its last seconds is used once more when the refresh comes to nothing', async () => {
    const { authorizationId } = await stage.agedConsent();
    await stage.leave(authorizationId, 25);
    await stage.bank.plant({ endpoint: 'token', fault: { kind: 'status', status: 503 } });
    expect(await stage.outcome(authorizationId)).toBe('fresh');
    expect(await stage.record(authorizationId)).toMatchObject({ failures: 1 });
  });
});

describe('an answer that is lost', () => {
  test.each([
    ['the bank has not seen the request', 'reset'],
    ['the bank has rotated', 'answer_lost'],
  ] as const)('is asked for again at once, within the one demand: %s', async (_, kind) => {
    const { journey, authorizationId } = await stage.agedConsent();
    await stage.bank.behave({ rotateRefreshTokens: true, previousRefreshTokenGraceInSeconds: 60 });
    await stage.bank.plant({ endpoint: 'token', fault: { kind }, times: 1 });
    expect(await stage.outcome(authorizationId)).toBe('fresh');
    // Apart from those that only fetch a nonce (RFC 9449 §8).
    expect((await stage.asked()).filter(({ status }) => status !== 400)).toHaveLength(2);
    expect(await stage.record(authorizationId)).toMatchObject({ failure: null, failures: 0 });
    await stage.expectWorking(journey, authorizationId);
  });

  test('twice is as_unreachable, and is not asked for a third time before its time', async () => {
    const { journey, authorizationId } = await stage.agedConsent();
    await stage.bank.plant({ endpoint: 'token', fault: { kind: 'status', status: 500 }, times: 2 });
    const { outcome, retryAfterSeconds } = await stage.demand(authorizationId);
    expect([outcome, retryAfterSeconds]).toEqual(['as_unreachable', expect.any(Number)]);
    expect(await stage.refreshes(500)).toBe(2);
    await until('the next refresh', async () => (await stage.outcome(authorizationId)) === 'fresh');
    expect(await stage.record(authorizationId)).toMatchObject({ failure: null, failures: 0 });
    await stage.expectWorking(journey, authorizationId);
  });
});

describe('a bank that fails', () => {
  test(
    'is asked once for all callers of all processes, and then not before the time that it names',
    async () => {
      const { authorizationId } = await stage.agedConsent();
      const fault = { kind: 'status', status: 503, headers: { 'retry-after': '5' } } as const;
      await stage.bank.plant({ endpoint: 'token', fault, times: 1 });
      const outcomes = await needTogether(stage.own.stack, authorizationId, { processes: 2, times: 20 });
      expect(outcomes).toEqual(Array(40).fill('as_unreachable'));
      const [refused, ...others] = await stage.asked();
      expect([refused?.status, others]).toEqual([503, []]);
      // The bank is well again. Nobody knows, and whoever doubts the tokens must wait as well.
      for (const isInDoubt of [false, true]) {
        const demanded = await stage.demand(authorizationId, { isInDoubt });
        expect(demanded.outcome).toBe('as_unreachable');
        expect(demanded.retryAfterSeconds).toBeLessThanOrEqual(6);
      }
      expect(await stage.asked()).toHaveLength(1);
      await until('the next refresh', async () => (await stage.outcome(authorizationId)) === 'fresh');
      const next = (await stage.asked())[1];
      expect(Date.parse(next?.at ?? '') - Date.parse(refused?.at ?? '')).toBeGreaterThanOrEqual(5_000);
    },
    TEST_MS,
  );

  test(
    'by never answering leaves connections for other banks',
    async () => {
      const hanging: string[] = [];
      for (let count = 0; count < 20; count += 1) hanging.push((await stage.agedConsent()).authorizationId);
      const institutionId = 'sandbox-bank-scopes';
      const { authorizationId: other } = await stage.agedConsent({ institutionId });
      await stage.bank.plant({ endpoint: 'token', fault: { kind: 'timeout' }, clientId: 'fdx-consent-dev' });
      let ended = 0;
      const demands = hanging.map((id) =>
        stage.outcome(id).finally(() => {
          ended += 1;
        }),
      );
      await until('the first request', async () => (await stage.asked()).length > 0);
      expect(await stage.outcome(other)).toBe('fresh');
      expect(ended).toBe(0);
      expect(new Set(await Promise.all(demands))).toEqual(new Set<ConsentFailure['code']>(['as_unreachable']));
    },
    TEST_MS,
  );
});

describe('tokens that the bank has refused', () => {
  test('are refreshed, unless somebody has done so meanwhile', async () => {
    const { authorizationId } = await stage.agedConsent();
    await stage.leave(authorizationId, 600);
    const refused = await stage.workbench.tokensOf(authorizationId);
    const both = await Promise.all([1, 2].map(() => stage.demand(authorizationId, { refused })));
    for (const { tokens } of both) expect(tokens?.accessToken).not.toBe(refused.accessToken);
    expect((await stage.demand(authorizationId, { refused })).tokens).toEqual(both[0]?.tokens);
    expect(await stage.refreshes()).toBe(1);
  });
});

describe('a grant that the bank refuses', () => {
  const invalidGrant = { endpoint: 'token', fault: { kind: 'oauth_error', error: 'invalid_grant' } } as const;

  test('is not asked for again, and the workflow tells the application to let the person authorize again', async () => {
    const { journey, authorizationId } = await stage.agedConsent();
    await stage.bank.plant(invalidGrant);
    expect(await stage.outcome(authorizationId)).toBe('grant_lost');
    await stage.expectReauthorize(journey);
    expect(await stage.record(authorizationId)).toMatchObject({ isLost: true, isLossTold: true });
    const asked = (await stage.asked()).length;
    for (let times = 0; times < 5; times += 1) expect(await stage.outcome(authorizationId)).toBe('grant_lost');
    expect(await stage.asked()).toHaveLength(asked);
  });

  test('by accident, once, is in use again when the workflow has asked: one answer is not believed', async () => {
    const { journey, authorizationId } = await stage.agedConsent();
    await stage.bank.plant({ ...invalidGrant, times: 1 });
    expect(await stage.outcome(authorizationId)).toBe('grant_lost');
    await until('the second answer', async () => (await stage.outcome(authorizationId)) === 'fresh');
    expect(await stage.record(authorizationId)).toMatchObject({ isLost: false, isLossTold: false });
    await stage.expectWorking(journey, authorizationId);
  });

  test(
    'while Temporal is away is told by the sweep when Temporal is back',
    async () => {
      const { journey, authorizationId } = await stage.agedConsent();
      await stage.bank.plant(invalidGrant);
      await stage.own.child('temporal').kill('SIGKILL');
      expect(await stage.outcome(authorizationId)).toBe('grant_lost');
      // Whoever found out has given up telling it.
      await stage.workbench.deps.refreshes.settled();
      expect(await stage.record(authorizationId)).toMatchObject({ isLost: true, isLossTold: false });
      await stage.own.child('temporal').restart();
      // Swept every half minute.
      await stage.expectReauthorize(journey, 120_000);
      expect(await stage.record(authorizationId)).toMatchObject({ isLossTold: true });
    },
    TEST_MS,
  );
});
