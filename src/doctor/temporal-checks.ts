import { isGrpcServiceError, type Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { SCHEDULES } from '../temporal/schedules';
import { createWorkerDeployments, type WorkerDeployment } from '../temporal/worker-deployments';
import { SEARCH_ATTRIBUTES } from '../workflows/contract';
import { fail, ok, warn, worstOf, type Check, type Finding } from './check';
import type { Surroundings } from './surroundings';

/** Less than a check may take: so that it is Temporal that is told to be away. */
const CALL_WITHIN_MS = 5_000;

export const TEMPORAL_CHECKS: readonly Check[] = [
  { name: 'temporal', about: 'the server answers', look: lookAtServer },
  {
    name: 'temporal-namespace',
    about: 'the namespace is there, and keeps what has ended for a while',
    look: lookAtNamespace,
  },
  { name: 'search-attributes', about: 'consents can be found in Temporal by what they are', look: lookAtAttributes },
  {
    name: 'workers',
    about: 'workers poll, of the build that gets new work and of those that still have some',
    look: lookAtWorkers,
  },
  { name: 'schedules', about: 'housekeeping and the comparison with banks come regularly', look: lookAtSchedules },
];

function call<Result>(connection: Connection, work: () => Promise<Result>): Promise<Result> {
  return connection.withDeadline(Date.now() + CALL_WITHIN_MS, work);
}

async function lookAtServer({ settings, temporal: temporalOf }: Surroundings): Promise<Finding> {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_TLS: isTls } = settings('TEMPORAL_ADDRESS', 'TEMPORAL_TLS');
  const { connection } = temporalOf();
  try {
    const { serverVersion } = await call(connection, () => connection.workflowService.getSystemInfo({}));
    return ok(`version ${serverVersion} at ${address}`);
  } catch (error) {
    const reason = isGrpcServiceError(error) ? error.details : 'no answer';
    const hint = isTls ? '' : ' A server that wants TLS or a key needs TEMPORAL_TLS and TEMPORAL_API_KEY.';
    return fail(`${address} does not answer: ${reason}`, `Start it, or correct TEMPORAL_ADDRESS.${hint}`);
  }
}

/** Housekeeping looks for what has lost its workflow once a day, and must still find how it ended. */
const LEAST_RETENTION_DAYS = 1;

async function lookAtNamespace({ settings, temporal: temporalOf }: Surroundings): Promise<Finding> {
  const { TEMPORAL_NAMESPACE: namespace } = settings('TEMPORAL_NAMESPACE');
  const { connection } = temporalOf();
  try {
    const { config } = await call(connection, () => connection.workflowService.describeNamespace({ namespace }));
    const days = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / 86_400;
    const kept = `${namespace}, which keeps what has ended for ${Math.round(days * 10) / 10} days`;
    return days >= LEAST_RETENTION_DAYS ? ok(kept) : warn(kept, 'Let it keep histories for a day at least.');
  } catch (error) {
    if (!isGrpcServiceError(error) || !NOT_THERE.includes(error.code)) throw error;
    const fix = `temporal operator namespace create --namespace ${namespace} --retention 720h, or correct TEMPORAL_NAMESPACE.`;
    return fail(`there is no namespace ${namespace}`, fix);
  }
}

/** gRPC: NOT_FOUND, PERMISSION_DENIED, UNIMPLEMENTED. */
const NOT_THERE: readonly number[] = [5];
const NOT_OURS_TO_ASK: readonly number[] = [7, 12];
const { IndexedValueType } = temporal.api.enums.v1;
const TYPES = {
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  DATETIME: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
} as const;

