import { ConsentFailure } from '../../src/domain/failures';
import { eventually } from './support/consent-under-test';
import { GRANT, TERMS } from './support/fake-activities';
import { useStage } from './support/stage';

const stage = useStage();

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

describe('an active consent', () => {
  it('expires after 365 days: concluded once, status expired, and never one timer longer than seven days', async () => {
    const consent = await stage.request();
    const grantedBy = await consent.authorize();
    const { receiptId, expiresAt = 0 } = await consent.reaches('active');
    expect(expiresAt - (await stage.now())).toBeGreaterThan(364 * DAY_MS);

    await expect(consent.liveToTheEnd()).resolves.toEqual({ consentId: consent.input.consentId, status: 'expired' });
    expect(await stage.now()).toBeGreaterThanOrEqual(expiresAt);
    expect(stage.fakes.concludeConsent).toHaveBeenCalledTimes(1);
    expect(stage.fakes.concludeConsent).toHaveBeenCalledWith({
      consentId: consent.input.consentId,
      state: {
        status: 'expired',
        nextAction: 'none',
        stage: 'none',
        failure: 'consent_expired',
        receiptId,
        expiresAt,
        grantedBy,
        noticeDays: 1,
      },
      bankIsTold: true,
      revocation: { initiator: 'DATA_ACCESS_PLATFORM', reason: 'BUSINESS_RULE' },
      purgeAfterDays: 30,
    });
    const timers = await consent.timersInMilliseconds();
    expect(timers.length).toBeGreaterThan(52);
    expect(Math.max(...timers)).toBeLessThanOrEqual(7 * DAY_MS);
  });

  it('stays active until its expiration date and not longer', async () => {
    stage.fakes.readGrant.mockImplementation(async () => ({
      granted: { ...GRANT, durationPeriod: 30 },
      grantedAt: await stage.now(),
    }));
    const consent = await stage.request();
    await consent.authorize();
    const { expiresAt = 0 } = await consent.reaches('active');
    await stage.sleep(expiresAt - (await stage.now()) - HOUR_MS);
    expect((await consent.state()).status).toBe('active');
    expect(stage.fakes.concludeConsent).not.toHaveBeenCalled();
    await stage.sleepUntil(expiresAt);
    await consent.reaches('expired');
    expect(Math.abs((await stage.now()) - expiresAt)).toBeLessThan(HOUR_MS);
  });

  it('that is to be used once ends after the hour that policy gives it', async () => {
    stage.fakes.readGrant.mockImplementation(async () => ({
      granted: { source: 'scope', durationType: 'ONE_TIME', resources: GRANT.resources },
      grantedAt: await stage.now(),
    }));
    const terms = { durationType: 'ONE_TIME', resources: TERMS.resources } as const;
    const consent = await stage.request({ input: { terms } });
    await consent.authorize();
    const { expiresAt = 0 } = await consent.reaches('active');
    expect(expiresAt - (await stage.now())).toBeLessThanOrEqual(HOUR_MS);
  });

  it('is concluded even when the database is away for an hour at its expiry', async () => {
    const consent = await stage.request();
    await consent.authorize();
    const { expiresAt = 0 } = await consent.reaches('active');
    stage.fakes.concludeConsent.mockImplementation(async () => {
      if ((await stage.now()) < expiresAt + HOUR_MS) throw new ConsentFailure('store_unavailable');
      return { grantsToEnd: [] };
    });
    await stage.sleep(expiresAt - (await stage.now()) + 1_000);
    await eventually(() => stage.fakes.concludeConsent.mock.calls.length > 3);
    await stage.sleep(2 * HOUR_MS);
    await consent.endsAs('expired');
    expect(stage.written.at(-1)).toMatchObject({ status: 'expired' });
  });
});
