import type { RequestHandler } from 'express';
import { ConsentFailure } from '../../domain/failures';
import { deleteEndpoint, listEndpoints, pauseEndpoint } from '../../store/webhook-endpoints';
import {
  registerEndpoint,
  resume,
  rotateSecret,
  tellUnanswered,
  updateEndpoint,
  verifyEndpoint,
} from '../../webhooks/endpoints';
import { applicationOf } from '../authentication';
import type { ApiDependencies } from '../dependencies';
import { idempotentIdOf } from '../idempotency';
import { parseBody } from '../request-input';
import { ownEndpoint } from '../own-webhook';
import { endpointChangeSchema, endpointRequestSchema, rotationSchema } from '../webhook-request';
import { endpointView } from '../../webhooks/views';

/**
 * `POST /v1/webhook-endpoints`: registers an endpoint and challenges it. One that does not answer is there, pending, and the answer
 * says why: its receiver may need the secret, which is shown here and nowhere else.
 */
export function createWebhookEndpoint({ webhooks }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { description = null, ...terms } = parseBody(endpointRequestSchema, request);
    const { id: applicationId } = applicationOf(response);
    const { endpoint, secret, outcome } = await registerEndpoint(
      webhooks,
      applicationId,
      { ...terms, description },
      { endpoint: idempotentIdOf(response, 'webhookEndpoint'), secret: idempotentIdOf(response, 'webhookSecret') },
    );
    response
      .status(201)
      .location(`/v1/webhook-endpoints/${endpoint.id}`)
      .set('Cache-Control', 'no-store')
      .json({
        ...endpointView(endpoint),
        secret,
        ...(outcome.kind === 'unanswered' && {
          verification: {
            failure: outcome.failure,
            ...(outcome.status !== undefined && { status: outcome.status }),
            detail: tellUnanswered(outcome),
          },
        }),
      });
  };
}

/** `GET /v1/webhook-endpoints`: the application's own, the oldest first. They are few. */
export function readWebhookEndpoints({ database }: ApiDependencies): RequestHandler {
  return async (_request, response) => {
    const rows = await listEndpoints(database, applicationOf(response).id);
    response.set('Cache-Control', 'no-store').json({ endpoints: rows.map(endpointView) });
  };
}

export function readWebhookEndpoint(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    response.set('Cache-Control', 'no-store').json(endpointView(await ownEndpoint(deps, request, response)));
  };
}

/** `PATCH …/{endpointId}`: a new address must answer a challenge; until it does nothing changes. */
export function updateWebhookEndpoint(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await ownEndpoint(deps, request, response);
    const { url, description, eventTypes } = parseBody(endpointChangeSchema, request);
    const changed = await updateEndpoint(deps.webhooks, row, {
      ...(url !== undefined && { url }),
      ...(description !== undefined && { description }),
      ...(eventTypes && { eventTypes }),
    });
    response.set('Cache-Control', 'no-store').json(endpointView(changed));
  };
}

/** `DELETE …/{endpointId}`: with its deliveries and their log. */
export function deleteWebhookEndpoint(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { id } = await ownEndpoint(deps, request, response);
    if (!(await deleteEndpoint(deps.database, id))) throw new ConsentFailure('webhook_endpoint_not_found');
    response.status(204).end();
  };
}

/** `POST …/verification`: challenges it again. */
export function verifyWebhookEndpoint(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await ownEndpoint(deps, request, response);
    response.set('Cache-Control', 'no-store').json(endpointView(await verifyEndpoint(deps.webhooks, row)));
  };
}

/** `POST …/pause`: what happens waits, until it is resumed. One that is not enabled stays as it is. */
export function pauseWebhookEndpoint(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await ownEndpoint(deps, request, response);
    const paused = (await pauseEndpoint(deps.database, row.id)) ?? row;
    response.set('Cache-Control', 'no-store').json(endpointView(paused));
  };
}

/** `POST …/resume`: a paused one goes on; one that was disabled answers a challenge first. */
export function resumeWebhookEndpoint(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await ownEndpoint(deps, request, response);
    response.set('Cache-Control', 'no-store').json(endpointView(await resume(deps.webhooks, row)));
  };
}

/** `POST …/secret-rotation`: the new secret is shown here and nowhere else. */
export function rotateWebhookSecret(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await ownEndpoint(deps, request, response);
    const rotation = parseBody(rotationSchema, request);
    const { secret, previousExpireAt } = await rotateSecret(
      deps.webhooks,
      row,
      rotation,
      idempotentIdOf(response, 'webhookSecret'),
    );
    response.set('Cache-Control', 'no-store').json({ secret, previousExpireAt: previousExpireAt.toISOString() });
  };
}
