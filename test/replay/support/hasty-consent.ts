import { proxyActivities } from '@temporalio/workflow';
import type { LifecycleActivities } from '../../../src/activities/lifecycle';
import { ConsentWorkflow as procedure } from '../../../src/workflows/consent';
import type { ConsentInput, ConsentResult } from '../../../src/workflows/contract';

const { purgeConsent } = proxyActivities<LifecycleActivities>({ startToCloseTimeout: '30s' });

/** Another careless change: one more step after everything else. Only a consent that is recorded to its end shows it. */
export async function ConsentWorkflow(input: ConsentInput): Promise<ConsentResult> {
  const result = await procedure(input);
  await purgeConsent({ consentId: input.consentId });
  return result;
}
