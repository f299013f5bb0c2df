import { setTimeout as sleep } from 'node:timers/promises';
import type { ConsentId } from '../../src/domain/ids';
import { markRevoked } from '../../src/store/life';
import { Application } from './support/application';
import { Bank } from './support/bank';
import { fdxConsent } from './support/command';
import { query } from './support/database';
import { Grants } from './support/grants';
import { Journey } from './support/journey';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { seededChance } from './support/seeded';
import { until } from './support/until';
import { openWorkbench, type Workbench } from './support/workbench';

/** A workflow task that died with its worker is given to the next one after ten seconds, and a sweep comes twice a minute. */
const RECOVERY_MS = 90_000;
const TEST_MS = 240_000;

let own: PrivateStack;
let bank: Bank;
let application: Application;
let grants: Grants;
let workbench: Workbench;

beforeAll(async () => {
  own = await startPrivateStack({ apis: 2, workers: 2, apiEnv: { OUTCOME_WAIT_SECONDS: '5' } });
  bank = new Bank(own.stack);
  application = new Application(own.stack);
  grants = new Grants(own.stack);
  workbench = await openWorkbench(own.stack);
}, START_WITHIN_MS);
afterAll(async () => {
  await workbench.close();
  await own.end();
});
beforeEach(() => bank.reset());
afterEach(async () => {
  // One failed test is enough.
  own.child('temporal').resume();
  for (const child of PRODUCT) if (!childOf(child).running) await childOf(child).restart();
});

const PERSON = { initiator: 'INDIVIDUAL', reason: 'USER_ACTION' } as const;
const PRODUCT = ['worker', 'worker-2', 'api', 'api-2'] as const;
type Process = (typeof PRODUCT)[number];

function childOf(name: Process) {
  const child = own.stack.children[name];
  if (!child) throw new Error(`this stack has no ${name}`);
  return child;
}

/** The sweep leaves those who were just told to whoever tells them. */
const letSweepBegin = () =>
  query(
    own.stack,
    `UPDATE consents SET revocation_requested_at = now() - interval '1 minute'
    WHERE revocation_requested_at IS NOT NULL AND revocation_delivered_at IS NULL`,
  );

/** Revoked here, told at the bank, and nothing left. */
async function expectEnded({ consentId }: Journey): Promise<void> {
  await until(
    `the end of ${consentId}`,
    async () => (await application.consent(consentId)).bankEnding === 'done',
    RECOVERY_MS,
  );
  expect((await application.consent(consentId)).status).toBe('revoked');
  for (const { bankConsentId, isDestroyed } of await grants.of(consentId)) {
    expect([isDestroyed, (await bank.consent(bankConsentId)).status]).toEqual([true, 'REVOKED']);
  }
}

describe('a revocation', () => {
  test(
    'is in force while Temporal is away, also when its API dies before telling anybody, and reaches the bank afterwards',
    async () => {
      const [answered, cutOff] = [await Journey.walk(application), await Journey.walk(application)];
      own.child('temporal').pause();
      const { status } = await application.revoke(answered.consentId);
      expect(await workbench.usable(answered.consentId)).toBeUndefined();
      expect(status).toBe(200);
      expect(await answered.consent()).toMatchObject({ status: 'revoked', nextAction: 'none' });
      // As an API leaves it that dies between the commit and the message.
      await markRevoked(workbench.database, cutOff.consentId as ConsentId, PERSON);
      expect(await workbench.usable(cutOff.consentId)).toBeUndefined();
      await childOf('api-2').kill('SIGKILL');

      own.child('temporal').resume();
      await letSweepBegin();
      await childOf('api-2').restart();
      await Promise.all([expectEnded(answered), expectEnded(cutOff)]);
    },
    TEST_MS,
  );

  test(
    'is in force while all workers are down, and reaches the bank when one is back',
    async () => {
      const journey = await Journey.walk(application);
      await Promise.all([childOf('worker').kill('SIGKILL'), childOf('worker-2').kill('SIGKILL')]);
      expect((await application.revoke(journey.consentId)).status).toBe(200);
      expect(await workbench.usable(journey.consentId)).toBeUndefined();
      expect((await bank.consent((await grants.of(journey.consentId))[0]?.bankConsentId)).status).toBe('ACTIVE');
      await Promise.all([childOf('worker').restart(), childOf('worker-2').restart()]);
      await expectEnded(journey);
    },
    TEST_MS,
  );

  test(
    'is finished by another worker when the one that tells the bank dies in the middle',
    async () => {
      const journey = await Journey.walk(application);
      await bank.plant({ endpoint: 'consents', fault: { kind: 'delay', milliseconds: 4_000 }, times: 2 });
      await application.revoke(journey.consentId);
      await until('the news at the bank', async () =>
        (await bank.requests('consents')).some(({ method, status }) => method === 'PUT' && status === null),
      );
      await Promise.all([childOf('worker').kill('SIGKILL'), childOf('worker-2').kill('SIGKILL')]);
      await bank.heal();
      await Promise.all([childOf('worker').restart(), childOf('worker-2').restart()]);
      // By itself after the two minutes that telling a bank may take; at once when an operator says so.
      const retried = await fdxConsent(['consents', 'retry-ending', journey.consentId], own.stack.productEnvironment);
      expect(retried.code).toBe(0);
      await expectEnded(journey);
    },
    TEST_MS,
  );
});

