import type { Operation } from '../operation';
import * as access from './access';
import * as consents from './consents';
import * as data from './data';
import * as events from './events';
import * as evidence from './evidence';
import * as institutions from './institutions';
import * as operators from './operators';
import * as service from './service';
import * as webhooks from './webhooks';

/** Modules of operations, in the order in which the document has them. */
const TOPICS: readonly object[] = [
  consents,
  data,
  events,
  webhooks,
  evidence,
  institutions,
  access,
  operators,
  service,
];

/** Every operation of the API: what the modules export. `mount` refuses one that is not among them. */
export const ALL_OPERATIONS: readonly Operation[] = [
  ...TOPICS.flatMap((topic) => Object.values(topic).filter(isOperation)),
  ...data.dataOperations().map(([, operation]) => operation),
  ...evidence.EXPORT_OPERATIONS.map(([, operation]) => operation),
];

function isOperation(exported: unknown): exported is Operation {
  return typeof exported === 'object' && exported !== null && 'id' in exported && 'access' in exported;
}
