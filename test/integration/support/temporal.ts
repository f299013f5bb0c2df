import { Client, Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import type { Payload } from '@temporalio/common';
import type { StackDescription } from '../../../scripts/dev/stack-description';
import { parseKeyRing } from '../../../src/store/key-ring';
import { createPayloadCodec } from '../../../src/temporal/payload-codec';

/** The server as an operator's tools see it: no payload codec, so everything is as it is stored. */
export async function withRawClient<Result>(
  { temporalAddress, temporalNamespace }: Pick<StackDescription, 'temporalAddress' | 'temporalNamespace'>,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const connection = await Connection.connect({ address: temporalAddress });
  try {
    return await work(new Client({ connection, namespace: temporalNamespace }));
  } finally {
    await connection.close();
  }
}

export interface ExportedWorkflow {
  /** As `temporal workflow show --output json` prints it, payloads in base64. */
  history: string;
  /** The same history as the server sends it, payload bytes as they are. */
  bytes: Buffer;
  /** And once more as an operator with the keys reads it. */
  decoded: string;
  /** Workflow id, search attributes, memo: what a list shows. */
  description: string;
}

export async function exportWorkflows(stack: StackDescription): Promise<ExportedWorkflow[]> {
  const codec = createPayloadCodec(parseKeyRing(stack.productEnvironment['PAYLOAD_KEYS'] ?? ''));
  return withRawClient(stack, async (client) => {
    const exported: ExportedWorkflow[] = [];
    for await (const { workflowId, runId } of client.workflow.list()) {
      const handle = client.workflow.getHandle(workflowId, runId);
      const [history, description] = await Promise.all([handle.fetchHistory(), handle.describe()]);
      const payloads = await codec.decode(payloadsIn(history));
      exported.push({
        history: JSON.stringify(history),
        bytes: Buffer.from(temporal.api.history.v1.History.encode(history).finish()),
        decoded: payloads.map(({ data }) => Buffer.from(data ?? []).toString('latin1')).join('\n'),
        description: JSON.stringify(description.raw),
      });
    }
    return exported;
  });
}

/** Every payload below a node, in messages, details and failures alike. */
function payloadsIn(node: unknown): Payload[] {
  if (typeof node !== 'object' || node === null || node instanceof Uint8Array) return [];
  const { metadata, data } = node as { metadata?: unknown; data?: unknown };
  if (typeof metadata === 'object' && metadata !== null && data instanceof Uint8Array) return [node];
  return Object.values(node).flatMap(payloadsIn);
}
