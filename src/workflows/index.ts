/** Everything the worker's bundle contains. */
export { ConsentWorkflow } from './consent';
export { ReconcileWorkflow } from './reconcile';
export { HousekeepingWorkflow } from './housekeeping';
export { RegistrationWorkflow } from './registration';
export { ErasureWorkflow } from './erasure';
