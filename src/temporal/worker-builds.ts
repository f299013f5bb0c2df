import { temporal } from '@temporalio/proto';

/** One build of our workers. */
export interface WorkerBuild {
  readonly buildId: string;
  readonly status: BuildStatus;
  /** When it became that. */
  readonly since: string;
  /** While it ramps: its share of the consents. */
  readonly rampPercentage?: number;
  /** While it drains: when the server last looked for open runs. */
  readonly drainageCheckedAt?: string;
  /** Open runs that only this build can continue. Counted by visibility, which runs a little behind. */
  readonly pinnedRuns?: number;
  /** Worker processes that polled lately. */
  readonly workers: number;
  /** Nothing runs on it any more: its workers may be stopped. */
  readonly mayStop: boolean;
}

export type BuildStatus = 'inactive' | 'current' | 'ramping' | 'draining' | 'drained';

export type DeploymentInfo = temporal.api.deployment.v1.IWorkerDeploymentInfo;
type Version = temporal.api.deployment.v1.WorkerDeploymentInfo.IWorkerDeploymentVersionSummary;
type Instant = Version['createTime'];

const { WorkerDeploymentVersionStatus: Status, RoutingConfigUpdateState: UpdateState } = temporal.api.enums.v1;

/** What the server tells of a deployment, newest build first. */
export function buildsOf(
  info: DeploymentInfo | undefined,
  workers: ReadonlyMap<string, number>,
): readonly WorkerBuild[] {
  const builds = (info?.versionSummaries ?? []).map((version) => {
    const buildId = version.deploymentVersion?.buildId ?? '';
    return {
      createdAt: milliseconds(version.createTime),
      build: { ...stateOf(version, info?.routingConfig?.rampingVersionPercentage ?? 0), buildId },
    };
  });
  return builds
    .sort((one, other) => other.createdAt - one.createdAt)
    .map(({ build }) => ({
      ...build,
      workers: workers.get(build.buildId) ?? 0,
      // Nothing was ever routed to an inactive build.
      mayStop: build.status === 'drained' || build.status === 'inactive',
    }));
}

function stateOf(version: Version, rampPercentage: number): Omit<WorkerBuild, 'buildId' | 'workers' | 'mayStop'> {
  const { drainageInfo } = version;
  switch (version.status ?? Status.WORKER_DEPLOYMENT_VERSION_STATUS_UNSPECIFIED) {
    case Status.WORKER_DEPLOYMENT_VERSION_STATUS_CURRENT:
      return { status: 'current', since: iso(version.currentSinceTime) };
    case Status.WORKER_DEPLOYMENT_VERSION_STATUS_RAMPING:
      return { status: 'ramping', since: iso(version.rampingSinceTime), rampPercentage };
    case Status.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINED:
      return { status: 'drained', since: iso(drainageInfo?.lastChangedTime) };
    case Status.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINING: {
      const since = iso(version.lastDeactivationTime ?? drainageInfo?.lastChangedTime);
      return { status: 'draining', since, drainageCheckedAt: iso(drainageInfo?.lastCheckedTime) };
    }
    case Status.WORKER_DEPLOYMENT_VERSION_STATUS_INACTIVE:
    case Status.WORKER_DEPLOYMENT_VERSION_STATUS_CREATED:
    case Status.WORKER_DEPLOYMENT_VERSION_STATUS_UNSPECIFIED:
      return { status: 'inactive', since: iso(version.createTime) };
  }
}

/** Servers before 1.30 do not say; there is nothing to wait for then. */
export function routingIsKnown(info: DeploymentInfo | undefined): boolean {
  return info?.routingConfigUpdateState !== UpdateState.ROUTING_CONFIG_UPDATE_STATE_IN_PROGRESS;
}

/** A poll lasts a minute at most, so a worker that is there was seen within two. */
const SEEN_WITHIN_MS = 120_000;

/** Who polls the queue, by deployment and build. A worker that was stopped a moment ago still counts. */
export function liveWorkers(
  pollers: readonly temporal.api.taskqueue.v1.IPollerInfo[],
  now: number,
): { unversioned: number; of(deploymentName: string): ReadonlyMap<string, number> } {
  const live = pollers.filter(({ lastAccessTime }) => now - milliseconds(lastAccessTime) < SEEN_WITHIN_MS);
  const isVersioned = ({ deploymentOptions }: (typeof live)[number]): boolean =>
    deploymentOptions?.workerVersioningMode === VERSIONED;
  return {
    unversioned: live.filter((poller) => !isVersioned(poller)).length,
    of(deploymentName) {
      const counts = new Map<string, number>();
      for (const { deploymentOptions } of live.filter(isVersioned)) {
        const { buildId } = deploymentOptions ?? {};
        if (deploymentOptions?.deploymentName !== deploymentName || !buildId) continue;
        counts.set(buildId, (counts.get(buildId) ?? 0) + 1);
      }
      return counts;
    },
  };
}

const VERSIONED = temporal.api.enums.v1.WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED;

function iso(instant: Instant): string {
  return new Date(milliseconds(instant)).toISOString();
}

function milliseconds(instant: Instant): number {
  return Number(instant?.seconds ?? 0) * 1_000 + Math.floor((instant?.nanos ?? 0) / 1e6);
}
