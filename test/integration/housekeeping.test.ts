import type { ConsentStatus } from '../../src/domain/consent';
import { ConsentFailure } from '../../src/domain/failures';
import { productCommand } from '../../scripts/dev/registration';
import { runHousekeeping } from '../../src/temporal/housekeeping';
import { SWEEPS, type HousekeepingResult } from '../../src/workflows/housekeeping-contract';
import { currentStack } from '../setup/stack-access';
import { HOUR_MS, useHousekeeping } from './support/housekeeping-stage';
import { plantConsent, type PlantedConsent } from './support/planted-consent';

const stage = useHousekeeping();

describe('a token without a consent', () => {
  test('is destroyed when the consent has ended, the bank need not be told, and no workflow runs', async () => {
    const columns = { bank_ending: 'done' };
    const [orphaned, atWork] = [
      await plantConsent(stage().books, 'expired', columns),
      await plantConsent(stage().books, 'expired', columns),
    ];
    await stage().temporal.start(atWork.id);
    expect((await stage().sweep('destroyLeftoverTokens')).counts).toMatchObject({ of_ended: 1, at_work: 1 });
    expect(await stage().tokensOf(orphaned)).toBe(0);
    expect(await stage().tokensOf(atWork)).toBe(2);
  });

  test.each<[string, ConsentStatus, object]>([
    ['the consent lives', 'active', {}],
    ['the bank must still be told', 'revoked', { bank_ending: 'pending' }],
    ['an operator may still tell the bank', 'revoked', { bank_ending: 'needs_operator' }],
    ['the consent has ended today', 'expired', { bank_ending: 'done', ended_at: new Date() }],
  ])('stays while %s', async (_while, status, columns) => {
    const consent = await plantConsent(stage().books, status, columns as never);
    expect((await stage().sweep('destroyLeftoverTokens')).counts).toMatchObject({
      of_ended: 0,
      superseded: 0,
      in_custody: 0,
    });
    expect(await stage().tokensOf(consent)).toBe(2);
  });

  test('of a grant that another one followed goes once it was ended at the bank in every way', async () => {
    const consent = await plantConsent(stage().books, 'active');
    const steps = { consent: 'done', grant: 'not_offered', refreshToken: 'done', accessToken: 'done' };
    const say = (ending: object, days: number): Promise<unknown> =>
      stage().books.run(
        `UPDATE grants SET superseded_at = now() - make_interval(days => $3), ending = $2 WHERE authorization_id = $1`,
        [consent.firstTrip, JSON.stringify(ending), days],
      );
    await say({ consent: 'done', grant: 'not_offered' }, 8);
    expect((await stage().sweep('destroyLeftoverTokens')).counts).toMatchObject({ superseded: 0 });
    await say(steps, 6);
    expect((await stage().sweep('destroyLeftoverTokens')).counts).toMatchObject({ superseded: 0 });
    await say(steps, 8);
    expect((await stage().sweep('destroyLeftoverTokens')).counts).toMatchObject({ superseded: 1 });
    expect(await stage().tokensOf(consent)).toBe(1);
  });

  test('that lies in custody goes a week after the consent’s end', async () => {
    const inCustody = async ({ id }: PlantedConsent): Promise<unknown> => {
      const [row] = await stage().books.run(
        `SELECT (SELECT count(refresh_response_jwe) FROM grants WHERE consent_id = $1)
           + (SELECT count(token_response_jwe) + count(secrets_jwe) FROM authorizations WHERE consent_id = $1) AS left`,
        [id],
      );
      return Number(row?.['left']);
    };
    const endedAt = (days: number): Record<string, unknown> => ({
      bank_ending: 'done',
      ended_at: new Date(Date.now() - days * 24 * HOUR_MS),
    });
    const [old, young] = [
      await plantConsent(stage().books, 'failed', endedAt(8)),
      await plantConsent(stage().books, 'failed', endedAt(6)),
    ];
    await stage().books.run('UPDATE grants SET tokens_jwe = NULL WHERE consent_id IN ($1, $2)', [old.id, young.id]);
    expect((await stage().sweep('destroyLeftoverTokens')).counts).toMatchObject({ in_custody: 4 });
    expect([await inCustody(old), await inCustody(young)]).toEqual([0, 6]);
  });
});

