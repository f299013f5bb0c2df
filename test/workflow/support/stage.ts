import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataConverter } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { findTemporalCli, findTemporalTestServer } from '../../../scripts/setup/temporal';
import { guarded } from '../../../src/activities/guard';
import { INITIAL_STATE, type ConsentState } from '../../../src/domain/consent';
import type { GrantedConsent } from '../../../src/domain/grant';
import { consentWorkflowId, type AuthorizationId, type ConsentId, type ReceiptId } from '../../../src/domain/ids';
import { parseKeyRing } from '../../../src/store/key-ring';
import { dataConverterFor } from '../../../src/temporal/connection';
import { CONSENT_WORKFLOW, SEARCH_ATTRIBUTES, TASK_QUEUE, type ConsentInput } from '../../../src/workflows/contract';
import { workflowBundle } from './bundle';
import { ConsentUnderTest, eventually } from './consent-under-test';
import { createFakes, delegating, TERMS, type ActivityFakes } from './fake-activities';
import { GrantBooks } from './grant-books';
import { createRegistrationFakes, delegatingRegistration, type RegistrationFakes } from './registration-fakes';
import { SkippingClock } from './skipping-clock';

interface RequestOptions {
  readonly input?: Partial<ConsentInput>;
  /** Shorter than the usual 10 s, a workflow task with a slow step in it lets other messages in sooner. */
  readonly workflowTaskTimeout?: '1s';
}

interface ConnectedConsent {
  readonly consent: ConsentUnderTest;
  readonly authorizationId: AuthorizationId;
  readonly expiresAt: number;
  readonly receiptId: ReceiptId | undefined;
}

interface OpenServer {
  readonly env: TestWorkflowEnvironment;
  readonly clock: SkippingClock;
  readonly bundle: WorkflowBundleOption;
  readonly dataConverter: DataConverter;
}

/** temporal.api.enums.v1.IndexedValueType */
const SEARCH_ATTRIBUTE_TYPES = { KEYWORD: 2, DATETIME: 6 } as const;

/** The one that skips time is not the server of production, and stumbles over a run that hands over while a step is under way. */
type ServerKind = 'skips_time' | 'real';

/** Three days, as the API gives a person. */
export const AUTHORIZATION_WINDOW_MS = 3 * 24 * 60 * 60 * 1000;

/**
 * A Temporal server, one that skips time unless a file wants the real one, a worker with the product's bundle, codec and failure converter, and fake activities behind
 * the real guard. One for each test file: time is the server's, so its tests run one after the other.
 */
export class Stage {
  books = new GrantBooks();
  fakes: ActivityFakes = createFakes(() => this.now(), this.books);
  registration: RegistrationFakes = createRegistrationFakes();
  /** States that activities wrote down, oldest first: what the API's table would say. */
  written: ConsentState[] = [];
  /** Errors that no code was foreseen for. */
  bugs: string[] = [];
  private server: OpenServer | undefined;
  private worker: { readonly worker: Worker; readonly running: Promise<void> } | undefined;
  private readonly consents: ConsentUnderTest[] = [];
  private requested = 0;

  constructor(private readonly kind: ServerKind) {}

  async open(): Promise<void> {
    Runtime.install({
      logger: new DefaultLogger('ERROR'),
      telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
      shutdownSignals: [],
    });
    await this.openServer();
  }

