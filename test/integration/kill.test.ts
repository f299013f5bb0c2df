import type { Endpoint } from '../../sandbox/control/endpoints';
import { Application } from './support/application';
import { Bank } from './support/bank';
import { query } from './support/database';
import { Journey } from './support/journey';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { until } from './support/until';

/** A workflow task that died with its worker is given to the next one after ten seconds. */
const RECOVERY_MS = 60_000;
const TEST_MS = 150_000;
/** Long enough to be killed in the middle of. */
const DELAY_MS = 4_000;

let own: PrivateStack;
let bank: Bank;
let application: Application;

beforeAll(async () => {
  own = await startPrivateStack({ apiEnv: { OUTCOME_WAIT_SECONDS: '5' } });
  bank = new Bank(own.stack);
  application = new Application(own.stack);
}, START_WITHIN_MS);
afterAll(() => own.end());
beforeEach(() => bank.reset());

const kill = async (name: 'worker' | 'api'): Promise<void> => {
  await own.child(name).kill('SIGKILL');
  await own.child(name).restart();
};

/** Until the bank has a request in its hands that it has not answered. */
const arrivesAt = (endpoint: Endpoint): Promise<true> =>
  until(`a request at ${endpoint}`, async () =>
    (await bank.requests(endpoint)).some(({ status }) => status === null) ? true : undefined,
  );

const delay = (endpoint: Endpoint): Promise<void> =>
  bank.plant({ endpoint, fault: { kind: 'delay', milliseconds: DELAY_MS } });

async function finish(journey: Journey): Promise<void> {
  expect(await journey.reaches('active', RECOVERY_MS)).toMatchObject({ difference: { outcome: 'in_full' } });
  expect(await bank.codesSent()).toBe(1);
}

/** The page that says to wait reloads itself, until it leads to the application. */
const leadsOn = (journey: Journey, callbackUrl: string): Promise<true> =>
  until('the way back to the application', async () => {
    const { currentUrl } = await journey.comeBack(callbackUrl);
    return currentUrl.includes(`consentId=${journey.consentId}&status=active`) ? true : undefined;
  });

describe.each(['worker', 'api'] as const)('kill -9 of the %s when nobody waits for it', (name) => {
  test(
    'while nobody has opened the link yet: the link works, and the consent finishes',
    async () => {
      const journey = await Journey.begin(application);
      await kill(name);
      await journey.comeBack(await journey.authorize());
      await finish(journey);
    },
    TEST_MS,
  );

  test(
    'while the person is at the bank: the consent finishes',
    async () => {
      const journey = await Journey.begin(application);
      const callbackUrl = await journey.authorize();
      await kill(name);
      await journey.comeBack(callbackUrl);
      await finish(journey);
    },
    TEST_MS,
  );
});

