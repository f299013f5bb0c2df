import { condition } from '@temporalio/workflow';
import type { ConsentStatus } from '../../../src/domain/consent';
import type { ConsentId } from '../../../src/domain/ids';
import type { ConsentResult } from '../../../src/workflows/contract';

export { HousekeepingWorkflow } from '../../../src/workflows/housekeeping';

/** Stands for a consent's workflow: completes at once as it is told, or lives for ever. */
export async function ConsentWorkflow(input: {
  readonly consentId: ConsentId;
  readonly completeAs?: ConsentStatus;
}): Promise<ConsentResult> {
  await condition(() => input.completeAs !== undefined);
  return { consentId: input.consentId, status: input.completeAs ?? 'active' };
}
