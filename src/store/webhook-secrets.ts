import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from './database';
import { newId } from './new-id';
import { serviceDataKey } from './service-secrets';
import type { Vault } from './vault';

/** A secret that signs, and what it is called. */
export interface EndpointSecret {
  readonly id: string;
  /** `whsec_` and base64: shown to the application once, and nowhere else. */
  readonly secret: string;
}

interface Places {
  readonly database: Database;
  readonly vault: Vault;
}

/** Whoever rotates again and again must not make a header without an end. */
const MOST_AT_ONCE = 5;

/** @see Standard Webhooks, "Signature scheme": between 24 and 64 bytes, base64, prefixed */
export function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/** A secret as it is stored. */
export interface SealedSecret {
  readonly id: string;
  readonly sealed: string;
}

export async function sealSecret(
  { database, vault }: Places,
  secret: string,
  id = newId('webhookSecret'),
): Promise<SealedSecret> {
  return { id, sealed: await (await serviceDataKey(database, vault)).seal('webhook-secret', id, secret) };
}

/** The secret of this id, where a request that died made one before it was answered. */
export async function findSecret({ database, vault }: Places, id: string): Promise<string | undefined> {
  const row = await database.selectFrom('webhook_secrets').select('secret_jwe').where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const secret = await (await serviceDataKey(database, vault)).open('webhook-secret', id, row.secret_jwe);
  if (typeof secret !== 'string') throw new Error('a webhook secret is not a string');
  return secret;
}

export async function insertSecret(
  database: Database,
  endpointId: string,
  { id, sealed }: SealedSecret,
): Promise<void> {
  await database
    .insertInto('webhook_secrets')
    .values({ id, endpoint_id: endpointId, secret_jwe: sealed, created_at: sql`clock_timestamp()` })
    .execute();
}

/**
 * Puts a secret in the place of those that an endpoint has. They go on signing beside it until the overlap is over: whoever verifies
 * needs one signature that fits, and takes the new secret when it suits.
 *
 * @returns when the last of the earlier ones ends
 */
export function replaceSecret(
  database: Database,
  endpointId: string,
  fresh: SealedSecret,
  overlapSeconds: number,
): Promise<Date> {
  return database.transaction().execute(async (transaction) => {
    const repeated = await lastEndBefore(transaction, endpointId, fresh.id);
    if (repeated) return repeated;
    const end = sql<Date>`now() + make_interval(secs => ${overlapSeconds})`;
    const previous = await transaction
      .updateTable('webhook_secrets')
      .set({ expires_at: sql`least(expires_at, ${end})` })
      .where('endpoint_id', '=', endpointId)
      .where(isInForce)
      .returning('expires_at')
      .execute();
    await insertSecret(transaction, endpointId, fresh);
    await forgetSecrets(transaction, endpointId);
    return new Date(Math.max(0, ...previous.map(({ expires_at: at }) => at?.getTime() ?? 0)));
  });
}

/** When the last of the earlier ones ends, where this one is in their place already; undefined where it is not. */
async function lastEndBefore(database: Database, endpointId: string, id: string): Promise<Date | undefined> {
  // One at a time for an endpoint.
  await sql`SELECT 1 FROM webhook_endpoints WHERE id = ${endpointId} FOR NO KEY UPDATE`.execute(database);
  const rows = await database
    .selectFrom('webhook_secrets')
    .select(['id', 'expires_at'])
    .where('endpoint_id', '=', endpointId)
    .execute();
  if (!rows.some((row) => row.id === id)) return undefined;
  const ends = rows.filter((row) => row.id !== id).map(({ expires_at: at }) => at?.getTime() ?? 0);
  return new Date(Math.max(0, ...ends));
}

/** Those that have ended, and the oldest where there are too many. */
async function forgetSecrets(database: Database, endpointId: string): Promise<void> {
  const rows = await database
    .selectFrom('webhook_secrets')
    .select(['id', isInForce.as('is_in_force')])
    .where('endpoint_id', '=', endpointId)
    .orderBy('created_at', 'desc')
    .execute();
  const kept = new Set(rows.filter((row) => row.is_in_force).slice(0, MOST_AT_ONCE));
  const gone = rows.filter((row) => !kept.has(row)).map(({ id }) => id);
  if (gone.length > 0) await database.deleteFrom('webhook_secrets').where('id', 'in', gone).execute();
}

const isInForce = sql<boolean>`(expires_at IS NULL OR expires_at > now())`;

/** For how long an opened secret stays in memory: each opening is written down, and a busy endpoint would fill the trail. */
const REMEMBERED_MS = 60 * 60_000;
const MOST_REMEMBERED = 10_000;

/** Opens the secrets that sign for an endpoint right now, the newest first. */
export function createSecretBook({ database, vault }: Places): {
  secretsOf(endpointId: string): Promise<readonly EndpointSecret[]>;
} {
  const opened = new Map<string, { readonly secret: Promise<string>; readonly until: number }>();

  function secretOf(id: string, sealed: string): Promise<string> {
    const known = opened.get(id);
    if (known && known.until > Date.now()) return known.secret;
    if (opened.size >= MOST_REMEMBERED) opened.delete(opened.keys().next().value ?? '');
    const secret = open(id, sealed);
    opened.set(id, { secret, until: Date.now() + REMEMBERED_MS });
    secret.catch(() => opened.delete(id));
    return secret;
  }

  async function open(id: string, sealed: string): Promise<string> {
    const secret = await (await serviceDataKey(database, vault)).open('webhook-secret', id, sealed);
    if (typeof secret !== 'string') throw new Error('a webhook secret is not a string');
    return secret;
  }

  return {
    async secretsOf(endpointId) {
      const rows = await database
        .selectFrom('webhook_secrets')
        .select(['id', 'secret_jwe'])
        .where('endpoint_id', '=', endpointId)
        .where(isInForce)
        .orderBy('created_at', 'desc')
        .execute();
      return Promise.all(rows.map(async ({ id, secret_jwe: sealed }) => ({ id, secret: await secretOf(id, sealed) })));
    },
  };
}

export type SecretBook = ReturnType<typeof createSecretBook>;
