import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { RequestHandler, Response } from 'express';
import type { BankDocument, DataAccess } from '../../data-access/data-access';
import { acceptableTo } from '../../data-access/media-types';
import type { DataResourceName } from '../../data-access/resources';
import { dataRequestOf } from '../data-request';

/** `GET /v1/consents/{consentId}/accounts/{accountId}/statements/{statementId}`: the file, while it comes. */
export function sendDocument(access: DataAccess, name: DataResourceName): RequestHandler {
  return async (request, response) => {
    const asked = dataRequestOf(request, response, name);
    const gone = new AbortController();
    response.once('close', () => {
      gone.abort();
    });
    const send = (document: BankDocument) => pass(document, response, request.method === 'HEAD');
    try {
      await access.open(asked, acceptableTo(request.get('accept')), gone.signal, send);
    } catch (error) {
      // What has begun is broken off, so that half a document never looks like one; and to one who has left nothing is said.
      if (!response.headersSent && !response.destroyed) throw error;
      response.destroy();
    }
  };
}

async function pass({ status, mediaType, body }: BankDocument, response: Response, isHead: boolean): Promise<void> {
  response.status(status).set({
    'Cache-Control': 'no-store',
    'Content-Type': mediaType,
    // Never opened as a page of ours.
    'Content-Disposition': 'attachment',
  });
  if (isHead) {
    await body.cancel();
    response.end();
    return;
  }
  // The bank may have broken off already, while the call was written down: an answer that breaks off is one all the same.
  response.flushHeaders();
  // Without a length: an answer in chunks that breaks off shows that it did (RFC 9112 §8).
  await pipeline(Readable.fromWeb(body as ReadableStream), response);
}
