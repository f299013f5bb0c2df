import type { ColumnType, Generated } from 'kysely';
import type { ApplicationId, AuthorizationId, ConsentId, InstitutionId, ReceiptId } from '../domain/ids';
import type { AuthorizationStage, ConsentStatus, NextAction } from '../domain/consent';
import type { ConsentTerms } from '../domain/terms';
import type { FailureCode } from '../domain/failures';
import type { GrantDifference, GrantedConsent } from '../domain/grant';
import type { InstitutionProfile, SignatureAlgorithm } from '../domain/institution';
import type { ClientMetadata, RegistrationStatus, RegistrationTerms } from '../domain/registration';
import type { SigningKeyPurpose } from '../domain/signing-key';

/**
 * The tables as they are after all migrations. A column ending in `_jwe` holds ciphertext of the vault; `_hash` a SHA-256;
 * no other column ever holds a secret.
 */
export interface Tables {
  applications: ApplicationsTable;
  api_keys: ApiKeysTable;
  institutions: InstitutionsTable;
  registrations: RegistrationsTable;
  service_secrets: ServiceSecretsTable;
  signing_keys: SigningKeysTable;
  data_keys: DataKeysTable;
  consents: ConsentsTable;
  authorizations: AuthorizationsTable;
  grants: GrantsTable;
  receipts: ReceiptsTable;
}

/** Written as a JSON string, read as the parsed value. */
type Json<T> = ColumnType<T, string, string>;
type NullableJson<T> = ColumnType<T | null, string | null | undefined, string | null>;
/** An instant; PostgreSQL keeps the clock, so rows of different processes compare. */
type Timestamp = ColumnType<Date, Date | undefined, Date>;
type NullableTimestamp = ColumnType<Date | null, Date | null | undefined, Date | null>;

interface ApplicationsTable {
  id: ApplicationId;
  name: string;
  return_urls: Json<string[]>;
  created_at: Timestamp;
}

interface ApiKeysTable {
  id: string;
  role: 'application' | 'operator';
  application_id: ApplicationId | null;
  key_hash: Buffer;
  label: string;
  created_at: Timestamp;
  revoked_at: NullableTimestamp;
}

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
  created_at: Timestamp;
  destroyed_at: NullableTimestamp;
}

export interface ConsentsTable {
  id: ConsentId;
  application_id: ApplicationId;
  institution_id: InstitutionId;
  person_jwe: string;
  /** Keyed hash of the application's name for the person: stable, and not reversible without the key. */
  person_pseudonym: string;
  purpose: string;
  terms: Json<ConsentTerms>;
  return_url: string | null;
  metadata: Json<Record<string, string>>;
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
  authorize_by: Timestamp;
  launch_hash: Buffer;
  launch_jwe: string;
  /** Null until the workflow is known to run; a sweep starts what a crash left behind. */
  workflow_started_at: NullableTimestamp;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface DataAccessProof {
  outcome: 'proven' | 'refused' | 'unreachable' | 'not_applicable';
  accounts?: number;
  failure?: FailureCode;
}

export interface AuthorizationsTable {
  id: AuthorizationId;
  consent_id: ConsentId;
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
  created_at: Timestamp;
  destroyed_at: NullableTimestamp;
}

export interface ReceiptsTable {
  id: ReceiptId;
  consent_id: ConsentId;
  authorization_id: AuthorizationId;
  document: Json<Record<string, unknown>>;
  /** The document as a compact JWS; the document column is its payload. */
  signed: string;
  created_at: Timestamp;
}
