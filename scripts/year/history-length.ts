import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';

const { EventType } = temporal.api.enums.v1;
const { History } = temporal.api.history.v1;

/** What a workflow has written into Temporal's history, all its runs together. */
export interface HistoryLength {
  runs: number;
  events: number;
  /** As the server counts: the events in protobuf, payloads encrypted as they are. */
  bytes: number;
  /** Which kinds of events, and how many. */
  byType: Record<string, number>;
}

/** That time was skipped is written down as well. A consent that has to wait for its year has no such events. */
const SKIPPING = new Set(['WORKFLOW_EXECUTION_OPTIONS_UPDATED', 'WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED']);

/** How long the history is, but for what the skipping of time put there. */
export async function lengthOf(client: Client, workflowId: string): Promise<HistoryLength> {
  const { raw } = await client.workflow.getHandle(workflowId).describe();
  const length: HistoryLength = { runs: 0, events: 0, bytes: 0, byType: {} };
  let runId = raw.workflowExecutionInfo?.firstRunId;
  while (runId) {
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const kept = (events ?? []).filter(({ eventType }) => !SKIPPING.has(nameOf(eventType)));
    length.runs += 1;
    length.events += kept.length;
    length.bytes += History.encode({ events: kept }).finish().byteLength;
    for (const { eventType } of kept) {
      length.byType[nameOf(eventType)] = (length.byType[nameOf(eventType)] ?? 0) + 1;
    }
    runId = kept.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return length;
}

function nameOf(eventType: temporal.api.enums.v1.EventType | null | undefined): string {
  return (EventType[eventType ?? 0] ?? 'unknown').replace('EVENT_TYPE_', '');
}
