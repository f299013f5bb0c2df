import { sql, type Kysely, type Migration } from 'kysely';

/** What finds and removes what is left over, without reading whole tables. */
export const housekeeping: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
  },
};

const STATEMENTS = [
  // When somebody last saw that the consent's workflow runs.
  `ALTER TABLE consents ADD COLUMN workflow_seen_at timestamptz`,
  `CREATE INDEX consents_to_look_for ON consents (coalesce(workflow_seen_at, workflow_started_at), id)
     WHERE purged_at IS NULL AND workflow_started_at IS NOT NULL`,
  `CREATE INDEX consents_ended ON consents (ended_at, id) WHERE ended_at IS NOT NULL AND purged_at IS NULL`,
  `CREATE INDEX consents_as_evidence ON consents (coalesce(granted_at, created_at)) WHERE purged_at IS NOT NULL`,
  `CREATE INDEX grants_superseded ON grants (superseded_at) WHERE superseded_at IS NOT NULL AND tokens_jwe IS NOT NULL`,
  // Foreign keys that a deletion looks up from the other side.
  `CREATE INDEX receipts_superseding ON receipts (supersedes) WHERE supersedes IS NOT NULL`,
  `CREATE INDEX authorizations_of_invitation ON authorizations (invitation_id)`,
  `CREATE INDEX operator_tasks_of_consent ON operator_tasks (consent_id)`,
  `CREATE INDEX bank_notifications_of_consent ON bank_notifications (consent_id) WHERE consent_id IS NOT NULL`,
  `CREATE INDEX bank_notifications_by_age ON bank_notifications (received_at)`,
];
