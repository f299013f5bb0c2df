import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DataConverter } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { History } from '@temporalio/worker';
import { parseKeyRing } from '../../../src/store/key-ring';
import { dataConverterFor } from '../../../src/temporal/connection';

const DIRECTORY = path.join(__dirname, '../histories');

/** A history that `scripts/record-histories.ts` recorded. */
export function recordedHistory(name: string): History {
  const { protobuf } = JSON.parse(readFileSync(path.join(DIRECTORY, `${name}.json`), 'utf8')) as { protobuf: string };
  return temporal.api.history.v1.History.decode(Buffer.from(protobuf, 'base64'));
}

/** Opens what was recorded. The keys protect nothing else. */
export function recordingConverter(): DataConverter {
  return dataConverterFor(parseKeyRing(readFileSync(path.join(DIRECTORY, 'payload-keys.txt'), 'utf8').trim()));
}
