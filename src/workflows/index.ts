/** Everything the worker's bundle contains. */
export { ConsentWorkflow } from './consent';
export { RegistrationWorkflow } from './registration';
