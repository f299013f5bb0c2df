import { Client } from 'pg';
import type { Fault } from '../../sandbox/control/fault';
import { freshTokens } from '../../src/custody/fresh-tokens';
import type { ConsentFailure } from '../../src/domain/failures';
import type { AuthorizationId } from '../../src/domain/ids';
import { Application } from './support/application';
import { Bank } from './support/bank';
import { Grants } from './support/grants';
import { Journey } from './support/journey';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { needTogether } from './support/refresh-processes';
import { until } from './support/until';
import { openWorkbench, type Workbench } from './support/workbench';

const TEST_MS = 120_000;

let own: PrivateStack;
let bank: Bank;
let application: Application;
let grants: Grants;
let workbench: Workbench;

beforeAll(async () => {
  // The bank keeps its records in memory: somebody else's database does not go down with ours.
  own = await startPrivateStack({ bankEnv: { SANDBOX_DATABASE_URL: '' } });
  bank = new Bank(own.stack);
  application = new Application(own.stack);
  grants = new Grants(own.stack);
  workbench = await openWorkbench(own.stack);
}, START_WITHIN_MS);
afterAll(async () => {
  await workbench.close();
  await own.end();
});
beforeEach(() => bank.reset());
afterEach(async () => {
  // One failed test is enough.
  if (!own.child('worker').running) await own.child('worker').restart();
  if (!own.child('postgres').running) await own.child('postgres').restart();
});

/** An active consent whose access token has ended. */
async function agedConsent(): Promise<{ journey: Journey; authorizationId: string }> {
  const journey = await Journey.walk(application);
  const { authorizationId } = await grants.inUse(journey.consentId);
  await grants.age(authorizationId);
  await bank.reset();
  return { journey, authorizationId };
}

/** Requests to refresh that the bank has answered with new tokens. */
async function refreshes(): Promise<number> {
  const requests = await bank.requests('token');
  return requests.filter(({ bodyParameters, status }) => bodyParameters.includes('refresh_token') && status === 200)
    .length;
}

/** What another worker gets that needs the tokens now. */
const need = (id: string): Promise<string> =>
  freshTokens(workbench.deps, id as AuthorizationId).then(
    () => 'fresh',
    (error: unknown) => (error as ConsentFailure).code,
  );

/** It is lost, the application is told, and one authorization makes it work again. */
async function expectHealedByAuthorization(journey: Journey): Promise<void> {
  await workbench.report(journey.consentId);
  // A look that died with its worker is given up after half a minute, and the next one comes after it.
  const isAdvised = async () => (await journey.consent()).nextAction === 'reauthorize';
  await until('the advice to authorize again', isAdvised, 60_000);
  expect(await workbench.usable(journey.consentId)).toBeUndefined();
  expect(await journey.consent()).toMatchObject({ status: 'active', nextAction: 'reauthorize' });
  const { reason, launchUrl } = await application.invite(journey.consentId);
  expect(reason).toBe('reauthorize');
  const again = Journey.resume(application, journey.consentId, launchUrl);
  await again.comeBack(await again.authorize());
  const { authorizationId } = await grants.inUse(journey.consentId);
  expect(await journey.consent()).toMatchObject({ status: 'active', nextAction: 'none' });
  expect(await workbench.usable(journey.consentId)).toBe(authorizationId);
  expect(await workbench.readAccounts(authorizationId)).toBe(200);
}

