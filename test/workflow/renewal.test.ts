import { ConsentFailure, type FailureCode } from '../../src/domain/failures';
import { receiptIdOf, type ConsentState } from '../../src/domain/consent';
import type { InvitationId } from '../../src/domain/ids';
import type { ConsentTerms } from '../../src/domain/terms';
import { eventually, gate, type ConsentUnderTest } from './support/consent-under-test';
import { GRANT, TERMS } from './support/fake-activities';
import { useStage } from './support/stage';

const stage = useStage();

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const SECOND_MS = 1_000;

/** What a consent has, and keeps whatever befalls an attempt to renew it. */
function possessionsOf({ status, receiptId, expiresAt, grantedBy }: ConsentState) {
  return { status, receiptId, expiresAt, grantedBy };
}

const FEWER: ConsentTerms = {
  ...TERMS,
  durationPeriod: 90,
  resources: [{ resourceType: 'ACCOUNT', dataClusters: ['TRANSACTIONS'] }],
};

describe('a renewal', () => {
  it('twice in a year: a year from each, new receipts that supersede, and each grant before is ended at the bank', async () => {
    const { consent, authorizationId: first, receiptId, expiresAt } = await stage.connect();
    await stage.sleepUntil(expiresAt - 25 * DAY_MS);
    await consent.reaches('active', { nextAction: 'renew' });
    const invitationId = await consent.isInvited();
    await consent.reaches('active', { nextAction: 'launch', invitationId });
    const second = await consent.authorize(invitationId);
    const renewed = await consent.reaches('active', { grantedBy: second, nextAction: 'none' });
    expect(renewed).not.toHaveProperty('invitationId');
    expect(renewed).not.toHaveProperty('noticeDays');
    expect(renewed.expiresAt).toBeGreaterThanOrEqual(expiresAt + 339 * DAY_MS);
    await stage.sleepUntil((renewed.expiresAt ?? 0) - 5 * DAY_MS);
    const third = await consent.renew();
    const again = await consent.reaches('active', { grantedBy: third });
    await eventually(() => stage.fakes.endGrantAtBank.mock.calls.length === 2);

    expect(stage.fakes.recordReceipt.mock.calls.map(([{ replaces }]) => replaces)).toEqual([
      undefined,
      { authorizationId: first, receiptId },
      { authorizationId: second, receiptId: renewed.receiptId },
    ]);
    expect(stage.fakes.endGrantAtBank.mock.calls.map(([input]) => input)).toEqual([
      expect.objectContaining({ authorizationId: first, cause: 'superseded', inUse: second }),
      expect.objectContaining({ authorizationId: second, cause: 'superseded', inUse: third }),
    ]);
    await stage.sleepUntil((again.expiresAt ?? 0) + SECOND_MS);
    await consent.reaches('expired', { bankEnding: 'done' });
    expect(stage.fakes.giveNotice.mock.calls.map(([{ days }]) => days)).toEqual([30, 30, 14, 7, 30, 14, 7, 1]);
  });

  it('leaves the old grant in use until the new one is proven and its receipt recorded', async () => {
    const { consent, authorizationId } = await stage.connect();
    const before = possessionsOf(await consent.state());
    const proven = gate();
    stage.fakes.recordReceipt.mockImplementation(({ state }) => proven.opened.then(() => receiptIdOf(state)));
    await consent.renew();
    await eventually(() => stage.fakes.recordReceipt.mock.calls.length === 2);
    expect(stage.fakes.endGrantAtBank).not.toHaveBeenCalled();
    expect(stage.written.slice(4).map(possessionsOf)).toEqual(Array(4).fill(before));
    proven.open();
    await eventually(() => stage.fakes.endGrantAtBank.mock.calls.length === 1);
    expect(stage.fakes.endGrantAtBank.mock.lastCall?.[0].authorizationId).toBe(authorizationId);
  });

  it('one hour before the end still counts in full', async () => {
    const { consent, expiresAt } = await stage.connect();
    await stage.sleepUntil(expiresAt - HOUR_MS);
    await consent.renew();
    const { expiresAt: later = 0 } = await consent.reaches('active', { nextAction: 'none' });
    expect(later).toBeGreaterThan(expiresAt + 364 * DAY_MS);
    expect(stage.fakes.concludeConsent).not.toHaveBeenCalled();
  });

  it('whose answer arrives at the very instant of the end counts', async () => {
    await stage.restartWorker({ maxCachedWorkflows: 0 });
    stage.bankGrants({ ...GRANT, durationPeriod: 1 });
    const { consent, expiresAt } = await stage.connect();
    const trip = await consent.goToBank(await consent.isInvited());
    await stage.stopWorker();
    await stage.sleepUntil(expiresAt + SECOND_MS);
    await consent.comeBackWithCode(trip);
    await stage.startWorker();
    await consent.reaches('active', { grantedBy: trip });
    expect(stage.fakes.concludeConsent).not.toHaveBeenCalled();
  });

  it('of other clusters puts the new terms in force, for the receipt, the trip and the end', async () => {
    const { consent, receiptId, authorizationId } = await stage.connect();
    stage.bankGrants({ ...GRANT, durationPeriod: 90, resources: FEWER.resources });
    const trip = await consent.renew({ reason: 'change', terms: FEWER });
    const { expiresAt = 0 } = await consent.reaches('active', { grantedBy: trip });
    expect(expiresAt - (await stage.now())).toBeLessThanOrEqual(90 * DAY_MS);
    expect(stage.fakes.recordReceipt.mock.lastCall?.[0]).toMatchObject({
      difference: { outcome: 'in_full' },
      replaces: { authorizationId, receiptId },
    });

    // What the bank says later is held against the terms in force, and not against those of the beginning.
    stage.fakes.reviewGrant.mockResolvedValue({ verdict: 'changed', granted: GRANT, grantedAt: await stage.now() });
    await consent.report('poll');
    await eventually(() => stage.fakes.recordGrantChange.mock.calls.length === 1);
    expect(stage.fakes.recordGrantChange.mock.lastCall?.[0].granted.resources).toEqual([
      { resourceType: 'ACCOUNT', resourceId: 'acc-1', dataClusters: ['TRANSACTIONS'] },
    ]);
  });
});

