import { temporalConnection } from '../../temporal/connection';
import type { WorkerBuild } from '../../temporal/worker-builds';
import {
  createWorkerDeployments,
  type WorkerDeployment,
  type WorkerDeployments,
} from '../../temporal/worker-deployments';
import { NotFound, UsageError } from '../command-errors';
import type { Command, CommandResult, Settings } from '../command';
import { table } from '../table';

/** The builds of our workers: which one gets new work, and which may be stopped (docs/deploy.md). */
export const WORKER_COMMANDS: readonly Command[] = [
  {
    words: ['workers', 'list'],
    examples: ['', '--json'],
    synopsis: '',
    summary: 'the builds of our workers, which of them is current and which may be stopped',
    changes: false,
    run: (_values, _positionals, settings) =>
      withDeployments(settings, async (deployments) => resultOf(await deployments.describe())),
  },
  {
    words: ['workers', 'promote'],
    examples: ['2026-11-28 --ramp 10', '2026-11-28'],
    synopsis: 'BUILD_ID [--ramp PERCENT] | --unversioned',
    summary: 'let new consents start on a build and others move to it, all of them or a share',
    changes: true,
    options: {
      ramp: { type: 'string', value: 'PERCENT', about: 'give it this share only' },
      unversioned: { type: 'boolean', about: 'the workers without a build id instead' },
    },
    run: (values, [buildId], settings) => {
      const promotion = promotionOf(buildId, values);
      return withDeployments(settings, async (deployments) => resultOf(await promoted(deployments, promotion)));
    },
  },
  {
    words: ['workers', 'can-retire'],
    examples: ['2026-11-21'],
    synopsis: 'BUILD_ID',
    summary: 'whether the workers of a build may be stopped; exit code 1: not yet',
    changes: false,
    run: (_values, [buildId], settings) => {
      if (buildId === undefined) throw new UsageError('Name the build: fdx-consent workers can-retire BUILD_ID');
      return withDeployments(settings, async (deployments) => verdictOn(buildId, await deployments.describe()));
    },
  },
];

type Promotion =
  | { readonly kind: 'current'; readonly buildId: string | undefined }
  | { readonly kind: 'ramp'; readonly buildId: string; readonly percentage: number };

function promotionOf(buildId: string | undefined, { ramp, unversioned }: Readonly<Record<string, unknown>>): Promotion {
  if (unversioned === true) {
    if (buildId !== undefined || ramp !== undefined) throw new UsageError('--unversioned stands alone');
    return { kind: 'current', buildId: undefined };
  }
  if (buildId === undefined)
    throw new UsageError('Name the build: fdx-consent workers promote BUILD_ID [--ramp PERCENT]');
  if (ramp === undefined) return { kind: 'current', buildId };
  const percentage = Number(ramp);
  if (ramp === '' || !(percentage >= 0 && percentage <= 100))
    throw new UsageError('--ramp takes a number from 0 to 100');
  return { kind: 'ramp', buildId, percentage };
}

function promoted(deployments: WorkerDeployments, promotion: Promotion): Promise<WorkerDeployment> {
  if (promotion.kind === 'current') return deployments.setCurrent(promotion.buildId);
  return deployments.setRamping(promotion.buildId, promotion.percentage);
}

function verdictOn(buildId: string, { builds }: WorkerDeployment): CommandResult {
  const build = builds.find((each) => each.buildId === buildId);
  if (!build) throw new NotFound(`Temporal knows no build ${buildId}; fdx-consent workers list shows those it knows.`);
  const text = build.mayStop
    ? `yes: ${build.status} since ${build.since}`
    : `no: ${build.status} since ${build.since}, ${build.pinnedRuns ?? 0} open`;
  return { text, value: build, failed: !build.mayStop };
}

function resultOf(deployment: WorkerDeployment): CommandResult {
  const { name, builds, settled } = deployment;
  const lines = [`deployment ${name}`];
  if (builds.length === 0) lines.push('No worker with a WORKER_BUILD_ID has polled yet.');
  else lines.push(table(HEAD, builds.map(rowOf)));
  lines.push(...remarkOn(deployment));
  if (!settled) lines.push('Not every task queue knows it yet; that takes some seconds more.');
  return { text: lines.join('\n'), value: deployment };
}

const HEAD = ['BUILD', 'STATUS', 'SINCE', 'WORKERS', 'OPEN', 'MAY STOP', ''];

function rowOf(build: WorkerBuild): readonly string[] {
  const { buildId, status, since, workers, rampPercentage, pinnedRuns, drainageCheckedAt, mayStop } = build;
  return [
    buildId,
    rampPercentage === undefined ? status : `${status} ${rampPercentage} %`,
    since,
    String(workers),
    pinnedRuns === undefined ? '-' : String(pinnedRuns),
    mayStop ? 'yes' : 'no',
    drainageCheckedAt === undefined ? '' : `checked ${drainageCheckedAt}`,
  ];
}

/** Who is left out is easily forgotten: the two kinds of worker do not share work. */
function remarkOn({ builds, unversionedWorkers }: WorkerDeployment): readonly string[] {
  const someBuildIsCurrent = builds.some(({ status }) => status === 'current');
  if (unversionedWorkers === 0)
    return someBuildIsCurrent ? [] : ['No unversioned worker either: nothing is worked on.'];
  const role = someBuildIsCurrent ? 'get nothing, since a build is current' : 'get the work, since no build is current';
  return [`${unversionedWorkers} unversioned: they ${role}.`];
}

async function withDeployments(
  settings: Settings,
  work: (deployments: WorkerDeployments) => Promise<CommandResult>,
): Promise<CommandResult> {
  const { TEMPORAL_NAMESPACE, WORKER_DEPLOYMENT_NAME, ...address } = settings(
    'TEMPORAL_ADDRESS',
    'TEMPORAL_NAMESPACE',
    'TEMPORAL_API_KEY',
    'TEMPORAL_TLS',
    'WORKER_DEPLOYMENT_NAME',
  );
  const connection = temporalConnection(address);
  try {
    const place = { connection, namespace: TEMPORAL_NAMESPACE, deploymentName: WORKER_DEPLOYMENT_NAME };
    return await work(createWorkerDeployments(place));
  } finally {
    await connection.close();
  }
}
