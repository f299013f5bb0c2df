import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import getPort from 'get-port';
import { findTemporalCli } from '../../../scripts/setup/temporal';
import { startTemporalServer, type TemporalServer } from '../../../scripts/setup/temporal-server';
import type { ConsentStatus } from '../../../src/domain/consent';
import { consentWorkflowId, type ConsentId } from '../../../src/domain/ids';
import { parseKeyRing } from '../../../src/store/key-ring';
import { createTemporalClient, dataConverterFor, type TemporalSettings } from '../../../src/temporal/connection';
import { CONSENT_WORKFLOW, TASK_QUEUE } from '../../../src/workflows/contract';
import { bundleOf } from '../../workflow/support/bundle';
import { until } from './until';

/** A Temporal server of its own: what lists all workflows and ends some must not find those of other tests. */
export class OwnTemporal {
  private worker: { readonly worker: Worker; readonly running: Promise<void> } | undefined;

  private constructor(
    readonly client: Client,
    readonly settings: TemporalSettings,
    private readonly server: TemporalServer,
    private readonly directory: string,
    private readonly native: NativeConnection,
  ) {}

  static async open(): Promise<OwnTemporal> {
    Runtime.install({
      logger: new DefaultLogger('ERROR'),
      // A workflow that is terminated at work is no news here.
      telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
      shutdownSignals: [],
    });
    const directory = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-temporal-'));
    const [cli, port] = await Promise.all([findTemporalCli(), getPort()]);
    const logFile = path.join(directory, 'temporal.log');
    const server = await startTemporalServer({ cli: cli.path, port, logFile });
    const settings: TemporalSettings = {
      TEMPORAL_ADDRESS: server.address,
      TEMPORAL_NAMESPACE: 'default',
      TEMPORAL_API_KEY: undefined,
      TEMPORAL_TLS: false,
      PAYLOAD_KEYS: parseKeyRing(`test:${randomBytes(32).toString('base64url')}`),
    };
    const native = await NativeConnection.connect({ address: server.address });
    return new OwnTemporal(createTemporalClient(settings), settings, server, directory, native);
  }

  /** A worker with housekeeping as it is and consents that do as they are told. */
  async work(activities: object): Promise<void> {
    const worker = await Worker.create({
      connection: this.native,
      taskQueue: TASK_QUEUE,
      workflowBundle: await bundleOf(path.join(__dirname, 'brief-workflows.ts')),
      activities,
      dataConverter: dataConverterFor(this.settings.PAYLOAD_KEYS),
    });
    this.worker = { worker, running: worker.run() };
  }

  async close(): Promise<void> {
    this.worker?.worker.shutdown();
    await this.worker?.running;
    await this.native.close();
    await this.client.connection.close();
    await this.server.child.stop();
    await Runtime.instance().shutdown();
    await rm(this.directory, { recursive: true, force: true });
  }

  /** The consent's workflow, running until somebody ends it, or completed. */
  async start(consentId: ConsentId, completeAs?: ConsentStatus): Promise<void> {
    const handle = await this.client.workflow.start(CONSENT_WORKFLOW, {
      workflowId: consentWorkflowId(consentId),
      taskQueue: TASK_QUEUE,
      args: [{ consentId, ...(completeAs && { completeAs }) }],
    });
    if (completeAs) await handle.result();
  }

  async terminate(consentId: ConsentId): Promise<void> {
    await this.client.workflow.getHandle(consentWorkflowId(consentId)).terminate('by the test');
  }

  async terminateAll(): Promise<void> {
    for await (const { workflowId, runId } of this.client.workflow.list({ query: `ExecutionStatus = 'Running'` })) {
      await this.client.workflow.getHandle(workflowId, runId).terminate('by the test');
    }
    await this.lists(0);
  }

  async statusOf(consentId: ConsentId): Promise<string> {
    return (await this.client.workflow.getHandle(consentWorkflowId(consentId)).describe()).status.name;
  }

  /** Until the server lists so many as running: what it lists is a little behind. */
  async lists(count: number): Promise<void> {
    const query = `WorkflowType = '${CONSENT_WORKFLOW}' AND ExecutionStatus = 'Running'`;
    await until(`a list of ${count}`, async () => (await this.client.workflow.count(query)).count === count);
  }
}
