import type { RequestHandler } from 'express';
import { ConsentFailure } from '../../domain/failures';
import {
  insertTest,
  listAttempts,
  listDeliveries,
  MOST_REPLAYED,
  replayEvents,
  retryDelivery,
} from '../../store/webhook-deliveries';
import type { ApiDependencies } from '../dependencies';
import { idempotentIdOf } from '../idempotency';
import { parseBody } from '../request-input';
import { ownDelivery, ownEndpoint } from '../own-webhook';
import { parseQuery } from '../request-input';
import { deliveriesQuerySchema, replaySchema } from '../webhook-request';
import { deliveryLogView, deliveryView } from '../../webhooks/views';

/** `GET …/deliveries`: the newest first, a page at a time. */
export function readWebhookDeliveries(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { id } = await ownEndpoint(deps, request, response);
    const { cursor, limit, ...filter } = parseQuery(deliveriesQuerySchema, request);
    const rows = await listDeliveries(deps.database, id, { ...filter, after: cursor, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    response.set('Cache-Control', 'no-store').json({
      deliveries: page.map(deliveryView),
      ...(rows.length > page.length && last && { nextCursor: last.position }),
    });
  };
}

/** `GET …/deliveries/{deliveryId}`: with each attempt. */
export function readWebhookDelivery(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await ownDelivery(deps, request, response);
    const attempts = await listAttempts(deps.database, row.id);
    response.set('Cache-Control', 'no-store').json(deliveryLogView(row, attempts));
  };
}

/** `POST …/deliveries/{deliveryId}/retry`: now, with all of its retries before it, whatever became of it. */
export function retryWebhookDelivery(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await ownDelivery(deps, request, response);
    const again = await retryDelivery(deps.database, row.endpoint_id, row.id);
    if (!again) throw new ConsentFailure('webhook_delivery_not_found');
    response.status(202).set('Cache-Control', 'no-store').json(deliveryView(again));
  };
}

/** `POST …/replay`: events again under the same ids, also those that the endpoint never got. */
export function replayWebhooks(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { id } = await ownEndpoint(deps, request, response);
    const replay = parseBody(replaySchema, request);
    const queued = await replayEvents(
      deps.database,
      id,
      'eventIds' in replay ? replay : { ...replay, until: replay.until ?? new Date() },
    );
    response
      .status(202)
      .set('Cache-Control', 'no-store')
      .json({ queued, isComplete: queued < MOST_REPLAYED });
  };
}

/** `POST …/test`: an event of type `test.ping`, about nothing. */
export function testWebhookEndpoint(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { id } = await ownEndpoint(deps, request, response);
    response
      .status(202)
      .set('Cache-Control', 'no-store')
      .json(deliveryView(await insertTest(deps.database, id, idempotentIdOf(response, 'webhookDelivery'))));
  };
}
