import type { GrantedConsent } from '../../src/domain/grant';
import { ID_PREFIX } from '../../src/domain/ids';
import { GRANT } from './support/fake-activities';
import { AUTHORIZATION_WINDOW_MS, useStage } from './support/stage';

const stage = useStage();

const DAY_MS = 24 * 60 * 60 * 1000;

function grant(granted: GrantedConsent): void {
  stage.fakes.readGrant.mockImplementation(async () => ({ granted, grantedAt: await stage.now() }));
}

describe('a consent that is granted', () => {
  it('becomes active with a receipt when everything asked is granted', async () => {
    const consent = await stage.request();
    const authorizationId = await consent.authorize();
    const state = await consent.reaches('active');

    expect(state).toMatchObject({ nextAction: 'none', stage: 'none' });
    expect(state).not.toHaveProperty('failure');
    expect(state.receiptId).toMatch(new RegExp(`^${ID_PREFIX.receipt}_[0-9a-f]{32}$`));
    expect(stage.fakes.exchangeCode).toHaveBeenCalledTimes(1);
    expect(stage.fakes.recordReceipt).toHaveBeenCalledTimes(1);
    expect(stage.fakes.recordReceipt).toHaveBeenCalledWith({
      consentId: consent.input.consentId,
      authorizationId,
      granted: GRANT,
      difference: expect.objectContaining({ outcome: 'in_full' }) as unknown,
      dataAccess: { outcome: 'proven', accounts: 1 },
      state,
    });
  });

  it('tells what was refused when only a part is granted, and becomes active with that part', async () => {
    grant({
      ...GRANT,
      resources: [{ resourceType: 'ACCOUNT', resourceId: 'acc-1', dataClusters: ['ACCOUNT_DETAILED'] }],
      lookbackPeriod: 30,
    });
    const consent = await stage.request();
    await consent.authorize();
    await consent.reaches('active');

    const { difference } = stage.fakes.recordReceipt.mock.calls[0]?.[0] ?? {};
    expect(difference).toMatchObject({
      outcome: 'in_part',
      clusters: [
        { resourceType: 'ACCOUNT', refused: ['TRANSACTIONS'], wider: [] },
        { resourceType: 'CUSTOMER', refused: ['CUSTOMER_CONTACT'], wider: [] },
      ],
      lookbackPeriod: { asked: 60, granted: 30 },
    });
  });

  it('writes down every state before it tells it, in the order of the procedure', async () => {
    const consent = await stage.request();
    await consent.authorize();
    const state = await consent.reaches('active');
    expect(stage.written.map(({ status, stage: at }) => `${status}/${at}`)).toEqual([
      'authorizing/prepared',
      'authorizing/pushed',
      'authorizing/exchanging',
      'active/none',
    ]);
    expect(stage.written.at(-1)).toEqual(state);
  });

  it('is not used when the bank grants more than was asked (RFC 9396 §7): the consent fails without a receipt', async () => {
    grant({ ...GRANT, resources: [...GRANT.resources, { resourceType: 'DOCUMENT', dataClusters: ['TAX'] }] });
    const consent = await stage.request();
    const authorizationId = await consent.authorize();

    await consent.endsAs('failed');
    expect(stage.written.at(-1)).toEqual({
      status: 'failed',
      nextAction: 'contact_support',
      stage: 'none',
      failure: 'grant_wider_than_asked',
      bankEnding: 'done',
    });
    expect(stage.fakes.endGrantAtBank).toHaveBeenCalledWith(
      expect.objectContaining({ authorizationId, cause: 'unused' }),
    );
    expect(stage.fakes.recordLostAuthorization).toHaveBeenCalledWith(
      expect.objectContaining({ authorizationId, failure: 'grant_wider_than_asked' }),
    );
    expect(stage.fakes.proveDataAccess).not.toHaveBeenCalled();
    expect(stage.fakes.recordReceipt).not.toHaveBeenCalled();
  });

  it('is denied when the bank grants nothing at all', async () => {
    grant({ ...GRANT, resources: [] });
    const consent = await stage.request();
    await consent.authorize();

    await consent.endsAs('denied');
    expect(stage.written.at(-1)).toMatchObject({ status: 'denied', failure: 'consent_denied' });
    expect(stage.fakes.recordReceipt).not.toHaveBeenCalled();
  });
});

