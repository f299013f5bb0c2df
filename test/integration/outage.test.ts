import { Application } from './support/application';
import { Bank } from './support/bank';
import { query } from './support/database';
import { Journey, referenceOn } from './support/journey';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { until } from './support/until';

const TEST_MS = 200_000;
/** As long as the issue asks for; the bank's codes live a minute. */
const OUTAGE_MS = 30_000;
/** Longer than the API waits for a launch, which is the longest it waits for anything. */
const ANSWER_MS = 50_000;

let own: PrivateStack;
let bank: Bank;
let application: Application;

beforeAll(async () => {
  // The bank keeps its records in memory: somebody else's database does not go down with ours.
  own = await startPrivateStack({ bankEnv: { SANDBOX_DATABASE_URL: '' } });
  bank = new Bank(own.stack);
  application = new Application(own.stack);
}, START_WITHIN_MS);
afterAll(() => own.end());
beforeEach(() => bank.reset());
afterEach(async () => {
  // One failed test is enough.
  own.child('temporal').resume();
  if (!own.child('postgres').running) await own.child('postgres').restart();
});

/** What a person can be shown on a bad day: our own page, which says to try again, with the hint for programs too. */
function expectTryAgain(journey: Journey, code: string): void {
  const { browser } = journey;
  expect([browser.status, referenceOn(browser)]).toEqual([503, code]);
  expect(browser.text).toMatch(/try again/i);
}

async function expectFinished(journey: Journey): Promise<void> {
  expect(await journey.reaches('active')).toMatchObject({ difference: { outcome: 'in_full' } });
  expect(await bank.codesSent()).toBe(1);
}

/** One person at each point where a browser waits for us. */
async function threePeople(): Promise<{
  opening: Journey;
  launching: Journey;
  returning: Journey;
  callbackUrl: string;
}> {
  const opening = await Journey.begin(application);
  const launching = await Journey.begin(application);
  await launching.browser.open(launching.launchUrl);
  const returning = await Journey.begin(application);
  return { opening, launching, returning, callbackUrl: await returning.authorize() };
}

test(
  'the database away for 30 s: whoever opens, continues or returns sees a page that says to wait; nothing is lost',
  async () => {
    const { opening, launching, returning, callbackUrl } = await threePeople();
    await own.child('postgres').stop();
    const endsAt = Date.now() + OUTAGE_MS;
    await Promise.all([
      opening.browser.open(opening.launchUrl),
      launching.pressContinue(),
      returning.comeBack(callbackUrl),
    ]);
    for (const journey of [opening, launching, returning]) expectTryAgain(journey, 'store_unavailable');
    // A page that was asked for with GET reloads itself.
    for (const { browser } of [opening, returning])
      expect(browser.page.querySelector('meta[http-equiv=refresh]')).not.toBeNull();
    expect((await application.call(`/v1/consents/${opening.consentId}`)).status).toBe(503);
    const readiness = await application.call('/readyz');
    expect([readiness.status, readiness.json['database']]).toEqual([503, 'away']);
    await until('the end of the outage', () => Promise.resolve(Date.now() > endsAt), OUTAGE_MS + 5_000);
    await own.child('postgres').restart();

    await returning.comeBack(callbackUrl);
    await expectFinished(returning);
    await bank.reset();
    await launching.comeBack(await launching.authorize());
    await expectFinished(launching);
    await bank.reset();
    await opening.comeBack(await opening.authorize());
    await expectFinished(opening);
  },
  TEST_MS,
);

test(
  'the database away while the code is with the bank: the tokens wait for it, and the consent finishes',
  async () => {
    const journey = await Journey.begin(application);
    const callbackUrl = await journey.authorize();
    await bank.plant({ endpoint: 'token', fault: { kind: 'delay', milliseconds: 3_000 } });
    const comingBack = journey.comeBack(callbackUrl);
    await until('the token request', async () => (await bank.requests('token')).length > 0);
    await own.child('postgres').kill('SIGKILL');
    await until('the answer of the bank', async () =>
      (await bank.requests('token')).every(({ status }) => status === 200),
    );
    await own.child('postgres').restart();
    await comingBack;
    await expectFinished(journey);
    await journey.comeBack(callbackUrl);
    expect(journey.browser.text).toContain('is connected');
  },
  TEST_MS,
);

test(
  'Temporal silent for 30 s: whoever continues or returns sees a page that says to wait; nothing is lost',
  async () => {
    const { launching, returning, callbackUrl } = await threePeople();
    own.child('temporal').pause();
    const begun = Date.now();
    const asking = application.call('/v1/consents', { method: 'POST', body: {} });
    await Promise.all([launching.pressContinue(), returning.comeBack(callbackUrl)]);
    expect(Date.now() - begun).toBeLessThan(ANSWER_MS);
    for (const journey of [launching, returning]) expectTryAgain(journey, 'engine_unavailable');
    // What needs no workflow works as ever: reading, and faults in requests.
    expect((await asking).status).toBe(400);
    expect((await launching.consent()).nextAction).toBe('launch');
    const readiness = await application.call('/readyz');
    expect([readiness.status, readiness.json['temporal']]).toEqual([503, 'away']);
    await until('the end of the outage', () => Promise.resolve(Date.now() > begun + OUTAGE_MS), OUTAGE_MS + 5_000);
    own.child('temporal').resume();

    await returning.comeBack(callbackUrl);
    await expectFinished(returning);
    await bank.reset();
    await launching.comeBack(await launching.authorize());
    await expectFinished(launching);
  },
  TEST_MS,
);

test(
  'Temporal killed while one person is at the bank and another reads the link: both finish after its restart',
  async () => {
    const { launching, returning, callbackUrl } = await threePeople();
    await own.child('temporal').kill('SIGKILL');
    await own.child('temporal').restart();
    await returning.comeBack(callbackUrl);
    await expectFinished(returning);
    await bank.reset();
    await launching.comeBack(await launching.authorize());
    await expectFinished(launching);
  },
  TEST_MS,
);

test(
  'a consent that was asked for while Temporal was away is refused with 503 and started by the sweep all the same',
  async () => {
    own.child('temporal').pause();
    const purpose = `asked for at ${Date.now()}`;
    const body = { institutionId: 'sandbox-bank', person: { reference: 'p' }, purpose, resources: [] };
    const resources = [{ resourceType: 'ACCOUNT', dataClusters: ['BALANCES'] }];
    const answer = await application.call('/v1/consents', { method: 'POST', body: { ...body, resources } });
    own.child('temporal').resume();
    expect([answer.status, answer.json['code']]).toEqual([503, 'engine_unavailable']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);

    const started = 'SELECT id FROM consents WHERE purpose = $1 AND workflow_started_at IS NOT NULL';
    const look = async () => (await query(own.stack, started, [purpose]))[0];
    const { id } = (await until('the sweep', look, 90_000)) as { id: string };
    const { launchUrl = '' } = await application.consent(id);
    const journey = Journey.resume(application, id, launchUrl);
    await journey.comeBack(await journey.authorize());
    await expectFinished(journey);
  },
  TEST_MS,
);
