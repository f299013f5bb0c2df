import { parseKeyRing } from '../../src/store/key-ring';
import { ensureSchedules, SCHEDULES } from '../../src/temporal/schedules';
import { Application } from './support/application';
import { Bank } from './support/bank';
import { query } from './support/database';
import { Journey } from './support/journey';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { PublishingBank } from './support/publishing-bank';
import { Rounds } from './support/rounds';
import { bankReports } from './support/signals';
import { until } from './support/until';

const TEST_MS = 120_000;

let own: PrivateStack;
let application: Application;
let sandbox: Bank;
let rounds: Rounds;

beforeAll(async () => {
  own = await startPrivateStack();
  application = new Application(own.stack);
  sandbox = new Bank(own.stack);
  rounds = await Rounds.at(own.stack);
}, START_WITHIN_MS);
afterAll(async () => {
  await rounds.close();
  await own.end();
});

const banks: PublishingBank[] = [];
async function startBank(changes: Parameters<typeof PublishingBank.start>[1] = {}): Promise<PublishingBank> {
  const bank = await PublishingBank.start(own.stack, changes);
  banks.push(bank);
  return bank;
}
afterEach(async () => {
  await Promise.all(banks.splice(0).map((bank) => bank.stop()));
});

const round = () => rounds.run();

interface Granted {
  readonly consentId: string;
  readonly bankConsentId: string;
}

async function grantAt(bank: PublishingBank): Promise<Granted> {
  const journey = await Journey.walk(application, { institutionId: bank.institutionId });
  await journey.reaches('active');
  const [row] = await query(own.stack, 'SELECT bank_consent_id FROM grants WHERE consent_id = $1', [journey.consentId]);
  return { consentId: journey.consentId, bankConsentId: String(row?.['bank_consent_id']) };
}

/** As a consent is two days after it was granted. */
async function makeDue(...consents: readonly Granted[]): Promise<void> {
  await query(
    own.stack,
    `UPDATE consents SET created_at = now() - interval '2 days', granted_at = now() - interval '2 days',
       bank_check_due_at = now() - interval '1 day', bank_checked_at = NULL WHERE id = ANY($1)`,
    [consents.map(({ consentId }) => consentId)],
  );
}

async function checksOf({ consentId }: Granted): Promise<{ checkedAt: Date | null; dueInHours: number }> {
  const [row] = await query(
    own.stack,
    `SELECT bank_checked_at, extract(epoch FROM bank_check_due_at - now()) / 3600 AS hours FROM consents WHERE id = $1`,
    [consentId],
  );
  return { checkedAt: row?.['bank_checked_at'] as Date | null, dueInHours: Number(row?.['hours']) };
}

const revokeAtBank = async ({ bankConsentId }: Granted): Promise<void> => {
  const response = await fetch(`${own.stack.urls.bankControl}/consents/${bankConsentId}/revoke`, { method: 'POST' });
  expect(response.status).toBe(204);
};

