import { Journey } from './support/journey';
import { START_WITHIN_MS } from './support/private-stack';
import { startRefreshProcess, type RefreshPoint } from './support/refresh-processes';
import { RefreshStage } from './support/refresh-stage';

const TEST_MS = 120_000;

let stage: RefreshStage;

beforeAll(async () => {
  stage = await RefreshStage.open();
}, START_WITHIN_MS);
afterAll(() => stage.close());
beforeEach(() => stage.bank.reset());

interface Bank {
  readonly rotates: boolean;
  /** The refresh token before is good for a while, as FAPI 2.0 §5.3.2.1 wants it. */
  readonly forgives: boolean;
}

const FORGIVING: Bank = { rotates: true, forgives: true };
const STRICT: Bank = { rotates: true, forgives: false };
const STEADY: Bank = { rotates: false, forgives: false };

/** A process that refreshes is killed there, at a bank of this kind. */
async function killed(point: RefreshPoint, { rotates, forgives }: Bank) {
  const { journey, authorizationId } = await stage.agedConsent();
  await stage.bank.behave({
    rotateRefreshTokens: rotates,
    previousRefreshTokenGraceInSeconds: forgives ? 3_600 : 0,
  });
  const refreshing = startRefreshProcess(stage.own.stack, { authorizationId, times: 3, diesAt: point });
  await refreshing.ready();
  refreshing.begin();
  expect(await refreshing.killedBy).toBe('SIGKILL');
  return { journey, authorizationId };
}

/** The next process, which knows nothing of the one before. */
async function afterRestart(authorizationId: string): Promise<string[]> {
  const next = startRefreshProcess(stage.own.stack, { authorizationId, times: 3 });
  await next.ready();
  next.begin();
  return next.outcomes;
}

describe('kill -9 of a process that refreshes', () => {
  test.each<[RefreshPoint, string, Bank, number]>([
    ['before the request', 'a bank that rotates and forgives', FORGIVING, 1],
    ['before the request', 'a bank that rotates and does not forgive', STRICT, 1],
    ['answered', 'a bank that rotates and forgives', FORGIVING, 2],
    ['answered', 'a bank that does not rotate', STEADY, 2],
    ['in custody', 'a bank that rotates and forgives', FORGIVING, 1],
    ['in custody', 'a bank that rotates and does not forgive', STRICT, 1],
    ['judged', 'a bank that rotates and forgives', FORGIVING, 1],
    ['judged', 'a bank that rotates and does not forgive', STRICT, 1],
    ['stored', 'a bank that rotates and forgives', FORGIVING, 1],
    ['stored', 'a bank that rotates and does not forgive', STRICT, 1],
  ])(
    '%s, at %s: the consent works, and nobody was asked to do anything',
    async (point, _, bank, refreshes) => {
      const { journey, authorizationId } = await killed(point, bank);
      expect(await afterRestart(authorizationId)).toEqual(['fresh', 'fresh', 'fresh']);
      expect(await stage.refreshes()).toBe(refreshes);
      await stage.expectWorking(journey, authorizationId);
    },
    TEST_MS,
  );

  test(
    'answered, at a bank that rotates and does not forgive: the application hears that the person authorizes again',
    async () => {
      const { journey, authorizationId } = await killed('answered', STRICT);
      expect(await stage.outcome(authorizationId)).toBe('grant_lost');
      // Told by whoever needed the tokens: no workflow had asked.
      await stage.expectReauthorize(journey);
      const { launchUrl } = await stage.application.invite(journey.consentId);
      const again = Journey.resume(stage.application, journey.consentId, launchUrl);
      await again.comeBack(await again.authorize());
      const { authorizationId: renewed } = await stage.grants.inUse(journey.consentId);
      expect(await stage.outcome(renewed)).toBe('fresh');
      await stage.expectWorking(journey, renewed);
    },
    TEST_MS,
  );

  test(
    'stored: the lock goes with the process, and nobody waits for it',
    async () => {
      const { authorizationId } = await killed('stored', STRICT);
      await stage.grants.age(authorizationId);
      expect(await stage.outcome(authorizationId)).toBe('fresh');
      expect(await stage.refreshes()).toBe(2);
    },
    TEST_MS,
  );
});
