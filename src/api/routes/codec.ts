import type { Request, RequestHandler } from 'express';
import type { Payload } from '@temporalio/common';
import { z } from 'zod';
import { ConsentFailure } from '../../domain/failures';
import { workflowIdBeside } from '../../temporal/payload-codec';
import type { ApiDependencies } from '../dependencies';
import { RequestFailure } from '../problem';

/** Protobuf's JSON form: bytes as base64. */
export const payloadsSchema = z.looseObject({
  payloads: z
    .array(z.looseObject({ metadata: z.record(z.string(), z.base64()).default({}), data: z.base64().default('') }))
    .max(5_000),
});

/**
 * `POST /codec/decode` (operator): opens payloads for the Temporal UI and CLI, by Temporal's remote codec protocol. Who asked and
 * for what is written down before (`audited`); what was in them is not.
 */
export function decodePayloads({ payloadCodec }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const parsed = payloadsSchema.safeParse(request.body);
    if (!parsed.success) {
      throw new RequestFailure('request_invalid', [{ path: 'payloads', message: 'not a list of payloads' }]);
    }
    const decoded = await payloadCodec.decode(parsed.data.payloads.map(payloadOf)).catch(() => {
      throw new RequestFailure('request_invalid', [{ path: 'payloads', message: 'a payload does not open' }]);
    });
    response.set('Cache-Control', 'no-store').json({ payloads: decoded.map(jsonOf) });
  };
}

/** A page of the UI's history is of one workflow; more than these is somebody who collects. */
const NAMED_WORKFLOWS = 20;
/** Of our own making, and of whoever started a round by hand. */
const WORKFLOW_ID = /^[A-Za-z0-9._:-]{1,200}$/;

/** What a decode is written down as. The ids are what the payloads say; the outcome `done` proves them. */
export function subjectOfDecode(request: Request): Record<string, unknown> {
  const parsed = payloadsSchema.safeParse(request.body);
  const payloads = parsed.success ? parsed.data.payloads : [];
  const ids = new Set(payloads.map((payload) => workflowIdBeside(payloadOf(payload))));
  const workflows = [...ids].filter((id) => id !== undefined && WORKFLOW_ID.test(id));
  return {
    payloads: payloads.length,
    workflows: workflows.slice(0, NAMED_WORKFLOWS),
    ...(workflows.length > NAMED_WORKFLOWS && { workflowsInAll: workflows.length }),
    namespace: request.get('x-namespace'),
  };
}

/**
 * The Temporal UI's origin, exactly, may ask from a browser; a page of any other is refused. Programs send no Origin.
 *
 * @throws {ConsentFailure} forbidden
 */
export function allowCodecOrigin(allowed: string | undefined): RequestHandler {
  return (request, response, next) => {
    response.vary('Origin');
    const origin = request.get('origin');
    if (origin !== undefined) {
      if (origin !== allowed) throw new ConsentFailure('forbidden', 'pages of this origin may not ask.');
      response.set({
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Allow-Methods': 'POST',
        'Access-Control-Allow-Headers': 'authorization, content-type, x-namespace',
        'Access-Control-Allow-Credentials': 'true',
        'Access-Control-Max-Age': '600',
      });
    }
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
