import type { ColumnType, Generated } from 'kysely';
import type { ApplicationId, AuthorizationId, ConsentId, InstitutionId, InvitationId, ReceiptId } from '../domain/ids';
import type { AccountChanges } from '../domain/account-changes';
import type { AuthorizationStage, BankEnding, ConsentStatus, NextAction } from '../domain/consent';
import type { EndingSteps, Revocation } from '../domain/ending';
import type { InvitationOutcome, InvitationReason } from '../domain/invitation';
import type { ConsentTerms } from '../domain/terms';
import type { FailureCode } from '../domain/failures';
import type { GrantDifference, GrantedConsent } from '../domain/grant';
import type { InstitutionProfile, SignatureAlgorithm } from '../domain/institution';
import type { ClientMetadata, RegistrationStatus, RegistrationTerms } from '../domain/registration';
import type { SigningKeyPurpose } from '../domain/signing-key';
import type { AccessTables } from './access-tables';
import type { EventTables } from './event-tables';
import type { EvidenceTables } from './evidence-tables';
import type { HabitTables } from './habit-tables';
import type { WebhookTables } from './webhook-tables';

/**
 * The tables as they are after all migrations. A column ending in `_jwe` holds ciphertext of the vault; `_hash` a SHA-256;
 * no other column ever holds a secret.
 */
export interface Tables extends AccessTables, EvidenceTables, EventTables, HabitTables, WebhookTables {
  institutions: InstitutionsTable;
  registrations: RegistrationsTable;
  service_secrets: ServiceSecretsTable;
  signing_keys: SigningKeysTable;
  data_keys: DataKeysTable;
  consents: ConsentsTable;
  invitations: InvitationsTable;
  authorizations: AuthorizationsTable;
  grants: GrantsTable;
  notices: NoticesTable;
  operator_tasks: OperatorTasksTable;
  operator_actions: OperatorActionsTable;
  bank_notifications: BankNotificationsTable;
  notification_subscriptions: NotificationSubscriptionsTable;
  publisher_assertions: PublisherAssertionsTable;
}

/** Written as a JSON string, read as the parsed value. */
type Json<T> = ColumnType<T, string, string>;
type NullableJson<T> = ColumnType<T | null, string | null | undefined, string | null>;
/** An instant; PostgreSQL keeps the clock, so rows of different processes compare. */
type Timestamp = ColumnType<Date, Date | undefined, Date>;
type NullableTimestamp = ColumnType<Date | null, Date | null | undefined, Date | null>;

interface InstitutionsTable {
  id: InstitutionId;
  profile: Json<InstitutionProfile>;
  /** Goes up with every change, so that caches know. */
  revision: Generated<number>;
  /** What its metadata were when somebody last looked. */
  readiness: Generated<InstitutionReadiness>;
  /** Why it is misconfigured. */
  readiness_reason: string | null;
  checked_at: NullableTimestamp;
  /** When the next look is due. */
  check_due_at: Timestamp;
  /** Set when it is no longer offered: no consent begins there, and those that are there go on. */
  withdrawn_at: NullableTimestamp;
  /** Set while an operator lets new work wait. */
  paused_at: NullableTimestamp;
  paused_reason: string | null;
  updated_at: Timestamp;
}

export type InstitutionReadiness = 'unchecked' | 'ready' | 'misconfigured';

