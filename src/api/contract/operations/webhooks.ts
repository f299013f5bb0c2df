import {
  deliveriesQuerySchema,
  endpointChangeSchema,
  endpointRequestSchema,
  replaySchema,
  rotationSchema,
} from '../../webhook-request';
import {
  deliveryListSchema,
  deliveryLogSchema,
  deliverySchema,
  endpointListSchema,
  endpointSchema,
  registeredEndpointSchema,
  replayedSchema,
  rotatedSecretSchema,
} from '../../../webhooks/views';
import { answersJson, CREATED_AT, NO_BODY } from '../answers';
import { operation } from '../operation';

const MANAGE = { role: 'application', scope: 'webhooks:manage' } as const;
const ENDPOINT = '/v1/webhook-endpoints/{endpointId}';
const COMMON = { tag: 'Webhooks', access: MANAGE } as const;
const NOT_FOUND = ['webhook_endpoint_not_found'] as const;

const endpoint = {
  id: 'whe_0193a6c0d0f07aaab5c1d2e3f4a5b6c7',
  url: 'https://app.example/webhooks',
  eventTypes: ['consent.*', 'notice.given'],
  status: 'enabled',
  verifiedAt: '2026-11-28T10:15:31.000Z',
  createdAt: '2026-11-28T10:15:30.000Z',
  updatedAt: '2026-11-28T10:15:31.000Z',
};
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw0a1b2c3d4e4=';
const unsettled = {
  id: 'whd_5f0c2f0e6f0e4a539b0b0a5f0c1d2e3f',
  endpointId: endpoint.id,
  eventId: 'evt_9b74c9897bac770ffc029102a200c5de',
  webhookId: 'evt_9b74c9897bac770ffc029102a200c5de',
  type: 'consent.active',
  attempts: 2,
  createdAt: '2026-11-28T10:15:30.000Z',
};
const delivery = { ...unsettled, status: 'delivered', settledAt: '2026-11-28T10:15:36.000Z' };
const waiting = { ...unsettled, status: 'waiting', nextAttemptAt: '2026-11-28T10:15:36.000Z' };

const theEndpoint = (description: string) => ({ 200: answersJson(description, endpointSchema, endpoint) });

export const listWebhookEndpointsOperation = operation({
  ...COMMON,
  id: 'listWebhookEndpoints',
  method: 'get',
  path: '/v1/webhook-endpoints',
  summary: 'Your webhook endpoints',
  answers: { 200: answersJson('All of them, the oldest first.', endpointListSchema, { endpoints: [endpoint] }) },
});

export const createWebhookEndpointOperation = operation({
  ...COMMON,
  id: 'createWebhookEndpoint',
  method: 'post',
  path: '/v1/webhook-endpoints',
  summary: 'Register a webhook endpoint',
  description:
    'The endpoint is challenged at once. One that does not answer is registered as `pending`, and `verification` says why: store the secret, then call `POST …/verification`.',
  body: {
    schema: endpointRequestSchema,
    limit: '64kb',
    examples: { all: { url: endpoint.url }, some: { url: endpoint.url, eventTypes: endpoint.eventTypes } },
  },
  answers: {
    201: {
      ...answersJson('Registered. The secret is shown here and nowhere else.', registeredEndpointSchema, {
        ...endpoint,
        secret,
      }),
      headers: CREATED_AT,
    },
  },
  failures: ['webhook_url_refused', 'webhook_limit_reached'],
});

export const getWebhookEndpointOperation = operation({
  ...COMMON,
  id: 'getWebhookEndpoint',
  method: 'get',
  path: ENDPOINT,
  summary: 'A webhook endpoint as it stands',
  answers: theEndpoint('As it stands.'),
  failures: NOT_FOUND,
});

export const updateWebhookEndpointOperation = operation({
  ...COMMON,
  id: 'updateWebhookEndpoint',
  method: 'patch',
  path: ENDPOINT,
  summary: 'Change the address, the description or the types of events',
  description: 'A new address must answer a challenge first; until it does nothing changes.',
  body: {
    schema: endpointChangeSchema,
    limit: '64kb',
    examples: { types: { eventTypes: ['consent.active', 'consent.revoked'] } },
  },
  answers: theEndpoint('As it is now.'),
  failures: [...NOT_FOUND, 'webhook_url_refused', 'webhook_challenge_failed'],
});

export const deleteWebhookEndpointOperation = operation({
  ...COMMON,
  id: 'deleteWebhookEndpoint',
  method: 'delete',
  path: ENDPOINT,
  summary: 'Delete a webhook endpoint, its deliveries and their log',
  answers: { 204: { description: 'It is gone.' } },
  failures: NOT_FOUND,
});

