import { isGrpcServiceError, WorkflowFailedError, type Client, type WorkflowHandle } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { ConsentFailure, isFailureCode } from '../domain/failures';
import { TASK_QUEUE } from '../workflows/contract';
import {
  ERASURE_WORKFLOW,
  erasureWorkflowId,
  type ErasureRequest,
  type ErasureResult,
} from '../workflows/erasure-contract';
import { withinDeadline } from './within-deadline';

/** Erasures of persons, as the command line and the API ask for them. */
export interface Erasures {
  /**
   * Has the person of a consent forgotten. It goes on whether or not anybody waits for it.
   *
   * @param withinMs how long to wait for the end
   * @returns undefined when it takes longer
   * @throws {ConsentFailure} consent_not_found, consent_not_ended, consent_held, erasure_waits_for_bank; engine_unavailable: ask again
   */
  erase(request: Omit<ErasureRequest, 'version'>, withinMs: number): Promise<ErasureResult | undefined>;
}

const START_DEADLINE_MS = 8_000;

export function createErasures(client: Client): Erasures {
  return {
    async erase(request, withinMs) {
      const handle = await withinDeadline(client, START_DEADLINE_MS, () =>
        client.workflow.start(ERASURE_WORKFLOW, {
          workflowId: erasureWorkflowId(request.consentId),
          taskQueue: TASK_QUEUE,
          args: [{ version: 1, ...request } satisfies ErasureRequest],
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          workflowIdConflictPolicy: 'USE_EXISTING',
          staticSummary: `erase the person of ${request.consentId}`,
        }),
      );
      return resultOf(client, handle, withinMs);
    },
  };
}

async function resultOf(client: Client, handle: WorkflowHandle, withinMs: number): Promise<ErasureResult | undefined> {
  try {
    return await client.withDeadline(Date.now() + withinMs, () => handle.result() as Promise<ErasureResult>);
  } catch (error) {
    if (causesOf(error).some(isGrpcServiceError)) return undefined;
    throw refusalOf(error) ?? error;
  }
}

/** Why the step refused, by its published code. */
function refusalOf(error: unknown): ConsentFailure | undefined {
  if (!(error instanceof WorkflowFailedError) || !(error.cause instanceof ActivityFailure)) return undefined;
  const { cause } = error.cause;
  return cause instanceof ApplicationFailure && isFailureCode(cause.type) ? new ConsentFailure(cause.type) : undefined;
}

function causesOf(error: unknown): readonly unknown[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}
