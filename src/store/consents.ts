import { sql, type Selectable, type SelectQueryBuilder } from 'kysely';
import type { ConsentState } from '../domain/consent';
import type { ApplicationId, ConsentId, InstitutionId } from '../domain/ids';
import type { ConsentTerms } from '../domain/terms';
import type { Database } from './database';
import { currentReason } from './opening-log';
import { invitationColumns, type NewInvitation } from './invitations';
import { wrappingKeyOf } from './key-encryption';
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
  /** BCP 47; the browser's when absent. */
  readonly language?: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
  readonly state: ConsentState;
  /** The first link. */
  readonly invitation: NewInvitation;
  /** The consent's data key, wrapped. */
  readonly dataKeyWrapped: string;
}

/** The consent, its data key and its first link, in one statement: none exists without the others. */
export async function insertConsent(database: Database, consent: NewConsent): Promise<void> {
  await database
    .with('data_key', (query) =>
      query.insertInto('data_keys').values({
        consent_id: consent.id,
        wrapped_jwe: consent.dataKeyWrapped,
        wrapped_with: wrappingKeyOf(consent.dataKeyWrapped) ?? null,
      }),
    )
    .with('invitation', (query) => query.insertInto('invitations').values(invitationColumns(consent.invitation)))
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
      language: consent.language ?? null,
      metadata: JSON.stringify(consent.metadata),
      ...(consent.tags && { tags: JSON.stringify(consent.tags) }),
      request_id: currentReason().requestId ?? null,
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
    expires_at: instant(state.expiresAt),
    grant_expires_at: instant(state.grantExpiresAt),
    granted_by: state.grantedBy ?? null,
    grant_lost: state.isGrantLost === true,
    invitation_id: state.invitationId ?? null,
    notice_days: state.noticeDays ?? null,
    bank_ending: state.bankEnding ?? null,
    updated_at: sql<Date>`now()`,
  };
}

/** The state as the row tells it: the inverse of {@link stateColumns}. */
export function stateOf(row: Selectable<ConsentsTable>): ConsentState {
  return {
    status: row.status,
    nextAction: row.next_action,
    stage: row.stage,
    ...(row.authorization_id !== null && { authorizationId: row.authorization_id }),
    ...(row.failure !== null && { failure: row.failure }),
    ...(row.receipt_id !== null && { receiptId: row.receipt_id }),
    ...(row.expires_at && { expiresAt: row.expires_at.getTime() }),
    ...(row.grant_expires_at && { grantExpiresAt: row.grant_expires_at.getTime() }),
    ...(row.granted_by !== null && { grantedBy: row.granted_by }),
    ...(row.grant_lost && { isGrantLost: true }),
    ...(row.invitation_id !== null && { invitationId: row.invitation_id }),
    ...(row.notice_days !== null && { noticeDays: row.notice_days }),
    ...(row.bank_ending !== null && { bankEnding: row.bank_ending }),
  };
}

function instant(epochMilliseconds: number | undefined): Date | null {
  return epochMilliseconds === undefined ? null : new Date(epochMilliseconds);
}

/**
 * True for a consent whose state the workflow may write: a revocation that was asked for stands, whatever the workflow was doing
 * when it came.
 */
export function mayBecome(state: ConsentState) {
  return state.status === 'revoked' ? sql<boolean>`true` : sql<boolean>`consents.revocation_requested_at IS NULL`;
}

/** Starts a statement that writes the consent's state together with what follows: both happen or neither. */
export function withConsentState(database: Database, id: ConsentId, state: ConsentState) {
  return database.with('consent', (query) =>
    query.updateTable('consents').set(stateColumns(state)).where('id', '=', id).where(mayBecome(state)),
  );
}

export type ConsentRow = Awaited<ReturnType<typeof findConsent>> & object;

/** A consent with what a reader needs beside it: its institution, its application's name, its wrapped data key, its links. */
export function findConsent(database: Database, id: ConsentId) {
  return withNeighbours(database.selectFrom('consents')).where('consents.id', '=', id).executeTakeFirst();
}

/** Consents with what a reader needs beside them. */
export function withNeighbours(query: SelectQueryBuilder<Tables, 'consents', object>) {
  return query
    .innerJoin('institutions', 'institutions.id', 'consents.institution_id')
    .innerJoin('applications', 'applications.id', 'consents.application_id')
    .innerJoin('data_keys', 'data_keys.consent_id', 'consents.id')
    .innerJoin('invitations as first_link', (join) =>
      join.onRef('first_link.consent_id', '=', 'consents.id').on('first_link.reason', '=', 'connect'),
    )
    .leftJoin('invitations as open_link', 'open_link.id', 'consents.invitation_id')
    .selectAll('consents')
    .select([
      'institutions.profile',
      'institutions.revision',
      'institutions.paused_at as institution_paused_at',
      'applications.name as application_name',
      'wrapped_jwe',
      'first_link.id as first_link_id',
      'first_link.authorize_by',
      'first_link.terms as first_terms',
      'first_link.launch_jwe as first_launch_jwe',
      'open_link.reason as open_reason',
      'open_link.terms as open_terms',
      'open_link.authorize_by as open_authorize_by',
      'open_link.launch_jwe as open_launch_jwe',
    ]);
}

export type LaunchedRow = Awaited<ReturnType<typeof findConsentByLaunch>> & object;

/** The consent that a link belongs to, with the link. */
export function findConsentByLaunch(database: Database, launchHash: Buffer) {
  return withNeighbours(database.selectFrom('consents'))
    .innerJoin('invitations as link', 'link.consent_id', 'consents.id')
    .select([
      'link.id as link_id',
      'link.reason as link_reason',
      'link.terms as link_terms',
      'link.authorize_by as link_authorize_by',
      'link.outcome as link_outcome',
      'link.created_at as link_created_at',
    ])
    .where('link.launch_hash', '=', launchHash)
    .executeTakeFirst();
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
