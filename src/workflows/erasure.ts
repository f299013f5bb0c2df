import { proxyActivities } from '@temporalio/workflow';
import type { ErasureActivities } from '../activities/erase';
import { summarized } from './activities';
import type { ErasureRequest, ErasureResult } from './erasure-contract';

/**
 * One transaction and a signature. A database or a key service that is away for a while is waited for: the request stands, whether
 * or not anybody waits for the answer. What is refused is refused at once.
 */
const activities = summarized<ErasureActivities>(
  { erasePerson: 'destroy all personal data of the consent, and certify it' },
  (summary) =>
    proxyActivities<ErasureActivities>({
      summary,
      startToCloseTimeout: '30s',
      scheduleToCloseTimeout: '24h',
      retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '1m' },
    }),
);

/** Forgets a person who asked for it. A step of the worker's, because only workers sign what is certified. */
export async function ErasureWorkflow(request: ErasureRequest): Promise<ErasureResult> {
  return activities.erasePerson(request);
}