async function lookAtAttributes({ settings, temporal: temporalOf }: Surroundings): Promise<Finding> {
  const { TEMPORAL_NAMESPACE: namespace } = settings('TEMPORAL_NAMESPACE');
  const { connection } = temporalOf();
  try {
    const { customAttributes } = await call(connection, () =>
      connection.operatorService.listSearchAttributes({ namespace }),
    );
    const wanted = Object.values(SEARCH_ATTRIBUTES);
    const missing = wanted.filter(({ name, type }) => !isOfType(customAttributes[name], type));
    if (missing.length === 0) return ok(`all ${wanted.length} are registered`);
    const commands = missing.map(({ name, type }) => `--name ${name} --type ${TYPE_NAMES[type]}`);
    return fail(
      `not registered, or of another type: ${missing.map(({ name }) => name).join(', ')}`,
      `temporal operator search-attribute create --namespace ${namespace} ${commands.join(' ')}`,
    );
  } catch (error) {
    if (!isGrpcServiceError(error) || !NOT_OURS_TO_ASK.includes(error.code)) throw error;
    return warn(
      'the server does not let us ask',
      'See docs/deploy.md for those that must be there, and look in its console.',
    );
  }
}

function isOfType(actual: temporal.api.enums.v1.IndexedValueType | undefined, type: keyof typeof TYPES): boolean {
  return actual === TYPES[type];
}

const TYPE_NAMES = { KEYWORD: 'Keyword', DATETIME: 'Datetime' } as const;

async function lookAtWorkers({ settings, temporal: temporalOf }: Surroundings): Promise<Finding> {
  const { TEMPORAL_NAMESPACE: namespace, WORKER_DEPLOYMENT_NAME: deploymentName } = settings(
    'TEMPORAL_NAMESPACE',
    'WORKER_DEPLOYMENT_NAME',
  );
  const { connection } = temporalOf();
  // The next calls have more patience than a check: a server that is away is to be told as that.
  await call(connection, () => connection.workflowService.getSystemInfo({}));
  return judgeWorkers(await createWorkerDeployments({ connection, namespace, deploymentName }).describe());
}

/** Who gets new work must be there, and who alone can go on with old work. */
export function judgeWorkers({ name, builds, unversionedWorkers }: WorkerDeployment): Finding {
  const current = builds.find(({ status }) => status === 'current');
  const START = 'Start a worker: fdx-consent worker.';
  const routed = current
    ? current.workers > 0
      ? ok('')
      : fail(
          `build ${current.buildId} is current and no worker of it polls`,
          `Start one with WORKER_BUILD_ID=${current.buildId}, or promote another build.`,
        )
    : unversionedWorkers > 0
      ? ok('')
      : fail(
          'no worker polls that would get work',
          builds.length === 0 ? START : `${START} Or let a build have the work: fdx-consent workers promote BUILD_ID.`,
        );
  const left = builds
    .filter(({ status, workers, pinnedRuns }) => status !== 'current' && workers === 0 && (pinnedRuns ?? 0) > 0)
    .map(({ buildId, pinnedRuns }) =>
      fail(
        `${pinnedRuns ?? 0} runs wait for build ${buildId}, of which no worker polls`,
        `Start one with WORKER_BUILD_ID=${buildId} until fdx-consent workers can-retire ${buildId} says yes.`,
      ),
    );
  const well = current
    ? `${current.workers} of build ${current.buildId}, which is current in ${name}`
    : `${unversionedWorkers} without a build id`;
  return worstOf([routed, ...left], well);
}

async function lookAtSchedules({ settings, temporal: temporalOf }: Surroundings): Promise<Finding> {
  const { TEMPORAL_NAMESPACE: namespace } = settings('TEMPORAL_NAMESPACE');
  const { connection } = temporalOf();
  const findings: Finding[] = [];
  for (const { scheduleId } of SCHEDULES) {
    try {
      // Not through the schedule client: it would open what the workflows are given, with keys that are another check's affair.
      const { schedule } = await call(connection, () =>
        connection.workflowService.describeSchedule({ namespace, scheduleId }),
      );
      if (schedule?.state?.paused !== true) continue;
      findings.push(warn(`${scheduleId} is paused`, `temporal schedule toggle --unpause --schedule-id ${scheduleId}`));
    } catch (error) {
      if (!isGrpcServiceError(error) || !NOT_THERE.includes(error.code)) throw error;
      findings.push(fail(`${scheduleId} is not there`, 'Start a worker: it makes the schedules.'));
    }
  }
  return worstOf(findings, `${SCHEDULES.length} are there`);
}
