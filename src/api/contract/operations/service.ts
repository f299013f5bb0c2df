import { z } from 'zod';
import { notificationSchema } from '../../../notifications/inbox';
import { RECEIPT_SCHEMA_ID } from '../../../evidence/receipt-schema';
import { answersJson } from '../answers';
import { operation } from '../operation';
import { compactJws, JWS_EXAMPLE } from '../schemas/evidence';
import {
  healthSchema,
  jsonSchemaSchema,
  KEY_SET_EXAMPLE,
  keySetSchema,
  openApiSchema,
  readinessSchema,
} from '../schemas/service';

const ANYONE = { role: 'anyone' } as const;

const keySet = {
  200: {
    description: 'The keys. Cached for minutes, so that a new key is seen before it is used.',
    content: { 'application/jwk-set+json': { schema: keySetSchema, example: KEY_SET_EXAMPLE } },
  },
};

export const getOpenApiOperation = operation({
  id: 'getOpenApi',
  method: 'get',
  path: '/openapi.json',
  tag: 'Service',
  summary: 'This document',
  access: ANYONE,
  headers: z.object({
    'If-None-Match': z.string().optional().meta({ description: 'Entity tags of what you have (RFC 9110 §13.1.2).' }),
  }),
  answers: {
    200: {
      ...answersJson('The OpenAPI document of this service.', openApiSchema, {
        openapi: '3.1.1',
        info: { title: 'fdx-consent' },
        paths: {},
      }),
      headers: { ETag: { description: 'Of this document.', isAlways: true } },
    },
    304: { description: 'You have it.', headers: { ETag: { description: 'Of this document.', isAlways: true } } },
  },
});

export const getClientKeysOperation = operation({
  id: 'getClientKeys',
  method: 'get',
  path: '/.well-known/jwks.json',
  tag: 'Service',
  summary: 'The keys we sign with as a client of banks',
  access: ANYONE,
  answers: keySet,
  failures: ['store_unavailable'],
});

export const getReceiptKeysOperation = operation({
  id: 'getReceiptKeys',
  method: 'get',
  path: '/.well-known/receipt-keys.json',
  tag: 'Service',
  summary: 'The keys receipts and checkpoints are signed with',
  description: 'All there ever were: a receipt must verify for years.',
  access: ANYONE,
  answers: keySet,
  failures: ['store_unavailable'],
});

export const getReceiptSchemaOperation = operation({
  id: 'getReceiptSchema',
  method: 'get',
  path: '/schemas/consent-receipt/2.json',
  tag: 'Service',
  summary: 'The JSON Schema of a receipt',
  description: 'A version of a schema is never changed.',
  access: ANYONE,
  answers: {
    200: {
      description: 'The schema.',
      content: {
        'application/schema+json': {
          schema: jsonSchemaSchema,
          example: { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: RECEIPT_SCHEMA_ID, type: 'object' },
        },
      },
    },
  },
});

export const getCheckpointOperation = operation({
  id: 'getCheckpoint',
  method: 'get',
  path: '/.well-known/audit-checkpoints/{number}',
  tag: 'Service',
  summary: 'A signed checkpoint of the audit trail',
  description:
    'Whoever keeps one can show later that nothing of what it stands for was changed or removed: docs/evidence.md.',
  access: ANYONE,
  answers: {
    200: {
      description: 'The checkpoint.',
      content: { 'application/jose': { schema: compactJws, example: JWS_EXAMPLE } },
      headers: { 'Content-Location': { description: 'The checkpoint by its number.', isAlways: true } },
    },
  },
  failures: ['checkpoint_not_found', 'store_unavailable'],
});

export const getHealthOperation = operation({
  id: 'getHealth',
  method: 'get',
  path: '/healthz',
  tag: 'Service',
  summary: 'Whether the process lives',
  access: ANYONE,
  answers: { 200: answersJson('It lives.', healthSchema, { status: 'ok' }) },
});

export const getReadinessOperation = operation({
  id: 'getReadiness',
  method: 'get',
  path: '/readyz',
  tag: 'Service',
  summary: 'Whether the service can work',
  access: ANYONE,
  answers: {
    200: answersJson('It can.', readinessSchema, { status: 'ready', database: 'up', temporal: 'up' }),
    503: answersJson('A part is away.', readinessSchema, { status: 'not_ready', database: 'up', temporal: 'away' }),
  },
});

export const receiveNotificationOperation = operation({
  id: 'receiveNotification',
  method: 'post',
  path: '/notifications',
  tag: 'Institutions',
  summary: 'A bank says what happened to a consent (FDX event notification)',
  description:
    'Answered when it is stored. Nothing of it is believed before the bank was asked: docs/bank-notifications.md.',
  access: { role: 'publisher' },
  body: {
    schema: notificationSchema,
    limit: '64kb',
    examples: {
      revoked: {
        notificationId: 'n-1',
        type: 'CONSENT_REVOKED',
        notificationPayload: { id: '9585694d-3ae5-4863-afcb-bf6ff1a2a1c1', idType: 'CONSENT' },
      },
    },
  },
  answers: { 204: { description: 'It is kept.' } },
  failures: [
    'institution_misconfigured',
    'as_metadata_unusable',
    'as_issuer_mismatch',
    'as_keys_unreachable',
    'as_unreachable',
  ],
});
