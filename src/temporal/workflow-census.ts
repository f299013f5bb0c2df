import { WorkflowNotFoundError, type Client, type WorkflowExecutionStatusName } from '@temporalio/client';
import type { ConsentStatus } from '../domain/consent';
import { consentIdOf, consentWorkflowId, type ConsentId } from '../domain/ids';
import { RUNNING_CONSENTS, type ConsentResult } from '../workflows/contract';
import { withinDeadline } from './within-deadline';

/** Which consents have a workflow, as the Temporal server knows it. */
export interface WorkflowCensus {
  /** @throws {ConsentFailure} engine_unavailable, as the others */
  look(consentId: ConsentId): Promise<WorkflowSighting>;
  /** The consents' running workflows, a page at a time. A few seconds behind, as everything that the server lists. */
  listRunning(pageToken?: Uint8Array): Promise<WorkflowPage>;
  /** Ends a run that nothing stands behind. @returns false when it had ended */
  terminate(workflow: RunningWorkflow, reason: string): Promise<boolean>;
}

export type WorkflowSighting =
  | { readonly kind: 'running' }
  /** There never was one, or it was removed after its retention. */
  | { readonly kind: 'missing' }
  /** Terminated, failed, cancelled or timed out: it did not come to its own end. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'completed'; readonly status: ConsentStatus };

export interface RunningWorkflow {
  readonly workflowId: string;
  readonly runId: string;
  /** Absent for a workflow whose id is not made of a consent's. */
  readonly consentId?: ConsentId;
  /** When this run began, in epoch milliseconds. */
  readonly startedAt: number;
}

export interface WorkflowPage {
  readonly workflows: readonly RunningWorkflow[];
  readonly nextPageToken?: Uint8Array;
}

/** Nobody waits behind these, but a worker that is to stop does. */
const DEADLINE_MS = 10_000;
const PAGE_SIZE = 500;

export function createWorkflowCensus(client: Client): WorkflowCensus {
  const within = <Result>(call: () => Promise<Result>) => withinDeadline(client, DEADLINE_MS, call);

  return {
    async look(consentId) {
      const handle = client.workflow.getHandle(consentWorkflowId(consentId));
      const described = await within(() => handle.describe()).catch(missing);
      if (!described) return { kind: 'missing' };
      const { name } = described.status;
      if (STOPPED.includes(name)) return { kind: 'stopped' };
      if (name !== 'COMPLETED') return { kind: 'running' };
      const { status } = (await within(() => handle.result())) as ConsentResult;
      return { kind: 'completed', status };
    },

    async listRunning(pageToken) {
      const { executions, nextPageToken } = await within(() =>
        client.workflowService.listWorkflowExecutions({
          namespace: client.options.namespace,
          query: RUNNING_CONSENTS,
          pageSize: PAGE_SIZE,
          ...(pageToken && { nextPageToken: pageToken }),
        }),
      );
      return {
        workflows: executions.map(({ execution, startTime }) =>
          runningWorkflow(execution?.workflowId ?? '', execution?.runId ?? '', Number(startTime?.seconds ?? 0) * 1000),
        ),
        ...(nextPageToken.length > 0 && { nextPageToken }),
      };
    },

    async terminate({ workflowId, runId }, reason) {
      const handle = client.workflow.getHandle(workflowId, runId);
      const ended = await within(() => handle.terminate(reason)).catch(missing);
      return ended !== undefined;
    },
  };
}

/** Ends that are not the workflow's own. Whatever else is not completed goes on, paused ones too. */
const STOPPED: readonly WorkflowExecutionStatusName[] = ['FAILED', 'CANCELLED', 'TERMINATED', 'TIMED_OUT'];

function runningWorkflow(workflowId: string, runId: string, startedAt: number): RunningWorkflow {
  const consentId = consentIdOf(workflowId);
  return { workflowId, runId, startedAt, ...(consentId !== undefined && { consentId }) };
}

function missing(error: unknown): undefined {
  if (error instanceof WorkflowNotFoundError) return undefined;
  throw error;
}
