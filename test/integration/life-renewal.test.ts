import { recordReceipt } from '../../src/activities/grant';
import type { ConsentId, ReceiptId } from '../../src/domain/ids';
import { findConsent, stateOf } from '../../src/store/consents';
import { currentStack } from '../setup/stack-access';
import { Application, CLUSTERS } from './support/application';
import { Grants } from './support/grants';
import { ALICE, Journey, referenceOn } from './support/journey';
import { reserveBank } from './support/reservation';
import { until } from './support/until';
import { openWorkbench, type Workbench } from './support/workbench';

const stack = currentStack();
const application = new Application(stack);
const bank = reserveBank(stack);
const grants = new Grants(stack);
let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench(stack);
});
afterAll(() => workbench.close());

/** As FDX has it where nobody in particular asked: a rule of the data access platform. */
const BY_RULE = { initiator: 'DATA_ACCESS_PLATFORM', reason: 'BUSINESS_RULE' };

const DAY_MS = 24 * 60 * 60 * 1000;

describe('a renewal', () => {
  test('keeps the consent and its grant in use until the new one is recorded, then ends the old one at the bank', async () => {
    const journey = await Journey.walk(application);
    const [before, old] = [await journey.consent(), await grants.inUse(journey.consentId)];
    const oldTokens = await workbench.tokensOf(old.authorizationId);
    const stillOld = async (): Promise<void> => {
      expect(await workbench.usable(journey.consentId)).toBe(old.authorizationId);
      expect(await workbench.readAccounts(old.authorizationId)).toBe(200);
    };

    const renewal = await journey.invite();
    expect(await journey.consent()).toMatchObject({
      ...{ id: before.id, status: 'active', nextAction: 'launch', launchUrl: renewal.launchUrl },
      invitation: { reason: 'renew', requested: before.requested },
    });
    const bankUrl = await renewal.launch();
    await stillOld();
    const callbackUrl = await renewal.decide(bankUrl);
    await stillOld();
    await bank.plant({ endpoint: 'accounts', fault: { kind: 'delay', milliseconds: 1_500 }, times: 1 });
    const comingBack = renewal.comeBack(callbackUrl);
    await until('the new grant being proven', async () => (await grants.of(journey.consentId)).length === 2);
    expect(await workbench.usable(journey.consentId)).toBe(old.authorizationId);
    await comingBack;

    const [after, now] = [await journey.consent(), await grants.inUse(journey.consentId)];
    expect(after).toMatchObject({ id: before.id, status: 'active', nextAction: 'none' });
    expect(after.invitation).toBeUndefined();
    expect(now.authorizationId).not.toBe(old.authorizationId);
    expect(await application.receipt(journey.consentId)).toMatchObject({
      ...{ receiptId: after.receiptId, supersedes: before.receiptId, consentId: before.id },
      bankConsentId: now.bankConsentId,
    });

    expect(await bank.ended(old.bankConsentId)).toMatchObject({ status: 'REVOKED', revocation: BY_RULE });
    await grants.destroyed(journey.consentId, old.authorizationId);
    expect(await workbench.readAccounts(now.authorizationId, oldTokens)).toBe(401);
    expect(await workbench.usable(journey.consentId)).toBe(now.authorizationId);
    expect(await workbench.readAccounts(now.authorizationId)).toBe(200);
    expect(await bank.consent(now.bankConsentId)).toMatchObject({ status: 'ACTIVE' });
  });

  test('and any other trip has one receipt, whatever id a repeated step proposes', async () => {
    const { consentId } = await Journey.walk(application);
    const row = await findConsent(workbench.database, consentId as ConsentId);
    const { granted, difference, data_access: dataAccess, granted_by: authorizationId } = row ?? {};
    if (!row || !granted || !difference || !dataAccess || !authorizationId)
      throw new Error('the grant is not recorded');
    const state = { ...stateOf(row), receiptId: `rcp_${'0'.repeat(32)}` as ReceiptId };
    const again = { consentId: row.id, authorizationId, granted, difference, dataAccess, state };
    expect(await recordReceipt(workbench.deps, again)).toBe(row.receipt_id);
    expect(await application.receipt(consentId)).toMatchObject({ receiptId: row.receipt_id });
    expect((await application.consent(consentId)).receiptId).toBe(row.receipt_id);
  });

  test('on other terms is a new grant: they are disclosed, and in force from then on', async () => {
    const journey = await Journey.walk(application);
    const resources = [{ resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_DETAILED'] }];
    const renewal = await journey.invite({ durationPeriod: 30, resources });
    expect((await journey.consent()).invitation).toMatchObject({ reason: 'change', requested: { durationPeriod: 30 } });
    // Nothing is changed before the person has agreed.
    expect((await journey.consent()).requested).toMatchObject({ durationPeriod: 365 });
    await renewal.browser.open(renewal.launchUrl);
    expect(renewal.browser.text).toContain('change how it reads');
    expect(renewal.browser.text).toContain('For 30 days.');
    expect(renewal.browser.text).not.toContain('Transaction data');
    await renewal.comeBack(await renewal.decide(await renewal.pressContinue()));

    const consent = await journey.consent();
    expect(consent).toMatchObject({ status: 'active', requested: { durationPeriod: 30, resources } });
    expect([...new Set(consent.granted?.resources.flatMap(({ dataClusters }) => dataClusters))]).toEqual([
      'ACCOUNT_DETAILED',
    ]);
    const days = (Date.parse(consent.expirationDate ?? '') - Date.now()) / DAY_MS;
    expect([days > 29.9, days <= 30]).toEqual([true, true]);
    expect(await application.receipt(journey.consentId)).toMatchObject({ requested: { durationPeriod: 30 } });
  });

  test('that the person declines at the bank changes nothing, and the application is told so', async () => {
    const { returnUrl } = application;
    const journey = await Journey.walk(application, { returnUrl });
    const [before, old] = [await journey.consent(), await grants.inUse(journey.consentId)];
    const renewal = await journey.renew(undefined, { ...ALICE, decision: 'deny' });
    expect(new URL(renewal.browser.currentUrl).searchParams.get('authorization')).toBe('declined');
    expect(await journey.consent()).toMatchObject({
      ...{ status: 'active', nextAction: 'none', receiptId: before.receiptId, failure: { code: 'consent_denied' } },
    });
    expect(await workbench.usable(journey.consentId)).toBe(old.authorizationId);
    expect(await workbench.readAccounts(old.authorizationId)).toBe(200);
    await renewal.browser.open(renewal.launchUrl);
    expect(renewal.browser.text).toContain('Nothing was changed: you or your bank declined.');
  });

  test('that fails at the bank may be tried again by the same link', async () => {
    const journey = await Journey.walk(application);
    const old = await grants.inUse(journey.consentId);
    await bank.plant({ endpoint: 'token', fault: { kind: 'answer_lost' }, times: 1 });
    const renewal = await journey.renew();
    expect(await journey.consent()).toMatchObject({ nextAction: 'launch', failure: { code: 'code_exchange_unknown' } });
    expect(await workbench.usable(journey.consentId)).toBe(old.authorizationId);
    await renewal.comeBack(await renewal.authorize());
    expect(await journey.consent()).toMatchObject({ status: 'active', nextAction: 'none' });
    await grants.destroyed(journey.consentId, old.authorizationId);
    expect((await journey.consent()).failure).toBeUndefined();
  });
});

describe('a link that is taken back', () => {
  test('before anybody used it is no longer good, says so, and offers a new one that works', async () => {
    const journey = await Journey.walk(application);
    const { id, launchUrl } = await application.invite(journey.consentId);
    expect((await application.cancel(journey.consentId, id)).status).toBe(204);
    // Again: it is so already.
    expect((await application.cancel(journey.consentId, id)).status).toBe(204);
    expect(await journey.consent()).toMatchObject({ status: 'active', nextAction: 'none' });

    const person = Journey.resume(application, journey.consentId, launchUrl);
    await person.browser.open(launchUrl);
    expect(person.browser.text).toContain('This link is no longer good, and nothing was changed.');
    await person.browser.submit({ form: 'form[action$="/renewal"]' });
    expect(person.browser.currentUrl).not.toBe(launchUrl);
    await person.comeBack(await person.decide(await person.pressContinue()));
    expect(await journey.consent()).toMatchObject({ status: 'active', nextAction: 'none' });
    expect(await grants.of(journey.consentId)).toHaveLength(2);
  });

  test('while the person is at the bank: what they do there is ended there, the page says so, nothing else changes', async () => {
    const journey = await Journey.walk(application);
    const old = await grants.inUse(journey.consentId);
    const before = await journey.consent();
    const { id, launchUrl } = await application.invite(journey.consentId);
    const renewal = Journey.resume(application, journey.consentId, launchUrl);
    const callbackUrl = await renewal.authorize();
    expect((await application.cancel(journey.consentId, id)).status).toBe(204);
    await renewal.comeBack(callbackUrl);
    expect(referenceOn(renewal.browser)).toBe('invitation_closed');
    expect(renewal.browser.text).toContain(
      'nothing was changed: what you agreed to at the bank with it just now is undone there',
    );

    const undone = await until('the grant of the late trip', async () =>
      (await grants.of(journey.consentId)).find((grant) => grant.authorizationId !== old.authorizationId),
    );
    expect(await bank.ended(undone.bankConsentId)).toMatchObject({ status: 'REVOKED', revocation: BY_RULE });
    await grants.destroyed(journey.consentId, undone.authorizationId);
    expect(await journey.consent()).toMatchObject({
      ...{ status: 'active', nextAction: 'none', receiptId: before.receiptId },
    });
    expect(await workbench.readAccounts(old.authorizationId)).toBe(200);
  });
});

describe('two at once', () => {
  test('twenty requests on the same terms open one link; on other terms it is named and refused', async () => {
    const journey = await Journey.walk(application);
    const answers = await Promise.all(Array.from({ length: 20 }, () => application.invite(journey.consentId)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(new Set(answers.map(({ launchUrl }) => launchUrl)).size).toBe(1);
    const other = await application.call(`/v1/consents/${journey.consentId}/authorizations`, {
      ...{ method: 'POST', body: { durationPeriod: 7 } },
    });
    expect([other.status, other.json['code']]).toEqual([409, 'invitation_open']);
    expect(other.text).toContain(answers[0]?.id);
  });

  test('two browsers with one link, both through the bank: one grant is in use, the other is ended there', async () => {
    const journey = await Journey.walk(application, { returnUrl: application.returnUrl });
    const { launchUrl } = await application.invite(journey.consentId);
    const two = [1, 2].map(() => Journey.resume(application, journey.consentId, launchUrl));
    const callbacks = await Promise.all(two.map((each) => each.authorize()));
    await Promise.all(two.map((each, index) => each.comeBack(callbacks[index] ?? '')));
    // And one application page is told so.
    expect(two.filter(({ browser }) => browser.currentUrl.includes('authorization=granted'))).toHaveLength(1);

    const used = await grants.inUse(journey.consentId);
    const all = await until('three grants', async () => {
      const found = await grants.of(journey.consentId);
      return found.length === 3 ? found : undefined;
    });
    for (const { authorizationId, bankConsentId } of all) {
      if (authorizationId === used.authorizationId) continue;
      expect(await bank.ended(bankConsentId)).toMatchObject({ status: 'REVOKED', revocation: BY_RULE });
      await grants.destroyed(journey.consentId, authorizationId);
    }
    expect(await bank.consent(used.bankConsentId)).toMatchObject({ status: 'ACTIVE' });
    expect(await workbench.readAccounts(used.authorizationId)).toBe(200);
    expect(await journey.consent()).toMatchObject({ status: 'active', nextAction: 'none' });
  });
});

describe('banks that differ', () => {
  test('one that renews in place is not told to end what is in use', async () => {
    await bank.behave({ renewsInPlace: true });
    const journey = await Journey.walk(application);
    const old = await grants.inUse(journey.consentId);
    await journey.renew({ durationPeriod: 200 });
    const now = await grants.inUse(journey.consentId);
    expect([now.bankConsentId, now.authorizationId === old.authorizationId]).toEqual([old.bankConsentId, false]);
    await grants.destroyed(journey.consentId, old.authorizationId);
    expect(await bank.consent(old.bankConsentId)).toMatchObject({ status: 'ACTIVE' });
    expect(await bank.requests('revocation')).toEqual([]);
    expect(await workbench.readAccounts(now.authorizationId)).toBe(200);
  });

  test('one whose account ids are new with each grant: they are matched by what it shows of the accounts', async () => {
    await bank.behave({ accountIds: 'per_consent' });
    const journey = await Journey.walk(application, {}, { ...ALICE, accounts: ['Everyday Checking', 'Car Loan'] });
    const idsOf = async () =>
      ((await journey.consent()).granted?.resources ?? [])
        .filter(({ resourceType }) => resourceType === 'ACCOUNT')
        .map(({ resourceId = '' }) => resourceId);
    const [checkingBefore = '', loanBefore = ''] = await idsOf();
    await journey.renew(undefined, { ...ALICE, accounts: ['Everyday Checking', 'Travel Rewards Card'] });
    const [checkingNow = '', cardNow = ''] = await idsOf();
    expect(checkingNow).not.toBe(checkingBefore);
    expect((await journey.consent()).accountChanges).toEqual({
      matched: [{ previousId: checkingBefore, currentId: checkingNow, by: 'evidence' }],
      missing: [loanBefore],
      added: [cardNow],
    });
  });

  test('one that grants less than before: what is shared now is in force, and the rest is named', async () => {
    const journey = await Journey.walk(application);
    await journey.renew(undefined, { ...ALICE, refuseClusters: ['STATEMENTS'] });
    const consent = await journey.consent();
    expect(consent.difference?.outcome).toBe('in_part');
    expect(new Set(consent.granted?.resources.flatMap(({ dataClusters }) => dataClusters))).toEqual(
      new Set(CLUSTERS.filter((each) => each !== 'STATEMENTS')),
    );
    expect(consent.requested).toMatchObject({ resources: [{ dataClusters: CLUSTERS.slice(0, 3) }, {}] });
  });
});
