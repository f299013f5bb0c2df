import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { keepIdleGrantsAlive, type KeepAliveEvent } from '../../src/custody/keep-alive';
import type { InstitutionId } from '../../src/domain/ids';
import { takeIdleGrants } from '../../src/store/keep-alive';
import { fdxConsent } from './support/command';
import { query } from './support/database';
import { START_WITHIN_MS } from './support/private-stack';
import { RefreshStage } from './support/refresh-stage';
import { until } from './support/until';

const TEST_MS = 150_000;

let stage: RefreshStage;

beforeAll(async () => {
  stage = await RefreshStage.open();
}, START_WITHIN_MS);
afterAll(() => stage.close());
beforeEach(() => stage.bank.reset());

/** The sandbox bank under another name: it forgets refresh tokens that nobody has used for ten days, or none. */
async function addBank(tokens: { keepAliveDays?: number }): Promise<InstitutionId> {
  const id = `forgetful-${randomUUID().slice(0, 8)}`;
  const [row] = await query(stage.own.stack, `SELECT profile FROM institutions WHERE id = 'sandbox-bank'`);
  const file = path.join(stage.own.stack.logDirectory, `${id}.json`);
  const reconcile = { everyHours: 0, maxPerMinute: 6_000 };
  await writeFile(file, JSON.stringify({ ...(row?.['profile'] as object), id, tokens, reconcile }));
  const { code, stderr } = await fdxConsent(['institutions', 'add', file], stage.own.stack.productEnvironment);
  if (code !== 0) throw new Error(stderr);
  return id as InstitutionId;
}

/** A grant whose refresh token was not used for so many days; by nobody else yet, since workers look only now and then. */
async function idleGrant(institutionId: InstitutionId, days: number): Promise<string> {
  const { authorizationId } = await stage.agedConsent({ institutionId });
  await query(
    stage.own.stack,
    `UPDATE grants SET created_at = now() - make_interval(days => $2) WHERE authorization_id = $1`,
    [authorizationId, days],
  );
  return authorizationId;
}

async function isRefreshed(authorizationId: string): Promise<boolean> {
  const [row] = await query(
    stage.own.stack,
    `SELECT refreshed_at IS NOT NULL AS refreshed FROM grants WHERE authorization_id = $1`,
    [authorizationId],
  );
  return row?.['refreshed'] === true;
}

async function round(): Promise<KeepAliveEvent[]> {
  const events: KeepAliveEvent[] = [];
  const report = (event: KeepAliveEvent) => events.push(event);
  await keepIdleGrantsAlive({ deps: stage.workbench.deps, report }, new AbortController().signal);
  return events;
}

describe('grants that nobody uses', () => {
  test('are refreshed before the bank forgets them, each once, and only where the bank forgets', async () => {
    const [forgetful, other] = [await addBank({ keepAliveDays: 10 }), await addBank({})];
    const elsewhere = await idleGrant(other, 300);
    const young = await idleGrant(forgetful, 8);
    const idle = [await idleGrant(forgetful, 10), await idleGrant(forgetful, 20)];
    await Promise.all([round(), round()]);
    await until('all of them', async () => (await Promise.all(idle.map(isRefreshed))).every(Boolean));
    expect(await stage.refreshes()).toBe(2);
    expect([await isRefreshed(young), await isRefreshed(elsewhere)]).toEqual([false, false]);
  });

  test('wait while their institution is paused', async () => {
    const forgetful = await addBank({ keepAliveDays: 10 });
    const pause = (verb: 'pause' | 'resume') =>
      stage.application.call(`/v1/institutions/${forgetful}/${verb}`, {
        method: 'POST',
        key: stage.own.stack.operatorKey,
        ...(verb === 'pause' && { body: { reason: 'their core is down' } }),
      });
    const idle = await idleGrant(forgetful, 20);
    expect((await pause('pause')).status).toBe(200);
    expect(await round()).toEqual([]);
    expect([await isRefreshed(idle), await stage.asked()]).toEqual([false, []]);
    expect((await pause('resume')).status).toBe(200);
    await round();
    await until('the refresh', () => isRefreshed(idle));
  });

  test('at a bank that fails are told of once, and left alone for a while', async () => {
    const forgetful = await addBank({ keepAliveDays: 10 });
    const idle = await idleGrant(forgetful, 20);
    const fault = { kind: 'status', status: 503, headers: { 'retry-after': '60' } } as const;
    await stage.bank.plant({ endpoint: 'token', fault });
    const failed = { kind: 'failed', institutionId: forgetful, failure: 'as_unreachable' };
    const events = [...(await round()), ...(await round())];
    // Or a worker was faster, and has told it.
    if (events.length > 0) expect(events).toEqual([failed]);
    expect(await stage.record(idle)).toMatchObject({ failure: 'as_unreachable', failures: 1 });
    expect(await stage.asked()).toHaveLength(1);
  });

  test('are kept alive although the one that is due first does not open', async () => {
    const forgetful = await addBank({ keepAliveDays: 10 });
    const broken = await idleGrant(forgetful, 30);
    await query(stage.own.stack, `UPDATE grants SET tokens_jwe = 'altered' WHERE authorization_id = $1`, [broken]);
    const idle = await idleGrant(forgetful, 20);
    const events = await round();
    // Or a worker was faster, and has told it.
    if (events.length > 0) expect(events).toMatchObject([{ kind: 'broke' }]);
    await until('the other one', () => isRefreshed(idle));
  });

  test('are taken at the rate of the bank by all workers together', async () => {
    // No worker looks here: this bank forgets nothing by its profile.
    const bank = await addBank({});
    for (let count = 0; count < 3; count += 1) await idleGrant(bank, 20);
    const rhythm = { days: 10, maxPerMinute: 2, limit: 20, leaseSeconds: 1_800 };
    const take = () => takeIdleGrants(stage.workbench.database, bank, rhythm);
    const taken = (await Promise.all([take(), take(), take()])).flat();
    expect(taken).toHaveLength(2);
    expect(new Set(taken).size).toBe(2);
    expect(await takeIdleGrants(stage.workbench.database, bank, { ...rhythm, maxPerMinute: 60 })).toHaveLength(1);
    expect(await takeIdleGrants(stage.workbench.database, bank, { ...rhythm, maxPerMinute: 60 })).toEqual([]);
  });

  test(
    'are found by a worker by itself',
    async () => {
      const idle = await idleGrant(await addBank({ keepAliveDays: 10 }), 20);
      // It looks about once a minute.
      await until('the refresh', () => isRefreshed(idle), 100_000);
      expect(await stage.workbench.readAccounts(idle)).toBe(200);
    },
    TEST_MS,
  );
});
