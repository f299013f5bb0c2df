import type { ConsentTerms } from '../../src/domain/terms';
import { eventually } from './support/consent-under-test';
import { GRANT, TERMS } from './support/fake-activities';
import { useStage } from './support/stage';

const stage = useStage();

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const SECOND_MS = 1_000;

/** The notices given, in days before the deadline. */
function noticesGiven(): readonly number[] {
  return stage.fakes.giveNotice.mock.calls.map(([{ days }]) => days);
}

/** The bank's grant ends by itself after so many days. */
function limitGrantTo(days: number): void {
  stage.fakes.readGrant.mockImplementation(async () => {
    const grantedAt = await stage.now();
    return { granted: GRANT, grantedAt, grantExpiresAt: grantedAt + days * DAY_MS };
  });
}

/** The bank says of its consent, when asked, that it ends at another time. */
function moveExpiryTo(expiresAt: number, grantedAt: number): void {
  stage.fakes.reviewGrant.mockResolvedValue({ verdict: 'changed', granted: { ...GRANT, expiresAt }, grantedAt });
}

describe('a quiet year', () => {
  it('has notices at 30, 14, 7 and 1 days, each once and in its time, then the end', async () => {
    const times: number[] = [];
    stage.fakes.giveNotice.mockImplementation(async () => {
      times.push(await stage.now());
    });
    const { consent, expiresAt } = await stage.connect();
    await stage.sleepUntil(expiresAt + SECOND_MS);
    const { nextAction } = await consent.reaches('expired');

    expect(nextAction).toBe('none');
    expect(noticesGiven()).toEqual([30, 14, 7, 1]);
    expect(stage.fakes.giveNotice.mock.calls.map(([{ deadline }]) => deadline)).toEqual(Array(4).fill(expiresAt));
    for (const [index, days] of [30, 14, 7, 1].entries()) {
      const lateness = (times[index] ?? 0) - (expiresAt - days * DAY_MS);
      expect(lateness).toBeGreaterThanOrEqual(0);
      expect(lateness).toBeLessThan(HOUR_MS);
    }
  });

  it('advises to renew from the first notice on, and says so in the row and in the search attributes', async () => {
    const { consent, expiresAt } = await stage.connect();
    await stage.sleepUntil(expiresAt - 30 * DAY_MS + SECOND_MS);
    await consent.reaches('active', { nextAction: 'renew', noticeDays: 30 });
    expect(stage.written.at(-1)).toMatchObject({ status: 'active', nextAction: 'renew', noticeDays: 30 });
    expect(await consent.searchAttributes()).toMatchObject({ ConsentStatus: 'active', NextAction: 'renew' });
  });
});

describe('a notice', () => {
  it.each([
    [90, [30, 14, 7, 1]],
    [30, [14, 7, 1]],
    [10, [7, 1]],
    [1, []],
  ] as const)('of a consent of %i days is never one that was due before it began: %j', async (days, notices) => {
    const terms: ConsentTerms = { ...TERMS, durationPeriod: days };
    stage.bankGrants({ ...GRANT, durationPeriod: days });
    const { consent, expiresAt } = await stage.connect({ input: { terms } });
    await stage.sleepUntil(expiresAt + SECOND_MS);
    await consent.reaches('expired');
    expect(noticesGiven()).toEqual(notices);
  });

  it('is one, the most urgent, when no worker ran while two came due', async () => {
    await stage.restartWorker({ maxCachedWorkflows: 0 });
    const { consent, expiresAt } = await stage.connect();
    await stage.sleepUntil(expiresAt - 31 * DAY_MS);
    await eventually(async () => (await consent.eventTypes()).at(-1) === 'EVENT_TYPE_TIMER_STARTED');
    await stage.passWithoutWorker(expiresAt - 30 * DAY_MS, expiresAt - 10 * DAY_MS);
    await consent.reaches('active', { noticeDays: 14 });
    expect(noticesGiven()).toEqual([14]);
    await stage.sleepUntil(expiresAt + SECOND_MS);
    await consent.reaches('expired');
    expect(noticesGiven()).toEqual([14, 7, 1]);
  });

  it('at other days is what policy says', async () => {
    const policy = { maxDurationDays: 365, oneTimeLifetimeSeconds: 3_600, noticeDays: [3, 60] };
    const { consent, expiresAt } = await stage.connect({ input: { policy } });
    await stage.sleepUntil(expiresAt + SECOND_MS);
    await consent.reaches('expired');
    expect(noticesGiven()).toEqual([60, 3]);
  });

  it('is given when an operator wants it, for the days that are left, and those ahead are given in their time', async () => {
    const { consent, expiresAt } = await stage.connect();
    await stage.sleepUntil(expiresAt - 20.5 * DAY_MS);
    await consent.reaches('active', { noticeDays: 30 });
    await consent.remind();
    await consent.reaches('active', { noticeDays: 21, nextAction: 'renew' });
    await stage.sleepUntil(expiresAt + SECOND_MS);
    await consent.reaches('expired');
    expect(noticesGiven()).toEqual([30, 21, 14, 7, 1]);
  });

  it('that was wanted before anybody authorized is none: there is no deadline to speak of', async () => {
    const consent = await stage.request();
    await consent.remind();
    await consent.authorize();
    await consent.reaches('active', { nextAction: 'none' });
    await stage.sleep(DAY_MS);
    expect(noticesGiven()).toEqual([]);
  });
});

