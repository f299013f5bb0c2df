import { setTimeout as delay } from 'node:timers/promises';
import { isGrpcServiceError, type Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { TASK_QUEUE } from '../workflows/contract';
import { buildsOf, liveWorkers, routingIsKnown, type DeploymentInfo, type WorkerBuild } from './worker-builds';

/** The builds of our workers as Temporal knows them, and which of them gets new work. */
export interface WorkerDeployments {
  describe(): Promise<WorkerDeployment>;
  /**
   * Makes a build the one that new consents start on and others move to.
   *
   * @param buildId undefined: the unversioned workers
   * @throws {Error} when no worker of it is there: what nobody works on must not be given work
   */
  setCurrent(buildId: string | undefined): Promise<WorkerDeployment>;
  /** Gives a build a share of the consents; 0 ends its ramp. */
  setRamping(buildId: string, percentage: number): Promise<WorkerDeployment>;
}

export interface WorkerDeployment {
  readonly name: string;
  /** Newest first. */
  readonly builds: readonly WorkerBuild[];
  /** Workers without a build id. They get work while no build is current, and none otherwise. */
  readonly unversionedWorkers: number;
  /** Every task queue knows who is current; until then a consent that wakes is not told. */
  readonly settled: boolean;
}

export interface DeploymentPlace {
  readonly connection: Connection;
  readonly namespace: string;
  readonly deploymentName: string;
}

const CALL_DEADLINE_MS = 10_000;
/** A worker is ready about a second before the server lists its build: a script that promotes at once is no mistake. */
const LISTED_WITHIN_MS = 5_000;
/** Measured: about a second. Work goes on meanwhile, so a server that takes longer is not waited for. */
const SETTLED_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 250;

export function createWorkerDeployments(place: DeploymentPlace): WorkerDeployments {
  const { namespace, deploymentName, connection } = place;
  const { workflowService } = connection;
  const target = { namespace, deploymentName, identity: 'fdx-consent workers' };
  return {
    describe: () => describe(place),
    async setCurrent(buildId) {
      if (buildId === undefined) requireUnversionedWorker(await describe(place));
      else await requireWorkerOf(place, buildId);
      // An empty build id stands for the unversioned workers.
      await call(place, () => workflowService.setWorkerDeploymentCurrentVersion({ ...target, buildId: buildId ?? '' }));
      return untilSettled(place);
    },
    async setRamping(buildId, percentage) {
      if (percentage > 0) await requireWorkerOf(place, buildId);
      else requireRamping(await describe(place), buildId);
      // A ramp of 0 % would keep the build ramping, and it would never drain: no build ramps in place of it.
      const ramp = percentage > 0 ? { buildId, percentage } : { buildId: '', percentage: 0 };
      await call(place, () => workflowService.setWorkerDeploymentRampingVersion({ ...target, ...ramp }));
      return untilSettled(place);
    },
  };
}

async function describe(place: DeploymentPlace): Promise<WorkerDeployment> {
  const { connection, namespace, deploymentName } = place;
  const queue = { namespace, taskQueue: { name: TASK_QUEUE }, taskQueueType: WORKFLOW_TASKS };
  // One after the other: when one fails, none may be left behind that tries again on a closed connection.
  const info = await deploymentInfo(place);
  const { pollers } = await call(place, () => connection.workflowService.describeTaskQueue(queue));
  const workers = liveWorkers(pollers, Date.now());
  const builds: WorkerBuild[] = [];
  for (const build of buildsOf(info, workers.of(deploymentName))) builds.push(await withPinnedRuns(place, build));
  return { name: deploymentName, builds, unversionedWorkers: workers.unversioned, settled: routingIsKnown(info) };
}

/** undefined before the first worker has polled: until then the server does not know the deployment. */
async function deploymentInfo(place: DeploymentPlace): Promise<DeploymentInfo | undefined> {
  const { connection, namespace, deploymentName } = place;
  try {
    const answer = await call(place, () =>
      connection.workflowService.describeWorkerDeployment({ namespace, deploymentName }),
    );
    return answer.workerDeploymentInfo ?? undefined;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

const WORKFLOW_TASKS = temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW;

/** How much keeps a build from ending. Builds that never had work, or have none, are not counted. */
async function withPinnedRuns(place: DeploymentPlace, build: WorkerBuild): Promise<WorkerBuild> {
  if (build.status === 'inactive' || build.status === 'drained') return build;
  const { connection, namespace, deploymentName } = place;
  const query = `TemporalWorkerDeploymentVersion = '${deploymentName}:${build.buildId}' AND ExecutionStatus = 'Running'`;
  const { count } = await call(place, () => connection.workflowService.countWorkflowExecutions({ namespace, query }));
  return { ...build, pinnedRuns: Number(count) };
}

async function requireWorkerOf(place: DeploymentPlace, buildId: string): Promise<void> {
  const giveUpAt = Date.now() + LISTED_WITHIN_MS;
  for (;;) {
    const { builds, name } = await describe(place);
    const build = builds.find((each) => each.buildId === buildId);
    if (build && build.workers > 0) return;
    if (Date.now() > giveUpAt) {
      const known = builds.map((each) => each.buildId).join(', ') || 'none';
      throw new Error(
        `No worker of build ${buildId} is polling: start a worker with WORKER_BUILD_ID=${buildId} first ` +
          `(deployment ${name}; builds that Temporal knows: ${known}).`,
      );
    }
    await delay(LOOK_EVERY_MS);
  }
}

function requireUnversionedWorker({ unversionedWorkers }: WorkerDeployment): void {
  if (unversionedWorkers > 0) return;
  throw new Error('No unversioned worker is polling: start a worker without WORKER_BUILD_ID first.');
}

function requireRamping({ builds }: WorkerDeployment, buildId: string): void {
  if (builds.some((build) => build.buildId === buildId && build.status === 'ramping')) return;
  throw new Error(`Build ${buildId} is not ramping, so there is no ramp to end.`);
}

async function untilSettled(place: DeploymentPlace): Promise<WorkerDeployment> {
  const giveUpAt = Date.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const deployment = await describe(place);
    if (deployment.settled || Date.now() > giveUpAt) return deployment;
    await delay(LOOK_EVERY_MS);
  }
}

/** One call with a deadline of its own, and what went wrong in words of ours. */
async function call<Result>({ connection }: DeploymentPlace, work: () => Promise<Result>): Promise<Result> {
  try {
    return await connection.withDeadline(Date.now() + CALL_DEADLINE_MS, work);
  } catch (error) {
    if (isAway(error)) throw new Error(`Temporal does not answer at ${connection.options.address}.`, { cause: error });
    if (isNotFound(error) || !isGrpcServiceError(error)) throw error;
    throw new Error(`Temporal refuses: ${error.details}`, { cause: error });
  }
}

/** The SDK hands on gRPC's status codes as numbers; https://grpc.io/docs/guides/status-codes/ */
const NOT_FOUND = 5;
const AWAY = [/* DEADLINE_EXCEEDED */ 4, /* UNAVAILABLE */ 14];

function isAway(error: unknown): boolean {
  return isGrpcServiceError(error) && AWAY.includes(error.code);
}

function isNotFound(error: unknown): boolean {
  return isGrpcServiceError(error) && [NOT_FOUND].includes(error.code);
}
