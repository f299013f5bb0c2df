import { randomBytes } from 'node:crypto';
import type { Database } from './database';
import type { DataKey, Vault } from './vault';

/** Secrets of the service itself, sealed under a data key that belongs to no consent. */
export const SERVICE = 'service';
export const SERVICE_DATA_KEY = 'data-key';
const PSEUDONYM_KEY = 'pseudonym-key';

export async function serviceDataKey(database: Database, vault: Vault): Promise<DataKey> {
  const wrapped = await secretNamed(database, SERVICE_DATA_KEY);
  if (wrapped !== undefined) return vault.openDataKey(SERVICE, wrapped);
  const fresh = await vault.createDataKey(SERVICE);
  return vault.openDataKey(SERVICE, await keepFirst(database, SERVICE_DATA_KEY, fresh.wrapped));
}

/** The key behind persons' pseudonyms: made once, the same for every process. */
export async function pseudonymKey(database: Database, vault: Vault): Promise<Uint8Array> {
  const dataKey = await serviceDataKey(database, vault);
  const candidate = await dataKey.seal('service-secret', PSEUDONYM_KEY, randomBytes(32).toString('base64url'));
  const key = await dataKey.open('service-secret', PSEUDONYM_KEY, await keepFirst(database, PSEUDONYM_KEY, candidate));
  if (typeof key !== 'string') throw new Error('the pseudonym key is not a string');
  return Buffer.from(key, 'base64url');
}

/** Stores `candidate` unless another process was first; returns what is stored. */
async function keepFirst(database: Database, name: string, candidate: string): Promise<string> {
  await database
    .insertInto('service_secrets')
    .values({ name, secret_jwe: candidate })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const kept = await secretNamed(database, name);
  if (kept === undefined) throw new Error(`the secret ${name} is not in the database`);
  return kept;
}

async function secretNamed(database: Database, name: string): Promise<string | undefined> {
  const row = await database
    .selectFrom('service_secrets')
    .select('secret_jwe')
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.secret_jwe;
}
