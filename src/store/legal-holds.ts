import { sql, type RawBuilder } from 'kysely';
import { ConsentFailure } from '../domain/failures';
import type { ConsentId } from '../domain/ids';
import type { Database } from './database';
import { currentReason } from './opening-log';
import { newId } from './new-id';

/** An order not to delete anything of a consent, whatever the retention policy says. */
export type LegalHold = Awaited<ReturnType<typeof holds>>[number];

/**
 * Places one more hold. From the moment that it is there nothing of the consent is deleted; what was being deleted is either gone
 * already, and then the consent is purged or unknown, or stays.
 *
 * @param id of the hold; one that is there already is not placed again
 * @throws {ConsentFailure} consent_not_found when there is no such consent, or its evidence was removed
 */
export async function placeHold(
  database: Database,
  consentId: ConsentId,
  reason: string,
  id = newId('legalHold'),
): Promise<LegalHold> {
  const { openedBy, requestId } = currentReason();
  await database.transaction().execute(async (transaction) => {
    // Whoever purges, erases or removes takes the same lock and looks for holds after that.
    const consent = await transaction
      .selectFrom('consents')
      .select('id')
      .where('id', '=', consentId)
      .forUpdate()
      .executeTakeFirst();
    if (!consent) throw new ConsentFailure('consent_not_found');
    await transaction
      .insertInto('legal_holds')
      .values({ id, consent_id: consentId, reason, placed_by: openedBy, request_id: requestId ?? null })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  });
  return requireHold(database, id);
}

/**
 * Releases a hold. Repeating it changes nothing: who released it first stays written.
 *
 * @throws {ConsentFailure} hold_not_found
 */
export async function releaseHold(database: Database, id: string): Promise<LegalHold> {
  const { openedBy, requestId } = currentReason();
  await database
    .updateTable('legal_holds')
    .set({ released_by: openedBy, released_at: sql<Date>`now()`, release_request_id: requestId ?? null })
    .where('id', '=', id)
    .where('released_at', 'is', null)
    .execute();
  return requireHold(database, id);
}

export interface HoldFilter {
  readonly consentId?: ConsentId | undefined;
  /** Released ones too. */
  readonly all: boolean;
  readonly limit: number;
}

/** The newest first. */
export function listHolds(database: Database, { consentId, all, limit }: HoldFilter): Promise<LegalHold[]> {
  return holds(database, { ...(consentId !== undefined && { consent_id: consentId }) }, all, limit);
}

async function requireHold(database: Database, id: string): Promise<LegalHold> {
  const [hold] = await holds(database, { id }, true, 1);
  if (!hold) throw new ConsentFailure('hold_not_found');
  return hold;
}

function holds(
  database: Database,
  which: { readonly id?: string; readonly consent_id?: ConsentId },
  all: boolean,
  limit: number,
) {
  let query = database.selectFrom('legal_holds').selectAll();
  if (which.id !== undefined) query = query.where('id', '=', which.id);
  if (which.consent_id !== undefined) query = query.where('consent_id', '=', which.consent_id);
  if (!all) query = query.where('released_at', 'is', null);
  return query.orderBy('placed_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

/** Whether a hold on a consent is in force. Only whoever has locked the consent's row may act on a "no". */
export async function isHeld(database: Database, consentId: ConsentId): Promise<boolean> {
  const hold = await database
    .selectFrom('legal_holds')
    .select('id')
    .where('consent_id', '=', consentId)
    .where('released_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return hold !== undefined;
}

/** For statements over many rows: true of those whose consent nobody holds. */
export function isNotHeld(consentId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`NOT EXISTS (
    SELECT 1 FROM legal_holds WHERE legal_holds.consent_id = ${consentId} AND legal_holds.released_at IS NULL
  )`;
}
