import {
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { ConsentFailure } from '../domain/failures';
import { consentWorkflowId, type ConsentId } from '../domain/ids';
import {
  callback,
  CONSENT_WORKFLOW,
  launch,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
  type CallbackAnswer,
  type ConsentInput,
  type LaunchOutcome,
  type LaunchRequest,
} from '../workflows/contract';

/** What the workflow answers, or that it has ended between the page and the button. */
export type LaunchAnswer = LaunchOutcome | { readonly kind: 'overtaken' };

/** The workflows, as the API speaks to them. Every call has a deadline: somebody waits behind it. */
export interface ConsentEngine {
  /** Starts the consent's workflow unless it runs already. */
  start(input: ConsentInput, applicationName: string): Promise<void>;
  /** Asks for the bank's address. Starts the workflow first when a crash left the consent without one. */
  launch(input: ConsentInput, applicationName: string, request: LaunchRequest): Promise<LaunchAnswer>;
  /** Hands the bank's answer over. Once this returns, the answer is durable. */
  deliver(consentId: ConsentId, answer: CallbackAnswer): Promise<void>;
  /** @throws {ConsentFailure} engine_unavailable */
  ping(): Promise<void>;
}

const START_DEADLINE_MS = 8_000;
/** A launch includes a pushed request, which has 15 seconds with its retries; a person does not wait much longer. */
const LAUNCH_DEADLINE_MS = 20_000;
const SIGNAL_DEADLINE_MS = 8_000;
const PING_DEADLINE_MS = 2_000;

export function createConsentEngine(client: Client): ConsentEngine {
  async function within<Result>(deadlineMs: number, call: () => Promise<Result>): Promise<Result> {
    try {
      return await client.withDeadline(Date.now() + deadlineMs, call);
    } catch (error) {
      throw isAway(error) ? new ConsentFailure('engine_unavailable') : error;
    }
  }

  async function start(input: ConsentInput, applicationName: string): Promise<void> {
    await within(START_DEADLINE_MS, () =>
      client.workflow.start(CONSENT_WORKFLOW, {
        workflowId: consentWorkflowId(input.consentId),
        taskQueue: TASK_QUEUE,
        args: [input],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: `${applicationName} asks ${input.institutionName}`,
        staticDetails: `Consent \`${input.consentId}\` for **${applicationName}** at **${input.institutionName}**.`,
        typedSearchAttributes: [
          { key: SEARCH_ATTRIBUTES.status, value: 'requested' },
          { key: SEARCH_ATTRIBUTES.nextAction, value: 'launch' },
          { key: SEARCH_ATTRIBUTES.institutionId, value: input.institutionId },
          { key: SEARCH_ATTRIBUTES.applicationId, value: input.applicationId },
        ],
      }),
    ).catch((error: unknown) => {
      // The consent had its workflow and it has ended: it must not live twice.
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    });
  }

  function launchOnce(consentId: ConsentId, request: LaunchRequest): Promise<LaunchOutcome> {
    const handle = client.workflow.getHandle(consentWorkflowId(consentId));
    return within(LAUNCH_DEADLINE_MS, () => handle.executeUpdate(launch, { args: [request] }));
  }

  return {
    start,
    async launch(input, applicationName, request) {
      try {
        return await launchOnce(input.consentId, request);
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
        await start(input, applicationName);
        return launchOnce(input.consentId, request).catch((again: unknown) => {
          // It was not missing, it has ended between the page and the button.
          if (again instanceof WorkflowNotFoundError) return { kind: 'overtaken' };
          throw again;
        });
      }
    },
    async deliver(consentId, answer) {
      const handle = client.workflow.getHandle(consentWorkflowId(consentId));
      await within(SIGNAL_DEADLINE_MS, () => handle.signal(callback, answer)).catch((error: unknown) => {
        // The workflow has ended meanwhile: its state says how.
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      });
    },
    async ping() {
      await within(PING_DEADLINE_MS, () => client.connection.workflowService.getSystemInfo({}));
    },
  };
}

/** gRPC: CANCELLED 1, DEADLINE_EXCEEDED 4, RESOURCE_EXHAUSTED 8, UNAVAILABLE 14. */
const AWAY_CODES: readonly number[] = [1, 4, 8, 14];

function isAway(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  // A workflow that completed between our question and its answer.
  if (error instanceof WorkflowUpdateFailedError) return false;
  for (let each = error, depth = 0; each instanceof Error && depth < 4; each = each.cause, depth += 1) {
    if (isGrpcServiceError(each) && AWAY_CODES.includes(each.code)) return true;
  }
  return false;
}
