import { temporal } from '@temporalio/proto';
import { buildsOf, liveWorkers, routingIsKnown } from '../../src/temporal/worker-builds';

const { WorkerDeploymentVersionStatus: Status, RoutingConfigUpdateState, WorkerVersioningMode } = temporal.api.enums.v1;
const NOW = Date.UTC(2026, 5, 1);
const at = (secondsAgo: number) => ({ seconds: BigInt(NOW / 1000 - secondsAgo), nanos: 0 }) as never;

const version = (buildId: string, createdAgo: number, more: object) => ({
  deploymentVersion: { deploymentName: 'fdx-consent', buildId },
  createTime: at(createdAgo),
  ...more,
});

describe('the builds of a deployment', () => {
  const builds = buildsOf(
    {
      routingConfig: { rampingVersionPercentage: 20 },
      versionSummaries: [
        version('1', 900, {
          status: Status.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINED,
          drainageInfo: { lastChangedTime: at(60) },
        }),
        version('3', 700, { status: Status.WORKER_DEPLOYMENT_VERSION_STATUS_CURRENT, currentSinceTime: at(50) }),
        version('2', 800, {
          status: Status.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINING,
          lastDeactivationTime: at(40),
          drainageInfo: { lastCheckedTime: at(30) },
        }),
        version('4', 600, { status: Status.WORKER_DEPLOYMENT_VERSION_STATUS_RAMPING, rampingSinceTime: at(20) }),
        version('5', 500, { status: Status.WORKER_DEPLOYMENT_VERSION_STATUS_INACTIVE }),
      ],
    },
    new Map([['3', 2]]),
  );

  it('are listed newest first, each with what it is and since when', () => {
    expect(builds.map(({ buildId, status, since }) => [buildId, status, (NOW - Date.parse(since)) / 1_000])).toEqual([
      ['5', 'inactive', 500],
      ['4', 'ramping', 20],
      ['3', 'current', 50],
      ['2', 'draining', 40],
      ['1', 'drained', 60],
    ]);
    expect(builds[1]).toMatchObject({ rampPercentage: 20, workers: 0 });
    expect(builds[2]).toMatchObject({ workers: 2 });
  });

  it('may stop when nothing runs on them: never while current, ramping or draining', () => {
    expect(builds.filter(({ mayStop }) => mayStop).map(({ buildId }) => buildId)).toEqual(['5', '1']);
  });

  it('are none before the first worker', () => {
    expect(buildsOf(undefined, new Map())).toEqual([]);
  });
});

describe('routing', () => {
  const routing = (routingConfigUpdateState?: temporal.api.enums.v1.RoutingConfigUpdateState) =>
    routingIsKnown(routingConfigUpdateState === undefined ? {} : { routingConfigUpdateState });

  it('is not known everywhere while the server says that it spreads', () => {
    expect(routing(RoutingConfigUpdateState.ROUTING_CONFIG_UPDATE_STATE_IN_PROGRESS)).toBe(false);
    expect(routing(RoutingConfigUpdateState.ROUTING_CONFIG_UPDATE_STATE_COMPLETED)).toBe(true);
  });

  it('is taken as known from a server that does not say', () => {
    expect(routing()).toBe(true);
  });
});

describe('workers', () => {
  const poller = (secondsAgo: number, deploymentName?: string, buildId?: string) => ({
    lastAccessTime: at(secondsAgo),
    ...(deploymentName !== undefined && {
      deploymentOptions: {
        deploymentName,
        buildId: buildId ?? '',
        workerVersioningMode: WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED,
      },
    }),
  });

  it('count for their own build and deployment, and only if they polled within two minutes', () => {
    const pollers = [
      poller(1, 'fdx-consent', '1'),
      poller(70, 'fdx-consent', '1'),
      poller(121, 'fdx-consent', '1'),
      poller(1, 'another', '1'),
      poller(1),
      poller(300),
    ];
    const live = liveWorkers(pollers, NOW);
    expect([...live.of('fdx-consent')]).toEqual([['1', 2]]);
    expect(live.unversioned).toBe(1);
  });
});
