import { sql, type RawBuilder } from 'kysely';
import type { ConsentId } from '../domain/ids';
import type { ConsentRow } from './consents';
import type { Database } from './database';

/** A consent as somebody has seen it, as far as what it says of itself goes. */
export type Seen = Pick<ConsentRow, 'metadata' | 'tags' | 'updated_at'>;

/**
 * Writes what an application notes on a consent for itself, if the consent is still as it was seen; of one whose personal data are
 * destroyed nothing is kept any more.
 *
 * @returns whether it was written
 */
export async function writeLabels(
  database: Database,
  id: ConsentId,
  seen: Seen,
  { metadata, tags }: Pick<Seen, 'metadata' | 'tags'>,
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('consents')
    .set({ metadata: JSON.stringify(metadata), tags: JSON.stringify(tags), updated_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('purged_at', 'is', null)
    .where(isAsSeen(seen))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * Marks a consent as another than it was, if it still is that: of several who act on the same sight of it one may go on.
 *
 * @returns whether it was
 */
export async function markChanged(database: Database, id: ConsentId, seen: Seen): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('consents')
    // A clock that is read twice in a moment would leave it as it was.
    .set({ updated_at: sql<Date>`greatest(clock_timestamp(), updated_at + interval '1 millisecond')` })
    .where('id', '=', id)
    .where(isAsSeen(seen))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** For statements that change only what was seen; they wait for whoever is changing it. */
export function isAsSeen(seen: Seen): RawBuilder<boolean> {
  // The instant as finely as a reader sees it.
  return sql<boolean>`(metadata = ${JSON.stringify(seen.metadata)}::jsonb AND tags = ${JSON.stringify(seen.tags)}::jsonb
    AND date_trunc('milliseconds', updated_at) = ${seen.updated_at})`;
}
