import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { EXPORT_FORMATS, MEDIA_TYPES } from '../../exports/format';
import { exportRecords, type ExportedRecords } from '../../exports/export-records';
import { applicationOf } from '../authentication';
import type { ApiDependencies } from '../dependencies';
import { instant, parseQuery } from '../request-input';

export const exportQuerySchema = z
  .strictObject({ from: instant, to: instant, format: z.enum(EXPORT_FORMATS).default('ndjson') })
  .refine(({ from, to }) => !(from >= to), { path: ['to'], message: 'later than from' });

/** Whoever takes nothing for so long is gone, and what is held for them is let go. */
const SILENCE_MS = 60_000;

/** `GET /v1/exports/consents` and `/events`: the application's own of a period, as a file that comes while it is read. */
export function sendExport(
  { database, log }: Pick<ApiDependencies, 'database' | 'log'>,
  records: ExportedRecords,
): RequestHandler {
  return async (request, response) => {
    const asked = parseQuery(exportQuerySchema, request);
    const { format } = asked;
    const chunks = exportRecords(database, { ...asked, records, applicationId: applicationOf(response).id });
    // Before the first byte a failure is still an answer.
    const first = request.method === 'HEAD' ? undefined : await chunks.next();
    response.set({
      'Cache-Control': 'no-store',
      'Content-Type': MEDIA_TYPES[format],
      'Content-Disposition': `attachment; filename="${records}.${format}"`,
    });
    if (first?.done !== false) {
      response.end();
      return;
    }
    response.setTimeout(SILENCE_MS, () => response.destroy());
    try {
      // Without a length: an answer in chunks that breaks off shows that it did (RFC 9112 §8). Nothing is fetched ahead.
      await pipeline(Readable.from(continued(first.value, chunks), { objectMode: true, highWaterMark: 1 }), response);
    } catch {
      // What has begun is broken off, so that half a file never looks like one; and to one who has left nothing is said.
      log.warn({ requestId: response.locals['requestId'] as string }, 'an export was broken off');
      response.destroy();
    }
  };
}

async function* continued(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string, void, undefined> {
  try {
    yield first;
    yield* rest;
  } finally {
    // Also when nobody took the first one: what it holds is let go.
    await rest.return(undefined);
  }
}
