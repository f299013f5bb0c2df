import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import {
  bundleWorkflowCode,
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { chooseRandomPort } from '../../../scripts/setup/ports';
import { findTemporalCli } from '../../../scripts/setup/temporal';
import { startTemporalServer, type TemporalServer } from '../../../scripts/setup/temporal-server';
import { WORKER_COMMANDS } from '../../../src/cli/commands/workers';
import type { CommandResult } from '../../../src/cli/command';
import { settingsOf } from '../../../src/config';
import { versioningOptions } from '../../../src/temporal/worker-version';
import { TASK_QUEUE } from '../../../src/workflows/contract';
import type { Sleeper } from './sleeper';

/** The server looks for what still runs on an old build every three minutes; a test has not the time. */
const DRAINAGE = {
  'matching.wv.VersionDrainageStatusVisibilityGracePeriod': '"1s"',
  'matching.wv.VersionDrainageStatusRefreshInterval': '"1s"',
};

/** A Temporal server of its own, and workers of several builds that all run sleepers. */
export class VersionedWorkers {
  private readonly stopping: (() => Promise<void>)[] = [];

  private constructor(
    private readonly directory: string,
    private readonly server: TemporalServer,
    private readonly bundle: WorkflowBundleOption,
    private readonly native: NativeConnection,
    readonly client: Client,
  ) {}

  static async start(): Promise<VersionedWorkers> {
    Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
    const directory = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-builds-'));
    const { path: cli } = await findTemporalCli();
    const [server, bundle] = await Promise.all([
      startTemporalServer({
        cli,
        port: await chooseRandomPort(),
        logFile: path.join(directory, 'temporal.log'),
        dynamicConfig: DRAINAGE,
      }),
      bundleWorkflowCode({ workflowsPath: path.join(__dirname, 'sleeper.ts'), logger: new DefaultLogger('ERROR') }),
    ]);
    const { address } = server;
    const [native, connection] = await Promise.all([
      NativeConnection.connect({ address }),
      Connection.connect({ address }),
    ]);
    return new VersionedWorkers(directory, server, bundle, native, new Client({ connection }));
  }

  /** Starts a worker with the options that `src/worker.ts` would give it. */
  async startWorker(buildId?: string): Promise<void> {
    const worker = await Worker.create({
      connection: this.native,
      taskQueue: TASK_QUEUE,
      workflowBundle: this.bundle,
      ...versioningOptions({ WORKER_DEPLOYMENT_NAME: 'fdx-consent', WORKER_BUILD_ID: buildId }),
    });
    const running = worker.run();
    this.stopping.push(async () => {
      worker.shutdown();
      await running;
    });
  }

  startSleeper(workflowId: string, wakeEveryMs: number): Promise<WorkflowHandle<typeof Sleeper>> {
    const args: Parameters<typeof Sleeper> = [{ generation: 0, wakeEveryMs }];
    return this.client.workflow.start<typeof Sleeper>('Sleeper', { workflowId, taskQueue: TASK_QUEUE, args });
  }

  /** What commands about its builds need. */
  get environment(): { TEMPORAL_ADDRESS: string } {
    return { TEMPORAL_ADDRESS: this.server.address };
  }

  command(verb: string, positionals: string[] = [], values: Record<string, unknown> = {}): Promise<CommandResult> {
    return runWorkersCommand(this.environment, verb, positionals, values);
  }

  async end(): Promise<void> {
    await Promise.all(this.stopping.map((stop) => stop()));
    await this.native.close();
    await this.client.connection.close();
    await this.server.child.stop();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** `fdx-consent workers …`, as the command line runs it. */
export async function runWorkersCommand(
  environment: NodeJS.ProcessEnv,
  verb: string,
  positionals: string[] = [],
  values: Record<string, unknown> = {},
): Promise<CommandResult> {
  const command = WORKER_COMMANDS.find(({ words }) => words[1] === verb);
  if (!command) throw new Error(`no command workers ${verb}`);
  return command.run(values, positionals, settingsOf(environment));
}