describe('two renewals at once', () => {
  it('are one: the second is told of the first, whether its terms are the same or others', async () => {
    const { consent } = await stage.connect();
    const [first, second] = await Promise.all([consent.invite(), consent.invite()]);
    expect([first.kind, second.kind].sort()).toEqual(['open', 'open_already']);
    const open = first.kind === 'open' ? first : second;
    const told = first.kind === 'open' ? second : first;
    expect(told).toEqual({ ...open, kind: 'open_already', hasSameTerms: true });
    await expect(consent.invite({ terms: FEWER })).resolves.toMatchObject({
      kind: 'open_already',
      hasSameTerms: false,
    });
  });

  it('by one link that are both answered leave one grant in use, and the other is ended at the bank', async () => {
    const { consent, authorizationId: before } = await stage.connect();
    const invitationId = await consent.isInvited();
    const [left, right] = [await consent.goToBank(invitationId), await consent.goToBank(invitationId)];
    await Promise.all([consent.comeBackWithCode(left), consent.comeBackWithCode(right)]);
    await eventually(() => stage.fakes.endGrantAtBank.mock.calls.length === 2);

    const { grantedBy } = await consent.state();
    const stray = grantedBy === left ? right : left;
    expect([left, right]).toContain(grantedBy);
    expect(stage.fakes.exchangeCode).toHaveBeenCalledTimes(3);
    expect(stage.fakes.recordReceipt).toHaveBeenCalledTimes(2);
    expect(
      Object.fromEntries(stage.fakes.endGrantAtBank.mock.calls.map(([each]) => [each.authorizationId, each.cause])),
    ).toEqual({ [before]: 'superseded', [stray]: 'unused' });
    expect(stage.books.of(consent.input.consentId)).toEqual([grantedBy]);
  });

  it('of a first authorization leave one grant in use too', async () => {
    const consent = await stage.request();
    const [left, right] = [await consent.goToBank(), await consent.goToBank()];
    await Promise.all([consent.comeBackWithCode(left), consent.comeBackWithCode(right)]);
    await eventually(() => stage.fakes.endGrantAtBank.mock.calls.length === 1);
    const { grantedBy } = await consent.state();
    expect(stage.books.of(consent.input.consentId)).toEqual([grantedBy]);
  });
});