describe('a consent that is not granted', () => {
  it('is denied when the person or the bank says no (access_denied), and no code is exchanged', async () => {
    const consent = await stage.request();
    await consent.comeBackWithError(await consent.goToBank(), 'access_denied');

    await consent.endsAs('denied');
    expect(stage.written.at(-1)).toEqual({
      status: 'denied',
      nextAction: 'none',
      stage: 'none',
      failure: 'consent_denied',
    });
    expect(stage.fakes.exchangeCode).not.toHaveBeenCalled();
  });

  it.each(['server_error', 'temporarily_unavailable', 'login_required', 'invalid_request', 'of_no_standard'])(
    'lets the person try again when the bank answers %s',
    async (error) => {
      const consent = await stage.request();
      await consent.comeBackWithError(await consent.goToBank(), error);
      await consent.reaches('authorizing', { nextAction: 'launch', stage: 'none', failure: 'as_authorization_error' });

      await consent.authorize();
      await consent.reaches('active');
    },
  );

  it('is abandoned at the deadline when nobody ever launches it, and not a moment earlier', async () => {
    const consent = await stage.request();
    await stage.sleep(AUTHORIZATION_WINDOW_MS - 60_000);
    expect((await consent.state()).status).toBe('requested');

    await expect(consent.liveToTheEnd()).resolves.toMatchObject({ status: 'abandoned' });
    expect(await stage.now()).toBeGreaterThanOrEqual(consent.input.authorizeBy);
    expect(stage.fakes.concludeConsent).toHaveBeenCalledWith({
      consentId: consent.input.consentId,
      state: { status: 'abandoned', nextAction: 'none', stage: 'none', failure: 'consent_abandoned' },
      bankIsTold: true,
      revocation: { initiator: 'DATA_ACCESS_PLATFORM', reason: 'BUSINESS_RULE' },
      purgeAfterDays: 30,
    });
  });

  it('is abandoned at the deadline when the person never comes back from the bank', async () => {
    const consent = await stage.request();
    await consent.goToBank();
    await expect(consent.liveToTheEnd()).resolves.toMatchObject({ status: 'abandoned' });
    expect(stage.written.at(-1)).toMatchObject({ status: 'abandoned', failure: 'consent_abandoned' });
  });

  it('waits for a deadline weeks away without one timer longer than seven days', async () => {
    const consent = await stage.request({ input: { authorizeBy: (await stage.now()) + 20 * DAY_MS } });
    await expect(consent.liveToTheEnd()).resolves.toMatchObject({ status: 'abandoned' });
    const timers = await consent.timersInMilliseconds();
    expect(timers.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...timers)).toBeLessThanOrEqual(7 * DAY_MS);
  });
});

describe('an answer at the deadline', () => {
  it('still counts when it arrives at the very instant of the deadline', async () => {
    // Without a worker the deadline and the answer pile up at the server and reach the workflow together. No cache: the
    // worker that comes back must not wait for the one that left.
    await stage.restartWorker({ maxCachedWorkflows: 0 });
    const consent = await stage.request({ input: { authorizeBy: (await stage.now()) + 60_000 } });
    const authorizationId = await consent.goToBank();
    await stage.stopWorker();
    await stage.sleep(consent.input.authorizeBy - (await stage.now()) + 1_000);
    await consent.comeBackWithCode(authorizationId);
    await stage.startWorker();

    await consent.reaches('active');
    expect(await stage.now()).toBeGreaterThanOrEqual(consent.input.authorizeBy);
    expect(stage.fakes.concludeConsent).not.toHaveBeenCalled();
    const events = await consent.eventTypes();
    expect(events.indexOf('EVENT_TYPE_TIMER_FIRED')).toBeGreaterThan(0);
    expect(events.indexOf('EVENT_TYPE_TIMER_FIRED')).toBeLessThan(
      events.indexOf('EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED'),
    );
  });
});