export interface RegistrationsTable {
  institution_id: InstitutionId;
  status: RegistrationStatus;
  /** What was last asked for with success, or for the first time. */
  terms: Json<RegistrationTerms>;
  /** What the operation under way asks for. */
  pending_terms: NullableJson<RegistrationTerms>;
  /** Where we registered. */
  endpoint: string | null;
  client_id: string | null;
  registration_client_uri: string | null;
  /** The registration access token (RFC 7592). */
  access_token_jwe: string | null;
  /** The one before, until its successor has been used. */
  previous_access_token_jwe: string | null;
  /** What the bank says it has registered, without secrets. */
  metadata: NullableJson<ClientMetadata>;
  /** The request to register that is out, or was when its worker died; set before it leaves. */
  attempt_id: string | null;
  attempt_at: NullableTimestamp;
  /** An answer of the bank as received, sealed before anything judges it. */
  answer_jwe: string | null;
  /** Set before a request to delete leaves: what a 401 means afterwards depends on it. */
  deletion_sent_at: NullableTimestamp;
  /** Instants of requests that may have left a client at the bank that we know nothing of. */
  possible_orphans: ColumnType<readonly string[], string | undefined, string>;
  failure: FailureCode | null;
  failure_detail: string | null;
  /** Null while there is no client of ours that works. */
  registered_at: NullableTimestamp;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface ServiceSecretsTable {
  name: string;
  secret_jwe: string;
  created_at: Timestamp;
}

interface SigningKeysTable {
  kid: string;
  purpose: SigningKeyPurpose;
  algorithm: SignatureAlgorithm;
  public_jwk: Json<Record<string, unknown>>;
  /** Null for a key that lies in a key service, and once a key is withdrawn. */
  private_jwe: string | null;
  /** Who signs with it: `local` for ourselves, or the name of a key service. */
  provider: Generated<string>;
  /** The key service's name for the key. */
  key_reference: string | null;
  created_at: Timestamp;
  activates_at: Timestamp;
  withdraws_at: NullableTimestamp;
}

interface DataKeysTable {
  consent_id: ConsentId;
  /** The consent's data key, wrapped. Null once destroyed: everything sealed with it is then unreadable. */
  wrapped_jwe: string | null;
  /** Id of the key that wraps it; null where an earlier version wrapped it. */
  wrapped_with: string | null;
  created_at: Timestamp;
  destroyed_at: NullableTimestamp;
}

export interface ConsentsTable {
  id: ConsentId;
  application_id: ApplicationId;
  institution_id: InstitutionId;
  /** Null once purged. */
  person_jwe: string | null;
  /** Keyed hash of the application's name for the person: stable, and not reversible without the key. */
  person_pseudonym: string;
  purpose: string;
  terms: Json<ConsentTerms>;
  return_url: string | null;
  /** BCP 47; null: what the person's browser prefers. */
  language: string | null;
  /** The request that asked for it. */
  request_id: string | null;
  metadata: Json<Record<string, string>>;
  /** Short labels of the application's own. */
  tags: ColumnType<readonly string[], string | undefined, string>;
  status: ConsentStatus;
  next_action: NextAction;
  stage: AuthorizationStage;
  authorization_id: AuthorizationId | null;
  failure: FailureCode | null;
  granted: NullableJson<GrantedConsent>;
  difference: NullableJson<GrantDifference>;
  /** How `GET /accounts` went with the new grant. */
  data_access: NullableJson<DataAccessProof>;
  receipt_id: ReceiptId | null;
  expires_at: NullableTimestamp;
  /** The link by which an active consent may be authorized anew. */
  invitation_id: InvitationId | null;
  /** The trip whose grant is in use, and when the bank gave it. */
  granted_by: AuthorizationId | null;
  granted_at: NullableTimestamp;
  /** When what the bank gave ends by itself, where that is earlier. */
  grant_expires_at: NullableTimestamp;
  /** The bank no longer honours the grant: nothing may be read with it. */
  grant_lost: Generated<boolean>;
  /** The most urgent notice given of the deadline ahead. */
  notice_days: number | null;
  /** How the accounts of the last renewal compare with those before. */
  account_changes: NullableJson<AccountChanges>;
  /** Set by whoever asked; from then on no token is used, whatever the workflow has heard of it. */
  revocation: NullableJson<Revocation>;
  revocation_requested_at: NullableTimestamp;
  /** Who wanted it (`application:<id>`, `person`, an operator), and in which request. */
  revocation_requested_by: string | null;
  revocation_request_id: string | null;
  /** Null until the workflow is known to have been told; a sweep tells it. */
  revocation_delivered_at: NullableTimestamp;
  bank_ending: BankEnding | null;
  /** When the bank was last asked how the consent stands, and when it is to be asked next. */
  bank_checked_at: NullableTimestamp;
  bank_check_due_at: Timestamp;
  ended_at: NullableTimestamp;
  purge_due_at: NullableTimestamp;
  purged_at: NullableTimestamp;
  /** Null until the workflow is known to run; a sweep starts what a crash left behind. */
  workflow_started_at: NullableTimestamp;
  /** When somebody last saw that the workflow runs. */
  workflow_seen_at: NullableTimestamp;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface DataAccessProof {
  outcome: 'proven' | 'refused' | 'unreachable' | 'not_applicable';
  accounts?: number;
  failure?: FailureCode;
}

interface InvitationsTable {
  id: InvitationId;
  consent_id: ConsentId;
  reason: InvitationReason;
  /** What is asked for on this occasion. */
  terms: Json<ConsentTerms>;
  authorize_by: Timestamp;
  /** Of the token in the link. */
  launch_hash: Buffer;
  /** Null once purged. */
  launch_jwe: string | null;
  outcome: InvitationOutcome | null;
  /** Who made it (`application:<id>`, `person`), and in which request. */
  opened_by: string | null;
  request_id: string | null;
  created_at: Timestamp;
  closed_at: NullableTimestamp;
}

export interface AuthorizationsTable {
  id: AuthorizationId;
  consent_id: ConsentId;
  invitation_id: InvitationId;
  state_hash: Buffer;
  /** Hash of the cookie of the browser that started; the answer must come back with it. */
  browser_hash: Buffer;
  /** Code verifier, state, nonce and sender-constraint key, until the exchange is over. */
  secrets_jwe: string | null;
  code_challenge: string;
  sender_key_thumbprint: string;
  /** When the person agreed to the disclosure, and its digest. */
  agreed_at: Timestamp;
  disclosure_digest: string;
  agreement_id: string | null;
  /** SHA-256 of the parameters that were pushed, and the `iss` of the answer (RFC 9207). */
  request_digest: string | null;
  response_issuer: string | null;
  /** From the ID token: when and how the bank authenticated the person. */
  authenticated_at: NullableTimestamp;
  acr: string | null;
  pushed_at: NullableTimestamp;
  request_uri_expires_at: NullableTimestamp;
  callback_at: NullableTimestamp;
  /** Set in its own transaction before the code leaves: a code is sent at most once. */
  exchange_started_at: NullableTimestamp;
  /** The token response as received, sealed before anything judges it. */
  token_response_jwe: string | null;
  token_response_at: NullableTimestamp;
  failure: FailureCode | null;
  created_at: Timestamp;
}

export interface GrantsTable {
  authorization_id: AuthorizationId;
  consent_id: ConsentId;
  bank_consent_id: string | null;
  /** Access token, refresh token and the key they are bound to. Null once destroyed. */
  tokens_jwe: string | null;
  scope: string | null;
  access_expires_at: NullableTimestamp;
  /** When the refresh token ends, where the bank says so. */
  grant_expires_at: NullableTimestamp;
  /** The answer to a refresh as received, sealed before anything judges it. */
  refresh_response_jwe: string | null;
  refresh_response_at: NullableTimestamp;
  refreshed_at: NullableTimestamp;
  /** Why the last refresh failed, how many have since one succeeded, and before when nobody tries again. */
  refresh_failure: FailureCode | null;
  refresh_failures: Generated<number>;
  refresh_retry_at: NullableTimestamp;
  /** When the bank said that the grant is no more, and when the workflow was told. */
  lost_at: NullableTimestamp;
  lost_told_at: NullableTimestamp;
  /** Until when a worker that keeps idle grants alive has taken it. */
  keep_alive_claimed_until: NullableTimestamp;
  /** What tells the accounts apart, sealed: for finding them again when their ids change. */
  accounts_jwe: string | null;
  superseded_at: NullableTimestamp;
  /** What was done to end it at the bank. */
  ending: NullableJson<EndingSteps>;
  ending_attempts: Generated<number>;
  ending_failure: FailureCode | null;
  created_at: Timestamp;
  destroyed_at: NullableTimestamp;
}

interface NoticesTable {
  consent_id: ConsentId;
  deadline: Timestamp;
  /** Days before the deadline; 0 at the deadline itself. */
  days: number;
  next_action: NextAction;
  created_at: Timestamp;
}

export interface OperatorTasksTable {
  id: string;
  kind: 'grant_ending_failed';
  consent_id: ConsentId | null;
  authorization_id: AuthorizationId | null;
  institution_id: InstitutionId | null;
  failure: FailureCode | null;
  opened_at: Timestamp;
  closed_at: NullableTimestamp;
  resolution: string | null;
}

interface OperatorActionsTable {
  id: Generated<string>;
  /** Who: an operator key's id, or the account that ran the command. */
  operator: string;
  action: string;
  subject: Json<Record<string, unknown>>;
  outcome: string;
  /** The HTTP request; null for a command. */
  request_id: string | null;
  created_at: Timestamp;
}

interface BankNotificationsTable {
  institution_id: InstitutionId;
  /** The bank's own; told twice it is the same one. */
  notification_id: string;
  type: string;
  bank_consent_id: string | null;
  consent_id: ConsentId | null;
  source: 'pushed' | 'polled';
  received_at: Timestamp;
  handled_at: NullableTimestamp;
  outcome: string | null;
}

interface NotificationSubscriptionsTable {
  institution_id: InstitutionId;
  type: string;
  /** The bank's own. Null while it has given none. */
  subscription_id: string | null;
  callback_url: string;
  /** Why the last attempt to subscribe, look or unsubscribe came to nothing. */
  failure: FailureCode | null;
  created_at: Timestamp;
  checked_at: Timestamp;
}

/** Assertions of banks that were used: each is good once (RFC 7519 §4.1.7). */
interface PublisherAssertionsTable {
  issuer: string;
  jti: string;
  usable_until: Timestamp;
}
