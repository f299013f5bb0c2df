import { sql } from 'kysely';
import type { ConsentId } from '../domain/ids';
import type { Database } from './database';
import { wrappingKeyOf } from './key-encryption';
import { VaultError, type DataKey, type Vault } from './vault';

/**
 * The key that seals the personal part of a consent's evidence, such as a name that was typed. It outlives the consent's data key:
 * a purge leaves it, because the evidence must still be readable; it goes with the evidence, or when the person is erased.
 *
 * Made by whoever needs it first: most consents never have one. Of two that make one at once, both get the one that was kept.
 *
 * @throws {VaultError} when it was destroyed, or when what wraps it is not here
 * @throws {ConsentFailure} vault_unavailable
 */
export async function evidenceKeyOf(database: Database, vault: Vault, consentId: ConsentId): Promise<DataKey> {
  const known = await findEvidenceKey(database, consentId);
  if (known) return openOne(vault, consentId, known.wrapped_jwe);
  const { wrapped } = await vault.createDataKey(consentId);
  await database
    .insertInto('evidence_keys')
    .values({ consent_id: consentId, wrapped_jwe: wrapped, wrapped_with: wrappingKeyOf(wrapped) ?? null })
    .onConflict((conflict) => conflict.column('consent_id').doNothing())
    .execute();
  const kept = await findEvidenceKey(database, consentId);
  return openOne(vault, consentId, kept?.wrapped_jwe ?? null);
}

function openOne(vault: Vault, consentId: ConsentId, wrapped: string | null): Promise<DataKey> {
  if (wrapped === null) throw new VaultError(`the evidence key of ${consentId} was destroyed`);
  return vault.openDataKey(consentId, wrapped);
}

function findEvidenceKey(database: Database, consentId: ConsentId) {
  return database
    .selectFrom('evidence_keys')
    .select('wrapped_jwe')
    .where('consent_id', '=', consentId)
    .executeTakeFirst();
}

/** Who had a person erased: `operator:<key>` or `cli:<account>`. */
export interface Eraser {
  readonly requestedBy: string;
  readonly requestId?: string | undefined;
}

/** What was sealed under it opens nowhere any more. A consent that never had one gets none afterwards either. */
export async function destroyEvidenceKey(
  database: Database,
  consentId: ConsentId,
  { requestedBy, requestId }: Eraser,
): Promise<void> {
  const gone = { wrapped_jwe: null, wrapped_with: null, destroyed_by: requestedBy, request_id: requestId ?? null };
  await database
    .insertInto('evidence_keys')
    .values({ consent_id: consentId, ...gone, destroyed_at: sql<Date>`now()` })
    .onConflict((conflict) =>
      conflict
        .column('consent_id')
        .doUpdateSet({ ...gone, destroyed_at: sql<Date>`now()` })
        // Who was erased before stays erased by whoever did it first.
        .where('evidence_keys.destroyed_at', 'is', null),
    )
    .execute();
}
