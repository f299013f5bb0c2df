import { z } from 'zod';
import { APPLICATION_ID_FORM } from '../../../domain/ids';
import { ALL_SCOPES, SCOPES, type Scope } from '../../../domain/scopes';
import { describedInstant, exampleIdOf, idOf, instant } from './values';

export const scope = z.enum(ALL_SCOPES as readonly [Scope, ...Scope[]]).meta({
  id: 'Scope',
  description: Object.entries(SCOPES)
    .map(([name, what]) => `\`${name}\`: ${what}`)
    .join('; '),
});

export const applicationSchema = z
  .strictObject({
    id: z.string().regex(APPLICATION_ID_FORM),
    name: z.string(),
    returnUrls: z.array(z.string()).meta({ description: 'Where people may be sent back to, exactly.' }),
    mayDelegate: z.boolean().meta({ description: 'Whether it may carry single requests to banks itself.' }),
    requestsPerMinute: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'That each API process takes from it; absent: as many as from any other.' }),
  })
  .meta({ id: 'Application', description: 'A product that uses this API.' });

export const applicationListSchema = z
  .strictObject({ applications: z.array(applicationSchema) })
  .meta({ id: 'ApplicationList', description: 'All of them, by id.' });

const key = {
  id: idOf('apiKey'),
  label: z.string(),
  state: z.enum(['active', 'expired', 'revoked']),
  scopes: z.array(scope).nullable().meta({ description: 'Null: all of them, those of later versions included.' }),
  createdAt: instant,
  expiresAt: describedInstant('From then on it is good for nothing.').optional(),
  lastUsedAt: describedInstant('To the minute.').optional(),
  replacedBy: idOf('apiKey', 'The key that takes its place.').optional(),
  revokedAt: instant.optional(),
};

export const keySchema = z.strictObject(key).meta({ id: 'ApiKey', description: 'A key, without the key itself.' });

export const keyListSchema = z
  .strictObject({ keys: z.array(keySchema) })
  .meta({ id: 'ApiKeyList', description: 'Keys, the newest first, those that are over among them; at most 1,000.' });

const apiKey = z.string().meta({ description: 'The key itself. Shown once: it is not stored.' });

export const newKeyAnswerSchema = z
  .strictObject({ ...key, apiKey })
  .meta({ id: 'NewApiKey', description: 'A key, and the only answer that has it in it.' });

export const rotatedKeySchema = z
  .strictObject({
    ...key,
    apiKey,
    replaces: z
      .strictObject({ id: idOf('apiKey'), expiresAt: instant })
      .meta({ description: 'The old key, and until when it works.' }),
  })
  .meta({ id: 'RotatedApiKey', description: 'A key that takes the place of another one.' });

export const clientSchema = z
  .strictObject({
    id: idOf('applicationClient'),
    issuer: z.string(),
    clientId: z.string().meta({ description: 'As the issuer knows the application.' }),
    createdAt: instant,
  })
  .meta({
    id: 'ApplicationClient',
    description: 'A client of an issuer whose access tokens speak for the application.',
  });

export const clientListSchema = z
  .strictObject({ clients: z.array(clientSchema) })
  .meta({ id: 'ApplicationClientList', description: 'Clients, oldest first.' });

// — examples

export const APPLICATION_TERMS_EXAMPLE = {
  name: 'Budget Bee',
  returnUrls: ['https://budget-bee.example/done'],
  mayDelegate: false,
};

export const APPLICATION_EXAMPLE = { id: 'budget-bee', ...APPLICATION_TERMS_EXAMPLE };

export const KEY_EXAMPLE = {
  id: exampleIdOf('apiKey'),
  label: 'nightly import',
  state: 'active',
  scopes: ['consents:read', 'data:read'],
  createdAt: '2026-11-28T10:15:30.123Z',
  lastUsedAt: '2026-11-28T11:02:00.000Z',
};

/** Made up: its checksum does not fit. */
export const KEY_TEXT_EXAMPLE = `fdxc_app_${'0'.repeat(49)}`;

export const CLIENT_EXAMPLE = {
  id: exampleIdOf('applicationClient'),
  issuer: 'https://login.example',
  clientId: 'budget-bee-backend',
  createdAt: '2026-11-28T10:15:30.123Z',
};