describe('the round that asks banks', () => {
  test(
    'tells the workflow of a consent that was revoked at a silent bank, and of no other; the next look is a day away',
    async () => {
      const bank = await startBank();
      const [revoked, kept, fresh] = [await grantAt(bank), await grantAt(bank), await grantAt(bank)];
      await makeDue(revoked, kept);
      await revokeAtBank(revoked);
      // Granted a moment ago, when its bank was asked last.
      const before = await checksOf(fresh);

      expect(await round()).toMatchObject({ checked: 2, found: 1, untold: 0, troubled: 0 });
      expect(await bankReports(own.stack, revoked.consentId)).toEqual([{ source: 'reconcile' }]);
      for (const consent of [kept, fresh]) expect(await bankReports(own.stack, consent.consentId)).toEqual([]);
      const { checkedAt, dueInHours } = await checksOf(kept);
      expect(checkedAt).toBeInstanceOf(Date);
      expect(dueInHours).toBeGreaterThan(24 * 0.9 - 0.1);
      expect(dueInHours).toBeLessThan(24 * 1.1);
      expect((await checksOf(fresh)).checkedAt).toEqual(before.checkedAt);
      expect(await round()).toMatchObject({ checked: 0 });
    },
    TEST_MS,
  );

  test(
    'leaves paused institutions alone, and those that are never to be asked',
    async () => {
      const [paused, never] = [await startBank(), await startBank({ reconcile: { everyHours: 0 } })];
      const consents = [await grantAt(paused), await grantAt(never)];
      await makeDue(...consents);
      await query(own.stack, 'UPDATE institutions SET paused_at = now() WHERE id = $1', [paused.institutionId]);
      expect(await round()).toMatchObject({ checked: 0, troubled: 0 });
      for (const consent of consents) expect((await checksOf(consent)).checkedAt).toBeNull();
    },
    TEST_MS,
  );

  test(
    'goes on at the other institutions when one is down, and asks about no consent there twice in a row',
    async () => {
      const [down, up] = [await startBank(), await startBank()];
      const lost = [await grantAt(down), await grantAt(down), await grantAt(down), await grantAt(down)];
      const good = await grantAt(up);
      await makeDue(...lost, good);
      await down.configure({ fdx: { baseUrl: 'https://localhost:1/fdx/v6' } });
      expect(await round()).toMatchObject({ checked: 1, troubled: 1 });
      expect((await checksOf(good)).checkedAt).toBeInstanceOf(Date);
      const due = (await Promise.all(lost.map(checksOf))).filter(({ dueInHours }) => dueInHours > 0.9);
      // Three in a row, and the bank is left alone; they do not stand in the way of the fourth.
      expect(due).toHaveLength(3);
    },
    TEST_MS,
  );

  test(
    'asks no more often than the profile allows',
    async () => {
      const bank = await startBank({ reconcile: { maxPerMinute: 40 } });
      const consents = [await grantAt(bank), await grantAt(bank), await grantAt(bank)];
      await makeDue(...consents);
      await sandbox.reset();
      expect(await round()).toMatchObject({ checked: 3 });
      const times = (await Promise.all(consents.map(checksOf)))
        .map(({ checkedAt }) => checkedAt?.getTime() ?? 0)
        .sort();
      // A second and a half apart; a little less, since one look may take longer than the next.
      expect((times[2] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(2_500);
    },
    TEST_MS,
  );

  test(
    'asks about the others when one consent cannot be asked about at all',
    async () => {
      const bank = await startBank();
      const [broken, good] = [await grantAt(bank), await grantAt(bank)];
      await makeDue(broken, good);
      await query(own.stack, `UPDATE grants SET tokens_jwe = 'no ciphertext' WHERE consent_id = $1`, [
        broken.consentId,
      ]);
      expect(await round()).toMatchObject({ checked: 1, troubled: 0 });
      expect((await checksOf(good)).checkedAt).toBeInstanceOf(Date);
      expect((await checksOf(broken)).dueInHours).toBeGreaterThan(0.9);
    },
    TEST_MS,
  );

  test(
    'counts a consent without a workflow, and is no failure',
    async () => {
      const bank = await startBank();
      const consent = await grantAt(bank);
      await makeDue(consent);
      await revokeAtBank(consent);
      await rounds.client.workflow.getHandle(`consent-${consent.consentId}`).terminate('as if it had never been');
      expect(await round()).toMatchObject({ found: 1, untold: 1 });
    },
    TEST_MS,
  );
});

describe('the schedule of the rounds', () => {
  test('is made by workers, one for all, and stays paused when it was', async () => {
    const payloadKeys = parseKeyRing(own.stack.productEnvironment['PAYLOAD_KEYS'] ?? '');
    const ensure = () => ensureSchedules(rounds.client, payloadKeys);
    await Promise.all([ensure(), ensure(), ensure()]);
    const description = await rounds.client.schedule.getHandle('fdx-consent-reconcile').describe();
    expect(description.state).toMatchObject({ paused: true, note: 'tests' });
    expect(description.policies.overlap).toBe('SKIP');
    expect(description.spec.intervals).toMatchObject([{ every: 900_000 }]);
    const listed = [];
    for await (const { scheduleId } of rounds.client.schedule.list()) listed.push(scheduleId);
    expect(listed.sort()).toEqual(SCHEDULES.map(({ scheduleId }) => scheduleId).sort());
  });

  test(
    'begins a round when it is triggered, and another one after it, which is given the result of the first',
    async () => {
      const handle = rounds.client.schedule.getHandle('fdx-consent-reconcile');
      for (const times of [1, 2]) {
        await handle.trigger();
        await until('a round', async () => {
          const { recentActions } = (await handle.describe()).info;
          const run = recentActions.at(-1)?.action;
          if (!run || recentActions.length < times) return false;
          const { status } = await rounds.client.workflow.getHandle(run.workflow.workflowId).describe();
          return status.name === 'COMPLETED';
        });
      }
    },
    TEST_MS,
  );
});