describe('kill -9 of the worker', () => {
  test(
    'while the request is being pushed: the same link works afterwards',
    async () => {
      const journey = await Journey.begin(application);
      await delay('par');
      const launching = journey.launch();
      await arrivesAt('par');
      await kill('worker');
      await bank.reset();
      await launching;
      await journey.comeBack(await journey.authorize());
      await finish(journey);
    },
    TEST_MS,
  );

  test(
    'that is still down when the person comes back: the answer waits, and the consent finishes',
    async () => {
      const journey = await Journey.begin(application);
      const callbackUrl = await journey.authorize();
      await own.child('worker').kill('SIGKILL');
      const comingBack = journey.comeBack(callbackUrl);
      await own.child('worker').restart();
      await comingBack;
      await finish(journey);
    },
    TEST_MS,
  );

  test(
    'that stays down for longer than a browser waits: the person reads that the answer is here, and a reload leads on',
    async () => {
      const journey = await Journey.begin(application, { returnUrl: application.returnUrl });
      const callbackUrl = await journey.authorize();
      await own.child('worker').kill('SIGKILL');
      await journey.comeBack(callbackUrl);
      expect(journey.browser.status).toBe(200);
      expect(journey.browser.text).toContain('Finishing with Sandbox Bank');
      expect(journey.browser.page.querySelector('form')).toBeNull();
      expect(journey.browser.page.querySelector('meta[http-equiv=refresh]')).not.toBeNull();
      await own.child('worker').restart();
      await leadsOn(journey, callbackUrl);
      await finish(journey);
    },
    TEST_MS,
  );

  test(
    'while the code is with the bank: it is never sent again, the person authorizes again and succeeds',
    async () => {
      const journey = await Journey.begin(application);
      const callbackUrl = await journey.authorize();
      await delay('token');
      const comingBack = journey.comeBack(callbackUrl);
      await arrivesAt('token');
      await kill('worker');
      await comingBack;
      const look = async () => (await journey.consent()).failure;
      const failure = await until('the loss of the answer', look, RECOVERY_MS);
      expect(failure.code).toBe('code_exchange_unknown');
      expect(await journey.consent()).toMatchObject({ status: 'authorizing', nextAction: 'launch' });
      expect(await bank.codesSent()).toBe(1);

      await bank.reset();
      await journey.comeBack(await journey.authorize());
      await finish(journey);
    },
    TEST_MS,
  );

  test.each<[string, Endpoint]>([
    ['the grant is being read', 'consents'],
    ['the accounts are being counted', 'accounts'],
  ])(
    'while %s: the tokens are kept and the consent finishes',
    async (_, endpoint) => {
      const journey = await Journey.begin(application);
      const callbackUrl = await journey.authorize();
      await delay(endpoint);
      const comingBack = journey.comeBack(callbackUrl);
      await arrivesAt(endpoint);
      await kill('worker');
      await bank.heal();
      await comingBack;
      await finish(journey);
    },
    TEST_MS,
  );

  test(
    'while the consent sleeps: it expires all the same',
    async () => {
      const expirationTime = new Date(Date.now() + 10_000).toISOString();
      await bank.plant({ endpoint: 'consents', fault: { kind: 'rewrite_json', set: { expirationTime } } });
      const journey = await Journey.walk(application);
      await own.child('worker').kill('SIGKILL');
      await until('the end of the grant', () => Promise.resolve(Date.now() > Date.parse(expirationTime)));
      expect((await journey.consent()).status).toBe('active');
      await own.child('worker').restart();
      await journey.reaches('expired', RECOVERY_MS);
      const left = 'SELECT tokens_jwe IS NULL AS gone FROM grants WHERE consent_id = $1';
      const look = async () => (await query(own.stack, left, [journey.consentId]))[0]?.['gone'] === true;
      await until('the end of the tokens', look, RECOVERY_MS);
    },
    TEST_MS,
  );
});

describe('kill -9 of the API', () => {
  test(
    'between a consent’s row and its workflow: the link works, and its workflow is one',
    async () => {
      own.child('temporal').pause();
      const purpose = `cut off at ${Date.now()}`;
      const cutOff = application.request({ purpose }).catch(() => 'cut off');
      const look = async () => (await query(own.stack, 'SELECT id FROM consents WHERE purpose = $1', [purpose]))[0];
      const { id } = (await until('the row', look)) as { id: string };
      await own.child('api').kill('SIGKILL');
      own.child('temporal').resume();
      await own.child('api').restart();
      expect(await cutOff).toBe('cut off');

      const { launchUrl = '' } = await application.consent(id);
      const journey = Journey.resume(application, id, launchUrl);
      await journey.comeBack(await journey.authorize());
      await finish(journey);
    },
    TEST_MS,
  );

  test(
    'while the request is being pushed: the same browser succeeds afterwards',
    async () => {
      const journey = await Journey.begin(application);
      await delay('par');
      const launching = journey.launch().catch(() => 'cut off');
      await arrivesAt('par');
      await kill('api');
      expect(await launching).toBe('cut off');
      await bank.reset();
      await journey.comeBack(await journey.authorize());
      await finish(journey);
    },
    TEST_MS,
  );

  test.each<[string, Endpoint]>([
    ['the code is with the bank', 'token'],
    ['the grant is being read', 'consents'],
  ])(
    'while %s and the person waits: the consent finishes, and a reload shows it',
    async (_, endpoint) => {
      const journey = await Journey.begin(application, { returnUrl: application.returnUrl });
      const callbackUrl = await journey.authorize();
      await delay(endpoint);
      const comingBack = journey.comeBack(callbackUrl).catch(() => 'cut off');
      await arrivesAt(endpoint);
      await kill('api');
      expect(await comingBack).toBe('cut off');
      await leadsOn(journey, callbackUrl);
      await finish(journey);
    },
    TEST_MS,
  );
});
