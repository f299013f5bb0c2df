import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { SupervisedChild } from './child-process';
import type { Probe } from './readiness';

export interface TemporalServerOptions {
  /** From findTemporalCli. */
  cli: string;
  port: number;
  /** Without it there is no UI. */
  uiPort?: number;
  ip?: string;
  /** Without it everything is in memory and gone when the server ends. */
  dataFile?: string;
  codecEndpoint?: string;
  /** Settings of the server by name, as JSON; for a test that cannot wait as long as a server in production does. */
  dynamicConfig?: Record<string, string>;
  logFile: string;
  runDirectory?: string;
  name?: string;
  signal?: AbortSignal;
}

export interface TemporalServer {
  address: string;
  uiUrl?: string;
  child: SupervisedChild;
}

/** Typed search attributes of a consent. No personal data: they are stored and shown in the clear. */
export const SEARCH_ATTRIBUTES = {
  ConsentStatus: 'Keyword',
  InstitutionId: 'Keyword',
  ApplicationId: 'Keyword',
  NextAction: 'Keyword',
  ConsentExpiresAt: 'Datetime',
} as const;

const NAMESPACE = 'default';

/** Starts the real Temporal server (the CLI's dev server) and returns once it serves our namespace and attributes. */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  const { ip = '127.0.0.1', port, uiPort, logFile, name = 'temporal' } = options;
  if (options.dataFile) await mkdir(path.dirname(options.dataFile), { recursive: true });
  const address = `${ip}:${port}`;
  const child = await SupervisedChild.start({
    name,
    command: options.cli,
    args: serverArguments(options, ip),
    env: { ...process.env },
    logFile,
    ...(options.signal && { signal: options.signal }),
    runDirectory: options.runDirectory ?? path.join(path.dirname(logFile), 'run'),
    ready: servesConsents(address),
  });
  return { address, child, ...(uiPort !== undefined && { uiUrl: `http://localhost:${uiPort}` }) };
}

function serverArguments(options: TemporalServerOptions, ip: string): string[] {
  const { port, uiPort, dataFile, codecEndpoint } = options;
  const attributes = Object.entries(SEARCH_ATTRIBUTES).flatMap(([key, type]) => [
    '--search-attribute',
    `${key}=${type}`,
  ]);
  const ui = uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort), '--ui-disable-news-fetch'];
  const codec = codecEndpoint && uiPort !== undefined ? ['--ui-codec-endpoint', codecEndpoint] : [];
  // WAL with synchronous=NORMAL: a third more throughput than SQLite's defaults, and a kill loses nothing but the last
  // instants before a power cut. In memory neither means anything.
  const pragmas = ['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=1'];
  const storage = dataFile ? ['--db-filename', dataFile, ...pragmas] : [];
  // Lets a test or a demo skip a year of one workflow's time. Off for every workflow until it is asked for.
  const dynamicConfig = { 'frontend.WorkflowTimeSkippingEnabled': 'true', ...options.dynamicConfig };
  return [
    'server',
    'start-dev',
    '--ip',
    ip,
    '--port',
    String(port),
    '--log-level',
    'warn',
    ...ui,
    ...codec,
    ...storage,
    ...Object.entries(dynamicConfig).flatMap(([name, value]) => ['--dynamic-config-value', `${name}=${value}`]),
    ...attributes,
  ];
}

/** The port answers before the namespace and its attributes are there, so all three are asked for. */
function servesConsents(address: string): Probe {
  return async () => {
    const connection = await Connection.connect({ address, connectTimeout: '2s' });
    try {
      return await connection.withDeadline(Date.now() + 2_000, async () => {
        await connection.healthService.check({ service: 'temporal.api.workflowservice.v1.WorkflowService' });
        await connection.workflowService.describeNamespace({ namespace: NAMESPACE });
        const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: NAMESPACE });
        return Object.keys(SEARCH_ATTRIBUTES).every((key) => key in customAttributes);
      });
    } finally {
      await connection.close();
    }
  };
}
