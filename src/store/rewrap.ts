import { timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { ConsentId } from '../domain/ids';
import type { Database } from './database';
import { wrappingKeyOf, type KeyEncryption } from './key-encryption';
import { SERVICE, SERVICE_DATA_KEY } from './service-secrets';
import { VaultError } from './vault';

/** Keys of consents, one row for each: what seals their secrets, and what seals the personal part of their evidence. */
const TABLES_OF_KEYS = ['data_keys', 'evidence_keys'] as const;
type TableOfKeys = (typeof TABLES_OF_KEYS)[number];

/** How many data keys each wrapping key wraps. */
export interface Wrapping {
  /** Null: of an earlier version, which did not write it down. */
  readonly keyId: string | null;
  /** Evidence keys among them: they are data keys too. */
  readonly dataKeys: number;
}

export interface WrappingStatus {
  readonly consents: readonly Wrapping[];
  /** What wraps the data key of the service; undefined before the first start. */
  readonly service: string | undefined;
  /** Data keys that another key than the current one wraps, the service's among them. */
  readonly left: number;
}

export interface RewrapReport {
  readonly rewrapped: number;
  /** Whose data key does not open, and why. */
  readonly broken: readonly { readonly owner: string; readonly reason: string }[];
  readonly left: number;
}

/** Data keys in one transaction: whoever purges one of these consents meanwhile waits for no longer than that. */
const BATCH = 50;

export async function wrappingStatus(database: Database, currentId: string): Promise<WrappingStatus> {
  const rows = await database
    .selectFrom((all) =>
      all
        .selectFrom('data_keys')
        .select('wrapped_with')
        .where('wrapped_jwe', 'is not', null)
        .unionAll(all.selectFrom('evidence_keys').select('wrapped_with').where('wrapped_jwe', 'is not', null))
        .as('keys'),
    )
    .select(['wrapped_with', sql<number>`count(*)::int`.as('data_keys')])
    .groupBy('wrapped_with')
    .orderBy('wrapped_with')
    .execute();
  const consents = rows.map((row) => ({ keyId: row.wrapped_with, dataKeys: row.data_keys }));
  const wrapped = await database
    .selectFrom('service_secrets')
    .select('secret_jwe')
    .where('name', '=', SERVICE_DATA_KEY)
    .executeTakeFirst();
  const service = wrapped && (wrappingKeyOf(wrapped.secret_jwe) ?? 'unreadable');
  const old = consents.filter(({ keyId }) => keyId !== currentId).reduce((sum, { dataKeys }) => sum + dataKeys, 0);
  return { consents, service, left: old + (service === undefined || service === currentId ? 0 : 1) };
}

/**
 * Wraps every data key anew with the current key. Only the wrapping changes: what is sealed under a data key stays as it is, and
 * whoever holds it goes on. May be killed anywhere and run twice at once: a batch is wholly done or not at all, and each takes those
 * that no other has in hand. A data key that was destroyed stays destroyed.
 *
 * @param onBatch hears how many are done after each batch
 * @throws {ConsentFailure} vault_unavailable when whoever holds a key does not answer: run it again
 */
export async function rewrapDataKeys(
  database: Database,
  keys: KeyEncryption,
  onBatch: (rewrapped: number) => void = () => undefined,
): Promise<RewrapReport> {
  const broken = new Map<string, string>();
  let rewrapped = await rewrapOfService(database, keys, broken);
  let before: number;
  // One walk does all but what others have in hand; if one of those was killed, the next walk finds what it left.
  do {
    before = rewrapped;
    for (const table of TABLES_OF_KEYS) {
      for (let after = ''; ;) {
        const batch = await rewrapBatch(database, table, keys, after, broken);
        if (batch.last === undefined) break;
        after = batch.last;
        rewrapped += batch.rewrapped;
        onBatch(rewrapped);
      }
    }
  } while (rewrapped > before);
  const { left } = await wrappingStatus(database, keys.currentId);
  return { rewrapped, broken: [...broken].map(([owner, reason]) => ({ owner, reason })), left };
}

interface Fresh {
  readonly id: ConsentId;
  readonly old: string;
  readonly fresh: string;
}

function rewrapBatch(
  database: Database,
  table: TableOfKeys,
  keys: KeyEncryption,
  after: string,
  broken: Map<string, string>,
): Promise<{ readonly last: string | undefined; readonly rewrapped: number }> {
  return database.transaction().execute(async (transaction) => {
    const rows = await transaction
      .selectFrom(table)
      .select(['consent_id', 'wrapped_jwe'])
      .where('wrapped_jwe', 'is not', null)
      .where(sql<boolean>`wrapped_with IS DISTINCT FROM ${keys.currentId}`)
      .where('consent_id', '>', after as ConsentId)
      .orderBy('consent_id')
      .limit(BATCH)
      .forNoKeyUpdate()
      .skipLocked()
      .execute();
    const fresh = await Promise.all(
      rows.map(async ({ consent_id: id, wrapped_jwe: old }): Promise<Fresh[]> => {
        if (old === null) return [];
        const wrapped = await unlessBroken(broken, id, () => rewrap(keys, id, old));
        return wrapped === undefined ? [] : [{ id, old, fresh: wrapped }];
      }),
    );
    await storeWrapped(transaction, table, fresh.flat(), keys.currentId);
    return { last: rows.at(-1)?.consent_id, rewrapped: fresh.flat().length };
  });
}

/** The new form is opened once before it takes the place of the old one: it is all that is left of the key. */
async function rewrap(keys: KeyEncryption, owner: string, wrapped: string): Promise<string> {
  const key = await keys.unwrap(owner, wrapped);
  // Of an earlier version, which did not write down what wraps it.
  if (wrappingKeyOf(wrapped) === keys.currentId) return wrapped;
  const fresh = await keys.wrap(owner, key);
  if (!timingSafeEqual(await keys.unwrap(owner, fresh), key)) {
    throw new VaultError('the new wrapped form does not hold the same key');
  }
  return fresh;
}

async function storeWrapped(
  database: Database,
  table: TableOfKeys,
  rows: readonly Fresh[],
  currentId: string,
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    UPDATE ${sql.table(table)} AS key SET wrapped_jwe = new.fresh, wrapped_with = ${currentId}
    FROM unnest(${rows.map(({ id }) => id)}::text[], ${rows.map(({ old }) => old)}::text[], ${rows.map(({ fresh }) => fresh)}::text[])
      AS new (consent_id, old, fresh)
    WHERE key.consent_id = new.consent_id AND key.wrapped_jwe = new.old`.execute(database);
}

function rewrapOfService(database: Database, keys: KeyEncryption, broken: Map<string, string>): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('service_secrets')
      .select('secret_jwe')
      .where('name', '=', SERVICE_DATA_KEY)
      .forNoKeyUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (!row || wrappingKeyOf(row.secret_jwe) === keys.currentId) return 0;
    const fresh = await unlessBroken(broken, SERVICE, () => rewrap(keys, SERVICE, row.secret_jwe));
    if (fresh === undefined) return 0;
    await transaction
      .updateTable('service_secrets')
      .set({ secret_jwe: fresh })
      .where('name', '=', SERVICE_DATA_KEY)
      .execute();
    return 1;
  });
}

/** One that is broken is told and does not stop the rest. */
async function unlessBroken(
  broken: Map<string, string>,
  owner: string,
  work: () => Promise<string>,
): Promise<string | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    broken.set(owner, error.message);
    return undefined;
  }
}

/**
 * Whether the data key of the service opens: what was sealed under another key than is configured is lost until that key is back.
 *
 * @returns what is wrong; undefined when it opens, or before the first start
 */
export async function unwrapServiceKey(database: Database, keys: KeyEncryption): Promise<string | undefined> {
  const row = await database
    .selectFrom('service_secrets')
    .select('secret_jwe')
    .where('name', '=', SERVICE_DATA_KEY)
    .executeTakeFirst();
  if (!row) return undefined;
  try {
    await keys.unwrap(SERVICE, row.secret_jwe);
    return undefined;
  } catch (error) {
    if (error instanceof VaultError) return error.message;
    throw error;
  }
}
