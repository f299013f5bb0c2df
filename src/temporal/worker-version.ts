import type { WorkerDeploymentVersion } from '@temporalio/common';
import type { WorkerOptions } from '@temporalio/worker';
import type { Config } from '../config';

type VersionSettings = Pick<Config, 'WORKER_DEPLOYMENT_NAME' | 'WORKER_BUILD_ID'>;

/** Which build of which deployment a worker is; undefined for an unversioned one. */
export function deploymentVersionOf({
  WORKER_DEPLOYMENT_NAME: deploymentName,
  WORKER_BUILD_ID: buildId,
}: VersionSettings): WorkerDeploymentVersion | undefined {
  return buildId === undefined ? undefined : { deploymentName, buildId };
}

/**
 * Pinned: a run ends on the build that began it, so no build has to replay what another one did. Consents change builds between
 * two runs, when they continue as new.
 */
export function versioningOptions(settings: VersionSettings): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  const version = deploymentVersionOf(settings);
  if (!version) return {};
  return { workerDeploymentOptions: { useWorkerVersioning: true, version, defaultVersioningBehavior: 'PINNED' } };
}
