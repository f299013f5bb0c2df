import type { ColumnType, Generated } from 'kysely';
import type { ConsentId } from '../domain/ids';

/** What lets a request be repeated. */
export interface HabitTables {
  idempotent_requests: IdempotentRequestsTable;
}

export interface IdempotentRequestsTable {
  id: ColumnType<string, string, never>;
  /** `application:<id>` or `operator:<key id>`. */
  caller: ColumnType<string, string, never>;
  key_hash: ColumnType<Buffer, Buffer, never>;
  operation: ColumnType<string, string, never>;
  /** Of path, query and body. */
  request_digest: ColumnType<string, string, never>;
  consent_id: ColumnType<ConsentId | null, ConsentId | null, never>;
  /** The lock of the process that is at work on it; null when nobody is. */
  holder: number | null;
  attempts: Generated<number>;
  /** Status, headers and body of the answer. */
  answer_jwe: string | null;
  /** By consent its share of the key to it, sealed; null when the service's own key opens it. JSON when written. */
  answer_shares: ColumnType<Readonly<Record<ConsentId, string>> | null, undefined, string | null>;
  /** Until when what is in it is good; null: for as long as the request is remembered. */
  answer_expires_at: ColumnType<Date | null, undefined, Date | null>;
  created_at: ColumnType<Date, never, never>;
  answered_at: ColumnType<Date | null, undefined, Date | null>;
  expires_at: ColumnType<Date, Date, never>;
}
