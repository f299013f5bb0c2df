import { setTimeout as delay } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import type { AuthorizationActivities } from '../src/activities/authorization';
import { guarded } from '../src/activities/guard';
import type { LifecycleActivities } from '../src/activities/lifecycle';
import type { ConsentState, ConsentStatus } from '../src/domain/consent';
import { ConsentFailure } from '../src/domain/failures';
import type { ConsentId } from '../src/domain/ids';
import {
  callback,
  CONSENT_WORKFLOW,
  currentState,
  launch,
  TASK_QUEUE,
  type CallbackAnswer,
  type ConsentInput,
} from '../src/workflows/contract';
import { RECORDING_CONVERTER, withRecordingServer, writeHistory } from './recording';
import { compiled } from './setup/repository';

/**
 * Records histories of consents for the replay tests: `npm run build && node dist/scripts/record-histories.js`. Record anew only
 * what a change of the workflow breaks on purpose: the files stand for consents that are alive in production.
 */

type Activities = AuthorizationActivities & LifecycleActivities;

interface Scenario {
  /** Activities that behave otherwise than well, by name. */
  readonly activities?: (now: () => Promise<number>) => Partial<Activities>;
  readonly story: (consent: Consent) => Promise<void>;
}

/** Each is a consent that took another way through the workflow. */
const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'active-then-expired': {
    async story(consent) {
      await consent.answer(await consent.launch(), { kind: 'code', sealedCode: 'sealed' });
      await consent.reaches('active');
      await consent.handle.result();
    },
  },
  asleep: {
    async story(consent) {
      await consent.launch();
      await consent.answer(await consent.launch(), { kind: 'code', sealedCode: 'sealed' });
      await consent.reaches('active');
    },
  },
  denied: {
    async story(consent) {
      await consent.answer(await consent.launch(), { kind: 'error', error: 'access_denied' });
      await consent.reaches('denied');
    },
  },
  abandoned: {
    async story(consent) {
      await consent.launch();
      await consent.handle.result();
    },
  },
  'par-refused': {
    activities: () => ({ pushAuthorizationRequest: () => Promise.reject(new ConsentFailure('as_request_rejected')) }),
    async story(consent) {
      await consent.launch();
      await consent.reaches('failed');
    },
  },
  'lost-then-granted': {
    activities: () => ({ exchangeCode: failingAtFirst(new ConsentFailure('code_exchange_unknown')) }),
    async story(consent) {
      await consent.answer(await consent.launch(), { kind: 'code', sealedCode: 'sealed' });
      await consent.reaches('authorizing', 'none');
      await consent.answer(await consent.launch(), { kind: 'code', sealedCode: 'sealed' });
      await consent.reaches('active');
      await consent.handle.result();
    },
  },
  'bank-slow-then-granted': {
    // A Retry-After makes a step leave the workflow task: ordinary activities instead of local ones.
    activities: (now) => ({
      pushAuthorizationRequest: failingAtFirst(new ConsentFailure('as_unreachable', undefined, 1), push(now)),
      readGrant: failingAtFirst(new ConsentFailure('fdx_rate_limited', undefined, 1), read(now)),
    }),
    async story(consent) {
      await consent.launch();
      await consent.answer(await consent.launch(), { kind: 'code', sealedCode: 'sealed' });
      await consent.reaches('active');
    },
  },
};

const TERMS: ConsentInput['terms'] = {
  durationType: 'TIME_BOUND',
  durationPeriod: 30,
  resources: [{ resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS'] }],
};

function push(now: () => Promise<number>): Activities['pushAuthorizationRequest'] {
  return async ({ authorizationId }) => ({
    authorizationUrl: `https://bank.example/authorize?client_id=us&request_uri=urn:example:${authorizationId}`,
    expiresAt: (await now()) + 60_000,
  });
}

/** The person ticked one cluster off. */
function read(now: () => Promise<number>): Activities['readGrant'] {
  return async () => ({
    granted: {
      source: 'consent_api',
      bankConsentId: 'bank-consent',
      durationType: 'TIME_BOUND',
      durationPeriod: 30,
      resources: [{ resourceType: 'ACCOUNT', resourceId: 'acc-1', dataClusters: ['ACCOUNT_DETAILED'] }],
    },
    grantedAt: await now(),
  });
}

function succeeding(now: () => Promise<number>): Activities {
  const succeed = () => Promise.resolve();
  return {
    prepareAuthorization: succeed,
    pushAuthorizationRequest: push(now),
    exchangeCode: succeed,
    readGrant: read(now),
    proveDataAccess: () => Promise.resolve({ outcome: 'proven', accounts: 1 }),
    recordReceipt: succeed,
    recordLostAuthorization: succeed,
    concludeConsent: succeed,
  };
}

function failingAtFirst<Input, Result>(
  failure: ConsentFailure,
  then: (input: Input) => Promise<Result> = () => Promise.resolve(undefined as Result),
): (input: Input) => Promise<Result> {
  let failed = false;
  return (input) => {
    if (failed) return then(input);
    failed = true;
    return Promise.reject(failure);
  };
}

class Consent {
  constructor(readonly handle: WorkflowHandle) {}

  async launch(): Promise<string> {
    const outcome = await this.handle.executeUpdate(launch, {
      args: [{ browserHash: '00', agreedAt: 0, disclosureDigest: 'digest' }],
    });
    return outcome.kind === 'redirect' ? outcome.authorizationUrl.replace(/^.*urn:example:/, '') : outcome.kind;
  }

  async answer(authorizationId: string, answer: CallbackAnswer['answer']): Promise<void> {
    await this.handle.signal(callback, { authorizationId, answer } as CallbackAnswer);
  }

  async reaches(status: ConsentStatus, stage?: ConsentState['stage']): Promise<void> {
    for (;;) {
      const state = await this.handle.query(currentState);
      if (state.status === status && (stage === undefined || state.stage === stage)) return;
      await delay(50);
    }
  }
}

async function record(env: TestWorkflowEnvironment, name: string, scenario: Scenario): Promise<void> {
  const now = () => env.currentTimeMs();
  const consentId = `cns_${name}` as ConsentId;
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: compiled('workflow-bundle.js') },
    activities: guarded({ ...succeeding(now), ...scenario.activities?.(now) }, (activity) => {
      throw new Error(`${activity} broke`);
    }),
    dataConverter: RECORDING_CONVERTER,
  });
  await worker.runUntil(async () => {
    const handle = await env.client.workflow.start(CONSENT_WORKFLOW, {
      workflowId: consentId,
      taskQueue: TASK_QUEUE,
      args: [await inputFor(consentId, now)],
    });
    await scenario.story(new Consent(handle));
    await writeHistory(name, await handle.fetchHistory());
    await handle.terminate().catch(() => undefined);
  });
}

async function inputFor(consentId: ConsentId, now: () => Promise<number>): Promise<ConsentInput> {
  return {
    version: 1,
    consentId,
    applicationId: 'recorded-application' as ConsentInput['applicationId'],
    institutionId: 'recorded-bank' as ConsentInput['institutionId'],
    institutionName: 'Recorded Bank',
    terms: TERMS,
    authorizeBy: (await now()) + 3 * 24 * 60 * 60 * 1000,
    policy: { maxDurationDays: 365, oneTimeLifetimeSeconds: 3_600 },
  };
}

async function main(): Promise<void> {
  await withRecordingServer(async (env) => {
    for (const [name, scenario] of Object.entries(SCENARIOS)) await record(env, name, scenario);
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
