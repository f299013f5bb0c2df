import { Application } from './support/application';
import { Bank } from './support/bank';
import { fdxConsent } from './support/command';
import { query } from './support/database';
import { Grants } from './support/grants';
import { ALICE, Journey } from './support/journey';
import { startOtherApi, type OtherApi } from './support/other-api';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { withRawClient } from './support/temporal';
import { until } from './support/until';
import { openWorkbench, type Workbench } from './support/workbench';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/* What happens at the bank, and by the clock. The bank at which we subscribe lets us see a consent with a token of our own. */
const SUBSCRIBED = { institutionId: 'subscribed' };
const BY_RULE = { initiator: 'DATA_ACCESS_PLATFORM', reason: 'BUSINESS_RULE' };
const DAY_MS = 24 * 60 * 60 * 1000;

let own: PrivateStack;
let bank: Bank;
let application: Application;
let grants: Grants;
let workbench: Workbench;
/** Lives by seconds where others live by hours and days. */
let hasty: OtherApi;

beforeAll(async () => {
  own = await startPrivateStack();
  bank = new Bank(own.stack);
  application = new Application(own.stack);
  grants = new Grants(own.stack);
  [workbench, hasty] = await Promise.all([
    openWorkbench(own.stack),
    startOtherApi(own.stack, 'hasty-api', { ONE_TIME_LIFETIME_SECONDS: '4', AUTHORIZATION_WINDOW_SECONDS: '4' }),
    subscribe(),
  ]);
}, START_WITHIN_MS);
afterAll(async () => {
  await Promise.all([workbench.close(), hasty.stop()]);
  await own.end();
});
beforeEach(() => bank.reset());

async function subscribe(): Promise<void> {
  const [row] = await query(own.stack, `SELECT profile FROM institutions WHERE id = 'sandbox-bank-signed'`);
  const notifications = { mode: 'subscribe', types: ['CONSENT_REVOKED', 'CONSENT_UPDATED'] };
  const file = path.join(own.stack.logDirectory, '..', 'subscribed.json');
  await writeFile(
    file,
    JSON.stringify({ ...(row?.['profile'] as object), id: SUBSCRIBED.institutionId, notifications }),
  );
  const { code, stderr } = await fdxConsent(['institutions', 'add', file], own.stack.productEnvironment);
  if (code !== 0) throw new Error(stderr);
  await reconcileUntil('the subscriptions', async () => (await bank.subscriptions()).length === 2, 90_000);
}

/** Rounds of the schedule until something is so: one that is triggered while another runs is left out. */
function reconcileUntil(what: string, isSo: () => Promise<boolean>, withinMs?: number): Promise<true> {
  let next = 0;
  return until(
    what,
    async () => {
      if (await isSo()) return true;
      if (Date.now() < next) return false;
      next = Date.now() + 2_000;
      await withRawClient(own.stack, (client) => client.schedule.getHandle('fdx-consent-reconcile').trigger());
      return false;
    },
    withinMs,
  );
}

/** As if it had been granted days ago, and nobody had looked since. */
const makeDue = ({ consentId }: Journey) =>
  query(
    own.stack,
    `UPDATE consents SET bank_check_due_at = now(), granted_at = now() - interval '3 days' WHERE id = $1`,
    [consentId],
  );

/** Nothing that would tell the bank what it knows. */
async function expectNoEcho(bankConsentId: string): Promise<void> {
  const puts = (await bank.requests('consents')).filter(
    ({ method, path: at }) => method === 'PUT' && at.includes(bankConsentId),
  );
  expect(puts).toEqual([]);
  expect(await bank.requests('revocation')).toEqual([]);
}

async function walk(
  changes: object = SUBSCRIBED,
): Promise<{ journey: Journey; bankConsentId: string; authorizationId: string }> {
  const journey = await Journey.walk(application, changes);
  const { bankConsentId, authorizationId } = await grants.inUse(journey.consentId);
  if (bankConsentId === null) throw new Error('the bank has told no id');
  return { journey, bankConsentId, authorizationId };
}

const notified = async (bankConsentId: string) =>
  query(own.stack, `SELECT type, outcome FROM bank_notifications WHERE bank_consent_id = $1`, [bankConsentId]);

