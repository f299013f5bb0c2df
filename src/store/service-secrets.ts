import { randomBytes } from 'node:crypto';
import type { Database } from './database';
import type { Vault } from './vault';

/** Secrets of the service itself, sealed under a data key that belongs to no consent. */
const OWNER = 'service';
const DATA_KEY = 'data-key';

export async function serviceDataKey(database: Database, vault: Vault) {
  const { wrapped } = await vault.createDataKey(OWNER);
  return vault.openDataKey(OWNER, await keepFirst(database, DATA_KEY, wrapped));
}

/** The key behind persons' pseudonyms: made once, the same for every process. */
export async function pseudonymKey(database: Database, vault: Vault): Promise<Uint8Array> {
  const dataKey = await serviceDataKey(database, vault);
  const candidate = await dataKey.seal('service-secret', randomBytes(32).toString('base64url'));
  const key = await dataKey.open('service-secret', await keepFirst(database, 'pseudonym-key', candidate));
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
  const row = await database
    .selectFrom('service_secrets')
    .select('secret_jwe')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return row.secret_jwe;
}
