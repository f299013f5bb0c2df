import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CapturedAnswer, prepareAnswer } from './captured-answer';

const MEGABYTE = 1024 * 1024;
const CHUNK = Buffer.alloc(64 * 1024, 'a');

/**
 * The bank's own JSON, made as long as it takes by one more member. No content-length: the client learns how much it is by
 * reading, and the bank stops early only where the client hangs up.
 */
export async function sendOversized(res: ServerResponse, given: CapturedAnswer, megabytes: number): Promise<void> {
  prepareAnswer(res, given);
  res.removeHeader('content-length');
  res.setHeader('content-type', 'application/json');
  await pipeline(Readable.from(padded(given.body, megabytes * MEGABYTE)), res);
}

function* padded(body: Buffer, size: number): Generator<Buffer> {
  const json = body.toString('utf8').trimEnd();
  const members = json.startsWith('{') && json.endsWith('}') ? json.slice(1, -1) : '';
  yield Buffer.from(`{${members}${members === '' ? '' : ','}"padding":"`);
  for (let sent = 0; sent < size; sent += CHUNK.length) yield CHUNK;
  yield Buffer.from('"}');
}
