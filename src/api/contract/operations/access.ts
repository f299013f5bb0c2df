import type { Request } from 'express';
import { applicationClientSchema } from '../../routes/application-clients';
import { newKeySchema, rotationSchema } from '../../routes/application-keys';
import { applicationTermsSchema, newApplicationSchema } from '../../routes/applications';
import { answersJson, CREATED_AT } from '../answers';
import { operation } from '../operation';
import {
  APPLICATION_EXAMPLE,
  APPLICATION_TERMS_EXAMPLE,
  applicationListSchema,
  applicationSchema,
  CLIENT_EXAMPLE,
  clientListSchema,
  clientSchema,
  KEY_EXAMPLE,
  KEY_TEXT_EXAMPLE,
  keyListSchema,
  newKeyAnswerSchema,
  rotatedKeySchema,
} from '../schemas/access';
import { exampleIdOf } from '../schemas/values';

const APPLICATION = '/v1/applications/{applicationId}';
const READ = { role: 'operator' } as const;

const NEW_KEY = { ...KEY_EXAMPLE, lastUsedAt: undefined, apiKey: KEY_TEXT_EXAMPLE };
const SHOWN_ONCE = {
  'Cache-Control': { description: '`no-store`: the key is in the answer.', isAlways: true },
} as const;

/** The id is in the body; whatever else was sent must not keep it from being written down. */
const newApplication = (request: Request) => ({
  applicationId: (request.body as { id?: unknown } | undefined)?.id,
});

export const listApplicationsOperation = operation({
  id: 'listApplications',
  method: 'get',
  path: '/v1/applications',
  tag: 'Access',
  summary: 'The applications',
  access: READ,
  answers: { 200: answersJson('The applications.', applicationListSchema, { applications: [APPLICATION_EXAMPLE] }) },
});

export const createApplicationOperation = operation({
  id: 'createApplication',
  method: 'post',
  path: '/v1/applications',
  tag: 'Access',
  summary: 'Register an application',
  description: 'It has no key yet, and no client of an issuer.',
  access: { role: 'operator', action: 'applications add', about: newApplication },
  body: { schema: newApplicationSchema, limit: '64kb', examples: { application: APPLICATION_EXAMPLE } },
  answers: { 201: answersJson('The application.', applicationSchema, APPLICATION_EXAMPLE, CREATED_AT) },
  failures: ['application_exists'],
});

export const getApplicationOperation = operation({
  id: 'getApplication',
  method: 'get',
  path: APPLICATION,
  tag: 'Access',
  summary: 'An application',
  access: READ,
  answers: { 200: answersJson('The application.', applicationSchema, APPLICATION_EXAMPLE) },
  failures: ['application_not_found'],
});

export const putApplicationOperation = operation({
  id: 'putApplication',
  method: 'put',
  path: APPLICATION,
  tag: 'Access',
  summary: 'Replace what is said of an application',
  description: 'What is left out is as if it had never been said. Registry entries and contact data stay.',
  access: { role: 'operator', action: 'applications update' },
  body: { schema: applicationTermsSchema, limit: '64kb', examples: { application: APPLICATION_TERMS_EXAMPLE } },
  answers: { 200: answersJson('The application.', applicationSchema, APPLICATION_EXAMPLE) },
  failures: ['application_not_found'],
});

export const listApplicationKeysOperation = operation({
  id: 'listApplicationKeys',
  method: 'get',
  path: `${APPLICATION}/keys`,
  tag: 'Access',
  summary: 'The keys of an application, and when each was last used',
  access: READ,
  answers: { 200: answersJson('The keys.', keyListSchema, { keys: [KEY_EXAMPLE] }) },
  failures: ['application_not_found'],
});

export const createApplicationKeyOperation = operation({
  id: 'createApplicationKey',
  method: 'post',
  path: `${APPLICATION}/keys`,
  tag: 'Access',
  summary: 'Make a key of an application',
  access: { role: 'operator', action: 'applications keys create' },
  body: {
    schema: newKeySchema,
    limit: '64kb',
    examples: { forReading: { label: KEY_EXAMPLE.label, scopes: KEY_EXAMPLE.scopes } },
  },
  answers: { 201: answersJson('The key.', newKeyAnswerSchema, NEW_KEY, SHOWN_ONCE) },
  failures: ['application_not_found'],
});

export const rotateApplicationKeyOperation = operation({
  id: 'rotateApplicationKey',
  method: 'post',
  path: `${APPLICATION}/keys/{keyId}/rotation`,
  tag: 'Access',
  summary: 'Put another key in the place of one',
  description: 'Same label, same scopes, good for as long. Both work until the overlap is over.',
  access: { role: 'operator', action: 'applications keys rotate' },
  body: { schema: rotationSchema, limit: '64kb', isOptional: true, examples: { twoHours: { overlapSeconds: 7_200 } } },
  answers: {
    201: answersJson(
      'The new key.',
      rotatedKeySchema,
      { ...NEW_KEY, replaces: { id: exampleIdOf('apiKey'), expiresAt: '2026-11-29T10:15:30.123Z' } },
      SHOWN_ONCE,
    ),
  },
  failures: ['api_key_not_found', 'api_key_over'],
});

export const revokeApplicationKeyOperation = operation({
  id: 'revokeApplicationKey',
  method: 'delete',
  path: `${APPLICATION}/keys/{keyId}`,
  tag: 'Access',
  summary: 'Revoke a key, at once',
  access: { role: 'operator', action: 'applications keys revoke' },
  answers: { 204: { description: 'It is good for nothing from now on.' } },
  failures: ['api_key_not_found'],
});

export const listApplicationClientsOperation = operation({
  id: 'listApplicationClients',
  method: 'get',
  path: `${APPLICATION}/clients`,
  tag: 'Access',
  summary: 'Clients of issuers that speak for an application',
  access: READ,
  answers: { 200: answersJson('The clients.', clientListSchema, { clients: [CLIENT_EXAMPLE] }) },
  failures: ['application_not_found'],
});

export const createApplicationClientOperation = operation({
  id: 'createApplicationClient',
  method: 'post',
  path: `${APPLICATION}/clients`,
  tag: 'Access',
  summary: 'Let access tokens of a client speak for an application',
  access: { role: 'operator', action: 'applications clients add' },
  body: {
    schema: applicationClientSchema,
    limit: '64kb',
    examples: { client: { issuer: CLIENT_EXAMPLE.issuer, clientId: CLIENT_EXAMPLE.clientId } },
  },
  answers: { 201: answersJson('The client.', clientSchema, CLIENT_EXAMPLE) },
  failures: ['application_not_found', 'application_client_exists'],
});

export const deleteApplicationClientOperation = operation({
  id: 'deleteApplicationClient',
  method: 'delete',
  path: `${APPLICATION}/clients/{clientId}`,
  tag: 'Access',
  summary: 'Let them speak for it no longer',
  access: { role: 'operator', action: 'applications clients remove' },
  answers: { 204: { description: 'They speak for nobody from now on.' } },
  failures: ['application_client_not_found'],
});
