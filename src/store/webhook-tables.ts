import type { ColumnType, Generated } from 'kysely';
import type { ApplicationId, ConsentId } from '../domain/ids';

/** Where applications are told, and what is to be told there. */
export interface WebhookTables {
  webhook_endpoints: WebhookEndpointsTable;
  webhook_secrets: WebhookSecretsTable;
  webhook_deliveries: WebhookDeliveriesTable;
  webhook_attempts: WebhookAttemptsTable;
}

type Timestamp = ColumnType<Date, Date | undefined, Date>;
type NullableTimestamp = ColumnType<Date | null, Date | null | undefined, Date | null>;

/**
 * `pending`: has not answered a challenge yet. `paused`: what happens waits. `disabled`: given up, by its own word or after days of
 * failures; what happens meanwhile is not kept for it.
 */
export const WEBHOOK_STATUSES = ['pending', 'enabled', 'paused', 'disabled'] as const;
export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number];

export interface WebhookEndpointsTable {
  id: string;
  application_id: ApplicationId;
  url: string;
  description: string | null;
  event_types: string[];
  status: WebhookStatus;
  status_reason: string | null;
  verified_at: NullableTimestamp;
  /** Attempts that failed in a row, whatever they carried; since when; and until when it is left alone. */
  failures: Generated<number>;
  failing_since: NullableTimestamp;
  retry_at: NullableTimestamp;
  looked_at: NullableTimestamp;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface WebhookSecretsTable {
  id: string;
  endpoint_id: string;
  secret_jwe: string;
  created_at: Timestamp;
  expires_at: NullableTimestamp;
}

/** `failed`: tried for as long as it is worth; it is sent again only when somebody says so. */
export const DELIVERY_STATUSES = ['waiting', 'delivered', 'failed'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export interface WebhookDeliveriesTable {
  id: string;
  endpoint_id: string;
  /** Null for a test. */
  event_id: string | null;
  consent_id: ConsentId | null;
  type: string;
  position: ColumnType<string, never, never>;
  status: Generated<DeliveryStatus>;
  due_at: Timestamp;
  attempts: Generated<number>;
  failures: Generated<number>;
  leased_until: NullableTimestamp;
  lease: string | null;
  created_at: Timestamp;
  settled_at: NullableTimestamp;
}

export interface WebhookAttemptsTable {
  delivery_id: string;
  number: number;
  at: Timestamp;
  /** All three are null while it is under way, and for good when its worker died. */
  milliseconds: number | null;
  status: number | null;
  failure: string | null;
}
