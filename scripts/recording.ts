import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporal } from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { parseKeyRing } from '../src/store/key-ring';
import { dataConverterFor } from '../src/temporal/connection';
import { SEARCH_ATTRIBUTES } from '../src/workflows/contract';
import { repositoryRoot } from './setup/repository';
import { findTemporalTestServer } from './setup/temporal';

export const HISTORIES = path.join(repositoryRoot, 'test/replay/histories');

/** Histories are encrypted; these keys protect nothing and lie beside them. */
export const RECORDING_CONVERTER = dataConverterFor(
  parseKeyRing(readFileSync(path.join(HISTORIES, 'payload-keys.txt'), 'utf8').trim()),
);

/** A server that skips time, for as long as something is recorded. */
export async function withRecordingServer(work: (env: TestWorkflowEnvironment) => Promise<void>): Promise<void> {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
  });
  await mkdir(HISTORIES, { recursive: true });
  const server = await findTemporalTestServer();
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: server.path } },
    client: { dataConverter: RECORDING_CONVERTER },
  });
  try {
    await registerSearchAttributes(env);
    await work(env);
  } finally {
    await env.teardown();
  }
}

/** Protobuf inside JSON: the SDK's own JSON form needs one copy of protobufjs in the tree, which npm does not promise. */
export async function writeHistory(name: string, history: temporal.api.history.v1.IHistory): Promise<void> {
  const protobuf = Buffer.from(temporal.api.history.v1.History.encode(history).finish()).toString('base64');
  const events = history.events?.length ?? 0;
  await writeFile(path.join(HISTORIES, `${name}.json`), `${JSON.stringify({ name, events, protobuf }, null, 2)}\n`);
  console.log(`${name}: ${events} events`);
}

async function registerSearchAttributes(env: TestWorkflowEnvironment): Promise<void> {
  await env.connection.operatorService.addSearchAttributes({
    namespace: 'default',
    // temporal.api.enums.v1.IndexedValueType: KEYWORD 2, DATETIME 6.
    searchAttributes: Object.fromEntries(
      Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => [name, type === 'DATETIME' ? 6 : 2]),
    ),
  });
}
