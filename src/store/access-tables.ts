import type { ColumnType, Generated } from 'kysely';
import type { ApplicationId } from '../domain/ids';
import type { ApplicationIdentity } from '../domain/party';
import type { Scope } from '../domain/scopes';

/** Who may ask, and with what. */
export interface AccessTables {
  applications: ApplicationsTable;
  api_keys: ApiKeysTable;
  application_clients: ApplicationClientsTable;
}

type Timestamp = ColumnType<Date, Date | undefined, Date>;
type NullableTimestamp = ColumnType<Date | null, Date | null | undefined, Date | null>;

interface ApplicationsTable {
  id: ApplicationId;
  name: string;
  return_urls: ColumnType<string[], string, string>;
  /** Whether it may carry an authorization of one request to the bank itself. */
  may_delegate: Generated<boolean>;
  /** Registry entries and contact data, for receipts and disclosures. */
  identity: ColumnType<ApplicationIdentity, string | undefined, string>;
  /** Requests a minute that an API process takes from it; null: as many as from any other. */
  requests_per_minute: number | null;
  created_at: Timestamp;
}

export interface ApiKeysTable {
  id: string;
  role: 'application' | 'operator';
  application_id: ApplicationId | null;
  key_hash: Buffer;
  label: string;
  /** Null: all there are, those of later versions included. */
  scopes: readonly Scope[] | null;
  created_at: Timestamp;
  /** From then on it is good for nothing. */
  expires_at: NullableTimestamp;
  /** To the minute. */
  last_used_at: NullableTimestamp;
  /** The key that takes its place. */
  replaced_by: string | null;
  revoked_at: NullableTimestamp;
}

/** As whom an external issuer of access tokens knows an application. */
interface ApplicationClientsTable {
  id: string;
  application_id: ApplicationId;
  issuer: string;
  client_id: string;
  created_at: Timestamp;
}