describe('a renewal that brings nothing', () => {
  async function whileRenewing(consent: ConsentUnderTest) {
    const before = possessionsOf(await consent.state());
    const invitationId = await consent.isInvited();
    return { before, invitationId, trip: await consent.goToBank(invitationId) };
  }

  function closing(invitationId: InvitationId, outcome: string) {
    return expect.objectContaining({ closes: { invitationId, outcome } }) as object;
  }

  it('because the person says no leaves the consent as it was, and the link is closed as declined', async () => {
    const { consent } = await stage.connect();
    const { before, invitationId, trip } = await whileRenewing(consent);
    await consent.comeBackWithError(trip, 'access_denied');
    const state = await consent.reaches('active', { stage: 'none', failure: 'consent_denied', nextAction: 'none' });
    expect(possessionsOf(state)).toEqual(before);
    expect(state).not.toHaveProperty('invitationId');
    expect(stage.fakes.recordLostAuthorization).toHaveBeenCalledWith(closing(invitationId, 'declined'));
  });

  it.each(['as_client_rejected', 'id_token_invalid'] as const)(
    'because of %s leaves the consent as it was, and the link is closed as failed',
    async (failure) => {
      const { consent } = await stage.connect();
      stage.fakes.exchangeCode.mockRejectedValue(new ConsentFailure(failure));
      const { before, invitationId, trip } = await whileRenewing(consent);
      await consent.comeBackWithCode(trip);
      const state = await consent.reaches('active', { stage: 'none', failure });
      expect(possessionsOf(state)).toEqual(before);
      expect(stage.fakes.recordLostAuthorization).toHaveBeenCalledWith(closing(invitationId, 'failed'));
    },
  );

  it('because the bank grants more than was asked leaves it as it was, and that grant is ended at the bank', async () => {
    const { consent } = await stage.connect();
    stage.bankGrants({
      ...GRANT,
      resources: [...GRANT.resources, { resourceType: 'DOCUMENT', dataClusters: ['TAX'] }],
    });
    const { before, trip } = await whileRenewing(consent);
    await consent.comeBackWithCode(trip);
    const state = await consent.reaches('active', { failure: 'grant_wider_than_asked', stage: 'none' });
    expect(possessionsOf(state)).toEqual(before);
    await eventually(() => stage.fakes.endGrantAtBank.mock.calls.length === 1);
    expect(stage.fakes.endGrantAtBank.mock.lastCall?.[0]).toMatchObject({ authorizationId: trip, cause: 'unused' });
    expect(stage.books.of(consent.input.consentId)).toEqual([before.grantedBy]);
  });

  it.each(['code_exchange_unknown', 'code_exchange_refused'] as const)(
    'because of %s leaves it as it was, and the same link leads to the bank again',
    async (failure) => {
      const { consent } = await stage.connect();
      stage.fakes.exchangeCode.mockRejectedValueOnce(new ConsentFailure(failure));
      const { before, invitationId, trip } = await whileRenewing(consent);
      await consent.comeBackWithCode(trip);
      const state = await consent.reaches('active', { stage: 'none', failure, nextAction: 'launch' });
      expect(possessionsOf(state)).toEqual(before);

      const second = await consent.authorize(invitationId);
      const renewed = await consent.reaches('active', { grantedBy: second });
      expect(renewed).not.toHaveProperty('failure');
    },
  );

  it('because nobody uses the link in time leaves it as it was', async () => {
    const { consent } = await stage.connect();
    const before = possessionsOf(await consent.state());
    const invitationId = await consent.isInvited();
    await stage.sleep(3 * DAY_MS + SECOND_MS);
    const state = await consent.reaches('active', { nextAction: 'none' });
    expect(possessionsOf(state)).toEqual(before);
    expect(state).not.toHaveProperty('invitationId');
    expect(stage.fakes.recordState).toHaveBeenLastCalledWith(closing(invitationId, 'lapsed'));
    await expect(consent.launch(invitationId)).resolves.toEqual({ kind: 'closed' });
    // There may be another one now.
    await consent.renew();
    await eventually(() => stage.fakes.recordReceipt.mock.calls.length === 2);
  });

  it('because it is cancelled leaves it as it was; an answer that comes after that is exchanged and ended at the bank', async () => {
    const { consent } = await stage.connect();
    const { before, invitationId, trip } = await whileRenewing(consent);
    await expect(consent.cancel(invitationId)).resolves.toBe('closed');
    await expect(consent.cancel(invitationId)).resolves.toBe('closed');
    expect(stage.fakes.recordState).toHaveBeenLastCalledWith(closing(invitationId, 'cancelled'));
    await expect(consent.launch(invitationId)).resolves.toEqual({ kind: 'closed' });

    await consent.comeBackWithCode(trip);
    await eventually(() => stage.fakes.endGrantAtBank.mock.calls.length === 1);
    expect(possessionsOf(await consent.reaches('active', { stage: 'none', nextAction: 'none' }))).toEqual(before);
    expect(stage.fakes.exchangeCode.mock.lastCall?.[0].authorizationId).toBe(trip);
    expect(stage.fakes.endGrantAtBank.mock.lastCall?.[0]).toMatchObject({ authorizationId: trip, cause: 'unused' });
    expect(stage.fakes.recordReceipt).toHaveBeenCalledTimes(1);
  });

  it('because the answer to a cancelled link says no has nothing to be ended', async () => {
    const { consent } = await stage.connect();
    const { before, invitationId, trip } = await whileRenewing(consent);
    await consent.cancel(invitationId);
    await consent.comeBackWithError(trip, 'access_denied');
    await eventually(() => stage.fakes.recordLostAuthorization.mock.calls.length === 1);
    expect(possessionsOf(await consent.state())).toEqual(before);
    expect(stage.fakes.endGrantAtBank).not.toHaveBeenCalled();
    expect(stage.fakes.exchangeCode).toHaveBeenCalledTimes(1);
  });

  it('cannot be cancelled while the bank’s answer to it is worked on', async () => {
    const { consent } = await stage.connect({ workflowTaskTimeout: '1s' });
    const answered = gate();
    stage.fakes.exchangeCode.mockReturnValue(answered.opened);
    const { invitationId, trip } = await whileRenewing(consent);
    await consent.comeBackWithCode(trip);
    await eventually(() => stage.fakes.exchangeCode.mock.calls.length === 2);
    await expect(consent.cancel(invitationId)).resolves.toBe('busy');
    answered.open();
    await consent.reaches('active', { grantedBy: trip });
  });

  it.each<[FailureCode, string]>([
    ['as_unreachable', 'try_again'],
    ['as_client_rejected', 'ended'],
  ])('because the request cannot be pushed (%s) leaves it as it was', async (failure, kind) => {
    const { consent } = await stage.connect();
    const before = possessionsOf(await consent.state());
    stage.fakes.pushAuthorizationRequest.mockRejectedValue(new ConsentFailure(failure));
    const outcome = await consent.launch(await consent.isInvited());
    expect(outcome.kind).toBe(kind);
    expect(possessionsOf(await consent.state())).toEqual(before);
  });
});

describe('a link', () => {
  it('leads to the bank twenty times and no more; the next one begins to count anew', async () => {
    const { consent } = await stage.connect();
    const invitationId = await consent.isInvited();
    for (let time = 1; time <= 20; time += 1) await consent.goToBank(invitationId);
    await expect(consent.launch(invitationId)).resolves.toEqual({ kind: 'too_often' });
    await consent.cancel(invitationId);
    const next = await consent.isInvited();
    await expect(consent.launch(next)).resolves.toMatchObject({ kind: 'redirect' });
  });

  it('is good for nothing but its own invitation, and there is none for a consent that nobody has authorized', async () => {
    const requested = await stage.request();
    await expect(requested.invite()).resolves.toEqual({ kind: 'not_active', status: 'requested' });
    const { consent } = await stage.connect();
    await consent.isInvited();
    await expect(consent.launch('inv_of_another' as InvitationId)).resolves.toEqual({ kind: 'closed' });
    await expect(consent.launch()).resolves.toEqual({ kind: 'closed' });
  });
});
