import { sql } from 'kysely';
import type { InstitutionId } from '../domain/ids';
import type { InstitutionProfile } from '../domain/institution';
import type { Database } from './database';
import type { InstitutionReadiness } from './tables';

export interface StoredInstitution {
  readonly profile: InstitutionProfile;
  /** Goes up with every change of the profile. */
  readonly revision: number;
  readonly readiness: InstitutionReadiness;
  /** Why it is misconfigured. */
  readonly readiness_reason: string | null;
  /** Since when an operator lets new work wait, and why. */
  readonly paused_at: Date | null;
  readonly paused_reason: string | null;
}

const COLUMNS = ['profile', 'revision', 'readiness', 'readiness_reason', 'paused_at', 'paused_reason'] as const;

/**
 * Adds or replaces an institution. A profile that says nothing new keeps its revision; one that does has yet to be checked, and
 * what was wrong with the old one does not stand in its way. One that was withdrawn is offered again.
 */
export async function saveInstitution(database: Database, profile: InstitutionProfile): Promise<void> {
  const document = JSON.stringify(profile);
  await database
    .insertInto('institutions')
    .values({ id: profile.id, profile: document })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({
          profile: document,
          revision: sql`institutions.revision + 1`,
          readiness: 'unchecked',
          readiness_reason: null,
          check_due_at: sql`now()`,
          withdrawn_at: null,
          updated_at: sql`now()`,
        })
        .where(
          sql<boolean>`institutions.profile IS DISTINCT FROM ${document}::jsonb OR institutions.withdrawn_at IS NOT NULL`,
        ),
    )
    .execute();
}

/** The institutions that are offered. */
export async function listInstitutions(database: Database): Promise<readonly StoredInstitution[]> {
  return database.selectFrom('institutions').select(COLUMNS).where('withdrawn_at', 'is', null).orderBy('id').execute();
}

/** An institution that is offered. */
export async function findInstitution(database: Database, id: InstitutionId): Promise<StoredInstitution | undefined> {
  return database
    .selectFrom('institutions')
    .select(COLUMNS)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
}

/** Stops offering an institution, or offers it again. Its consents are not touched. */
export async function offer(database: Database, id: InstitutionId, isOffered: boolean): Promise<void> {
  await database
    .updateTable('institutions')
    .set({ withdrawn_at: isOffered ? null : sql`coalesce(withdrawn_at, now())` })
    .where('id', '=', id)
    .execute();
}

/**
 * Lets new work at an institution wait, or go on. Repeated, a pause keeps its beginning, and its reason unless another is given.
 *
 * @returns undefined when there is no such institution; one that was withdrawn still has consents, and can be paused
 */
export async function setPaused(
  database: Database,
  id: InstitutionId,
  pause: { readonly reason?: string | undefined } | undefined,
): Promise<StoredInstitution | undefined> {
  return database
    .updateTable('institutions')
    .set(
      pause
        ? {
            paused_at: sql<Date>`coalesce(paused_at, now())`,
            paused_reason: sql<string | null>`coalesce(${pause.reason ?? null}::text, paused_reason)`,
          }
        : { paused_at: null, paused_reason: null },
    )
    .where('id', '=', id)
    .returning(COLUMNS)
    .executeTakeFirst();
}

/**
 * Whether a link leads to an institution that is paused and would begin something there: a first authorization that nobody has
 * finished, or the one by which an active consent is authorized anew. A link that only tells how things stand leads nowhere.
 */
export function findPauseBehindLink(
  database: Database,
  launchHash: Buffer,
): Promise<{ readonly institution_paused_at: Date | null } | undefined> {
  return database
    .selectFrom('invitations')
    .innerJoin('consents', 'consents.id', 'invitations.consent_id')
    .innerJoin('institutions', 'institutions.id', 'consents.institution_id')
    .select('institutions.paused_at as institution_paused_at')
    .where('invitations.launch_hash', '=', launchHash)
    .where('institutions.paused_at', 'is not', null)
    .where('consents.stage', '!=', 'exchanging')
    .where((where) =>
      where.or([
        where('consents.status', 'in', ['requested', 'authorizing']),
        where('consents.status', '=', 'active').and('consents.invitation_id', '=', where.ref('invitations.id')),
      ]),
    )
    .executeTakeFirst();
}

/**
 * Takes the institutions whose check is due, and puts their next one off: of several workers each takes others.
 *
 * @param retryAfterSeconds when they are due again should the taker not come back
 */
export async function takeDueInstitutions(
  database: Database,
  limit: number,
  retryAfterSeconds: number,
): Promise<readonly StoredInstitution[]> {
  return database
    .updateTable('institutions')
    .set({ check_due_at: secondsFromNow(retryAfterSeconds) })
    .where('id', 'in', (query) =>
      query
        .selectFrom('institutions')
        .select('id')
        .where('check_due_at', '<=', sql<Date>`now()`)
        .where('withdrawn_at', 'is', null)
        .orderBy('check_due_at')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returning(COLUMNS)
    .execute();
}

export interface ReadinessNote {
  readonly readiness: Exclude<InstitutionReadiness, 'unchecked'>;
  readonly reason?: string;
  readonly nextCheckInSeconds: number;
}

/** Notes what a check has found, unless the profile has changed since. */
export async function noteReadiness(
  database: Database,
  { profile, revision }: Pick<StoredInstitution, 'profile' | 'revision'>,
  { readiness, reason, nextCheckInSeconds }: ReadinessNote,
): Promise<void> {
  await database
    .updateTable('institutions')
    .set({
      readiness,
      readiness_reason: reason ?? null,
      checked_at: sql`now()`,
      check_due_at: secondsFromNow(nextCheckInSeconds),
    })
    .where('id', '=', profile.id)
    .where('revision', '=', revision)
    .execute();
}

function secondsFromNow(seconds: number) {
  return sql<Date>`now() + make_interval(secs => ${seconds})`;
}