export const verifyWebhookEndpointOperation = operation({
  ...COMMON,
  id: 'verifyWebhookEndpoint',
  method: 'post',
  path: `${ENDPOINT}/verification`,
  summary: 'Challenge a webhook endpoint again',
  description: 'One that is pending or was disabled is enabled by its answer.',
  body: NO_BODY,
  answers: theEndpoint('It has answered.'),
  failures: [...NOT_FOUND, 'webhook_challenge_failed'],
});

export const pauseWebhookEndpointOperation = operation({
  ...COMMON,
  id: 'pauseWebhookEndpoint',
  method: 'post',
  path: `${ENDPOINT}/pause`,
  summary: 'Let what happens wait',
  body: NO_BODY,
  answers: theEndpoint('As it is now: only an enabled one is paused.'),
  failures: NOT_FOUND,
});

export const resumeWebhookEndpointOperation = operation({
  ...COMMON,
  id: 'resumeWebhookEndpoint',
  method: 'post',
  path: `${ENDPOINT}/resume`,
  summary: 'Send what has waited, and what comes',
  description: 'One that is pending or was disabled answers a challenge first.',
  body: NO_BODY,
  answers: theEndpoint('It is enabled.'),
  failures: [...NOT_FOUND, 'webhook_challenge_failed'],
});

export const rotateWebhookSecretOperation = operation({
  ...COMMON,
  id: 'rotateWebhookSecret',
  method: 'post',
  path: `${ENDPOINT}/secret-rotation`,
  summary: 'Get a new secret, while the one before it signs as well',
  body: { schema: rotationSchema, limit: '64kb', isOptional: true, examples: { hour: { overlapSeconds: 3_600 } } },
  answers: {
    200: answersJson('The secret is shown here and nowhere else.', rotatedSecretSchema, {
      secret,
      previousExpireAt: '2026-11-29T10:15:30.000Z',
    }),
  },
  failures: NOT_FOUND,
});

export const testWebhookEndpointOperation = operation({
  ...COMMON,
  id: 'testWebhookEndpoint',
  method: 'post',
  path: `${ENDPOINT}/test`,
  summary: 'Send a test.ping',
  body: NO_BODY,
  answers: {
    202: answersJson('It is on its way: read the delivery.', deliverySchema, {
      id: delivery.id,
      endpointId: endpoint.id,
      webhookId: delivery.id,
      type: 'test.ping',
      status: 'waiting',
      attempts: 0,
      nextAttemptAt: delivery.createdAt,
      createdAt: delivery.createdAt,
    }),
  },
  failures: NOT_FOUND,
});

export const replayWebhooksOperation = operation({
  ...COMMON,
  id: 'replayWebhooks',
  method: 'post',
  path: `${ENDPOINT}/replay`,
  summary: 'Send events again, by id or by time',
  description:
    'Under the same ids, also those that the endpoint never got. One replay queues 10,000 events at most, the oldest first.',
  body: {
    schema: replaySchema,
    limit: '64kb',
    examples: {
      some: { eventIds: [delivery.eventId] },
      time: { since: '2026-11-27T00:00:00Z', until: '2026-11-28T00:00:00Z', onlyFailed: true },
    },
  },
  answers: { 202: answersJson('They are on their way.', replayedSchema, { queued: 17, isComplete: true }) },
  failures: NOT_FOUND,
});

export const listWebhookDeliveriesOperation = operation({
  ...COMMON,
  id: 'listWebhookDeliveries',
  method: 'get',
  path: `${ENDPOINT}/deliveries`,
  summary: 'What was sent to an endpoint, the newest first',
  query: deliveriesQuerySchema,
  answers: { 200: answersJson('A page of them.', deliveryListSchema, { deliveries: [delivery], nextCursor: '4711' }) },
  failures: NOT_FOUND,
});

export const getWebhookDeliveryOperation = operation({
  ...COMMON,
  id: 'getWebhookDelivery',
  method: 'get',
  path: `${ENDPOINT}/deliveries/{deliveryId}`,
  summary: 'A delivery with each attempt',
  answers: {
    200: answersJson('With its log.', deliveryLogSchema, {
      ...delivery,
      log: [
        { number: 1, at: '2026-11-28T10:15:30.000Z', durationMs: 312, status: 500, failure: 'status' },
        { number: 2, at: '2026-11-28T10:15:35.000Z', durationMs: 41, status: 200 },
      ],
    }),
  },
  failures: [...NOT_FOUND, 'webhook_delivery_not_found'],
});

export const retryWebhookDeliveryOperation = operation({
  ...COMMON,
  id: 'retryWebhookDelivery',
  method: 'post',
  path: `${ENDPOINT}/deliveries/{deliveryId}/retry`,
  summary: 'Send one again now',
  body: NO_BODY,
  answers: {
    202: answersJson('It is on its way.', deliverySchema, waiting),
  },
  failures: [...NOT_FOUND, 'webhook_delivery_not_found'],
});
