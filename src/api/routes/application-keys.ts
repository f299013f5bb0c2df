import type { Request, RequestHandler } from 'express';
import { DAY_MS } from '../../domain/days';
import { z } from 'zod';
import { apiKeyView } from '../../operators/access-views';
import {
  DEFAULT_OVERLAP_SECONDS,
  keyLabel,
  keyScopes,
  LONGEST_LIFE_DAYS,
  LONGEST_OVERLAP_SECONDS,
} from '../../operators/key-terms';
import { createApiKey, findApiKey, listApiKeys, revokeApiKey, rotateApiKey, type KeyOwner } from '../../store/api-keys';
import { findApplication } from '../../store/applications';
import { parameterOf } from '../authentication';
import type { ApiDependencies } from '../dependencies';
import { claimIn } from '../idempotency';
import { parseBody } from '../request-input';
import { applicationIdOf } from './applications';

export const newKeySchema = z.strictObject({
  label: keyLabel.meta({ description: 'Where the key lies, for whoever will replace it.' }),
  scopes: keyScopes.nullable().default(null).meta({ description: 'What it may be used for; null: everything.' }),
  expiresAt: z.iso
    .datetime({ offset: true })
    .refine((text) => isAhead(new Date(text)), `lies ahead, and no more than ${LONGEST_LIFE_DAYS} days`)
    .optional()
    .meta({ description: 'From then on it is good for nothing.' }),
});

export const rotationSchema = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(LONGEST_OVERLAP_SECONDS)
    .default(DEFAULT_OVERLAP_SECONDS)
    .meta({ description: 'How long the old key goes on working; 0: it ends at once.' }),
});

/** `GET /v1/applications/{applicationId}/keys` (operator): those that are over among them, the newest first. */
export function readApplicationKeys({ database }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    await findApplication(database, applicationIdOf(request));
    response.json({ keys: (await listApiKeys(database, ownerOf(request))).map(apiKeyView) });
  };
}

/** `POST /v1/applications/{applicationId}/keys` (operator): the only answer that has the key in it. */
export function createApplicationKey({ database }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { label, scopes, expiresAt } = parseBody(newKeySchema, request);
    const terms = { scopes, expiresAt: expiresAt === undefined ? null : new Date(expiresAt) };
    const owner = ownerOf(request);
    const { id, apiKey } = await createApiKey(database, owner, label, terms, claimIn(response));
    const key = await findApiKey(database, owner, id);
    response
      .status(201)
      .set('Cache-Control', 'no-store')
      .json({ ...apiKeyView(key), apiKey });
  };
}

/** `POST /v1/applications/{applicationId}/keys/{keyId}/rotation` (operator) */
export function rotateApplicationKey({ database }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { overlapSeconds } = parseBody(rotationSchema, request);
    const owner = ownerOf(request);
    const replaced = keyIdOf(request);
    const claim = claimIn(response);
    const { id, apiKey, oldEndsAt } = await rotateApiKey(database, owner, replaced, overlapSeconds, claim);
    const key = await findApiKey(database, owner, id);
    response
      .status(201)
      .set('Cache-Control', 'no-store')
      .json({ ...apiKeyView(key), apiKey, replaces: { id: replaced, expiresAt: oldEndsAt.toISOString() } });
  };
}

/** `DELETE /v1/applications/{applicationId}/keys/{keyId}` (operator): the next request with it is refused. */
export function revokeApplicationKey({ database }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    await revokeApiKey(database, ownerOf(request), keyIdOf(request));
    response.status(204).end();
  };
}

function ownerOf(request: Request): KeyOwner {
  return { role: 'application', applicationId: applicationIdOf(request) };
}

function keyIdOf(request: Request): string {
  return parameterOf(request, 'keyId');
}

function isAhead(end: Date): boolean {
  const ms = end.getTime() - Date.now();
  return ms > 0 && ms <= LONGEST_LIFE_DAYS * DAY_MS;
}