describe('a bank that changes the dates while the consent sleeps', () => {
  it('to later ones has the notices given anew, for the new end', async () => {
    stage.fakes.readGrant.mockImplementation(async () => {
      const grantedAt = await stage.now();
      return { granted: { ...GRANT, expiresAt: grantedAt + 60 * DAY_MS }, grantedAt };
    });
    const { consent, expiresAt } = await stage.connect();
    await stage.sleepUntil(expiresAt - 10 * DAY_MS);
    await consent.reaches('active', { noticeDays: 14, nextAction: 'renew' });

    const later = expiresAt + 100 * DAY_MS;
    moveExpiryTo(later, expiresAt - 60 * DAY_MS);
    await consent.report('notification');
    const state = await consent.reaches('active', { expiresAt: later, nextAction: 'none' });
    expect(state).not.toHaveProperty('noticeDays');
    expect(await consent.searchAttributes()).toMatchObject({ NextAction: 'none', ConsentExpiresAt: new Date(later) });
    await stage.sleepUntil(later + SECOND_MS);
    await consent.reaches('expired');
    expect(noticesGiven()).toEqual([30, 14, 30, 14, 7, 1]);
  });

  it('to earlier ones skips the notices that would have been due already', async () => {
    const { consent, expiresAt } = await stage.connect();
    const sooner = (await stage.now()) + 10 * DAY_MS;
    moveExpiryTo(sooner, expiresAt - 365 * DAY_MS);
    await consent.report('reconcile');
    await consent.reaches('active', { expiresAt: sooner });
    await stage.sleepUntil(sooner + SECOND_MS);
    await consent.reaches('expired');
    expect(noticesGiven()).toEqual([7, 1]);
  });

  it('to one that is past ends the consent at once, and the bank is told', async () => {
    const { consent, authorizationId, expiresAt } = await stage.connect();
    moveExpiryTo((await stage.now()) - HOUR_MS, expiresAt - 365 * DAY_MS);
    await consent.report('poll');
    await consent.reaches('expired', { bankEnding: 'done' });
    expect(noticesGiven()).toEqual([]);
    expect(stage.fakes.endGrantAtBank).toHaveBeenCalledWith(
      expect.objectContaining({ authorizationId, cause: 'expired' }),
    );
  });

  it('beyond what was agreed to is not followed: the end stays where the terms put it', async () => {
    const { consent, expiresAt } = await stage.connect();
    moveExpiryTo(expiresAt + 100 * DAY_MS, expiresAt - 365 * DAY_MS);
    await consent.report('poll');
    await eventually(() => stage.fakes.recordGrantChange.mock.calls.length === 1);
    expect((await consent.state()).expiresAt).toBe(expiresAt);
  });
});

describe('a grant that ends before the consent', () => {
  it('has notices that advise to reauthorize, is lost in its time, and a new authorization brings it back', async () => {
    limitGrantTo(90);
    const { consent, expiresAt } = await stage.connect();
    const { grantExpiresAt = 0 } = await consent.state();
    expect(expiresAt - grantExpiresAt).toBe(275 * DAY_MS);
    await stage.sleepUntil(grantExpiresAt - 30 * DAY_MS + SECOND_MS);
    await consent.reaches('active', { nextAction: 'reauthorize', noticeDays: 30 });
    expect(stage.fakes.giveNotice.mock.lastCall?.[0]).toMatchObject({ days: 30, deadline: grantExpiresAt });

    await stage.sleepUntil(grantExpiresAt + SECOND_MS);
    const lost = await consent.reaches('active', { isGrantLost: true, nextAction: 'reauthorize' });
    expect(lost.expiresAt).toBe(expiresAt);
    expect(stage.written.at(-1)).toEqual(lost);
    expect(noticesGiven()).toEqual([30, 14, 7, 1]);

    await consent.renew({ reason: 'reauthorize' });
    const renewed = await consent.reaches('active', { nextAction: 'none', stage: 'none' });
    expect(renewed).not.toHaveProperty('isGrantLost');
    expect(renewed.grantExpiresAt).toBeGreaterThan(grantExpiresAt);
  });

  it('and is not renewed leaves the notices of the consent’s own end to be given', async () => {
    limitGrantTo(90);
    const { consent, expiresAt } = await stage.connect();
    await stage.sleepUntil(expiresAt + SECOND_MS);
    await consent.reaches('expired');
    expect(noticesGiven()).toEqual([30, 14, 7, 1, 30, 14, 7, 1]);
    expect(stage.fakes.giveNotice.mock.lastCall?.[0]).toMatchObject({ deadline: expiresAt });
  });

  it('and outlives it sets no date of its own', async () => {
    limitGrantTo(400);
    const { consent } = await stage.connect();
    expect(await consent.state()).not.toHaveProperty('grantExpiresAt');
  });
});