describe('a consent that the person ends at the bank', () => {
  test('is revoked here as soon as the bank has told us, without an echo, and its tokens are gone', async () => {
    const { journey, bankConsentId } = await walk();
    await bank.revoke(bankConsentId);
    const revoked = await journey.reaches('revoked');
    expect(revoked).toMatchObject({
      ...{ nextAction: 'none', failure: { code: 'consent_revoked' } },
      revocation: { initiator: 'DATA_PROVIDER', reason: 'USER_ACTION' },
    });
    await grants.destroyed(journey.consentId);
    await until('the end of it', async () => (await journey.consent()).bankEnding === 'done');
    await expectNoEcho(bankConsentId);
    expect(await notified(bankConsentId)).toEqual([{ type: 'CONSENT_REVOKED', outcome: 'told' }]);
  });

  test('is found by asking, when nobody told us', async () => {
    const { journey, bankConsentId } = await walk();
    await bank.revoke(bankConsentId, { silently: true });
    expect((await journey.consent()).status).toBe('active');
    await makeDue(journey);
    await reconcileUntil('the look', async () => (await journey.consent()).status === 'revoked');
    await grants.destroyed(journey.consentId);
    await expectNoEcho(bankConsentId);
  });

  test('at a bank that shows it only to the person’s token is lost, until the person authorizes again', async () => {
    const { journey, bankConsentId } = await walk({});
    await bank.revoke(bankConsentId, { silently: true });
    await makeDue(journey);
    await reconcileUntil('the look', async () => (await journey.consent()).nextAction === 'reauthorize');
    expect(await workbench.usable(journey.consentId)).toBeUndefined();
    await journey.renew();
    expect(await journey.consent()).toMatchObject({ status: 'active', nextAction: 'none' });
    const { authorizationId } = await grants.inUse(journey.consentId);
    expect(await workbench.readAccounts(authorizationId)).toBe(200);
  });

  test('of which the bank tells twice is one', async () => {
    await bank.behave({ duplicateNotifications: true });
    const { journey, bankConsentId } = await walk();
    await bank.revoke(bankConsentId);
    await journey.reaches('revoked');
    expect(await notified(bankConsentId)).toHaveLength(1);
  });
});

describe('a notification that nobody believes', () => {
  test.each(['forged', 'none'] as const)(
    '(authentication: %s) is refused and changes nothing',
    async (notificationAuthentication) => {
      await bank.behave({ notificationAuthentication });
      const { journey, bankConsentId } = await walk();
      const before = await journey.consent();
      await bank.update(bankConsentId, { dataClusters: ['TRANSACTIONS'] });
      await until('the refusal', async () => (await bank.deliveriesOf(bankConsentId)).includes('refused'));
      expect(await bank.deliveriesOf(bankConsentId)).not.toContain('delivered');
      expect(await notified(bankConsentId)).toEqual([]);
      expect(await journey.consent()).toEqual(before);
    },
  );

  test('that says less than the truth is not believed either: what counts is what the bank says when it is asked', async () => {
    const { journey, bankConsentId } = await walk();
    const before = { ...(await journey.consent()), updatedAt: 'any' };
    await workbench.report(journey.consentId);
    await until(
      'the question',
      async () => (await bank.requests('consents')).filter(({ path: at }) => at.endsWith(bankConsentId)).length >= 2,
    );
    expect({ ...(await journey.consent()), updatedAt: 'any' }).toEqual(before);
  });
});

describe('a bank that changes what it granted', () => {
  test('is heard: an earlier end is in force, with what follows from it', async () => {
    const { journey, bankConsentId } = await walk();
    const expirationTime = new Date(Date.now() + 60 * DAY_MS).toISOString();
    await bank.update(bankConsentId, { expirationTime });
    await until('the new date', async () => (await journey.consent()).expirationDate === expirationTime);
    expect(await journey.consent()).toMatchObject({ status: 'active', nextAction: 'none' });
  });

  test('is heard: fewer clusters are named as what is shared', async () => {
    const { journey, bankConsentId } = await walk();
    await bank.update(bankConsentId, { dataClusters: ['ACCOUNT_DETAILED', 'CUSTOMER_CONTACT'] });
    const changed = await until('the change', async () => {
      const consent = await journey.consent();
      return consent.difference?.outcome === 'in_part' ? consent : undefined;
    });
    expect(new Set(changed.granted?.resources.flatMap(({ dataClusters }) => dataClusters))).toEqual(
      new Set(['ACCOUNT_DETAILED', 'CUSTOMER_CONTACT']),
    );
    expect(changed.status).toBe('active');
  });

  test('or ends it before its time: it is expired here', async () => {
    const { journey, bankConsentId } = await walk();
    await bank.expire(bankConsentId);
    expect(await journey.reaches('expired')).toMatchObject({ failure: { code: 'consent_expired' } });
    await grants.destroyed(journey.consentId);
    await expectNoEcho(bankConsentId);
  });
});

