import { ConsentFailure } from '../../src/domain/failures';
import type { AuthorizationId } from '../../src/domain/ids';
import { bankReported } from '../../src/workflows/contract';
import { eventually, gate } from './support/consent-under-test';
import { GRANT } from './support/fake-activities';
import { useStage } from './support/stage';

const stage = useStage();

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60 * 1000;

function reviews(): number {
  return stage.fakes.reviewGrant.mock.calls.length;
}

describe('a report about the grant', () => {
  it('is believed only when the bank itself says so', async () => {
    const { consent, authorizationId } = await stage.connect();
    const before = await consent.state();
    await consent.report('notification', authorizationId);
    await eventually(() => reviews() === 1);
    expect(stage.fakes.reviewGrant.mock.lastCall).toEqual([{ consentId: consent.input.consentId, authorizationId }]);
    await stage.sleep(DAY_MS);
    expect(await consent.state()).toEqual(before);
  });

  it.each(['refresh', 'data_access'] as const)(
    'by a %s that was refused has the tokens tried, and not only the consent looked up',
    async (source) => {
      const { consent } = await stage.connect();
      await consent.report(source);
      await eventually(() => reviews() === 1);
      expect(stage.fakes.reviewGrant.mock.lastCall?.[0]).toMatchObject({ isInDoubt: true });
    },
  );

  it('of a revocation whose notification was lost comes with the next reconcile, and ends the consent', async () => {
    const { consent } = await stage.connect();
    await stage.sleep(40 * DAY_MS);
    stage.fakes.reviewGrant.mockResolvedValue({ verdict: 'revoked', reason: 'USER_ACTION' });
    expect((await consent.state()).status).toBe('active');
    await consent.report('reconcile');
    await consent.reaches('revoked', { failure: 'consent_revoked', nextAction: 'none' });
  });

  it('of a revocation by a bank that then refuses the only token it would show it to is confirmed by that refusal', async () => {
    const { consent, authorizationId } = await stage.connect();
    stage.fakes.reviewGrant.mockResolvedValue({ verdict: 'lost' });
    await consent.handle.signal(bankReported, { source: 'notification', authorizationId, says: 'revoked' });
    await consent.reaches('revoked', { failure: 'consent_revoked', bankEnding: 'done' });
    expect(stage.fakes.endGrantAtBank.mock.lastCall?.[0]).toMatchObject({ cause: 'ended_at_bank' });
  });

  it('that it has expired at the bank ends the consent as expired, and the bank is not told what it told us', async () => {
    const { consent, authorizationId } = await stage.connect();
    stage.fakes.reviewGrant.mockResolvedValue({ verdict: 'expired' });
    await consent.report('poll');
    await consent.reaches('expired', { bankEnding: 'done' });
    expect(stage.fakes.endGrantAtBank.mock.lastCall?.[0]).toMatchObject({ authorizationId, cause: 'ended_at_bank' });
  });

  it('that is about a grant before says nothing of the consent: the bank is not asked', async () => {
    const { consent, authorizationId: before } = await stage.connect();
    const now = await consent.renew();
    await consent.reaches('active', { grantedBy: now });
    await consent.report('refresh', before);
    await consent.report('refresh', 'aut_of_nobody' as AuthorizationId);
    await stage.sleep(DAY_MS);
    expect(reviews()).toBe(0);
    await consent.report('refresh', now);
    await eventually(() => reviews() === 1);
  });

  it('in a flood of them is one question or two, however many come', async () => {
    const answered = gate();
    stage.fakes.reviewGrant.mockImplementation(async () => {
      await answered.opened;
      return { verdict: 'as_recorded' };
    });
    const { consent } = await stage.connect();
    await Promise.all(Array.from({ length: 30 }, () => consent.report('data_access')));
    await eventually(() => reviews() === 1);
    await Promise.all(Array.from({ length: 30 }, () => consent.report('notification')));
    answered.open();
    await eventually(() => reviews() === 2);
    await stage.sleep(DAY_MS);
    expect(reviews()).toBe(2);
  });

  it('is asked about again with the next one when the bank could not be reached for half an hour', async () => {
    const { consent } = await stage.connect();
    const away = await stage.outage(45 * MINUTE_MS);
    stage.fakes.reviewGrant.mockImplementation(async () => {
      if (await away()) throw new ConsentFailure('fdx_unreachable');
      return { verdict: 'revoked', reason: 'USER_ACTION' };
    });
    await consent.report('notification');
    await stage.sleep(60 * MINUTE_MS);
    expect((await consent.state()).status).toBe('active');
    expect(await consent.card()).toContain('a report about the grant could not be looked into');
    await consent.report('reconcile');
    await consent.reaches('revoked');
  });

  it('is looked into while a person is on the way to the bank, and holds up nobody', async () => {
    const answered = gate();
    stage.fakes.reviewGrant.mockImplementation(async () => {
      await answered.opened;
      return { verdict: 'lost' };
    });
    const { consent } = await stage.connect();
    await consent.report('refresh');
    await eventually(() => reviews() === 1);
    const trip = await consent.renew({ reason: 'reauthorize' });
    await consent.reaches('active', { grantedBy: trip });
    answered.open();
    await stage.sleep(MINUTE_MS);
    // What was said of the grant before is not held against the new one.
    expect(await consent.state()).not.toHaveProperty('isGrantLost');
  });
});

