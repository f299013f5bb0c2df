import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { guarded } from '../src/activities/guard';
import type { JudgedRegistration, RegistrationActivities } from '../src/activities/registration';
import { ConsentFailure, type FailureCode } from '../src/domain/failures';
import { registrationWorkflowId, type InstitutionId } from '../src/domain/ids';
import type { RegistrationTerms } from '../src/domain/registration';
import { parseRegistrationTerms } from '../src/institutions/registration-file';
import { TASK_QUEUE } from '../src/workflows/contract';
import { REGISTRATION_WORKFLOW, type RegistrationOperation } from '../src/workflows/registration-contract';
import { RECORDING_CONVERTER, withRecordingServer, writeHistory } from './recording';
import { compiled } from './setup/repository';

/**
 * Records histories of registrations for the replay tests: `npm run build && node dist/scripts/record-registrations.js`. A
 * registration lives for minutes, or for half an hour at a bank that is away.
 */
interface Scenario {
  readonly operation: RegistrationOperation;
  readonly activities?: Partial<RegistrationActivities>;
}

const TERMS = parseRegistrationTerms({
  id: 'recorded-bank',
  name: 'Recorded Bank',
  issuer: 'https://bank.example',
  fdx: { baseUrl: 'https://bank.example/fdx' },
  registration: { metadata: { client_name: 'Recorded' } },
}) as RegistrationTerms;

const JUDGED: JudgedRegistration = {
  clientId: 'client-1',
  isManaged: true,
  possibleOrphans: 0,
  weaknesses: [],
  differences: [],
};

const fail = (code: FailureCode) => (): Promise<never> => Promise.reject(new ConsentFailure(code));
const REGISTER: RegistrationOperation = { kind: 'register', terms: TERMS };

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'registration-registered': { operation: REGISTER },
  'registration-lost-twice': {
    operation: REGISTER,
    activities: { registerClient: failingTwice('registration_unknown') },
  },
  'registration-weakened': {
    operation: REGISTER,
    activities: {
      judgeRegistration: () => Promise.resolve({ ...JUDGED, weaknesses: ['jwks_uri: asked a, registered b'] }),
    },
  },
  'registration-refused': { operation: REGISTER, activities: { registerClient: fail('registration_refused') } },
  'registration-updated': { operation: { kind: 'update', terms: TERMS } },
  'registration-deleted': { operation: { kind: 'delete', force: false } },
  'registration-forgotten': {
    operation: { kind: 'delete', force: true },
    activities: { deleteClient: fail('registration_token_rejected') },
  },
};

function failingTwice(code: FailureCode): () => Promise<void> {
  let times = 0;
  return () => {
    times += 1;
    return times > 2 ? Promise.resolve() : Promise.reject(new ConsentFailure(code));
  };
}

function succeeding(): RegistrationActivities {
  const succeed = () => Promise.resolve();
  return {
    beginRegistration: succeed,
    beginUpdate: succeed,
    beginDeletion: succeed,
    discoverRegistration: succeed,
    registerClient: succeed,
    updateClient: succeed,
    deleteClient: succeed,
    judgeRegistration: () => Promise.resolve(JUDGED),
    offerInstitution: succeed,
    recordPossibleOrphan: () => Promise.resolve({ possibleOrphans: 1 }),
    concludeDeletion: succeed,
    recordRegistrationFailure: succeed,
  };
}

async function record(env: TestWorkflowEnvironment, name: string, { operation, activities }: Scenario): Promise<void> {
  const institutionId = name as InstitutionId;
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: compiled('workflow-bundle.js') },
    activities: guarded({ ...succeeding(), ...activities }, (activity) => {
      throw new Error(`${activity} broke`);
    }),
    dataConverter: RECORDING_CONVERTER,
  });
  await worker.runUntil(async () => {
    const handle = await env.client.workflow.start(REGISTRATION_WORKFLOW, {
      workflowId: registrationWorkflowId(institutionId),
      taskQueue: TASK_QUEUE,
      args: [{ version: 1, institutionId, operation }],
    });
    await handle.result();
    await writeHistory(name, await handle.fetchHistory());
  });
}

withRecordingServer(async (env) => {
  for (const [name, scenario] of Object.entries(SCENARIOS)) await record(env, name, scenario);
}).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
