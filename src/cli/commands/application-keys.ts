import { z } from 'zod';
import type { ApplicationId } from '../../domain/ids';
import { ALL_SCOPES } from '../../domain/scopes';
import { apiKeyView } from '../../operators/access-views';
import {
  DEFAULT_OVERLAP_SECONDS,
  keyLabel,
  keyScopes,
  LONGEST_LIFE_DAYS,
  LONGEST_OVERLAP_SECONDS,
  requestsPerMinute,
} from '../../operators/key-terms';
import {
  createApiKey,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
  type ApiKey,
  type KeyOwner,
} from '../../store/api-keys';
import { findApplication, limitApplication } from '../../store/applications';
import { UsageError } from '../command-errors';
import { withDatabase, type Command, type CommandResult } from '../command';
import { parseDuration } from '../duration';
import { parseOptions } from '../operator-input';
import { table } from '../table';

const createSchema = z.object({
  label: keyLabel,
  scope: keyScopes.optional(),
  'expires-in': lifeUpTo(LONGEST_LIFE_DAYS * 86_400, 'takes a time such as 90d').optional(),
});
const rotateSchema = z.object({
  overlap: overlapUpTo(LONGEST_OVERLAP_SECONDS, 'takes 0, or a time up to 30d such as 24h').default(
    DEFAULT_OVERLAP_SECONDS,
  ),
});
const limitSchema = z
  .object({ 'per-minute': requestsPerMinute.optional(), default: z.boolean().default(false) })
  .refine(({ 'per-minute': given, default: isDefault }) => (given === undefined) === isDefault, {
    error: 'takes a number, or give --default instead',
    path: ['per-minute'],
  });

/** What applications show to be let in: docs/access.md. */
export const APPLICATION_KEY_COMMANDS: readonly Command[] = [
  {
    words: ['applications', 'keys', 'list'],
    examples: ['budget-bee'],
    synopsis: 'ID',
    summary: 'the keys of an application, their scopes, and when each was last used',
    changes: false,
    run: (_values, [id], settings) =>
      withDatabase(settings, async (database) => {
        const owner = applicationNamed(id);
        await findApplication(database, owner.applicationId);
        return keyTable(await listApiKeys(database, owner));
      }),
  },
  {
    words: ['applications', 'keys', 'create'],
    examples: ['budget-bee --label reports --scope evidence:read --expires-in 90d'],
    synopsis: 'ID --label TEXT [--scope SCOPE]… [--expires-in 90d]',
    summary: 'print a new key of an application; without scopes it may do everything',
    options: {
      label: { type: 'string', value: 'TEXT', about: 'what it is for, shown in lists' },
      scope: {
        type: 'string',
        multiple: true,
        choices: ALL_SCOPES,
        about: 'what it may be used for; may be said several times',
        fallback: 'everything',
      },
      'expires-in': {
        type: 'string',
        value: '90d',
        about: 'after what time it is good for nothing',
        fallback: 'never',
      },
    },
    changes: true,
    run: (values, [id], settings) =>
      withDatabase(settings, async (database) => {
        const { label, scope: scopes = null, 'expires-in': lifeSeconds } = parseOptions(createSchema, values);
        const expiresAt = lifeSeconds === undefined ? null : new Date(Date.now() + lifeSeconds * 1000);
        const made = await createApiKey(database, applicationNamed(id), label, { scopes, expiresAt });
        const end = expiresAt && { expiresAt: expiresAt.toISOString() };
        return {
          text: `API key ${made.id} of ${id ?? ''} (shown once): ${made.apiKey}`,
          value: { ...made, label, scopes, ...end },
          outcome: `done: ${made.id}`,
        };
      }),
  },
  {
    words: ['applications', 'keys', 'rotate'],
    examples: ['budget-bee key_0198a2b4c6d87e10b2f4a6c8e0d2f4a6 --overlap 1h'],
    synopsis: 'ID KEY-ID [--overlap 24h]',
    summary: 'print a key that takes the place of another one, which works until the overlap is over',
    options: {
      overlap: { type: 'string', value: '24h', about: 'how long the old key goes on working', fallback: '24h' },
    },
    changes: true,
    run: (values, [id, keyId], settings) =>
      withDatabase(settings, (database) => {
        const { overlap } = parseOptions(rotateSchema, values);
        return rotated(rotateApiKey(database, applicationNamed(id), keyNamed(keyId), overlap), keyId);
      }),
  },
  {
    words: ['applications', 'keys', 'revoke'],
    examples: ['budget-bee key_0198a2b4c6d87e10b2f4a6c8e0d2f4a6'],
    synopsis: 'ID KEY-ID',
    summary: 'let a key be good for nothing from the next request on',
    changes: true,
    run: (_values, [id, keyId], settings) =>
      withDatabase(settings, async (database) => {
        await revokeApiKey(database, applicationNamed(id), keyNamed(keyId));
        return { text: `${keyId ?? ''} is revoked.`, value: { id: keyId, state: 'revoked' } };
      }),
  },
  {
    words: ['applications', 'limit'],
    examples: ['budget-bee --per-minute 1200'],
    synopsis: 'ID --per-minute N | --default',
    summary: 'how many requests a minute each API process takes from an application',
    options: {
      'per-minute': { type: 'string', value: 'N', about: 'requests a minute' },
      default: { type: 'boolean', about: 'as many as RATE_LIMIT_PER_MINUTE says' },
    },
    changes: true,
    run: (values, [id], settings) =>
      withDatabase(settings, async (database) => {
        const { 'per-minute': perMinute = null } = parseOptions(limitSchema, values);
        await limitApplication(database, applicationNamed(id).applicationId, perMinute);
        const text = perMinute === null ? 'as many requests as any other' : `${perMinute} requests a minute`;
        return {
          text: `${id ?? ''} may make ${text}.`,
          value: { id, ...(perMinute !== null && { requestsPerMinute: perMinute }) },
        };
      }),
  },
];