describe('an overdue purge', () => {
  const due = (hours: number): Record<string, unknown> => ({ purge_due_at: new Date(Date.now() - hours * HOUR_MS) });

  test('is made up for an hour after it was due, with its certificate; one that waits for the bank does not hold it up', async () => {
    const held = await plantConsent(stage().books, 'revoked', { ...due(9), bank_ending: 'pending' });
    const late = await plantConsent(stage().books, 'expired', due(2));
    const soon = await plantConsent(stage().books, 'expired', due(0.5));
    expect(await stage().sweep('purgeOverdue')).toMatchObject({
      isComplete: true,
      counts: { purged: 1, wait_for_bank: 1, broken: 0 },
    });
    expect(await stage().rowOf(late)).toMatchObject({ person_jwe: null, purged_at: expect.any(Date) as Date });
    expect(
      await stage().books.run('SELECT 1 AS one FROM deletion_certificates WHERE consent_id = $1', [late.id]),
    ).toHaveLength(1);
    for (const each of [held, soon]) expect(await stage().rowOf(each)).toMatchObject({ purged_at: null });
  });

  test('that is broken is reported and does not hold up the others', async () => {
    // Due, and not ended: an invariant broke.
    await plantConsent(stage().books, 'active', due(9));
    const late = await plantConsent(stage().books, 'expired', due(2));
    expect((await stage().sweep('purgeOverdue')).counts).toMatchObject({ purged: 1, broken: 1 });
    expect(stage().books.bugs).toEqual(['Error in purgeOverdue']);
    expect(await stage().rowOf(late)).toMatchObject({ purged_at: expect.any(Date) as Date });
  });

  test('is dated for a consent that ended before anybody dated purges', async () => {
    const consent = await plantConsent(stage().books, 'expired');
    expect((await stage().sweep('purgeOverdue')).counts).toMatchObject({ dated: 1, purged: 0 });
    const { ended_at: endedAt, purge_due_at: dueAt } = (await stage().rowOf(consent)) as {
      ended_at: Date;
      purge_due_at: Date;
    };
    expect(dueAt.getTime() - endedAt.getTime()).toBe(30 * 24 * HOUR_MS);
  });
});

describe('the housekeeping workflow', () => {
  test('runs every sweep and says how many of what; nobody is named in result or log', async () => {
    const late = await plantConsent(stage().books, 'expired', { purge_due_at: new Date(Date.now() - 2 * HOUR_MS) });
    const lost = await plantConsent(stage().books, 'active');
    const result = await runHousekeeping(stage().temporal.client);
    expect(result).toMatchObject({
      endOrphanWorkflows: { outcome: 'complete', counts: { orphans: 0 } },
      restartMissingWorkflows: { outcome: 'complete', counts: { started: 2 } },
      purgeOverdue: { outcome: 'complete', counts: { purged: 1 } },
      destroyLeftoverTokens: { outcome: 'complete' },
      removeOldEvidence: { outcome: 'complete', counts: { consents: 0 } },
    });
    expect(await stage().temporal.statusOf(lost.id)).toBe('RUNNING');
    expect(stage().logged.map(({ fields }) => fields['sweep'])).toEqual(Object.keys(result));
    const told = JSON.stringify([result, stage().logged]);
    for (const { id } of [late, lost]) expect(told).not.toContain(id);
  });

  test('goes on with the other sweeps when one fails, and says why', async () => {
    stage().instead = { endOrphanWorkflows: () => Promise.reject(new ConsentFailure('forbidden')) };
    const late = await plantConsent(stage().books, 'expired', { purge_due_at: new Date(Date.now() - 2 * HOUR_MS) });
    const result = await runHousekeeping(stage().temporal.client);
    expect(result.endOrphanWorkflows).toEqual({ outcome: 'failed', failure: 'forbidden', counts: {} });
    expect(result.purgeOverdue).toMatchObject({ outcome: 'complete', counts: { purged: 1 } });
    expect(await stage().rowOf(late)).toMatchObject({ purged_at: expect.any(Date) as Date });
  });

  test('gives a sweep that has more to do another round, thrice at most, and adds up what they did', async () => {
    let rounds = 0;
    stage().instead = {
      purgeOverdue: () => Promise.resolve({ isComplete: false, counts: { purged: (rounds += 1) } }),
    };
    const { purgeOverdue } = await runHousekeeping(stage().temporal.client);
    expect(purgeOverdue).toEqual({ outcome: 'incomplete', counts: { purged: 1 + 2 + 3 } });
    expect(rounds).toBe(3);
  });

  test('tells why a sweep stopped itself, and does not try it again', async () => {
    const stopped = { isComplete: true, counts: { orphans: 30 }, stopped: 'the wrong database' };
    const sweep = jest.fn(() => Promise.resolve(stopped));
    stage().instead = { endOrphanWorkflows: sweep };
    const { endOrphanWorkflows } = await runHousekeeping(stage().temporal.client);
    expect(endOrphanWorkflows).toEqual({ outcome: 'stopped', reason: 'the wrong database', counts: { orphans: 30 } });
    expect(sweep).toHaveBeenCalledTimes(1);
  });
});

test('an operator runs it now, in the product as it is, and reads how it went', async () => {
  const environment = currentStack().productEnvironment;
  const printed = await productCommand(['housekeeping', 'run', '--json'], environment);
  const result = JSON.parse(printed) as HousekeepingResult;
  for (const name of SWEEPS) expect([name, result[name].outcome]).toEqual([name, 'complete']);
  expect(await productCommand(['housekeeping', 'run'], environment)).toMatch(
    /^purgeOverdue +complete +dated 0, purged 0/m,
  );
});
