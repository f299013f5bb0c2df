import { sql } from 'kysely';
import type { ConsentId } from '../domain/ids';
import type { ConsentRow } from './consents';
import type { Database } from './database';

type Seen = Pick<ConsentRow, 'metadata' | 'tags' | 'updated_at'>;

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
    .where(
      sql<boolean>`metadata = ${JSON.stringify(seen.metadata)}::jsonb AND tags = ${JSON.stringify(seen.tags)}::jsonb`,
    )
    // As finely as a reader sees it.
    .where(sql<boolean>`date_trunc('milliseconds', updated_at) = ${seen.updated_at}`)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
