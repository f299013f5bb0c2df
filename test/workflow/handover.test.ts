import { ConsentFailure } from '../../src/domain/failures';
import { eventually } from './support/consent-under-test';
import { useStage } from './support/stage';

const stage = useStage();

const DAY_MS = 24 * 60 * 60 * 1000;
/** A run hands over as soon as its history is this long. */
const POLICY = { maxDurationDays: 365, oneTimeLifetimeSeconds: 3_600, eventsPerRun: 50 };
const SHORT_RUNS = { input: { policy: POLICY } };

describe('a run that hands over', () => {
  it('leaves everything as it was: state, card, search attributes, dates, notices to come', async () => {
    const { consent, expiresAt, receiptId, authorizationId } = await stage.connect(SHORT_RUNS);
    const { runId: first } = await consent.runs();
    await stage.sleepUntil(expiresAt - 20 * DAY_MS);
    await stage.writes({ status: 'active', noticeDays: 30 });
    expect((await consent.runs()).runId).not.toBe(first);
    expect(await consent.state()).toEqual({
      ...{ status: 'active', nextAction: 'renew', stage: 'none', noticeDays: 30 },
      ...{ grantedBy: authorizationId, receiptId, expiresAt },
    });
    expect(await consent.searchAttributes()).toEqual({
      ...{ ConsentStatus: 'active', NextAction: 'renew', ConsentExpiresAt: new Date(expiresAt) },
      ...{ InstitutionId: 'first-bank', ApplicationId: 'budget-buddy' },
    });
    const card = await consent.card();
    expect(card).toContain('### First Bank: active');
    expect(card).toContain('**Granted** (consent_api): ACCOUNT_DETAILED, TRANSACTIONS, CUSTOMER_CONTACT');
    expect(card).toContain(`receipt ${receiptId ?? ''} recorded`);

    await stage.sleepUntil(expiresAt + 1_000);
    await stage.writes({ status: 'expired', bankEnding: 'done' });
    expect(stage.fakes.giveNotice.mock.calls.map(([{ days }]) => days)).toEqual([30, 14, 7, 1]);
    expect(stage.fakes.concludeConsent).toHaveBeenCalledTimes(1);
  });

  it('keeps every run short, whatever the year brings', async () => {
    const { consent } = await stage.connect(SHORT_RUNS);
    await expect(consent.liveToTheEnd()).resolves.toMatchObject({ status: 'expired' });
    const { events } = await consent.runs();
    expect(events.length).toBeGreaterThan(4);
    for (const types of events) expect(types.length).toBeLessThan(POLICY.eventsPerRun + 30);
  });

  it('does so after the end too: the bank is still told, and personal data are destroyed in their time', async () => {
    const { consent } = await stage.connect({ input: { policy: { ...POLICY, eventsPerRun: 30 } } });
    const end = stage.fakes.endGrantAtBank.getMockImplementation();
    let isBroken = true;
    stage.fakes.endGrantAtBank.mockImplementation(async (input) => {
      if (isBroken) throw new ConsentFailure('fdx_request_rejected');
      await end?.(input);
    });
    await consent.revoke();
    await stage.writes({ status: 'revoked' });
    const endedAt = await stage.now();
    await stage.sleep(5 * DAY_MS);
    expect((await consent.runs()).events.length).toBeGreaterThan(1);
    expect(stage.fakes.purgeConsent).not.toHaveBeenCalled();
    isBroken = false;
    await stage.sleep(2 * DAY_MS);
    await stage.writes({ status: 'revoked', bankEnding: 'done' });
    await expect(consent.liveToTheEnd()).resolves.toEqual({ consentId: consent.input.consentId, status: 'revoked' });
    expect(stage.fakes.purgeConsent).toHaveBeenCalledTimes(1);
    expect(await stage.now()).toBeGreaterThanOrEqual(endedAt + 30 * DAY_MS - 60_000);
    expect(stage.fakes.concludeConsent).toHaveBeenCalledTimes(1);
  });

  it('takes an open link along: the answer to it is known', async () => {
    const { consent } = await stage.connect(SHORT_RUNS);
    const trip = await consent.goToBank(await consent.isInvited({ authorizeBy: (await stage.now()) + 200 * DAY_MS }));
    await stage.sleep(100 * DAY_MS);
    expect((await consent.runs()).events.length).toBeGreaterThan(1);
    await consent.comeBackWithCode(trip);
    await stage.writes({ status: 'active', grantedBy: trip });
  });
});

describe('a consent that older code started', () => {
  it('lives the year after as well: notices, renewal, other runs, the bank told of the end', async () => {
    const { consent, authorizationId, expiresAt } = await stage.connect({ input: { version: 1, policy: POLICY } });
    await stage.sleepUntil(expiresAt - 20 * DAY_MS);
    await stage.writes({ status: 'active', noticeDays: 30, nextAction: 'renew' });
    const trip = await consent.renew();
    const { expiresAt: later = 0 } = await stage.writes({ status: 'active', grantedBy: trip, nextAction: 'none' });
    await eventually(() => stage.fakes.endGrantAtBank.mock.lastCall?.[0].authorizationId === authorizationId);
    await stage.sleepUntil(later + 1_000);
    await stage.writes({ status: 'expired', bankEnding: 'done' });
    await expect(consent.liveToTheEnd()).resolves.toMatchObject({ status: 'expired' });
    expect(stage.fakes.purgeConsent).toHaveBeenCalledTimes(1);
    expect((await consent.runs()).events.length).toBeGreaterThan(4);
  });
});
