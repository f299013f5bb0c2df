import { ConsentFailure } from '../../src/domain/failures';
import type { AuthorizationId } from '../../src/domain/ids';
import { BY_PERSON, eventually, gate, type ConsentUnderTest } from './support/consent-under-test';
import { useStage } from './support/stage';

const stage = useStage();

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const SECOND_MS = 1_000;

/** The bank does not take the end of these grants, or of any, while `away` says so. */
function refuseEndings(
  away: (authorizationId: AuthorizationId) => Promise<boolean> | boolean,
  failure = new ConsentFailure('fdx_unreachable'),
): void {
  const end = stage.fakes.endGrantAtBank.getMockImplementation();
  stage.fakes.endGrantAtBank.mockImplementation(async (input) => {
    if (await away(input.authorizationId)) throw failure;
    await end?.(input);
  });
}

async function countEvents(consent: ConsentUnderTest, type: string): Promise<number> {
  return (await consent.eventTypes()).filter((each) => each === `EVENT_TYPE_${type}`).length;
}

describe('a revocation', () => {
  it('by the person ends the consent at once; the bank is told who and why, and then it is written down', async () => {
    const { consent, authorizationId, receiptId, expiresAt } = await stage.connect();
    await consent.revoke();
    const state = await consent.reaches('revoked', { bankEnding: 'done' });
    expect(state).toEqual({
      ...{ status: 'revoked', nextAction: 'none', stage: 'none', failure: 'consent_revoked' },
      ...{ grantedBy: authorizationId, receiptId, expiresAt, bankEnding: 'done' },
    });
    expect(stage.written.at(-1)).toEqual(state);
    expect(stage.fakes.concludeConsent).toHaveBeenCalledTimes(1);
    expect(stage.fakes.endGrantAtBank.mock.calls).toEqual([
      [{ consentId: consent.input.consentId, authorizationId, cause: 'revoked', revocation: BY_PERSON }],
    ]);
    expect(await consent.searchAttributes()).toMatchObject({ ConsentStatus: 'revoked', NextAction: 'none' });
  });

  it('while the bank is down for two days is told when it is back, by one step that the server repeats', async () => {
    const { consent } = await stage.connect();
    const away = await stage.outage(2 * DAY_MS);
    refuseEndings(away);
    await consent.revoke();
    await consent.reaches('revoked', { bankEnding: 'pending' });
    await stage.sleep(1.5 * DAY_MS);
    expect((await consent.state()).bankEnding).toBe('pending');
    await stage.sleep(DAY_MS);
    await consent.reaches('revoked', { bankEnding: 'done' });
    // Every try was one of the server's: the history has one step, and no timers of ours for it.
    expect(await countEvents(consent, 'ACTIVITY_TASK_SCHEDULED')).toBe(2);
    expect(stage.fakes.endGrantAtBank.mock.calls.length).toBeGreaterThan(8);
    expect(stage.fakes.endGrantAtBank.mock.calls.length).toBeLessThan(30);
    expect(stage.fakes.openOperatorTask).not.toHaveBeenCalled();
  });

  it('asked for twice, by two, is one: the first stands', async () => {
    const { consent } = await stage.connect();
    await Promise.all([
      consent.revoke(BY_PERSON),
      consent.revoke({ initiator: 'DATA_RECIPIENT', reason: 'BUSINESS_RULE' }),
    ]);
    await consent.reaches('revoked', { bankEnding: 'done' });
    await consent.revoke();
    expect(stage.fakes.concludeConsent).toHaveBeenCalledTimes(1);
    expect(stage.fakes.endGrantAtBank).toHaveBeenCalledTimes(1);
  });

  it('before anybody authorized ends the consent, and there is nothing to tell a bank', async () => {
    const consent = await stage.request();
    await consent.goToBank();
    await consent.revoke();
    const state = await consent.reaches('revoked', { failure: 'consent_revoked' });
    expect(state).not.toHaveProperty('bankEnding');
    await expect(consent.launch()).resolves.toMatchObject({ kind: 'ended', status: 'revoked' });
    expect(stage.fakes.endGrantAtBank).not.toHaveBeenCalled();
  });

  it('during a renewal ends it too: the link is closed, and an answer that comes is not exchanged', async () => {
    const { consent, authorizationId } = await stage.connect();
    const trip = await consent.goToBank(await consent.isInvited());
    await consent.revoke();
    const state = await consent.reaches('revoked', { bankEnding: 'done' });
    expect(state).not.toHaveProperty('invitationId');
    expect(state).not.toHaveProperty('authorizationId');
    await consent.comeBackWithCode(trip);
    await expect(consent.liveToTheEnd()).resolves.toMatchObject({ status: 'revoked' });
    expect(stage.fakes.exchangeCode).toHaveBeenCalledTimes(1);
    expect(stage.fakes.endGrantAtBank.mock.calls.map(([each]) => each.authorizationId)).toEqual([authorizationId]);
  });

  it('while a renewal’s code is exchanged ends both grants at the bank', async () => {
    const { consent, authorizationId } = await stage.connect();
    const answered = gate();
    const exchange = stage.fakes.exchangeCode.getMockImplementation();
    stage.fakes.exchangeCode.mockImplementation(async (input) => {
      await answered.opened;
      await exchange?.(input);
    });
    const trip = await consent.renew();
    await eventually(() => stage.fakes.exchangeCode.mock.calls.length === 2);
    await consent.revoke();
    answered.open();
    await consent.reaches('revoked', { bankEnding: 'done' });
    const told = stage.fakes.endGrantAtBank.mock.calls.map(([each]) => [each.authorizationId, each.cause]);
    expect(Object.fromEntries(told)).toEqual({ [authorizationId]: 'superseded', [trip]: 'revoked' });
    expect(stage.books.of(consent.input.consentId)).toEqual([]);
  });

  it('that came from the bank is not echoed to it', async () => {
    const { consent, authorizationId } = await stage.connect();
    stage.fakes.reviewGrant.mockResolvedValue({ verdict: 'revoked', reason: 'USER_ACTION' });
    await consent.report('notification');
    await consent.reaches('revoked', { bankEnding: 'done' });
    const revocation = { initiator: 'DATA_PROVIDER', reason: 'USER_ACTION' };
    expect(stage.fakes.concludeConsent).toHaveBeenCalledWith(expect.objectContaining({ revocation }));
    expect(stage.fakes.endGrantAtBank.mock.calls).toEqual([
      [{ consentId: consent.input.consentId, authorizationId, cause: 'ended_at_bank', revocation }],
    ]);
  });
});

