import type { StackDescription } from '../../../scripts/dev/stack-description';
import { parseKeyRing } from '../../../src/store/key-ring';
import { createPayloadCodec } from '../../../src/temporal/payload-codec';
import { withRawClient } from './temporal';

/** What the workflow of a consent was told of its bank, oldest first. */
export async function bankReports(stack: StackDescription, consentId: string): Promise<Record<string, unknown>[]> {
  const codec = createPayloadCodec(parseKeyRing(stack.productEnvironment['PAYLOAD_KEYS'] ?? ''));
  const { events } = await withRawClient(stack, (client) =>
    client.workflow.getHandle(`consent-${consentId}`).fetchHistory(),
  );
  const signals = (events ?? [])
    .map((event) => event.workflowExecutionSignaledEventAttributes)
    .filter((signal) => signal?.signalName === 'bankReported');
  return Promise.all(
    signals.map(async (signal) => {
      const [payload] = await codec.decode(signal?.input?.payloads ?? []);
      return JSON.parse(Buffer.from(payload?.data ?? []).toString()) as Record<string, unknown>;
    }),
  );
}
