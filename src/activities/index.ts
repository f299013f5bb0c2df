import { createAuthorizationActivities } from './authorization';
import type { ActivityDependencies } from './dependencies';
import { guarded } from './guard';
import { createLifecycleActivities } from './lifecycle';
import { createRegistrationActivities } from './registration';

/** All activities, as a worker registers them. */
export function createActivities(deps: ActivityDependencies) {
  return {
    ...guarded(createAuthorizationActivities(deps), deps.report),
    ...guarded(createLifecycleActivities(deps), deps.report),
    ...guarded(createRegistrationActivities(deps), deps.report),
  };
}
