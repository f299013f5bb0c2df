import type { RequestHandler } from 'express';
import type { Payload } from '@temporalio/common';
import { z } from 'zod';
import { operatorKeyOf } from '../authentication';
import type { ApiDependencies } from '../dependencies';
import { RequestFailure } from '../problem';

/** Protobuf's JSON form: bytes as base64. */
const payloadsSchema = z.looseObject({
  payloads: z
    .array(z.looseObject({ metadata: z.record(z.string(), z.base64()).default({}), data: z.base64().default('') }))
    .max(5_000),
});

/**
 * `POST /codec/decode` (operator): opens payloads for the Temporal UI and CLI, by Temporal's remote codec protocol. Who asked
 * and for how many is logged; what was in them is not.
 */
export function decodePayloads({ payloadCodec, log }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const parsed = payloadsSchema.safeParse(request.body);
    if (!parsed.success) {
      throw new RequestFailure('request_invalid', [{ path: 'payloads', message: 'not a list of payloads' }]);
    }
    const payloads = parsed.data.payloads.map(payloadOf);
    const decoded = await payloadCodec.decode(payloads).catch(() => {
      throw new RequestFailure('request_invalid', [{ path: 'payloads', message: 'a payload does not open' }]);
    });
    log.info({ operatorKey: operatorKeyOf(response), payloads: payloads.length }, 'payloads decoded');
    response.set('Cache-Control', 'no-store').json({ payloads: decoded.map(jsonOf) });
  };
}

/** The Temporal UI's origin, exactly, may ask from a browser; nobody else's. */
export function allowCodecOrigin(origin: string | undefined): RequestHandler {
  return (request, response, next) => {
    if (origin !== undefined && request.get('origin') === origin) {
      response.set({
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Allow-Methods': 'POST',
        'Access-Control-Allow-Headers': 'authorization, content-type, x-namespace',
        'Access-Control-Allow-Credentials': 'true',
        'Access-Control-Max-Age': '600',
      });
    }
    response.vary('Origin');
    if (request.method === 'OPTIONS') response.status(204).end();
    else next();
  };
}

function payloadOf({ metadata, data }: { metadata: Record<string, string>; data: string }): Payload {
  const entries = Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')] as const);
  return { metadata: Object.fromEntries(entries), data: Buffer.from(data, 'base64') };
}

function jsonOf({ metadata, data }: Payload) {
  const entries = Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]);
  return { metadata: Object.fromEntries(entries) as object, data: Buffer.from(data ?? []).toString('base64') };
}
