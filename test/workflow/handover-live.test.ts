import { ConsentFailure } from '../../src/domain/failures';
import type { AuthorizationId } from '../../src/domain/ids';
import { eventually, gate, type ConsentUnderTest } from './support/consent-under-test';
import { useStage } from './support/stage';

const stage = useStage('real');

/** A run hands over as soon as its history is this long. */
const POLICY = { maxDurationDays: 365, oneTimeLifetimeSeconds: 3_600, eventsPerRun: 50 };
const SHORT_RUNS = { input: { policy: POLICY } };

/** Things that change nothing, until another run has taken over. */
async function fillRun(consent: ConsentUnderTest): Promise<void> {
  const { runId } = await consent.runs();
  await eventually(async () => {
    await Promise.all(Array.from({ length: 10 }, () => consent.useUp()));
    return (await consent.runs()).runId !== runId;
  });
}

/** The bank does not take the end of any grant until the function that is returned is called. */
function breakEndings(): () => void {
  const end = stage.fakes.endGrantAtBank.getMockImplementation();
  let isBroken = true;
  stage.fakes.endGrantAtBank.mockImplementation(async (input) => {
    if (isBroken) throw new ConsentFailure('fdx_unreachable', undefined, 1);
    await end?.(input);
  });
  return () => {
    isBroken = false;
  };
}

describe('what is under way when a run hands over', () => {
  it('as a question to the bank is asked by the next run, doubt included', async () => {
    let isAway = true;
    stage.fakes.reviewGrant.mockImplementation(() => {
      if (isAway) return Promise.reject(new ConsentFailure('fdx_unreachable', undefined, 1));
      return Promise.resolve({ verdict: 'lost' });
    });
    const { consent } = await stage.connect(SHORT_RUNS);
    await consent.report('refresh');
    await eventually(() => stage.fakes.reviewGrant.mock.calls.length > 1);
    await fillRun(consent);
    isAway = false;
    await consent.reaches('active', { isGrantLost: true, nextAction: 'reauthorize' });
    expect(stage.fakes.reviewGrant.mock.lastCall?.[0]).toMatchObject({ isInDoubt: true });
  });

  it('as an answer to such a question that is being written down is finished first', async () => {
    const written = gate();
    stage.fakes.reviewGrant.mockResolvedValue({ verdict: 'revoked', reason: 'USER_ACTION' });
    const conclude = stage.fakes.concludeConsent.getMockImplementation();
    stage.fakes.concludeConsent.mockImplementation(async (input) => {
      await written.opened;
      return conclude ? conclude(input) : { grantsToEnd: [] };
    });
    const { consent } = await stage.connect(SHORT_RUNS);
    await consent.report('notification');
    await eventually(() => stage.fakes.concludeConsent.mock.calls.length > 0);
    await Promise.all(Array.from({ length: 60 }, () => consent.useUp()));
    written.open();
    await consent.reaches('revoked', { bankEnding: 'done' });
    expect(stage.fakes.endGrantAtBank.mock.lastCall?.[0]).toMatchObject({ cause: 'ended_at_bank' });
  });

  it('as telling the bank of an end is told by the next run, also after the consent’s own end', async () => {
    const mend = breakEndings();
    const { consent, authorizationId: first } = await stage.connect(SHORT_RUNS);
    const second = await consent.renew();
    await consent.reaches('active', { grantedBy: second });
    await fillRun(consent);
    await consent.revoke();
    await consent.reaches('revoked', { bankEnding: 'pending' });
    const { runId } = await consent.runs();
    for (let time = 0; time < 60; time += 1) await consent.retryEnding();
    await eventually(async () => (await consent.runs()).runId !== runId);
    expect((await consent.state()).bankEnding).toBe('pending');
    mend();
    await consent.reaches('revoked', { bankEnding: 'done' });
    expect(stage.books.of(consent.input.consentId)).toEqual([]);
    expect(stage.fakes.endGrantAtBank).toHaveBeenCalledWith(expect.objectContaining({ authorizationId: first }));
  });

  it('as a person’s launch is waited for: the run that took it answers it', async () => {
    const { consent } = await stage.connect({ ...SHORT_RUNS, workflowTaskTimeout: '1s' });
    const invitationId = await consent.isInvited();
    const pushed = gate();
    const push = stage.fakes.pushAuthorizationRequest.getMockImplementation();
    stage.fakes.pushAuthorizationRequest.mockImplementation(async (input) => {
      await pushed.opened;
      if (!push) throw new Error('the fake has no answer');
      return push(input);
    });
    const launched = consent.launch(invitationId);
    await eventually(() => stage.fakes.pushAuthorizationRequest.mock.calls.length >= 2);
    await Promise.all(Array.from({ length: 60 }, () => consent.useUp()));
    pushed.open();
    await expect(launched).resolves.toMatchObject({ kind: 'redirect' });
    await eventually(async () => (await consent.runs()).events.length > 1);
  });
});