describe('kill -9 at any moment', () => {
  /** Of `LIFE_KILL_SEED`, to have a failure again, or of the day. */
  const seed = Number(process.env['LIFE_KILL_SEED'] ?? Math.floor(Date.now() / 86_400_000));

  /** A person, an application and a browser for which a refused connection is no reason to give up. */
  const insistently = (work: () => Promise<boolean>): Promise<true> =>
    until('what is asked for in spite of everything', () => work().catch(() => false), RECOVERY_MS);

  async function renewInSpiteOfAll(journey: Journey, mayGiveUp: () => Promise<boolean>): Promise<void> {
    let before: string | undefined;
    await insistently(async () => {
      if (await mayGiveUp()) return true;
      before ??= (await grants.inUse(journey.consentId)).authorizationId;
      const { launchUrl } = await application.invite(journey.consentId);
      const renewal = Journey.resume(application, journey.consentId, launchUrl);
      await renewal.comeBack(await renewal.authorize());
      return (await grants.inUse(journey.consentId)).authorizationId !== before;
    });
  }

  const hasEnded = async ({ consentId }: Journey): Promise<boolean> =>
    (await query(own.stack, 'SELECT 1 FROM consents WHERE id = $1 AND ended_at IS NOT NULL', [consentId])).length === 1;

  async function secretsLeft(consentId: string): Promise<number> {
    const rows = await query(
      own.stack,
      `SELECT 1 FROM authorizations LEFT JOIN grants ON authorization_id = id WHERE authorizations.consent_id = $1
         AND (secrets_jwe IS NOT NULL OR token_response_jwe IS NOT NULL OR tokens_jwe IS NOT NULL
              OR refresh_response_jwe IS NOT NULL OR accounts_jwe IS NOT NULL)`,
      [consentId],
    );
    return rows.length;
  }

  test(
    'of workers and APIs, renewals and revocations end in one grant in use or in a clear end, and nothing lives on unseen',
    async () => {
      const chance = seededChance(seed);
      const people = await Promise.all([1, 2, 3, 4, 5, 6].map(() => Journey.walk(application)));

      const done = new AbortController();
      const killing = (async () => {
        while (!done.signal.aborted) {
          await sleep(300 + chance.below(1_500));
          const victim = childOf(chance.oneOf(PRODUCT));
          await victim.kill('SIGKILL');
          await victim.restart();
        }
      })();
      const living = people.map(async (journey, index) => {
        const revoke = async () => (await application.revoke(journey.consentId)).status === 200;
        const revoking =
          index % 2 === 1 ? sleep(2_000 + chance.below(8_000)).then(() => insistently(revoke)) : undefined;
        for (let times = 0; times < 2; times += 1) await renewInSpiteOfAll(journey, () => hasEnded(journey));
        await revoking;
      });
      const outcomes = await Promise.allSettled(living);
      done.abort();
      await killing;
      expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
      // A bank that was being told when the worker died is told again after two minutes; an operator does not wait for that.
      await Promise.all(people.map(({ consentId }) => workbench.retryEnding(consentId)));

      for (const [index, { consentId }] of people.entries()) {
        const about = `seed ${seed}, ${consentId}`;
        if (index % 2 === 1) {
          await until(`${about}: nothing left`, async () => (await secretsLeft(consentId)) === 0, RECOVERY_MS);
          await until(
            `${about}: told`,
            async () => (await application.consent(consentId)).bankEnding === 'done',
            RECOVERY_MS,
          );
          expect((await application.consent(consentId)).status).toBe('revoked');
        } else {
          const { authorizationId } = await grants.inUse(consentId);
          expect([about, await workbench.readAccounts(authorizationId)]).toEqual([about, 200]);
          expect((await application.consent(consentId)).status).toBe('active');
        }
        for (const { authorizationId, bankConsentId, isInUse } of await grants.of(consentId)) {
          if (isInUse) continue;
          await grants.destroyed(consentId, authorizationId, RECOVERY_MS);
          expect([about, (await bank.consent(bankConsentId)).status]).toEqual([about, 'REVOKED']);
        }
      }
    },
    TEST_MS,
  );
});