export function applicationNamed(id: string | undefined): Extract<KeyOwner, { role: 'application' }> {
  if (id === undefined) throw new UsageError('Name the application: fdx-consent applications list shows them.');
  return { role: 'application', applicationId: id as ApplicationId };
}

export function keyNamed(id: string | undefined): string {
  if (id === undefined) throw new UsageError('Name the key by its id, key_…: the list of keys shows it.');
  return id;
}

/** A key that was made in place of another one. */
async function rotated(rotation: ReturnType<typeof rotateApiKey>, old: string | undefined): Promise<CommandResult> {
  const { oldEndsAt, ...made } = await rotation;
  const until = oldEndsAt.toISOString();
  return {
    text: `API key ${made.id} (shown once): ${made.apiKey}\n${old ?? ''} works until ${until}.`,
    value: { ...made, replaces: { id: old, expiresAt: until } },
    outcome: `done: ${made.id}`,
  };
}

export function keyTable(keys: readonly ApiKey[]): CommandResult {
  const views = keys.map(apiKeyView);
  const rows = views.map((key) => [
    key.id,
    key.state,
    key.lastUsedAt ?? 'never used',
    key.expiresAt ?? 'no end',
    key.scopes?.join(',') ?? 'all',
    key.label,
  ]);
  const text = rows.length === 0 ? 'none' : table(['KEY', 'STATE', 'LAST USED', 'ENDS', 'SCOPES', 'LABEL'], rows);
  return { text, value: views };
}

function lifeUpTo(mostSeconds: number, message: string) {
  return z
    .string()
    .transform(secondsOf)
    .refine((seconds) => seconds > 0 && seconds <= mostSeconds, message);
}

function overlapUpTo(mostSeconds: number, message: string) {
  return z
    .string()
    .transform((text) => (text === '0' ? 0 : secondsOf(text)))
    .refine((seconds) => seconds >= 0 && seconds <= mostSeconds, message);
}

/** NaN for what is no duration: it compares with nothing. */
function secondsOf(text: string): number {
  return Math.floor((parseDuration(text) ?? NaN) / 1000);
}
