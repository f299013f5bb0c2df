import { ConsentFailure } from '../../src/domain/failures';
import type { ConsentState } from '../../src/domain/consent';
import type { AuthorizationId, ReceiptId } from '../../src/domain/ids';
import type { ConsentLife } from '../../src/workflows/contract';
import { eventually, type ConsentUnderTest } from './support/consent-under-test';
import { GRANT, TERMS } from './support/fake-activities';
import { useStage } from './support/stage';

const stage = useStage();

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

async function isOver(consent: ConsentUnderTest): Promise<boolean> {
  return (await consent.handle.describe()).status.name === 'COMPLETED';
}

/** Says when it is called, in the server's time. */
function noteWhenPurged(): readonly number[] {
  const times: number[] = [];
  stage.fakes.purgeConsent.mockImplementation(async () => {
    times.push(await stage.now());
    return { certificateId: 'del_1' };
  });
  return times;
}

describe('personal data', () => {
  it('are destroyed thirty days after the end and not before; then the workflow is over', async () => {
    const purges = noteWhenPurged();
    const { consent } = await stage.connect();
    await consent.revoke();
    await consent.reaches('revoked', { bankEnding: 'done' });
    const endedAt = await stage.now();
    await stage.sleep(29.9 * DAY_MS);
    expect(purges).toEqual([]);
    expect(await isOver(consent)).toBe(false);
    await stage.sleep(0.2 * DAY_MS);
    await eventually(() => isOver(consent));
    expect(purges).toHaveLength(1);
    expect(purges[0]).toBeGreaterThanOrEqual(endedAt + 30 * DAY_MS - 60_000);
    await expect(consent.liveToTheEnd()).resolves.toEqual({ consentId: consent.input.consentId, status: 'revoked' });
  });

  it.each([
    [
      'denied',
      async (consent: ConsentUnderTest) => consent.comeBackWithError(await consent.goToBank(), 'access_denied'),
    ],
    ['abandoned', () => stage.sleep(3 * DAY_MS)],
    ['revoked', (consent: ConsentUnderTest) => consent.revoke()],
  ] as const)('of a consent that was %s before any grant are destroyed too', async (status, end) => {
    const purges = noteWhenPurged();
    const consent = await stage.request();
    await end(consent);
    await consent.reaches(status);
    await expect(consent.liveToTheEnd()).resolves.toMatchObject({ status });
    expect(purges).toHaveLength(1);
  });

  it('are kept for as long as policy says', async () => {
    const policy = { maxDurationDays: 365, oneTimeLifetimeSeconds: 3_600, personalDataRetentionDays: 2 };
    const { consent } = await stage.connect({ input: { policy } });
    await consent.revoke();
    await consent.reaches('revoked', { bankEnding: 'done' });
    expect(stage.fakes.concludeConsent.mock.lastCall?.[0].purgeAfterDays).toBe(2);
    await stage.sleep(2.1 * DAY_MS);
    await eventually(() => isOver(consent));
  });

  it('and tokens wait until the bank was told: an institution that is paused for two months delays both', async () => {
    const purges = noteWhenPurged();
    const { consent } = await stage.connect();
    let isPaused = true;
    const end = stage.fakes.endGrantAtBank.getMockImplementation();
    stage.fakes.endGrantAtBank.mockImplementation(async (input) => {
      if (isPaused) throw new ConsentFailure('institution_paused', undefined, 3_600);
      await end?.(input);
    });
    await consent.revoke();
    await stage.sleep(60 * DAY_MS);
    expect(purges).toEqual([]);
    expect((await consent.state()).bankEnding).toBe('pending');
    isPaused = false;
    await consent.retryEnding();
    await eventually(() => isOver(consent));
    expect(purges).toHaveLength(1);
    expect(stage.books.of(consent.input.consentId)).toEqual([]);
  });

  it('do not wait for an operator who never comes: the task says what is left to do', async () => {
    const purges = noteWhenPurged();
    const { consent } = await stage.connect();
    stage.fakes.endGrantAtBank.mockRejectedValue(new ConsentFailure('fdx_unreachable'));
    await consent.revoke();
    await stage.sleep(31 * DAY_MS);
    await eventually(() => isOver(consent));
    expect(purges).toHaveLength(1);
    expect(stage.fakes.openOperatorTask).toHaveBeenCalledTimes(1);
    expect(stage.written.at(-1)).toMatchObject({ status: 'revoked', bankEnding: 'needs_operator' });
  });

  it('are destroyed even when the database is away for a day when it is time', async () => {
    const { consent } = await stage.connect();
    await consent.revoke();
    await consent.reaches('revoked', { bankEnding: 'done' });
    const away = await stage.outage(31 * DAY_MS);
    stage.fakes.purgeConsent.mockImplementation(async () => {
      if (await away()) throw new ConsentFailure('store_unavailable');
      return { certificateId: 'del_1' };
    });
    await expect(consent.liveToTheEnd()).resolves.toMatchObject({ status: 'revoked' });
  });
});

