import { sql, type UpdateObject } from 'kysely';
import type { FailureCode } from '../domain/failures';
import type { InstitutionId } from '../domain/ids';
import type { ClientMetadata, RegistrationStatus, RegistrationTerms } from '../domain/registration';
import type { Database } from './database';
import type { Tables } from './tables';

export type RegistrationRow = Awaited<ReturnType<typeof findRegistration>> & object;

export function findRegistration(database: Database, id: InstitutionId) {
  return database.selectFrom('registrations').selectAll().where('institution_id', '=', id).executeTakeFirst();
}

/**
 * Begins a registration. One that was cut off is carried on: what it has sent, or has been answered, stays, and so do the terms
 * it was asked with.
 *
 * @returns false when there is a client already, or one that could still be deleted at the bank
 */
export async function beginRegistration(
  database: Database,
  id: InstitutionId,
  terms: RegistrationTerms,
): Promise<boolean> {
  const document = JSON.stringify(terms);
  const result = await database
    .insertInto('registrations')
    .values({ institution_id: id, status: 'registering', terms: document })
    .onConflict((conflict) =>
      conflict
        .column('institution_id')
        .doUpdateSet({
          status: 'registering',
          terms: sql`CASE WHEN ${isCutOff} THEN registrations.terms ELSE ${document}::jsonb END`,
          client_id: sql`CASE WHEN ${isCutOff} THEN registrations.client_id END`,
          registration_client_uri: sql`CASE WHEN ${isCutOff} THEN registrations.registration_client_uri END`,
          metadata: sql`CASE WHEN ${isCutOff} THEN registrations.metadata END`,
          answer_jwe: sql`CASE WHEN ${isCutOff} THEN registrations.answer_jwe END`,
          pending_terms: null,
          deletion_sent_at: null,
          failure: null,
          failure_detail: null,
          updated_at: sql`now()`,
        })
        .where(
          sql<boolean>`registrations.status = 'registering'
            OR (registrations.status IN ('failed', 'deleted') AND registrations.access_token_jwe IS NULL)`,
        ),
    )
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** A registration under way that the bank has answered. */
const isCutOff = sql`(registrations.status = 'registering' AND
  (registrations.answer_jwe IS NOT NULL OR registrations.client_id IS NOT NULL))`;

export async function noteEndpoint(database: Database, id: InstitutionId, endpoint: string): Promise<void> {
  await update(database, id, { endpoint });
}

/**
 * Claims one attempt to register, in a commit of its own before the request leaves.
 *
 * @returns false when an earlier attempt is out, or has been answered
 */
export async function claimAttempt(database: Database, id: InstitutionId, attemptId: string): Promise<boolean> {
  const result = await database
    .updateTable('registrations')
    .set({ attempt_id: attemptId, attempt_at: sql`now()` })
    .where('institution_id', '=', id)
    .where('attempt_id', 'is', null)
    .where('answer_jwe', 'is', null)
    .where('client_id', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Gives a claim back. Only for a request that certainly made no client. */
export async function releaseAttempt(database: Database, id: InstitutionId, attemptId: string): Promise<void> {
  await database
    .updateTable('registrations')
    .set({ attempt_id: null, attempt_at: null })
    .where('institution_id', '=', id)
    .where('attempt_id', '=', attemptId)
    .execute();
}

/**
 * Puts an answer away. One to an attempt that was given up meanwhile comes too late: its client is counted as lost.
 *
 * @returns false when it came too late
 */
export async function keepAnswer(
  database: Database,
  id: InstitutionId,
  sealed: string,
  attemptId: string | undefined,
): Promise<boolean> {
  const result = await database
    .updateTable('registrations')
    .set({ answer_jwe: sealed })
    .where('institution_id', '=', id)
    .$if(attemptId !== undefined, (query) => query.where('attempt_id', '=', attemptId ?? ''))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/**
 * Notes that the attempt that is out may have left a client at the bank. Repeating it changes nothing.
 *
 * @returns how many such attempts there were at this institution
 */
export async function notePossibleOrphan(database: Database, id: InstitutionId): Promise<number> {
  await database
    .updateTable('registrations')
    .set({
      possible_orphans: sql`possible_orphans || to_jsonb(attempt_at)`,
      attempt_id: null,
      attempt_at: null,
      updated_at: sql`now()`,
    })
    .where('institution_id', '=', id)
    .where('attempt_id', 'is not', null)
    .execute();
  return (await findRegistration(database, id))?.possible_orphans.length ?? 0;
}

export interface KeptRegistration {
  readonly clientId: string;
  readonly registrationClientUri: string | undefined;
  readonly metadata: ClientMetadata;
  /** A registration access token that we did not have, sealed. */
  readonly newTokenSealed: string | undefined;
}

/** The client gets its own place; the raw answer is gone in the same statement. */
export async function keepRegistration(
  database: Database,
  id: InstitutionId,
  { clientId, registrationClientUri, metadata, newTokenSealed }: KeptRegistration,
): Promise<void> {
  await update(database, id, {
    client_id: clientId,
    metadata: JSON.stringify(metadata),
    answer_jwe: null,
    attempt_id: null,
    attempt_at: null,
    ...(registrationClientUri !== undefined && { registration_client_uri: registrationClientUri }),
    ...(newTokenSealed !== undefined && {
      previous_access_token_jwe: sql<string | null>`access_token_jwe`,
      access_token_jwe: newTokenSealed,
    }),
  });
}

/** The bank has accepted a token: the other one is not needed any more. */
export async function noteTokenUsed(
  database: Database,
  id: InstitutionId,
  which: 'current' | 'previous',
): Promise<void> {
  await update(database, id, {
    previous_access_token_jwe: null,
    ...(which === 'previous' && { access_token_jwe: sql<string | null>`previous_access_token_jwe` }),
  });
}

/** @returns false when there is no registration that could be updated */
export async function beginUpdate(database: Database, id: InstitutionId, terms: RegistrationTerms): Promise<boolean> {
  return move(database, id, ['registered', 'updating'], {
    status: 'updating',
    pending_terms: JSON.stringify(terms),
    answer_jwe: null,
  });
}

/** @returns false when there is no client at the bank that could be deleted */
export async function beginDeletion(database: Database, id: InstitutionId): Promise<boolean> {
  return move(database, id, ['registered', 'failed', 'deleting'], { status: 'deleting' });
}

async function move(
  database: Database,
  id: InstitutionId,
  from: readonly RegistrationStatus[],
  to: { readonly status: RegistrationStatus; readonly pending_terms?: string; readonly answer_jwe?: null },
): Promise<boolean> {
  const result = await database
    .updateTable('registrations')
    .set({ ...to, failure: null, failure_detail: null, updated_at: sql`now()` })
    .where('institution_id', '=', id)
    .where('status', 'in', from)
    .where('client_id', 'is not', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function noteDeletionSent(database: Database, id: InstitutionId, isSent: boolean): Promise<void> {
  await update(database, id, { deletion_sent_at: isSent ? sql<Date>`coalesce(deletion_sent_at, now())` : null });
}

/** The client is registered as asked: what was pending holds now. */
export async function concludeRegistration(database: Database, id: InstitutionId): Promise<void> {
  await update(database, id, {
    status: 'registered',
    terms: sql<string>`coalesce(pending_terms, terms)`,
    pending_terms: null,
    failure: null,
    failure_detail: null,
    registered_at: sql<Date>`coalesce(registered_at, now())`,
  });
}

/** The client is no more, or is given up: its tokens are destroyed. What it was stays readable in its metadata. */
export async function forgetClient(
  database: Database,
  id: InstitutionId,
  givenUp?: { readonly failure: FailureCode; readonly detail: string },
): Promise<void> {
  await update(database, id, {
    status: 'deleted',
    client_id: null,
    registration_client_uri: null,
    access_token_jwe: null,
    previous_access_token_jwe: null,
    answer_jwe: null,
    pending_terms: null,
    deletion_sent_at: null,
    registered_at: null,
    failure: givenUp?.failure ?? null,
    failure_detail: givenUp?.detail ?? null,
  });
}

/** Notes why an operation failed. A client that worked before goes on working. @returns whether there is one */
export async function noteFailure(
  database: Database,
  id: InstitutionId,
  failure: FailureCode,
  detail: string,
): Promise<boolean> {
  const row = await database
    .updateTable('registrations')
    .set({
      status: sql<RegistrationStatus>`CASE WHEN registered_at IS NULL THEN 'failed' ELSE 'registered' END`,
      pending_terms: null,
      failure,
      failure_detail: detail,
      updated_at: sql`now()`,
    })
    .where('institution_id', '=', id)
    .returning('status')
    .executeTakeFirst();
  return row?.status === 'registered';
}

/** Consents at an institution that have not ended. */
export async function countOpenConsents(database: Database, id: InstitutionId): Promise<number> {
  const { count } = await database
    .selectFrom('consents')
    .select((expression) => expression.fn.countAll<string>().as('count'))
    .where('institution_id', '=', id)
    .where('status', 'in', ['requested', 'authorizing', 'active'])
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function update(
  database: Database,
  id: InstitutionId,
  values: UpdateObject<Tables, 'registrations'>,
): Promise<void> {
  await database
    .updateTable('registrations')
    .set({ ...values, updated_at: sql`now()` })
    .where('institution_id', '=', id)
    .execute();
}
