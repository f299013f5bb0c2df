import type { ColumnType, Generated } from 'kysely';
import type { ApplicationId, AuthorizationId, ConsentId, InvitationId, ReceiptId } from '../domain/ids';

type Json<T> = ColumnType<T, string, string>;
type Timestamp = ColumnType<Date, Date | undefined, Date>;
type NullableTimestamp = ColumnType<Date | null, Date | null | undefined, Date | null>;

/** The tables of what proves a consent. Rows of most of them are never changed: docs/evidence.md. */
export interface EvidenceTables {
  receipts: ReceiptsTable;
  deletion_certificates: DeletionCertificatesTable;
  disclosure_templates: DisclosureTemplatesTable;
  disclosures: DisclosuresTable;
  agreements: AgreementsTable;
  evidence_keys: EvidenceKeysTable;
  evidence_policy: EvidencePolicyTable;
  legal_holds: LegalHoldsTable;
  audit_events: AuditEventsTable;
  audit_removed_chains: AuditRemovedChainsTable;
  audit_checkpoints: AuditCheckpointsTable;
  audit_checkpoint_heads: AuditCheckpointHeadsTable;
}

interface DisclosureTemplatesTable {
  application_id: ApplicationId;
  /** BCP 47. */
  language: string;
  version: number;
  content: Json<Record<string, unknown>>;
  created_at: Timestamp;
}

interface DisclosuresTable {
  id: string;
  consent_id: ConsentId;
  invitation_id: InvitationId;
  /** Whether we showed it by a template, or the application its own. */
  source: 'template' | 'application';
  /** Which template and version; null for an application's own. */
  template: string | null;
  language: string;
  /** What was shown, in full; not a template of it. */
  document: Json<Record<string, unknown>>;
  /** SHA-256 over the document's canonical form (RFC 8785), base64url. */
  digest: string;
  created_at: Timestamp;
}

interface AgreementsTable {
  id: string;
  consent_id: ConsentId;
  invitation_id: InvitationId;
  disclosure_id: string;
  method: 'button' | 'typed_name';
  /** The name and the salt of its digest, sealed with the consent's evidence key. Null once the person was erased. */
  name_jwe: string | null;
  name_digest: string | null;
  agreed_at: Timestamp;
  /** `person` on our page, or `application:<id>`. */
  recorded_by: string;
  request_id: string | null;
  created_at: Timestamp;
}

interface EvidenceKeysTable {
  consent_id: ConsentId;
  /** Null once destroyed. */
  wrapped_jwe: string | null;
  wrapped_with: string | null;
  created_at: Timestamp;
  /** When the person was erased. */
  destroyed_at: NullableTimestamp;
  destroyed_by: string | null;
  request_id: string | null;
}

/** One row, written by `fdx-consent migrate`: what the database itself goes by when it is asked to remove evidence. */
interface EvidencePolicyTable {
  is_only: Generated<boolean>;
  retention_days: number;
  updated_at: Timestamp;
}

interface LegalHoldsTable {
  id: string;
  consent_id: ConsentId;
  reason: string;
  placed_by: string;
  placed_at: Timestamp;
  request_id: string | null;
  released_by: string | null;
  released_at: NullableTimestamp;
  release_request_id: string | null;
}

/** Written by the database alone (`append_audit_event`): no role of ours may insert, update or delete. */
interface AuditEventsTable {
  /** A consent's id, or `service`. */
  chain: ColumnType<string, never, never>;
  /** From 1, without gaps. node-postgres reads a bigint as a string. */
  seq: ColumnType<string, never, never>;
  type: ColumnType<string, never, never>;
  actor: ColumnType<string, never, never>;
  at: ColumnType<Date, never, never>;
  /** The canonical JSON that the hash is taken over; the other columns repeat it for finding it. */
  event: ColumnType<string, never, never>;
  /** SHA-256 of `event`, hexadecimal. */
  hash: ColumnType<string, never, never>;
}

interface AuditRemovedChainsTable {
  chain: string;
  seq: string;
  hash: string;
  removed_at: Timestamp;
}

interface AuditCheckpointsTable {
  number: string;
  document: Json<Record<string, unknown>>;
  /** The document as a compact JWS. */
  signed: string;
  created_at: Timestamp;
}

interface AuditCheckpointHeadsTable {
  chain: string;
  /** The first checkpoint at which the chain ended there. */
  checkpoint: string;
  seq: string;
  hash: string;
  /** The chain left with this checkpoint, removed by the book. */
  removed: Generated<boolean>;
}

export interface ReceiptsTable {
  id: ReceiptId;
  consent_id: ConsentId;
  authorization_id: AuthorizationId;
  /** The receipt of the grant before. */
  supersedes: ReceiptId | null;
  document: Json<Record<string, unknown>>;
  /** The document as a compact JWS; the document column is its payload. */
  signed: string;
  created_at: Timestamp;
}

interface DeletionCertificatesTable {
  id: string;
  consent_id: ConsentId;
  /** The certificate of the purge, when the person was erased after it. */
  supersedes: string | null;
  document: Json<Record<string, unknown>>;
  signed: string;
  created_at: Timestamp;
}
