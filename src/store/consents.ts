import { sql, type SelectQueryBuilder } from 'kysely';
import type { ConsentState } from '../domain/consent';
import type { ApplicationId, ConsentId, InstitutionId } from '../domain/ids';
import type { ConsentTerms } from '../domain/terms';
import type { Database } from './database';
import type { ConsentsTable, Tables } from './tables';

/** A consent as its application asked for it. Secrets come sealed. */
export interface NewConsent {
  readonly id: ConsentId;
  readonly applicationId: ApplicationId;
  readonly institutionId: InstitutionId;
  readonly personSealed: string;
  readonly personPseudonym: string;
  readonly purpose: string;
  readonly terms: ConsentTerms;
  readonly returnUrl?: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly state: ConsentState;
  readonly authorizeBy: Date;
  readonly launchHash: Buffer;
  readonly launchSealed: string;
  /** The consent's data key, wrapped. */
  readonly dataKeyWrapped: string;
}

/** The consent and its data key, in one statement: neither exists without the other. */
export async function insertConsent(database: Database, consent: NewConsent): Promise<void> {
  await database
    .with('data_key', (query) =>
      query.insertInto('data_keys').values({ consent_id: consent.id, wrapped_jwe: consent.dataKeyWrapped }),
    )
    .insertInto('consents')
    .values({
      id: consent.id,
      application_id: consent.applicationId,
      institution_id: consent.institutionId,
      person_jwe: consent.personSealed,
      person_pseudonym: consent.personPseudonym,
      purpose: consent.purpose,
      terms: JSON.stringify(consent.terms),
      return_url: consent.returnUrl ?? null,
      metadata: JSON.stringify(consent.metadata),
      authorize_by: consent.authorizeBy,
      launch_hash: consent.launchHash,
      launch_jwe: consent.launchSealed,
      ...stateColumns(consent.state),
    })
    .execute();
}

/** The columns that mirror the workflow's state. The workflow is their only writer once it runs, so the last write is the truth. */
export function stateColumns(state: ConsentState) {
  return {
    status: state.status,
    next_action: state.nextAction,
    stage: state.stage,
    authorization_id: state.authorizationId ?? null,
    failure: state.failure ?? null,
    receipt_id: state.receiptId ?? null,
    expires_at: state.expiresAt === undefined ? null : new Date(state.expiresAt),
    updated_at: sql<Date>`now()`,
  };
}

/** Starts a statement that writes the consent's state together with what follows: both happen or neither. */
export function withConsentState(database: Database, id: ConsentId, state: ConsentState) {
  return database.with('consent', (query) =>
    query.updateTable('consents').set(stateColumns(state)).where('id', '=', id),
  );
}

export type ConsentRow = Awaited<ReturnType<typeof findConsent>> & object;

/** A consent with what a reader needs beside it: its institution's name, its application's name and its wrapped data key. */
export function findConsent(database: Database, id: ConsentId) {
  return withNeighbours(database.selectFrom('consents')).where('consents.id', '=', id).executeTakeFirst();
}

export function findConsentByLaunch(database: Database, launchHash: Buffer) {
  return withNeighbours(database.selectFrom('consents')).where('launch_hash', '=', launchHash).executeTakeFirst();
}

function withNeighbours(query: SelectQueryBuilder<Tables, 'consents', object>) {
  return query
    .innerJoin('institutions', 'institutions.id', 'consents.institution_id')
    .innerJoin('applications', 'applications.id', 'consents.application_id')
    .innerJoin('data_keys', 'data_keys.consent_id', 'consents.id')
    .selectAll('consents')
    .select(['institutions.profile', 'institutions.revision', 'applications.name as application_name', 'wrapped_jwe']);
}

/** Only what decides whether somebody who waits for the outcome may go on. */
export function findProgress(
  database: Database,
  id: ConsentId,
): Promise<Pick<ConsentsTable, 'status' | 'stage' | 'failure'> | undefined> {
  return database.selectFrom('consents').select(['status', 'stage', 'failure']).where('id', '=', id).executeTakeFirst();
}

export async function markWorkflowStarted(database: Database, id: ConsentId): Promise<void> {
  await database
    .updateTable('consents')
    .set({ workflow_started_at: sql`now()` })
    .where('id', '=', id)
    .where('workflow_started_at', 'is', null)
    .execute();
}

/** Consents whose workflow nobody is known to have started: a crash lies between the row and the start. */
export function listWithoutWorkflow(database: Database, olderThan: Date, limit: number) {
  return withNeighbours(database.selectFrom('consents'))
    .where('workflow_started_at', 'is', null)
    .where('consents.created_at', '<', olderThan)
    .orderBy('consents.created_at')
    .limit(limit)
    .execute();
}