describe('an end that the bank does not take', () => {
  /** Revoked, refused for more than a week, and given to an operator. */
  async function stuck(): Promise<{ readonly consent: ConsentUnderTest; readonly mend: () => void }> {
    const { consent } = await stage.connect();
    let isBroken = true;
    refuseEndings(() => isBroken);
    await consent.revoke();
    await consent.reaches('revoked', { bankEnding: 'pending' });
    await stage.sleep(8.5 * DAY_MS);
    await consent.reaches('revoked', { bankEnding: 'needs_operator' });
    return {
      consent,
      mend: () => {
        isBroken = false;
      },
    };
  }

  it('for a week is given to an operator, for everybody to see', async () => {
    const { consent } = await stuck();
    expect(stage.fakes.openOperatorTask).toHaveBeenCalledTimes(1);
    expect(stage.fakes.openOperatorTask.mock.lastCall?.[0]).toMatchObject({
      consentId: consent.input.consentId,
      state: { status: 'revoked', bankEnding: 'needs_operator' },
    });
    expect(await consent.card()).toContain('**Told the bank that it is over:** needs_operator');
    // No more is tried until somebody wants it.
    const tries = stage.fakes.endGrantAtBank.mock.calls.length;
    await stage.sleep(5 * DAY_MS);
    expect(stage.fakes.endGrantAtBank).toHaveBeenCalledTimes(tries);
  });

  it('is told anew when an operator wants it, and is done when the bank takes it', async () => {
    const { consent, mend } = await stuck();
    mend();
    await consent.retryEnding();
    await consent.reaches('revoked', { bankEnding: 'done' });
    expect(stage.written.at(-1)).toMatchObject({ bankEnding: 'done' });
  });

  it('not even then is given to an operator again after another week', async () => {
    const { consent } = await stuck();
    await consent.retryEnding();
    await stage.sleep(3 * DAY_MS);
    expect(stage.fakes.openOperatorTask).toHaveBeenCalledTimes(1);
    await stage.sleep(6 * DAY_MS);
    await eventually(() => stage.fakes.openOperatorTask.mock.calls.length === 2);
    expect((await consent.state()).bankEnding).toBe('needs_operator');
  });

  it('is told at once when an operator wants it while the server waits for hours', async () => {
    const { consent } = await stage.connect();
    let isBroken = true;
    refuseEndings(() => isBroken);
    await consent.revoke();
    await stage.sleep(2 * DAY_MS);
    isBroken = false;
    const retriedAt = await stage.now();
    await consent.retryEnding();
    await consent.reaches('revoked', { bankEnding: 'done' });
    expect((await stage.now()) - retriedAt).toBeLessThan(HOUR_MS);
  });

  it('because it is refused for good is tried by us, less and less often, until an operator is asked', async () => {
    const { consent } = await stage.connect();
    refuseEndings(() => true, new ConsentFailure('fdx_request_rejected'));
    await consent.revoke();
    await stage.sleep(9 * DAY_MS);
    await consent.reaches('revoked', { bankEnding: 'needs_operator' });
    expect(stage.fakes.endGrantAtBank.mock.calls.length).toBeLessThan(16);
    expect(stage.fakes.openOperatorTask.mock.lastCall?.[0].failure).toBe('fdx_request_rejected');
  });

  it('of an expired consent is never called done: it waits for an operator as well', async () => {
    const { consent, expiresAt } = await stage.connect();
    let isBroken = true;
    refuseEndings(() => isBroken);
    await stage.sleepUntil(expiresAt + 10 * DAY_MS);
    await consent.reaches('expired', { bankEnding: 'needs_operator' });
    expect(stage.written.map(({ bankEnding }) => bankEnding)).not.toContain('done');
    isBroken = false;
    await consent.retryEnding();
    await consent.reaches('expired', { bankEnding: 'done' });
  });

  it('at an institution that an operator has paused opens no task, however long, and is told after the pause', async () => {
    const { consent } = await stage.connect();
    let isPaused = true;
    refuseEndings(() => isPaused, new ConsentFailure('institution_paused', undefined, 300));
    await consent.revoke();
    await stage.sleep(20 * DAY_MS);
    await consent.reaches('revoked', { bankEnding: 'pending' });
    expect(stage.fakes.openOperatorTask).not.toHaveBeenCalled();
    isPaused = false;
    await consent.retryEnding();
    await consent.reaches('revoked', { bankEnding: 'done' });
  });

  it('holds up no other, nor the consent that goes on without it', async () => {
    const { consent, authorizationId: first } = await stage.connect();
    refuseEndings((authorizationId) => authorizationId === first);
    const second = await consent.renew();
    await consent.reaches('active', { grantedBy: second });
    const third = await consent.renew();
    await consent.reaches('active', { grantedBy: third });
    await eventually(() => !stage.books.of(consent.input.consentId).includes(second));
    expect(stage.books.of(consent.input.consentId)).toEqual([first, third]);

    await stage.sleep(9 * DAY_MS);
    await eventually(() => stage.fakes.openOperatorTask.mock.calls.length === 1);
    // A consent that is active has no end to speak of; the task names the grant.
    expect(stage.fakes.openOperatorTask.mock.lastCall?.[0]).not.toHaveProperty('state');
    expect(await consent.reaches('active', { nextAction: 'none' })).not.toHaveProperty('bankEnding');
  });

  it('of an older grant is told anew when the consent itself ends', async () => {
    const { consent, authorizationId: first } = await stage.connect();
    let isBroken = true;
    refuseEndings((authorizationId) => isBroken && authorizationId === first);
    await consent.renew();
    await stage.sleep(9 * DAY_MS);
    await eventually(() => stage.fakes.openOperatorTask.mock.calls.length === 1);
    isBroken = false;
    await consent.revoke();
    await consent.reaches('revoked', { bankEnding: 'done' });
    expect(stage.fakes.endGrantAtBank).toHaveBeenCalledWith(
      expect.objectContaining({ authorizationId: first, cause: 'revoked', revocation: BY_PERSON }),
    );
    expect(stage.books.of(consent.input.consentId)).toEqual([]);
  });

  it('of an older grant for more than a year is told all the same when the consent ends', async () => {
    const { consent, authorizationId: first } = await stage.connect();
    let isBroken = true;
    refuseEndings((authorizationId) => isBroken && authorizationId === first);
    await consent.renew();
    const { expiresAt = 0 } = await consent.reaches('active', { nextAction: 'none' });
    await stage.sleepUntil(expiresAt - DAY_MS);
    await consent.renew();
    await stage.sleep(30 * DAY_MS);
    isBroken = false;
    await consent.revoke();
    await consent.reaches('revoked', { bankEnding: 'done' });
    expect(stage.books.of(consent.input.consentId)).toEqual([]);
    await expect(consent.liveToTheEnd()).resolves.toMatchObject({ status: 'revoked' });
  });
});

