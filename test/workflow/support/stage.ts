import { randomBytes } from 'node:crypto';
import type { DataConverter } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { findTemporalTestServer } from '../../../scripts/setup/temporal';
import { guarded } from '../../../src/activities/guard';
import type { ConsentState } from '../../../src/domain/consent';
import { consentWorkflowId, type ConsentId } from '../../../src/domain/ids';
import { parseKeyRing } from '../../../src/store/key-ring';
import { dataConverterFor } from '../../../src/temporal/connection';
import { CONSENT_WORKFLOW, SEARCH_ATTRIBUTES, TASK_QUEUE, type ConsentInput } from '../../../src/workflows/contract';
import { workflowBundle } from './bundle';
import { ConsentUnderTest } from './consent-under-test';
import { createFakes, delegating, TERMS, type ActivityFakes } from './fake-activities';
import { createRegistrationFakes, delegatingRegistration, type RegistrationFakes } from './registration-fakes';

interface RequestOptions {
  readonly input?: Partial<ConsentInput>;
  /** Shorter than the usual 10 s, a workflow task with a slow step in it lets other messages in sooner. */
  readonly workflowTaskTimeout?: '1s';
}

interface OpenServer {
  readonly env: TestWorkflowEnvironment;
  readonly bundle: WorkflowBundleOption;
  readonly dataConverter: DataConverter;
}

/** temporal.api.enums.v1.IndexedValueType */
const SEARCH_ATTRIBUTE_TYPES = { KEYWORD: 2, DATETIME: 6 } as const;

/** Three days, as the API gives a person. */
export const AUTHORIZATION_WINDOW_MS = 3 * 24 * 60 * 60 * 1000;

/**
 * A Temporal server that skips time, a worker with the product's bundle, codec and failure converter, and fake activities behind
 * the real guard. One for each test file: time is the server's, so its tests run one after the other.
 */
export class Stage {
  fakes: ActivityFakes = createFakes(() => this.now());
  registration: RegistrationFakes = createRegistrationFakes();
  /** States that activities wrote down, oldest first: what the API's table would say. */
  written: ConsentState[] = [];
  /** Errors that no code was foreseen for. */
  bugs: string[] = [];
  private server: OpenServer | undefined;
  private worker: { readonly worker: Worker; readonly running: Promise<void> } | undefined;
  private readonly consents: ConsentUnderTest[] = [];

  async open(): Promise<void> {
    Runtime.install({
      logger: new DefaultLogger('ERROR'),
      telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
      shutdownSignals: [],
    });
    const dataConverter = dataConverterFor(parseKeyRing(`test:${randomBytes(32).toString('base64url')}`));
    const [program, bundle] = await Promise.all([findTemporalTestServer(), workflowBundle()]);
    const env = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path: program.path } },
      client: { dataConverter },
    });
    this.server = { env, bundle, dataConverter };
    await env.connection.operatorService.addSearchAttributes({
      namespace: 'default',
      searchAttributes: Object.fromEntries(
        Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => [name, SEARCH_ATTRIBUTE_TYPES[type]]),
      ),
    });
    await this.startWorker();
  }

  async close(): Promise<void> {
    await this.stopWorker();
    await this.server?.env.teardown();
    await Runtime.instance().shutdown();
  }

  get env(): TestWorkflowEnvironment {
    return this.opened.env;
  }

  private get opened(): OpenServer {
    if (!this.server) throw new Error('the stage is not open');
    return this.server;
  }

  /** Fresh fakes, and nothing of an earlier test is left: a sleeping consent would wake up when a later test skips time. */
  async reset(): Promise<void> {
    await Promise.all(this.consents.map((consent) => consent.terminate()));
    this.fakes = createFakes(() => this.now());
    this.registration = createRegistrationFakes();
    this.written = [];
    this.bugs = [];
  }

  /** The server's time, in epoch milliseconds. */
  now(): Promise<number> {
    return this.env.currentTimeMs();
  }

  /** A step's other side is away for so long, in the server's time; then it is itself again. */
  async outage(milliseconds: number): Promise<() => Promise<boolean>> {
    const until = (await this.now()) + milliseconds;
    return async () => (await this.now()) < until;
  }

  async startWorker(options: { readonly maxCachedWorkflows?: number } = {}): Promise<void> {
    const activities = guarded(
      {
        ...delegating(
          () => this.fakes,
          (state) => this.written.push(state),
        ),
        ...delegatingRegistration(() => this.registration),
      },
      (activity, name) => this.bugs.push(`${name} in ${activity}`),
    );
    const worker = await Worker.create({
      connection: this.env.nativeConnection,
      taskQueue: TASK_QUEUE,
      workflowBundle: this.opened.bundle,
      activities,
      dataConverter: this.opened.dataConverter,
      workflowThreadPoolSize: 1,
      ...options,
    });
    this.worker = { worker, running: worker.run() };
  }

  async stopWorker(): Promise<void> {
    this.worker?.worker.shutdown();
    await this.worker?.running;
    this.worker = undefined;
  }

  async restartWorker(options: { readonly maxCachedWorkflows?: number }): Promise<void> {
    await this.stopWorker();
    await this.startWorker(options);
  }

  /** A consent that an application has asked for. */
  async request({ input, workflowTaskTimeout }: RequestOptions = {}): Promise<ConsentUnderTest> {
    const consentId = `cns_test${this.consents.length}` as ConsentId;
    const full: ConsentInput = {
      version: 1,
      consentId,
      applicationId: 'budget-buddy' as ConsentInput['applicationId'],
      institutionId: 'first-bank' as ConsentInput['institutionId'],
      institutionName: 'First Bank',
      terms: TERMS,
      authorizeBy: (await this.now()) + AUTHORIZATION_WINDOW_MS,
      policy: { maxDurationDays: 365, oneTimeLifetimeSeconds: 3_600 },
      ...input,
    };
    const handle = await this.env.client.workflow.start(CONSENT_WORKFLOW, {
      workflowId: consentWorkflowId(consentId),
      taskQueue: TASK_QUEUE,
      args: [full],
      staticSummary: 'Budget Buddy asks First Bank',
      typedSearchAttributes: [
        { key: SEARCH_ATTRIBUTES.status, value: 'requested' },
        { key: SEARCH_ATTRIBUTES.nextAction, value: 'launch' },
        { key: SEARCH_ATTRIBUTES.institutionId, value: full.institutionId },
        { key: SEARCH_ATTRIBUTES.applicationId, value: full.applicationId },
      ],
      ...(workflowTaskTimeout !== undefined && { workflowTaskTimeout }),
    });
    const consent = new ConsentUnderTest(full, handle);
    this.consents.push(consent);
    return consent;
  }
}

/** Opens a stage for the tests of a file. */
export function useStage(): Stage {
  const stage = new Stage();
  beforeAll(() => stage.open());
  afterEach(() => stage.reset());
  afterAll(() => stage.close());
  return stage;
}