describe('a grant that the bank no longer honours', () => {
  it('leaves the consent active and asks for a new authorization, which brings it back', async () => {
    const { consent, expiresAt, receiptId } = await stage.connect();
    stage.fakes.reviewGrant.mockResolvedValue({ verdict: 'lost' });
    await consent.report('refresh');
    const lost = await consent.reaches('active', { isGrantLost: true, nextAction: 'reauthorize' });
    expect(lost).toMatchObject({ expiresAt, receiptId });
    expect(stage.written.at(-1)).toEqual(lost);
    expect(await consent.searchAttributes()).toMatchObject({ ConsentStatus: 'active', NextAction: 'reauthorize' });
    expect(await consent.card()).toContain('**The bank no longer honours the grant**');

    const invitationId = await consent.isInvited({ reason: 'reauthorize' });
    await consent.reaches('active', { isGrantLost: true, nextAction: 'launch' });
    const trip = await consent.authorize(invitationId);
    const back = await consent.reaches('active', { grantedBy: trip, nextAction: 'none' });
    expect(back).not.toHaveProperty('isGrantLost');
  });

  it('is written down once, however often it is reported', async () => {
    const { consent } = await stage.connect();
    stage.fakes.reviewGrant.mockResolvedValue({ verdict: 'lost' });
    await consent.report('refresh');
    await consent.reaches('active', { isGrantLost: true });
    await consent.report('refresh');
    await eventually(() => reviews() === 2);
    await stage.sleep(MINUTE_MS);
    expect(stage.written.filter(({ isGrantLost }) => isGrantLost === true)).toHaveLength(1);
  });

  it('still has the notices of the consent’s own end, and ends with it', async () => {
    const { consent, expiresAt } = await stage.connect();
    stage.fakes.reviewGrant.mockResolvedValue({ verdict: 'lost' });
    await consent.report('refresh');
    await stage.sleepUntil(expiresAt + MINUTE_MS);
    await consent.reaches('expired');
    expect(stage.fakes.giveNotice.mock.calls.map(([{ days, state }]) => `${days} ${state.nextAction}`)).toEqual([
      '30 reauthorize',
      '14 reauthorize',
      '7 reauthorize',
      '1 reauthorize',
    ]);
  });
});

describe('a bank that changes what it granted', () => {
  it('to less has it written down and used from then on', async () => {
    const { consent, authorizationId } = await stage.connect();
    const resources = GRANT.resources.slice(0, 1);
    stage.fakes.reviewGrant.mockResolvedValue({
      verdict: 'changed',
      granted: { ...GRANT, resources },
      grantedAt: await stage.now(),
    });
    await consent.report('notification');
    await eventually(() => stage.fakes.recordGrantChange.mock.calls.length === 1);
    expect(stage.fakes.recordGrantChange.mock.lastCall?.[0]).toMatchObject({
      authorizationId,
      granted: { resources },
      difference: { outcome: 'in_part' },
      state: { status: 'active' },
    });
    await eventually(async () => (await consent.card()).includes('**Refused:** CUSTOMER_CONTACT'));
  });

  it('to more than was agreed to does not have that used', async () => {
    const { consent } = await stage.connect();
    stage.fakes.reviewGrant.mockResolvedValue({
      verdict: 'changed',
      granted: { ...GRANT, resources: [...GRANT.resources, { resourceType: 'DOCUMENT', dataClusters: ['TAX'] }] },
      grantedAt: await stage.now(),
    });
    await consent.report('poll');
    await eventually(() => stage.fakes.recordGrantChange.mock.calls.length === 1);
    expect(stage.fakes.recordGrantChange.mock.lastCall?.[0].granted.resources).toEqual(GRANT.resources);
  });
});
