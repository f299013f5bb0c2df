import { proxyActivities } from '@temporalio/workflow';
import type { LifecycleActivities } from '../../../src/activities/lifecycle';
import { INITIAL_STATE } from '../../../src/domain/consent';
import { ConsentWorkflow as procedure } from '../../../src/workflows/consent';
import type { ConsentInput, ConsentResult } from '../../../src/workflows/contract';

const { concludeConsent } = proxyActivities<LifecycleActivities>({ startToCloseTimeout: '30s' });

/** What a careless change looks like: one more step before everything else, without a patch marker. */
export async function ConsentWorkflow(input: ConsentInput): Promise<ConsentResult> {
  await concludeConsent({ consentId: input.consentId, state: INITIAL_STATE });
  return procedure(input);
}
