import type { Client } from '@temporalio/client';
import type { StackDescription } from '../../../scripts/dev/stack-description';
import { parseKeyRing } from '../../../src/store/key-ring';
import { createTemporalClient } from '../../../src/temporal/connection';
import { TASK_QUEUE } from '../../../src/workflows/contract';
import { RECONCILE_WORKFLOW, type ReconcileResult } from '../../../src/workflows/reconcile-contract';

/** Rounds over the institutions of a stack of one's own, begun by a test and by nobody else. */
export class Rounds {
  #begun = 0;

  private constructor(readonly client: Client) {}

  static async at(stack: StackDescription): Promise<Rounds> {
    const client = createTemporalClient({
      TEMPORAL_ADDRESS: stack.temporalAddress,
      TEMPORAL_NAMESPACE: stack.temporalNamespace,
      TEMPORAL_API_KEY: undefined,
      TEMPORAL_TLS: false,
      PAYLOAD_KEYS: parseKeyRing(stack.productEnvironment['PAYLOAD_KEYS'] ?? ''),
    });
    await client.schedule.getHandle('fdx-consent-reconcile').pause('tests');
    return new Rounds(client);
  }

  /** One round, from its beginning to its end. */
  run(): Promise<ReconcileResult> {
    this.#begun += 1;
    return this.client.workflow.execute(RECONCILE_WORKFLOW, {
      workflowId: `round-${this.#begun}`,
      taskQueue: TASK_QUEUE,
      args: [{ version: 1 }],
    });
  }

  close(): Promise<void> {
    return this.client.connection.close();
  }
}
