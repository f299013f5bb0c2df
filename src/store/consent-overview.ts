import { sql } from 'kysely';
import type { BankEnding } from '../domain/consent';
import type { ConsentId } from '../domain/ids';
import type { Database } from './database';

export interface OverviewFilters {
  readonly status?: string | undefined;
  readonly institutionId?: string | undefined;
  readonly applicationId?: string | undefined;
  readonly nextAction?: string | undefined;
  readonly expiresBefore?: Date | undefined;
  readonly bankEnding?: BankEnding | undefined;
  /** Only those made before this one. */
  readonly after?: ConsentId | undefined;
}

const OVERVIEW = [
  'id',
  'application_id',
  'institution_id',
  'status',
  'next_action',
  'expires_at',
  'bank_ending',
  'failure',
  'grant_lost',
  'invitation_id',
  'revocation_requested_at',
  'created_at',
] as const;

export type ConsentOverview = Awaited<ReturnType<typeof listConsents>>[number];

/** Consents in a few words each, newest first: ids are made in the order of time. */
export function listConsents(database: Database, filters: OverviewFilters, limit: number) {
  const { status, institutionId, applicationId, nextAction, expiresBefore, bankEnding, after } = filters;
  return database
    .selectFrom('consents')
    .select(OVERVIEW)
    .$if(status !== undefined, (query) => query.where(sql`status`, '=', status))
    .$if(institutionId !== undefined, (query) => query.where(sql`institution_id`, '=', institutionId))
    .$if(applicationId !== undefined, (query) => query.where(sql`application_id`, '=', applicationId))
    .$if(nextAction !== undefined, (query) => query.where(sql`next_action`, '=', nextAction))
    .$if(expiresBefore !== undefined, (query) => query.where(sql`expires_at`, '<', expiresBefore))
    .$if(bankEnding !== undefined, (query) => query.where(sql`bank_ending`, '=', bankEnding))
    .$if(after !== undefined, (query) => query.where(sql`id`, '<', after))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** As many as PostgreSQL takes in one statement without effort. */
const BATCH = 1_000;

/** The same for consents by their ids, in the order given; one that is not here is left out. */
export async function overviewsOf(database: Database, ids: readonly ConsentId[]): Promise<readonly ConsentOverview[]> {
  const found = new Map<ConsentId, ConsentOverview>();
  for (let from = 0; from < ids.length; from += BATCH) {
    const batch = ids.slice(from, from + BATCH);
    const rows = await database.selectFrom('consents').select(OVERVIEW).where('id', 'in', batch).execute();
    for (const row of rows) found.set(row.id, row);
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}

export type ConsentFile = NonNullable<Awaited<ReturnType<typeof findConsentFile>>>;

/** Everything that is written about a consent and is no secret: its rows in every table, oldest first. */
export async function findConsentFile(database: Database, id: ConsentId) {
  const consent = await database
    .selectFrom('consents')
    .select([...OVERVIEW, 'purpose', 'terms', 'stage', 'authorization_id', 'granted_by', 'granted_at'])
    .select(['grant_expires_at', 'receipt_id', 'revocation', 'revocation_delivered_at', 'bank_checked_at'])
    .select(['ended_at', 'purge_due_at', 'purged_at', 'workflow_started_at', 'updated_at'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!consent) return undefined;
  const [invitations, authorizations, grants, receipts, notices, tasks, certificate] = await Promise.all([
    database
      .selectFrom('invitations')
      .select(['id', 'reason', 'authorize_by', 'outcome', 'created_at', 'closed_at'])
      .where('consent_id', '=', id)
      .orderBy('created_at')
      .execute(),
    database
      .selectFrom('authorizations')
      .select(['id', 'invitation_id', 'agreed_at', 'pushed_at', 'callback_at', 'exchange_started_at'])
      .select(['token_response_at', 'failure', 'created_at'])
      .where('consent_id', '=', id)
      .orderBy('created_at')
      .execute(),
    database
      .selectFrom('grants')
      .select(['authorization_id', 'bank_consent_id', 'scope', 'access_expires_at', 'grant_expires_at', 'refreshed_at'])
      .select(['superseded_at', 'ending', 'ending_attempts', 'ending_failure', 'created_at', 'destroyed_at'])
      .where('consent_id', '=', id)
      .orderBy('created_at')
      .execute(),
    database
      .selectFrom('receipts')
      .select(['id', 'authorization_id', 'supersedes', 'created_at'])
      .where('consent_id', '=', id)
      .orderBy('created_at')
      .execute(),
    database.selectFrom('notices').selectAll().where('consent_id', '=', id).orderBy('created_at').execute(),
    database.selectFrom('operator_tasks').selectAll().where('consent_id', '=', id).orderBy('opened_at').execute(),
    database
      .selectFrom('deletion_certificates')
      .select(['id', 'created_at'])
      .where('consent_id', '=', id)
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst(),
  ]);
  return { consent, invitations, authorizations, grants, receipts, notices, tasks, certificate };
}
