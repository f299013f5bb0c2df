import { randomUUID } from 'node:crypto';
import { DEFAULT_NOTICE_DAYS } from '../../src/domain/notice';
import type { ApplicationId, AuthorizationId, ConsentId, InstitutionId } from '../../src/domain/ids';
import type { ConsentEngine } from '../../src/temporal/consent-engine';
import type { ConsentInput } from '../../src/workflows/contract';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Enough to keep the worker busy and not so many that tasks time out. */
const AT_ONCE = 32;

/** Starts so many consents and takes each through its first authorization. @returns their ids */
export async function putToSleep(engine: ConsentEngine, count: number): Promise<ConsentId[]> {
  const ids = Array.from({ length: count }, () => `cns_${hex()}` as ConsentId);
  await eachOf(ids, (id) => connect(engine, inputOf(id)));
  return ids;
}

/** Has each ask the bank how its grant stands: what a notification or a look of ours does. */
export async function wakeUp(engine: ConsentEngine, ids: readonly ConsentId[]): Promise<void> {
  await eachOf(ids, async (id) => {
    if (!(await engine.reportBank(id, { source: 'notification' }))) throw new Error(`${id} has no workflow`);
  });
}

async function connect(engine: ConsentEngine, input: ConsentInput): Promise<void> {
  await engine.start(input, 'Budget Bee');
  const answer = await engine.launch(input, 'Budget Bee', {
    browserHash: hex() + hex(),
    agreedAt: Date.now(),
    disclosureDigest: hex(),
  });
  const id = answer.kind === 'redirect' ? /aut_[0-9a-f]{32}/.exec(answer.authorizationUrl)?.[0] : undefined;
  if (id === undefined) throw new Error(`sent nowhere: ${answer.kind}`);
  // A sealed code is a JWE of about this size.
  await engine.deliver(input.consentId, {
    authorizationId: id as AuthorizationId,
    answer: { kind: 'code', sealedCode: 'e'.repeat(300) },
  });
}

function inputOf(consentId: ConsentId): ConsentInput {
  return {
    version: 2,
    consentId,
    applicationId: 'demo' as ApplicationId,
    institutionId: 'sandbox-bank' as InstitutionId,
    institutionName: 'Sandbox Bank',
    terms: {
      durationType: 'TIME_BOUND',
      durationPeriod: 365,
      lookbackPeriod: 90,
      resources: [
        { resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS', 'STATEMENTS'] },
        { resourceType: 'CUSTOMER', dataClusters: ['CUSTOMER_CONTACT'] },
      ],
    },
    authorizeBy: Date.now() + 3 * DAY_MS,
    policy: {
      maxDurationDays: 365,
      oneTimeLifetimeSeconds: 3_600,
      noticeDays: DEFAULT_NOTICE_DAYS,
      revocationPatienceDays: 7,
      personalDataRetentionDays: 30,
      eventsPerRun: 2_000,
    },
  };
}

async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const lanes = Array.from({ length: AT_ONCE }, async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  });
  await Promise.all(lanes);
}

function hex(): string {
  return randomUUID().replaceAll('-', '');
}
