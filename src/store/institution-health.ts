import { sql } from 'kysely';
import type { FailureCode } from '../domain/failures';
import type { InstitutionId } from '../domain/ids';
import type { Database } from './database';

export interface InstitutionCounts {
  readonly offered: number;
  readonly withdrawn: number;
  /** Whose metadata somebody should have looked at again by now. */
  readonly unlooked: readonly InstitutionId[];
}

/** A busy worker is a little late; one that is a quarter of an hour late is none. */
const LATE = sql<Date>`now() - interval '15 minutes'`;

export async function countInstitutions(database: Database): Promise<InstitutionCounts> {
  const rows = await database
    .selectFrom('institutions')
    .select(['id', 'withdrawn_at', sql<boolean>`check_due_at < ${LATE}`.as('is_late')])
    .orderBy('id')
    .execute();
  const offered = rows.filter(({ withdrawn_at: at }) => at === null);
  return {
    offered: offered.length,
    withdrawn: rows.length - offered.length,
    unlooked: offered.filter(({ is_late: isLate }) => isLate).map(({ id }) => id),
  };
}

export interface StuckRegistration {
  readonly institutionId: InstitutionId;
  readonly failure: FailureCode | null;
  readonly orphans: number;
}

/** Registrations that failed or may have left a client at the bank. */
export async function listStuckRegistrations(database: Database): Promise<readonly StuckRegistration[]> {
  const rows = await database
    .selectFrom('registrations')
    .select(['institution_id', 'failure', sql<number>`jsonb_array_length(possible_orphans)`.as('orphans')])
    .where((where) =>
      where.or([where('failure', 'is not', null), where(sql<number>`jsonb_array_length(possible_orphans)`, '>', 0)]),
    )
    .orderBy('institution_id')
    .execute();
  return rows.map(({ institution_id: institutionId, failure, orphans }) => ({ institutionId, failure, orphans }));
}