  private async openServer(): Promise<void> {
    const dataConverter = dataConverterFor(parseKeyRing(`test:${randomBytes(32).toString('base64url')}`));
    const [env, bundle] = await Promise.all([this.startServer(dataConverter), workflowBundle()]);
    const clock = new SkippingClock(env, () => this.nothingIsUnderWay());
    this.server = { env, clock, bundle, dataConverter };
    await env.connection.operatorService.addSearchAttributes({
      namespace: 'default',
      searchAttributes: Object.fromEntries(
        Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => [name, SEARCH_ATTRIBUTE_TYPES[type]]),
      ),
    });
    await this.startWorker();
  }

  private async startServer(dataConverter: DataConverter): Promise<TestWorkflowEnvironment> {
    const isReal = this.kind === 'real';
    const { path } = await (isReal ? findTemporalCli() : findTemporalTestServer());
    const server = { executable: { type: 'existing-path', path } } as const;
    if (!isReal) return TestWorkflowEnvironment.createTimeSkipping({ server, client: { dataConverter } });
    const log = { format: 'pretty', level: 'never' };
    return TestWorkflowEnvironment.createLocal({ server: { ...server, log }, client: { dataConverter } });
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
    const consents = this.consents.splice(0);
    const isUsable = await Promise.all(consents.map((consent) => consent.terminate())).then(
      () => this.clockGoes(),
      () => false,
    );
    if (!isUsable) await this.startOver();
    this.books = new GrantBooks();
    this.fakes = createFakes(() => this.now(), this.books);
    this.registration = createRegistrationFakes();
    this.written = [];
    this.bugs = [];
  }

  private clockGoes(): Promise<boolean> {
    if (this.kind === 'real') return Promise.resolve(true);
    return Promise.race([this.env.sleep(1_000).then(() => true), delay(GIVEN_UP_AFTER_MS, false, { ref: false })]);
  }

  /** Another server. The one before is left as it is: whoever still waits for it would break in the middle of another test. */
  private async startOver(): Promise<void> {
    await Promise.race([this.stopWorker(), delay(GIVEN_UP_AFTER_MS, undefined, { ref: false })]);
    await this.openServer();
  }

  /** The server's time, in epoch milliseconds. */
  now(): Promise<number> {
    return this.opened.clock.now();
  }

  /** Skips to an instant in epoch milliseconds. */
  async sleepUntil(instant: number): Promise<void> {
    const left = instant - (await this.now());
    if (left > 0) await this.sleep(left);
  }

  /** Skips so many milliseconds. */
  sleep(milliseconds: number): Promise<void> {
    return this.opened.clock.sleep(milliseconds);
  }

  private async nothingIsUnderWay(): Promise<boolean> {
    const quiet = await Promise.all(this.consents.map((consent) => consent.isBetweenSteps()));
    return quiet.every(Boolean);
  }

  /**
   * Time passes while no worker runs, from the moment at which one is needed first to another. The server holds its clock for a task
   * that nobody takes, so it is told once more to let it go.
   */
  async passWithoutWorker(neededAt: number, until: number): Promise<void> {
    await this.stopWorker();
    await this.sleepUntil(neededAt + 100);
    const { testService } = this.env.connection;
    if (!testService) throw new Error('not a server that skips time');
    await testService.unlockTimeSkipping({});
    await this.sleepUntil(until);
    await testService.lockTimeSkipping({});
    await this.startWorker();
  }

  /** From now on the bank grants this. */
  bankGrants(granted: GrantedConsent): void {
    this.fakes.readGrant.mockImplementation(async () => ({ granted, grantedAt: await this.now() }));
  }

  /**
   * Waits until the state that was written down last is such. To be used instead of asking the workflow where its run may hand over:
   * the test server forgets a question that comes just then, and its clock stands still for good.
   */
  async writes(state: Partial<ConsentState>): Promise<ConsentState> {
    const isSuch = (last: ConsentState) =>
      Object.entries(state).every(([name, value]) => last[name as keyof ConsentState] === value);
    await eventually(() => this.written.slice(-1).some(isSuch));
    return this.written.at(-1) ?? INITIAL_STATE;
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

  /** A consent that the person has authorized. */
  async connect(options: RequestOptions = {}): Promise<ConnectedConsent> {
    const consent = await this.request(options);
    const authorizationId = await consent.authorize();
    const { expiresAt = 0, receiptId } = await consent.reaches('active');
    return { consent, authorizationId, expiresAt, receiptId };
  }

  /** A consent that an application has asked for. */
  async request({ input, workflowTaskTimeout }: RequestOptions = {}): Promise<ConsentUnderTest> {
    this.requested += 1;
    const consentId = `cns_test${this.requested}` as ConsentId;
    const full: ConsentInput = {
      version: 2,
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
    const consent = new ConsentUnderTest(full, handle, this.opened.clock);
    this.consents.push(consent);
    return consent;
  }
}

/** A server that does not come to an end of what it should do at once. */
const GIVEN_UP_AFTER_MS = 10_000;

/** Opens a stage for the tests of a file. */
export function useStage(kind: ServerKind = 'skips_time'): Stage {
  // Room for a step that comes again after half a minute (see PATIENCE_MS), and for the end of the test after it.
  jest.setTimeout(150_000);
  // A server of tests on a busy machine now and then hands a task to nobody, and then holds its clock for it. Such a test is run again,
  // on another server, and its first failure is told.
  jest.retryTimes(1, { logErrorsBeforeRetry: true });
  const stage = new Stage(kind);
  beforeAll(() => stage.open());
  afterEach(() => stage.reset());
  afterAll(() => stage.close());
  return stage;
}
