import type { ColumnType } from 'kysely';
import type { ApplicationId, ConsentId } from '../domain/ids';

/** What applications are told: written by the database alone, as the trail is. */
export interface EventTables {
  events: EventsTable;
}

export interface EventsTable {
  /** The same however often it is told. */
  id: ColumnType<string, never, never>;
  application_id: ColumnType<ApplicationId, never, never>;
  consent_id: ColumnType<ConsentId, never, never>;
  /** The event's number in the consent's audit trail: greater is later. */
  version: ColumnType<string, never, never>;
  type: ColumnType<string, never, never>;
  at: ColumnType<Date, never, never>;
  /** What is told; the consent's metadata and tags are not in it. */
  data: ColumnType<Record<string, unknown>, never, never>;
  /** Place in the order of reading; null until the first reader comes. */
  position: ColumnType<string | null, never, never>;
}