describe('a token that has ended', () => {
  test(
    'and is needed two hundred times at once by four processes is refreshed once, at a bank that rotates',
    async () => {
      const { authorizationId } = await agedConsent();
      await bank.behave({ rotateRefreshTokens: true });
      const outcomes = await needTogether(own.stack, authorizationId, { processes: 4, times: 50 });
      expect(outcomes).toEqual(Array(200).fill('fresh'));
      expect(await refreshes()).toBe(1);
      expect(await workbench.readAccounts(authorizationId)).toBe(200);
    },
    TEST_MS,
  );

  test('that somebody else has been refreshing for long is not waited for without end', async () => {
    const { authorizationId } = await agedConsent();
    const client = new Client({ connectionString: own.stack.databaseUrl });
    await client.connect();
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [authorizationId]);
    expect(await need(authorizationId)).toBe('as_unreachable');
    await client.end();
    expect(await need(authorizationId)).toBe('fresh');
  });

  test('is refreshed with the refresh token that came last, and custody is empty afterwards', async () => {
    const { journey, authorizationId } = await agedConsent();
    await bank.behave({ rotateRefreshTokens: true });
    for (let times = 0; times < 3; times += 1) {
      await grants.age(authorizationId);
      expect(await need(authorizationId)).toBe('fresh');
    }
    expect(await refreshes()).toBe(3);
    expect(await grants.inUse(journey.consentId)).toMatchObject({ isInCustody: false, hasTokens: true });
    expect(await workbench.readAccounts(authorizationId)).toBe(200);
  });

  test.each<[string, Fault]>([
    ['nonsense', { kind: 'malformed_json', tail: 'x' }],
    ['a page', { kind: 'replace_answer', status: 200, contentType: 'text/html', body: '<h1>Hi</h1>' }],
    ['tokens without a type', { kind: 'rewrite_json', remove: ['token_type'] }],
    ['an ID token that a stranger signed', { kind: 'forge_id_token', signedBy: 'stranger' }],
  ])('whose refresh is once answered with %s works again at the next attempt', async (_, fault) => {
    const { authorizationId } = await agedConsent();
    await bank.plant({ endpoint: 'token', fault, times: 1 });
    expect(await need(authorizationId)).not.toBe('fresh');
    // Nobody asks again at once.
    await until('the next attempt', async () => (await need(authorizationId)) === 'fresh');
    expect(await refreshes()).toBe(2);
    expect(await workbench.readAccounts(authorizationId)).toBe(200);
  });

  test('whose refresh is refused while the consent stands is a matter of one more authorization', async () => {
    const { journey, authorizationId } = await agedConsent();
    const { bankConsentId } = await grants.inUse(journey.consentId);
    const about = { authorization: { consentId: bankConsentId ?? '' } };
    await bank.plant({ endpoint: 'token', fault: { kind: 'oauth_error', error: 'invalid_grant' }, ...about });
    expect(await need(authorizationId)).toBe('grant_lost');
    expect((await bank.consent(bankConsentId)).status).toBe('ACTIVE');
    await expectHealedByAuthorization(journey);
    expect((await bank.ended(bankConsentId)).status).toBe('REVOKED');
  });

  test('at a bank that wants to see the person again is told before, and then stops all reading', async () => {
    await bank.behave({ refreshTokenLifeInSeconds: 4 });
    const journey = await Journey.walk(application);
    const { grantExpirationDate = '', expirationDate = '' } = await journey.consent();
    expect(Date.parse(grantExpirationDate)).toBeLessThan(Date.now() + 5_000);
    expect(Date.parse(grantExpirationDate)).toBeLessThan(Date.parse(expirationDate));
    await until('the end of the grant', async () => (await journey.consent()).nextAction === 'reauthorize');
    expect(await workbench.usable(journey.consentId)).toBeUndefined();
    await bank.heal();
    await expectHealedByAuthorization(journey);
  });
});

