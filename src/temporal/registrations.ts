import {
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client';
import { ConsentFailure } from '../domain/failures';
import { registrationWorkflowId, type InstitutionId } from '../domain/ids';
import { SEARCH_ATTRIBUTES, TASK_QUEUE } from '../workflows/contract';
import {
  REGISTRATION_WORKFLOW,
  registrationSteps,
  type RegistrationOperation,
  type RegistrationResult,
  type RegistrationStep,
} from '../workflows/registration-contract';

/** The registration workflows, as the command line and the API speak to them. */
export interface Registrations {
  /**
   * Begins an operation. It goes on whether or not anybody waits for it.
   *
   * @param requestId names the request for it: one that was begun under this name before, and is under way or came to a good end, is
   *   the one that is meant. One that failed is tried again
   * @throws {ConsentFailure} registration_busy when another one is under way; engine_unavailable
   */
  start(
    institutionId: InstitutionId,
    operation: RegistrationOperation,
    requestId?: string,
  ): Promise<StartedRegistration>;
}

export interface StartedRegistration {
  readonly workflowId: string;
  /** Waits for the end, and tells each step as it happens. */
  result(onStep: (step: RegistrationStep) => void): Promise<RegistrationResult>;
  /** Waits for so long. @returns undefined when it takes longer */
  resultWithin(milliseconds: number): Promise<RegistrationResult | undefined>;
}

const START_DEADLINE_MS = 8_000;
const LOOK_EVERY_MS = 500;

export function createRegistrations(client: Client): Registrations {
  return {
    async start(institutionId, operation, requestId) {
      const workflowId = registrationWorkflowId(institutionId);
      const handle = await client
        .withDeadline(Date.now() + START_DEADLINE_MS, async () => {
          const before = requestId === undefined ? undefined : await begunBefore(client, workflowId, requestId);
          return (
            before ??
            client.workflow.start(REGISTRATION_WORKFLOW, {
              workflowId,
              taskQueue: TASK_QUEUE,
              args: [{ version: 1, institutionId, operation }],
              // The id is the lock: one operation at a time for an institution, as many as wanted one after the other.
              workflowIdReusePolicy: 'ALLOW_DUPLICATE',
              workflowIdConflictPolicy: 'FAIL',
              staticSummary: `${operation.kind} ${institutionId}`,
              typedSearchAttributes: [{ key: SEARCH_ATTRIBUTES.institutionId, value: institutionId }],
              ...(requestId !== undefined && { staticDetails: detailsOf(requestId) }),
            })
          );
        })
        .catch((error: unknown) => {
          throw failureOfStart(error);
        });
      return {
        workflowId,
        result: (onStep) => resultOf(handle, onStep),
        resultWithin: (milliseconds) =>
          client
            .withDeadline(Date.now() + milliseconds, () => handle.result() as Promise<RegistrationResult>)
            .catch((error: unknown) => {
              if (causes(error).some(isGrpcServiceError)) return undefined;
              throw error;
            }),
      };
    },
  };
}

/** Encrypted as the input is, and no part of what every list of workflows reads. */
function detailsOf(requestId: string): string {
  return `Asked for by ${requestId}.`;
}

/** The latest operation at this institution, if it was begun for this request and has not failed. */
async function begunBefore(client: Client, workflowId: string, requestId: string): Promise<WorkflowHandle | undefined> {
  const latest = await client.workflow
    .getHandle(workflowId)
    .describe()
    .catch((error: unknown) => {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    });
  if (!latest || (await latest.staticDetails()) !== detailsOf(requestId)) return undefined;
  const handle = client.workflow.getHandle(workflowId, latest.runId);
  if (latest.status.name === 'RUNNING') return handle;
  if (latest.status.name !== 'COMPLETED') return undefined;
  const { failure } = (await handle.result()) as RegistrationResult;
  return failure ? undefined : handle;
}

function failureOfStart(error: unknown): unknown {
  if (error instanceof WorkflowExecutionAlreadyStartedError) return new ConsentFailure('registration_busy');
  return causes(error).some(isGrpcServiceError) ? new ConsentFailure('engine_unavailable') : error;
}

function causes(error: unknown): readonly unknown[] {
  return error instanceof Error ? [error, ...causes(error.cause)] : [];
}

async function resultOf(handle: WorkflowHandle, onStep: (step: RegistrationStep) => void): Promise<RegistrationResult> {
  let told = 0;
  const tell = (steps: readonly RegistrationStep[]): void => {
    for (const step of steps.slice(told)) onStep(step);
    told = Math.max(told, steps.length);
  };
  const look = (): void => {
    // Between two workers nobody answers; the result says all of it once more.
    handle.query(registrationSteps).then(tell, () => undefined);
  };
  const looking = setInterval(look, LOOK_EVERY_MS);
  try {
    const result = (await handle.result()) as RegistrationResult;
    tell(result.steps);
    return result;
  } finally {
    clearInterval(looking);
  }
}
