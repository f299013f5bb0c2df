import { sql } from 'kysely';
import { hasEnded, type ConsentState } from '../domain/consent';
import type { FailureCode } from '../domain/failures';
import type { AuthorizationId, ConsentId, InvitationId } from '../domain/ids';
import { withConsentState } from './consents';
import type { Database } from './database';
import { endConsentWithin } from './destruction';
import { recordState, type ClosedInvitation } from './life';

export interface NewAuthorization {
  readonly id: AuthorizationId;
  readonly consentId: ConsentId;
  /** The link it begins with; the first one when nobody says. */
  readonly invitationId?: InvitationId | undefined;
  readonly stateHash: Buffer;
  readonly browserHash: Buffer;
  readonly secretsSealed: string;
  readonly codeChallenge: string;
  readonly senderKeyThumbprint: string;
  readonly agreedAt: Date;
  readonly disclosureDigest: string;
  readonly agreementId?: string | undefined;
}

/** Stores a prepared authorization and the consent's new state together. Repeating it changes nothing. */
export async function insertAuthorization(
  database: Database,
  authorization: NewAuthorization,
  state: ConsentState,
): Promise<void> {
  await withConsentState(database, authorization.consentId, state)
    .insertInto('authorizations')
    .values({
      id: authorization.id,
      consent_id: authorization.consentId,
      invitation_id: authorization.invitationId ?? firstLinkOf(authorization.consentId),
      state_hash: authorization.stateHash,
      browser_hash: authorization.browserHash,
      secrets_jwe: authorization.secretsSealed,
      code_challenge: authorization.codeChallenge,
      sender_key_thumbprint: authorization.senderKeyThumbprint,
      agreed_at: authorization.agreedAt,
      disclosure_digest: authorization.disclosureDigest,
      agreement_id: authorization.agreementId ?? null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

function firstLinkOf(consentId: ConsentId) {
  return sql<InvitationId>`(SELECT id FROM invitations WHERE consent_id = ${consentId} AND reason = 'connect')`;
}

export type AuthorizationRow = Awaited<ReturnType<typeof findAuthorization>> & object;

/** An authorization with everything one step needs, in one round trip. */
export function findAuthorization(database: Database, id: AuthorizationId) {
  return withNeighbours(database).where('authorizations.id', '=', id).executeTakeFirst();
}

export function findAuthorizationByState(database: Database, stateHash: Buffer) {
  return withNeighbours(database).where('state_hash', '=', stateHash).executeTakeFirst();
}

/** What {@link findAuthorization} finds, for who looks for it in another way. */
export function withNeighbours(database: Database) {
  return database
    .selectFrom('authorizations')
    .innerJoin('consents', 'consents.id', 'authorizations.consent_id')
    .innerJoin('institutions', 'institutions.id', 'consents.institution_id')
    .innerJoin('applications', 'applications.id', 'consents.application_id')
    .innerJoin('data_keys', 'data_keys.consent_id', 'authorizations.consent_id')
    .innerJoin('invitations', 'invitations.id', 'authorizations.invitation_id')
    .leftJoin('grants', 'grants.authorization_id', 'authorizations.id')
    .selectAll('authorizations')
    .select([
      'consents.application_id',
      'consents.status',
      'consents.stage',
      'consents.granted_by',
      'consents.receipt_id',
      'consents.revocation_requested_at',
      'invitations.authorize_by',
      'invitations.terms',
      'invitations.reason as invitation_reason',
      'invitations.outcome as invitation_outcome',
      'consents.purpose',
      'consents.person_pseudonym',
      'consents.return_url',
      'invitations.launch_jwe',
      'applications.name as application_name',
      'institutions.profile',
      'institutions.revision',
      'institutions.paused_at as institution_paused_at',
      'data_keys.wrapped_jwe',
      'grants.tokens_jwe',
      'grants.scope as granted_scope',
      'grants.bank_consent_id',
      'grants.access_expires_at',
      'grants.grant_expires_at',
      'grants.accounts_jwe',
      'grants.ending',
      'grants.created_at as tokens_since',
      'grants.refreshed_at',
      'grants.refresh_failure',
      'grants.refresh_failures',
      'grants.lost_at',
      // By PostgreSQL's clock, which is the same for all processes.
      sql<number | null>`extract(epoch FROM grants.refresh_retry_at - now())::float8`.as('cool_down_seconds'),
    ]);
}

export async function markPushed(
  database: Database,
  id: AuthorizationId,
  pushed: { readonly requestUriExpiresAt: Date; readonly requestDigest: string },
  consentId: ConsentId,
  state: ConsentState,
): Promise<void> {
  await withConsentState(database, consentId, state)
    .updateTable('authorizations')
    .set({
      pushed_at: sql`now()`,
      request_uri_expires_at: pushed.requestUriExpiresAt,
      request_digest: pushed.requestDigest,
    })
    .where('id', '=', id)
    .execute();
}

/**
 * Claims the one attempt to exchange the code, in a commit of its own before the code leaves.
 *
 * @returns false when somebody has claimed it before: the code may be spent
 */
export async function claimExchange(
  database: Database,
  id: AuthorizationId,
  consentId: ConsentId,
  state: ConsentState,
): Promise<boolean> {
  const result = await withConsentState(database, consentId, state)
    .updateTable('authorizations')
    .set({ exchange_started_at: sql`now()`, callback_at: sql`coalesce(callback_at, now())` })
    .where('id', '=', id)
    .where('exchange_started_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Gives the claim back. Only for a code that certainly never left. */
export async function releaseExchange(database: Database, id: AuthorizationId): Promise<void> {
  await database.updateTable('authorizations').set({ exchange_started_at: null }).where('id', '=', id).execute();
}

export async function keepTokenResponse(database: Database, id: AuthorizationId, sealed: string): Promise<void> {
  await database
    .updateTable('authorizations')
    .set({ token_response_jwe: sealed, token_response_at: sql`now()` })
    .where('id', '=', id)
    .execute();
}

/** What proves how the tokens came. */
export interface ExchangeProof {
  /** `iss` of the answer (RFC 9207). */
  readonly responseIssuer?: string;
  /** From the ID token. */
  readonly authenticatedAt?: Date;
  readonly acr?: string;
  /** Of the certificate that the tokens are bound to, where they are. */
  readonly certificateThumbprint?: string;
}

export interface NewGrant {
  readonly authorizationId: AuthorizationId;
  readonly consentId: ConsentId;
  readonly tokensSealed: string;
  readonly bankConsentId?: string;
  readonly scope?: string;
  readonly accessExpiresAt?: Date;
  /** When the refresh token ends, where the bank says so. */
  readonly grantExpiresAt?: Date;
  readonly proof: ExchangeProof;
}

/** The tokens get their own place; the verifier, the code's secrets and the raw response are gone in the same statement. */
export async function completeExchange(database: Database, grant: NewGrant): Promise<void> {
  const { responseIssuer, authenticatedAt, acr, certificateThumbprint } = grant.proof;
  await database
    .with('authorization', (query) =>
      query
        .updateTable('authorizations')
        .set({
          secrets_jwe: null,
          token_response_jwe: null,
          response_issuer: responseIssuer ?? null,
          authenticated_at: authenticatedAt ?? null,
          acr: acr ?? null,
          ...(certificateThumbprint !== undefined && { sender_key_thumbprint: certificateThumbprint }),
        })
        .where('id', '=', grant.authorizationId),
    )
    .insertInto('grants')
    .values({
      authorization_id: grant.authorizationId,
      consent_id: grant.consentId,
      tokens_jwe: grant.tokensSealed,
      bank_consent_id: grant.bankConsentId ?? null,
      scope: grant.scope ?? null,
      access_expires_at: grant.accessExpiresAt ?? null,
      grant_expires_at: grant.grantExpiresAt ?? null,
    })
    .onConflict((conflict) => conflict.column('authorization_id').doNothing())
    .execute();
}

export interface LostAuthorization {
  readonly consentId: ConsentId;
  readonly authorizationId: AuthorizationId;
  readonly failure: FailureCode;
  readonly state: ConsentState;
  readonly closes?: ClosedInvitation;
  readonly bankIsTold?: boolean;
  readonly purgeAfterDays?: number;
}

/**
 * Notes how an authorization ended without a grant that is used, together with what that means for its consent. Its secrets go,
 * unless a token response is in custody that only they can judge.
 *
 * @returns grants that the bank has still to be told of: those of this trip, or of the whole consent when it ended
 */
export async function endAuthorization(
  database: Database,
  lost: LostAuthorization,
): Promise<readonly AuthorizationId[]> {
  const { consentId, authorizationId, failure, state, closes, bankIsTold = false } = lost;
  return database.transaction().execute(async (transaction) => {
    await recordState(transaction, consentId, state, closes);
    await transaction
      .updateTable('authorizations')
      .set({
        failure,
        callback_at: sql`coalesce(callback_at, now())`,
        secrets_jwe: sql`CASE WHEN token_response_jwe IS NULL THEN NULL ELSE secrets_jwe END`,
      })
      .where('id', '=', authorizationId)
      .execute();
    // A no that came with tokens (nothing was ticked at the bank) leaves none behind.
    if (state.status === 'denied' || (bankIsTold && hasEnded(state.status))) {
      return endConsentWithin(transaction, lost);
    }
    return bankIsTold ? grantsOfTrip(transaction, authorizationId) : [];
  });
}

async function grantsOfTrip(database: Database, id: AuthorizationId): Promise<readonly AuthorizationId[]> {
  const grants = await database
    .selectFrom('grants')
    .select('authorization_id')
    .where('authorization_id', '=', id)
    .where('tokens_jwe', 'is not', null)
    .execute();
  return grants.map((grant) => grant.authorization_id);
}
