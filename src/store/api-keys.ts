import { sql, type Selectable, type Transaction } from 'kysely';
import { ConsentFailure } from '../domain/failures';
import { ID_PREFIX, type ApplicationId } from '../domain/ids';
import type { Scope } from '../domain/scopes';
import type { ApiKeysTable } from './access-tables';
import { newApiKeyText } from './api-key-text';
import type { Database } from './database';
import { hashOf } from './hash';
import { idAfter, isStillOurs, type OwnClaim } from './idempotent-requests';
import { newId } from './new-id';
import type { Tables } from './tables';

export type KeyOwner =
  { readonly role: 'application'; readonly applicationId: ApplicationId } | { readonly role: 'operator' };

/** The text of a key is told once, here: only its hash is stored. */
export interface NewApiKey {
  readonly id: string;
  readonly apiKey: string;
}

export interface KeyTerms {
  /** Null: all. */
  readonly scopes?: readonly Scope[] | null;
  readonly expiresAt?: Date | null;
}

/** A key as it is listed. */
export interface ApiKey {
  readonly id: string;
  readonly label: string;
  readonly scopes: readonly Scope[] | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly replacedBy: string | null;
  readonly revokedAt: Date | null;
}

/**
 * @param claim of the request that it is made for, and named after: a key that is there already gets the new text
 * @throws {ConsentFailure} application_not_found; idempotency_in_progress when somebody else has taken the request over
 */
export async function createApiKey(
  database: Database | Transaction<Tables>,
  owner: KeyOwner,
  label: string,
  { scopes = null, expiresAt = null }: KeyTerms = {},
  claim?: OwnClaim,
): Promise<NewApiKey> {
  const id = idFor(claim);
  const apiKey = newApiKeyText(owner.role);
  const row = await database
    .insertInto('api_keys')
    .values({
      id,
      role: owner.role,
      application_id: owner.role === 'application' ? owner.applicationId : null,
      key_hash: hashOf(apiKey),
      label,
      scopes,
      expires_at: expiresAt,
    })
    // Of a request that died before anybody was told the text: nobody has it, and this one takes its place.
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ key_hash: hashOf(apiKey) })
        .where(claim ? isStillOurs(claim) : sql<boolean>`false`),
    )
    .returning('id')
    .executeTakeFirst()
    .catch((error: unknown) => {
      throw (error as { code?: unknown }).code === FOREIGN_KEY_VIOLATION
        ? new ConsentFailure('application_not_found')
        : error;
    });
  if (!row) throw new ConsentFailure('idempotency_in_progress');
  return { id, apiKey };
}

function idFor(claim: OwnClaim | undefined): string {
  return claim ? idAfter(claim.id, ID_PREFIX.apiKey) : newId('apiKey');
}

const FOREIGN_KEY_VIOLATION = '23503';

/** Of an application, or of operators; the newest first, those that are over among them. */
export async function listApiKeys(database: Database, owner: KeyOwner): Promise<readonly ApiKey[]> {
  const rows = await keysOf(database, owner).orderBy('id', 'desc').limit(MOST_LISTED).execute();
  return rows.map(apiKeyOf);
}

/** @throws {ConsentFailure} api_key_not_found */
export async function findApiKey(database: Database, owner: KeyOwner, id: string): Promise<ApiKey> {
  const row = await keysOf(database, owner).where('id', '=', id).executeTakeFirst();
  if (!row) throw new ConsentFailure('api_key_not_found');
  return apiKeyOf(row);
}

function apiKeyOf(row: Selectable<ApiKeysTable>): ApiKey {
  return {
    id: row.id,
    label: row.label,
    scopes: row.scopes,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    replacedBy: row.replaced_by,
    revokedAt: row.revoked_at,
  };
}

const MOST_LISTED = 1_000;

/**
 * Makes a key that takes the place of another one: same label and scopes, good for as long as that one was to be. The old one works
 * until the overlap is over, or until its own end if that is sooner.
 *
 * @param overlapSeconds 0: the old one ends at once
 * @throws {ConsentFailure} api_key_not_found; api_key_over for one that is revoked, expired or replaced already
 */
export function rotateApiKey(
  database: Database,
  owner: KeyOwner,
  id: string,
  overlapSeconds: number,
  claim?: OwnClaim,
): Promise<NewApiKey & { readonly label: string; readonly scopes: readonly Scope[] | null; readonly oldEndsAt: Date }> {
  return database.transaction().execute(async (transaction) => {
    const old = await keysOf(transaction, owner).where('id', '=', id).forUpdate().executeTakeFirst();
    if (!old) throw new ConsentFailure('api_key_not_found');
    const now = new Date();
    // By a request that died before it was answered: its key is there, and gets a text that somebody is told.
    const isRepeated = claim !== undefined && old.replaced_by === idFor(claim);
    if (!isRepeated) refuseOver(old, now);
    const { label, scopes } = old;
    const lifeMs = old.expires_at && old.expires_at.getTime() - old.created_at.getTime();
    const expiresAt = lifeMs === null ? null : new Date(now.getTime() + lifeMs);
    const made = await createApiKey(transaction, owner, label, { scopes, expiresAt }, claim);
    if (isRepeated) return { ...made, label, scopes, oldEndsAt: old.expires_at ?? now };
    const { expires_at: oldEndsAt } = await transaction
      .updateTable('api_keys')
      .set({
        replaced_by: made.id,
        // The database's clock, which judges it; at once is not a moment later than now.
        expires_at: sql<Date>`least(expires_at, clock_timestamp() + make_interval(secs => ${overlapSeconds}))`,
      })
      .where('id', '=', id)
      .returning('expires_at')
      .executeTakeFirstOrThrow();
    return { ...made, label, scopes, oldEndsAt: oldEndsAt ?? now };
  });
}

function refuseOver({ revoked_at, expires_at, replaced_by }: Ends, now: Date): void {
  if (revoked_at) throw new ConsentFailure('api_key_over', 'it is revoked.');
  if (replaced_by !== null) throw new ConsentFailure('api_key_over', `${replaced_by} takes its place.`);
  if (expires_at && expires_at <= now) throw new ConsentFailure('api_key_over', 'it has expired.');
}

type Ends = { readonly revoked_at: Date | null; readonly expires_at: Date | null; readonly replaced_by: string | null };

/**
 * From the moment it returns no process takes the key: each request asks the database. Twice is as good as once.
 *
 * @throws {ConsentFailure} api_key_not_found
 */
export async function revokeApiKey(database: Database, owner: KeyOwner, id: string): Promise<void> {
  const { numUpdatedRows } = await database
    .updateTable('api_keys')
    .set({ revoked_at: sql<Date>`coalesce(revoked_at, now())` })
    .where('id', '=', id)
    .where('role', '=', owner.role)
    .where('application_id', 'is not distinct from', applicationIdOf(owner))
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new ConsentFailure('api_key_not_found');
}

function keysOf(database: Database | Transaction<Tables>, owner: KeyOwner) {
  return database
    .selectFrom('api_keys')
    .selectAll()
    .where('role', '=', owner.role)
    .where('application_id', 'is not distinct from', applicationIdOf(owner));
}

function applicationIdOf(owner: KeyOwner): ApplicationId | null {
  return owner.role === 'application' ? owner.applicationId : null;
}