describe('a consent that is to be used once', () => {
  const ONCE = { durationType: 'ONE_TIME', resources: TERMS.resources } as const;

  async function connectOnce() {
    stage.bankGrants({ source: 'scope', durationType: 'ONE_TIME', resources: GRANT.resources });
    return stage.connect({ input: { terms: ONCE } });
  }

  it('ends when its data was read, and the bank is told', async () => {
    const { consent, authorizationId, expiresAt } = await connectOnce();
    await consent.useUp();
    await consent.reaches('expired', { bankEnding: 'done' });
    expect(await stage.now()).toBeLessThan(expiresAt);
    expect(stage.fakes.endGrantAtBank.mock.lastCall?.[0]).toMatchObject({ authorizationId, cause: 'expired' });
  });

  it('ends after its hour when nobody reads anything, without any notice', async () => {
    const { consent, expiresAt } = await connectOnce();
    await stage.sleepUntil(expiresAt + 1_000);
    await consent.reaches('expired', { bankEnding: 'done' });
    expect(stage.fakes.giveNotice).not.toHaveBeenCalled();
  });

  it('is another thing than one for a year, which reading does not use up', async () => {
    const { consent } = await stage.connect();
    await consent.useUp();
    await stage.sleep(DAY_MS);
    expect((await consent.state()).status).toBe('active');
  });
});

describe('a consent that lost its workflow', () => {
  const grantedBy = 'aut_of_the_row' as AuthorizationId;

  async function goesOnFrom(state: ConsentState, more: Partial<ConsentLife> = {}): Promise<ConsentUnderTest> {
    const life: ConsentLife = {
      ...{ state, terms: TERMS, launches: 0, trips: [], answers: [], reports: [], endings: [] },
      ...{ deadlineKnownSince: await stage.now(), story: ['goes on from the database'] },
      ...more,
    };
    const consent = await stage.request({ input: { life } });
    stage.books.open(consent.input.consentId, grantedBy);
    return consent;
  }

  async function active(): Promise<ConsentState> {
    const expiresAt = (await stage.now()) + 60 * DAY_MS;
    const receiptId = 'rcp_of_the_row' as ReceiptId;
    return { status: 'active', nextAction: 'none', stage: 'none', grantedBy, receiptId, expiresAt };
  }

  it('goes on from its row: notices, renewal, end', async () => {
    const state = await active();
    const consent = await goesOnFrom(state);
    await stage.sleepUntil((state.expiresAt ?? 0) - 10 * DAY_MS);
    await consent.reaches('active', { noticeDays: 14, nextAction: 'renew' });
    const trip = await consent.renew();
    const { expiresAt = 0 } = await consent.reaches('active', { grantedBy: trip });
    await eventually(() => !stage.books.of(consent.input.consentId).includes(grantedBy));
    await stage.sleepUntil(expiresAt + 1_000);
    await consent.reaches('expired', { bankEnding: 'done' });
  });

  it('hears of a revocation that its last workflow did not', async () => {
    const revocation = { initiator: 'INDIVIDUAL', reason: 'USER_ACTION' } as const;
    const consent = await goesOnFrom(await active(), { revocation });
    await consent.reaches('revoked', { bankEnding: 'done' });
    expect(stage.fakes.endGrantAtBank.mock.lastCall?.[0]).toMatchObject({ authorizationId: grantedBy, revocation });
  });

  it('after it was revoked still tells the bank who wanted it and why', async () => {
    const revocation = { initiator: 'INDIVIDUAL', reason: 'USER_ACTION' } as const;
    const ended = { ...(await active()), status: 'revoked', failure: 'consent_revoked' } as const;
    const consent = await goesOnFrom(ended, { revocation, endedAt: await stage.now() });
    await consent.reaches('revoked', { bankEnding: 'done' });
    expect(stage.fakes.endGrantAtBank.mock.lastCall?.[0]).toMatchObject({ authorizationId: grantedBy, revocation });
  });

  it.each(['pending', undefined] as const)(
    'after it had ended (%s) still has the bank told, and its personal data destroyed',
    async (bankEnding) => {
      const purges = noteWhenPurged();
      const ended = { ...(await active()), status: 'revoked', failure: 'consent_revoked' } as const;
      const consent = await goesOnFrom({ ...ended, ...(bankEnding && { bankEnding }) }, { endedAt: await stage.now() });
      await consent.reaches('revoked', { bankEnding: 'done' });
      expect(stage.books.of(consent.input.consentId)).toEqual([]);
      await expect(consent.liveToTheEnd()).resolves.toMatchObject({ status: 'revoked' });
      expect(purges).toHaveLength(1);
    },
  );
});