describe('by the clock', () => {
  test('a consent whose end the bank moved to seconds ahead expires then: not before, told at the bank, and gone', async () => {
    const { journey, bankConsentId, authorizationId } = await walk();
    const expirationTime = new Date(Date.now() + 5_000).toISOString();
    await bank.update(bankConsentId, { expirationTime });
    await until('the new date', async () => (await journey.consent()).expirationDate === expirationTime);
    if (Date.now() < Date.parse(expirationTime) - 500) {
      expect(await workbench.usable(journey.consentId)).toBe(authorizationId);
    }
    await until('the instant', () => Promise.resolve(Date.now() > Date.parse(expirationTime)));
    // By the database's clock, whether or not anybody has woken.
    await until('the end of its use', async () => (await workbench.usable(journey.consentId)) === undefined, 1_000);
    await journey.reaches('expired');
    expect((await grants.destroyed(journey.consentId))[0]?.ending).toMatchObject({ consent: 'already_ended' });
    expect((await journey.consent()).receiptId).toBeDefined();
  });

  test('a ONE_TIME consent ends by our own policy, and the bank hears of it', async () => {
    const { id, launchUrl } = await hasty.application.request({ durationType: 'ONE_TIME', durationPeriod: undefined });
    const journey = Journey.resume(application, id, launchUrl);
    await journey.comeBack(await journey.authorize());
    const { bankConsentId } = await grants.inUse(id);
    await journey.reaches('expired');
    expect(await bank.ended(bankConsentId)).toMatchObject({ status: 'REVOKED', revocation: BY_RULE });
    await grants.destroyed(id);
  });

  test('a ONE_TIME consent whose data was read ends at once; others cannot be completed', async () => {
    const once = await walk({ durationType: 'ONE_TIME', durationPeriod: undefined });
    const complete = (id: string) => application.call(`/v1/consents/${id}/completion`, { method: 'POST' });
    expect((await complete(once.journey.consentId)).status).toBe(202);
    expect(await once.journey.reaches('expired')).toMatchObject({ nextAction: 'none' });
    expect(await bank.ended(once.bankConsentId)).toMatchObject({ status: 'REVOKED', revocation: BY_RULE });
    await grants.destroyed(once.journey.consentId);
    expect((await complete(once.journey.consentId)).status).toBe(202);

    const lasting = await walk({});
    expect((await complete(lasting.journey.consentId)).json['code']).toBe('consent_not_one_time');
    const { id } = await application.request({ durationType: 'ONE_TIME', durationPeriod: undefined });
    expect((await complete(id)).json['code']).toBe('consent_not_connected');
    const renewed = await application.call(`/v1/consents/${once.journey.consentId}/authorizations`, { method: 'POST' });
    expect(renewed.json['code']).toBe('consent_ended');
  });

  test('a link that nobody used lapses, says so, and offers a new one that works', async () => {
    const { journey } = await walk({});
    const { id, launchUrl } = await hasty.application.invite(journey.consentId);
    expect((await journey.consent()).invitation?.id).toBe(id);
    await until('the end of the link', async () => (await journey.consent()).invitation === undefined);
    expect(await journey.consent()).toMatchObject({ status: 'active', nextAction: 'none' });
    const person = Journey.resume(application, journey.consentId, launchUrl);
    await person.browser.open(launchUrl);
    expect(person.browser.text).toContain('This link has expired, and nothing was changed.');
    await person.browser.submit({ form: 'form[action$="/renewal"]' });
    await person.comeBack(await person.decide(await person.pressContinue(), ALICE));
    expect(await journey.consent()).toMatchObject({ status: 'active', nextAction: 'none' });
    expect(await grants.of(journey.consentId)).toHaveLength(2);
  });
});
