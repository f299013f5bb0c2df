import { sql } from 'kysely';
import type { AuthorizationId, ConsentId, InstitutionId } from '../domain/ids';
import type { Database } from './database';

/** Institutions that are offered and not paused, in order of id, with whether something of theirs is stored that may need work. */
export function listOpenInstitutions(database: Database, after: InstitutionId | undefined, limit: number) {
  return database
    .selectFrom('institutions')
    .select((query) => [
      'id',
      'profile',
      query
        .exists(
          query
            .selectFrom('notification_subscriptions')
            .select('type')
            .whereRef('notification_subscriptions.institution_id', '=', 'institutions.id'),
        )
        .as('has_subscriptions'),
    ])
    .where('withdrawn_at', 'is', null)
    .where('paused_at', 'is', null)
    .$if(after !== undefined, (query) => query.where('id', '>', after as InstitutionId))
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** One of them, as it is now. */
export function findOpenInstitution(database: Database, id: InstitutionId) {
  return database
    .selectFrom('institutions')
    .select(['profile', 'revision'])
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .where('paused_at', 'is', null)
    .executeTakeFirst();
}

export interface DueConsent {
  readonly consentId: ConsentId;
  /** The trip whose grant is in use. */
  readonly authorizationId: AuthorizationId;
}

/** How long a consent waits for its next look, as a share of what the profile says. */
const WAIT = { earliest: 0.9, latest: 1.1 };

/**
 * Active consents whose look is due: the bank was asked when it was granted, and then by the rhythm of the profile. One that an
 * earlier, longer rhythm has put off beyond the present one is due as well.
 */
function dueConsents(database: Database, id: InstitutionId, everyHours: number) {
  const seconds = everyHours * 3_600;
  return database
    .selectFrom('consents')
    .where('institution_id', '=', id)
    .where('status', '=', 'active')
    .where('grant_lost', '=', false)
    .where('granted_by', 'is not', null)
    .where('revocation_requested_at', 'is', null)
    .where(sql<boolean>`coalesce(granted_at, created_at) <= now() - make_interval(secs => ${seconds * WAIT.earliest})`)
    .where((where) =>
      where.or([
        where('bank_check_due_at', '<=', sql<Date>`now()`),
        where('bank_check_due_at', '>', sql<Date>`now() + make_interval(secs => ${seconds * WAIT.latest + 60})`),
      ]),
    );
}

export async function hasDueConsents(database: Database, id: InstitutionId, everyHours: number): Promise<boolean> {
  return (await dueConsents(database, id, everyHours).select('id').limit(1).executeTakeFirst()) !== undefined;
}

/**
 * Takes consents whose look is due, the longest overdue first, and puts their next one off for a while: should the taker not come
 * back, they are due again then. Of several takers each gets others.
 */
export async function takeDueConsents(
  database: Database,
  id: InstitutionId,
  { everyHours, limit, leaseSeconds }: { everyHours: number; limit: number; leaseSeconds: number },
): Promise<readonly DueConsent[]> {
  const rows = await database
    .updateTable('consents')
    .set({ bank_check_due_at: secondsFromNow(leaseSeconds) })
    .where(
      'id',
      'in',
      dueConsents(database, id, everyHours)
        .select('id')
        .orderBy('bank_check_due_at')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'granted_by'])
    .execute();
  return rows.map((row) => ({ consentId: row.id, authorizationId: row.granted_by as AuthorizationId }));
}

/** Notes that the bank was asked and when it is to be asked next; a tenth more or less, so that consents do not stay together. */
export async function noteChecked(database: Database, id: ConsentId, everyHours: number): Promise<void> {
  await database
    .updateTable('consents')
    .set({ bank_checked_at: sql`now()`, bank_check_due_at: nextLook(everyHours) })
    .where('id', '=', id)
    .execute();
}

/**
 * The same for one that is not as recorded: looked at again when its lease ends, to see that its workflow has taken it in. One that
 * is found so again waits as long as any other.
 */
export async function noteFound(database: Database, id: ConsentId, everyHours: number): Promise<void> {
  await database
    .updateTable('consents')
    .set({
      bank_checked_at: sql`now()`,
      bank_check_due_at: sql<Date>`CASE WHEN bank_checked_at > now() - interval '1 hour'
        THEN ${nextLook(everyHours)} ELSE bank_check_due_at END`,
    })
    .where('id', '=', id)
    .execute();
}

function nextLook(everyHours: number) {
  const spread = WAIT.latest - WAIT.earliest;
  return sql<Date>`now() + make_interval(secs => ${everyHours * 3_600})
    * (${WAIT.earliest}::float8 + random() * ${spread}::float8)`;
}

/** The bank did not say how it stands: asked again after this, so that it does not stand in the way of others. */
export async function putOff(database: Database, id: ConsentId, seconds: number): Promise<void> {
  await database
    .updateTable('consents')
    .set({ bank_check_due_at: secondsFromNow(seconds) })
    .where('id', '=', id)
    .execute();
}

function secondsFromNow(seconds: number) {
  return sql<Date>`now() + make_interval(secs => ${seconds})`;
}
