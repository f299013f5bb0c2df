import { createAuthorizationActivities } from './authorization';
import type { ActivityDependencies } from './dependencies';
import { createErasureActivities } from './erase';
import { guarded } from './guard';
import { createHousekeepingActivities } from './housekeeping';
import { createLifecycleActivities } from './lifecycle';
import { createReconcileActivities } from './reconcile';
import { createRegistrationActivities } from './registration';

/** All activities, as a worker registers them. */
export function createActivities(deps: ActivityDependencies) {
  return {
    ...guarded(createAuthorizationActivities(deps), deps.report),
    ...guarded(createLifecycleActivities(deps), deps.report),
    ...guarded(createReconcileActivities(deps), deps.report),
    ...guarded(createRegistrationActivities(deps), deps.report),
    ...guarded(createErasureActivities(deps), deps.report),
    ...guarded(createHousekeepingActivities(deps), deps.report),
  };
}