describe('a stream of messages while runs hand over', () => {
  it('loses none and takes none twice: of 175 callbacks at once each of 35 answers is settled exactly once', async () => {
    const { consent, authorizationId } = await stage.connect(SHORT_RUNS);
    const trips = Array.from({ length: 35 }, (_, index) => `aut_stray${String(index).padStart(2, '0')}`);
    const reloads = [...trips, ...trips, ...trips, ...trips, ...trips];
    await Promise.all(
      reloads.map(async (trip, index) => {
        await consent.comeBackWithCode(trip as AuthorizationId);
        if (index % 10 === 0) await consent.report('poll');
        if (index % 25 === 0) await consent.useUp();
      }),
    );
    const endings = () => stage.fakes.endGrantAtBank.mock.calls.map(([each]) => each.authorizationId as string);
    await eventually(() => new Set(endings()).size === trips.length);
    await fillRun(consent);
    // A step in a task that the server turns down, since a message came meanwhile, is done again, and finds its own traces.
    const exchanged = stage.fakes.exchangeCode.mock.calls.map(([each]) => each.authorizationId as string);
    expect([...new Set(exchanged)].sort()).toEqual([authorizationId, ...trips].sort());
    expect([...new Set(endings())].sort()).toEqual(trips);
    expect(stage.books.of(consent.input.consentId)).toEqual([authorizationId]);
    expect((await consent.runs()).events.length).toBeGreaterThan(3);
    expect(await consent.state()).toMatchObject({ status: 'active', grantedBy: authorizationId });
  });

  it('answers every update that was sent, and hears the revocation at its end', async () => {
    const { consent } = await stage.connect(SHORT_RUNS);
    const invitationId = await consent.isInvited();
    const outcomes = await Promise.all([
      ...Array.from({ length: 30 }, () => consent.invite()),
      ...Array.from({ length: 25 }, () => consent.launch(invitationId)),
      ...Array.from({ length: 40 }, () => consent.report('poll')),
    ]);
    const kinds = outcomes.flatMap((outcome) => (outcome ? [outcome.kind] : []));
    const count = (kind: string) => kinds.filter((each) => each === kind).length;
    expect(count('open_already')).toBe(30);
    // One whose answer was lost with its run is sent again by the client, and counts twice towards the limit of twenty.
    expect(count('redirect') + count('too_often')).toBe(25);
    expect(count('redirect')).toBeGreaterThan(0);
    expect(count('redirect')).toBeLessThanOrEqual(20);
    await consent.revoke();
    await consent.reaches('revoked', { bankEnding: 'done' });
    expect((await consent.runs()).events.length).toBeGreaterThan(1);
  });

  it('hears the wish of an operator that comes with the answer after which a run hands over', async () => {
    await stage.restartWorker({ maxCachedWorkflows: 0 });
    const { consent } = await stage.connect(SHORT_RUNS);
    const { runId } = await consent.runs();
    await stage.stopWorker();
    for (let time = 0; time < 60; time += 1) await consent.useUp();
    await consent.comeBackWithCode('aut_stray' as AuthorizationId);
    await consent.remind();
    await stage.startWorker();
    await eventually(() => stage.fakes.giveNotice.mock.calls.length === 1);
    expect((await consent.runs()).runId).not.toBe(runId);
  });

  it('hears the one wish of an operator among a hundred other messages, whichever run it meets', async () => {
    const { consent } = await stage.connect(SHORT_RUNS);
    for (let time = 1; time <= 5; time += 1) {
      const given = stage.fakes.giveNotice.mock.calls.length;
      const noise = () => Array.from({ length: 20 + time }, () => consent.useUp());
      await Promise.all([...noise(), consent.remind(), ...noise()]);
      await eventually(() => stage.fakes.giveNotice.mock.calls.length > given);
    }
    expect((await consent.runs()).events.length).toBeGreaterThan(3);
  });
});