describe('kill -9 of the worker', () => {
  /** Holds the row of the grant, so that nothing can be written to it, until it is let go. */
  async function hold(authorizationId: string): Promise<() => Promise<void>> {
    const client = new Client({ connectionString: own.stack.databaseUrl });
    await client.connect();
    await client.query('BEGIN');
    await client.query('SELECT 1 FROM grants WHERE authorization_id = $1 FOR UPDATE', [authorizationId]);
    return async () => {
      // A statement that PostgreSQL has is carried out although nobody waits for it: these have not come so far.
      await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'`);
      await client.end();
    };
  }

  async function kill(): Promise<void> {
    await own.child('worker').kill('SIGKILL');
  }

  const asked = () =>
    until('the refresh', async () =>
      (await bank.requests('token')).some(({ bodyParameters }) => bodyParameters.includes('refresh_token')),
    );

  /** Whichever it is, it is clear, and the person can always put it right. */
  async function expectClear(
    journey: Journey,
    authorizationId: string,
    outcome: 'fresh' | 'grant_lost',
  ): Promise<void> {
    expect(await need(authorizationId)).toBe(outcome);
    await own.child('worker').restart();
    if (outcome === 'grant_lost') return expectHealedByAuthorization(journey);
    expect(await workbench.readAccounts(authorizationId)).toBe(200);
    expect(await journey.consent()).toMatchObject({ status: 'active', nextAction: 'none' });
  }

  test(
    'before the bank has looked at the refresh: the same refresh token works',
    async () => {
      const { journey, authorizationId } = await agedConsent();
      await bank.plant({ endpoint: 'token', fault: { kind: 'delay', milliseconds: 3_000 }, times: 2 });
      await workbench.report(journey.consentId);
      await asked();
      await kill();
      await bank.heal();
      await expectClear(journey, authorizationId, 'fresh');
    },
    TEST_MS,
  );

  test.each([
    [false, 'fresh'],
    // RFC 6749 §10.4: a rotated refresh token that comes again looks stolen to such a bank.
    [true, 'grant_lost'],
  ] as const)(
    'between the answer of the bank (rotating: %s) and its storing: afterwards it is %s',
    async (rotateRefreshTokens, outcome) => {
      const { journey, authorizationId } = await agedConsent();
      await bank.behave({ rotateRefreshTokens });
      const letGo = await hold(authorizationId);
      await workbench.report(journey.consentId);
      await until('the answer', async () => (await refreshes()) === 1);
      await kill();
      await letGo();
      expect((await grants.inUse(journey.consentId)).isInCustody).toBe(false);
      await expectClear(journey, authorizationId, outcome);
    },
    TEST_MS,
  );

  test(
    'between storing the answer and judging it: it is judged from custody, and the bank is not asked again',
    async () => {
      const { journey, authorizationId } = await agedConsent();
      // A worker that has not read the bank's keys yet.
      await own.child('worker').restart();
      await bank.behave({ rotateRefreshTokens: true });
      await bank.plant({ endpoint: 'jwks', fault: { kind: 'delay', milliseconds: 8_000 }, times: 1 });
      await workbench.report(journey.consentId);
      await until('custody', async () => (await grants.inUse(journey.consentId)).isInCustody);
      await kill();
      await bank.heal();
      await expectClear(journey, authorizationId, 'fresh');
      expect(await refreshes()).toBe(1);
      expect((await grants.inUse(journey.consentId)).isInCustody).toBe(false);
    },
    TEST_MS,
  );
});

test(
  'the database killed while a rotated refresh token is on its way: it is stored when the database is back',
  async () => {
    const { journey, authorizationId } = await agedConsent();
    const before = (await workbench.tokensOf(authorizationId)).refreshToken;
    await bank.behave({ rotateRefreshTokens: true });
    await bank.plant({ endpoint: 'token', fault: { kind: 'delay', milliseconds: 3_000 }, times: 2 });
    await workbench.report(journey.consentId);
    await until('the refresh', async () =>
      (await bank.requests('token')).some(({ bodyParameters }) => bodyParameters.includes('refresh_token')),
    );
    await own.child('postgres').kill('SIGKILL');
    await until('the answer', async () => (await refreshes()) === 1);
    await own.child('postgres').restart();
    // Nobody else may ask meanwhile: to this bank the old refresh token is spent.
    await until('the new token', async () => (await workbench.tokensOf(authorizationId)).refreshToken !== before);
    await bank.heal();
    expect(await need(authorizationId)).toBe('fresh');
    expect(await workbench.readAccounts(authorizationId)).toBe(200);
    expect(await journey.consent()).toMatchObject({ status: 'active', nextAction: 'none' });
    expect(await refreshes()).toBe(1);
  },
  TEST_MS,
);