describe('a hundred consents at one bank', () => {
  it('that goes away for a day are all revoked at once, and all told when it is back, without a task for anybody', async () => {
    const connected = await Promise.all(Array.from({ length: 100 }, () => stage.connect()));
    const away = await stage.outage(DAY_MS);
    refuseEndings(away);
    await Promise.all(connected.map(({ consent }) => consent.revoke()));
    await Promise.all(connected.map(({ consent }) => consent.reaches('revoked', { bankEnding: 'pending' })));
    await stage.sleep(1.5 * DAY_MS);
    await Promise.all(connected.map(({ consent }) => consent.reaches('revoked', { bankEnding: 'done' })));

    const tries = stage.fakes.endGrantAtBank.mock.calls.length;
    expect(tries).toBeGreaterThan(200);
    expect(tries).toBeLessThan(2_000);
    expect(stage.fakes.openOperatorTask).not.toHaveBeenCalled();
    for (const { consent } of connected) expect(stage.books.of(consent.input.consentId)).toEqual([]);
  }, 180_000);
});

describe('the end of a year', () => {
  it('that comes while no worker runs for three days is written down when one is back', async () => {
    await stage.restartWorker({ maxCachedWorkflows: 0 });
    const { consent, authorizationId, expiresAt } = await stage.connect();
    await stage.sleepUntil(expiresAt - HOUR_MS);
    await eventually(async () => (await consent.eventTypes()).at(-1) === 'EVENT_TYPE_TIMER_STARTED');
    await stage.passWithoutWorker(expiresAt, expiresAt + 3 * DAY_MS);
    await consent.reaches('expired', { bankEnding: 'done', failure: 'consent_expired' });
    expect(stage.fakes.endGrantAtBank.mock.lastCall?.[0]).toMatchObject({ authorizationId, cause: 'expired' });
    expect(await stage.now()).toBeLessThan(expiresAt + 3 * DAY_MS + 60 * SECOND_MS);
  });
});
