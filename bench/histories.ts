import { Client, Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { consentWorkflowId, type ConsentId } from '../src/domain/ids';

/** What one consent, from request until it sleeps, leaves in Temporal. Means over the sample. */
export interface HistoryFigures {
  sampled: number;
  workflowTasks: number;
  events: number;
  bytes: number;
  /** Mean count of each kind of event. */
  byType: Record<string, number>;
}

interface Place {
  temporalAddress: string;
  temporalNamespace: string;
}

const { EventType } = temporal.api.enums.v1;

/** Reads the histories of some consents; payloads stay encrypted, nobody looks into them. */
export async function readHistories(place: Place, consentIds: readonly string[]): Promise<HistoryFigures> {
  const connection = await Connection.connect({ address: place.temporalAddress });
  try {
    const client = new Client({ connection, namespace: place.temporalNamespace });
    const histories = await Promise.all(consentIds.map((id) => readHistory(client, id as ConsentId)));
    const mean = (of: (history: History) => number): number =>
      round(histories.reduce((sum, history) => sum + of(history), 0) / histories.length);
    const types = [...new Set(histories.flatMap(({ types }) => types))];
    return {
      sampled: histories.length,
      workflowTasks: mean(({ types }) => countOf(types, 'WORKFLOW_TASK_COMPLETED')),
      events: mean(({ types }) => types.length),
      bytes: mean(({ bytes }) => bytes),
      byType: Object.fromEntries(types.map((type) => [type, mean((history) => countOf(history.types, type))])),
    };
  } finally {
    await connection.close();
  }
}

interface History {
  types: string[];
  bytes: number;
}

async function readHistory(client: Client, id: ConsentId): Promise<History> {
  const handle = client.workflow.getHandle(consentWorkflowId(id));
  const [{ historySize = 0 }, { events }] = await Promise.all([handle.describe(), handle.fetchHistory()]);
  const types = (events ?? []).map(({ eventType }) =>
    (EventType[eventType ?? 0] ?? 'unknown').replace('EVENT_TYPE_', ''),
  );
  return { types, bytes: historySize };
}

const countOf = (types: readonly string[], wanted: string): number => types.filter((type) => type === wanted).length;

const round = (value: number): number => Math.round(value * 10) / 10;
