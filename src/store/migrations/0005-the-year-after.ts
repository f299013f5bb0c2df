import { sql, type Kysely, type Migration } from 'kysely';

/** A consent's life after its first grant: links of its own kind, chained grants, notices, endings, and what operators do. */
export const theYearAfter: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
  },
};

const STATEMENTS = [
  // The first link moves to where all links are.
  `CREATE TABLE invitations (
     id text PRIMARY KEY,
     consent_id text NOT NULL REFERENCES consents (id),
     reason text NOT NULL CHECK (reason IN ('connect', 'renew', 'reauthorize', 'change')),
     terms jsonb NOT NULL,
     authorize_by timestamptz NOT NULL,
     launch_hash bytea NOT NULL UNIQUE,
     launch_jwe text,
     outcome text
       CHECK (outcome IN ('granted', 'declined', 'failed', 'cancelled', 'lapsed', 'consent_ended')),
     created_at timestamptz NOT NULL DEFAULT now(),
     closed_at timestamptz
   )`,
  `CREATE INDEX invitations_of_consent ON invitations (consent_id, created_at)`,
  `INSERT INTO invitations (id, consent_id, reason, terms, authorize_by, launch_hash, launch_jwe, created_at)
     SELECT 'inv_' || md5(id), id, 'connect', terms, authorize_by, launch_hash, launch_jwe, created_at FROM consents`,
  `ALTER TABLE authorizations ADD COLUMN invitation_id text REFERENCES invitations (id)`,
  `UPDATE authorizations SET invitation_id = 'inv_' || md5(consent_id)`,
  `ALTER TABLE authorizations ALTER COLUMN invitation_id SET NOT NULL`,
  `ALTER TABLE consents
     DROP COLUMN launch_hash,
     DROP COLUMN launch_jwe,
     DROP COLUMN authorize_by,
     ALTER COLUMN person_jwe DROP NOT NULL,
     ADD COLUMN invitation_id text,
     ADD COLUMN granted_by text,
     ADD COLUMN granted_at timestamptz,
     ADD COLUMN grant_expires_at timestamptz,
     ADD COLUMN grant_lost boolean NOT NULL DEFAULT false,
     ADD COLUMN notice_days integer,
     ADD COLUMN account_changes jsonb,
     ADD COLUMN revocation jsonb,
     ADD COLUMN revocation_requested_at timestamptz,
     ADD COLUMN revocation_delivered_at timestamptz,
     ADD COLUMN bank_ending text CHECK (bank_ending IN ('pending', 'done', 'needs_operator')),
     ADD COLUMN bank_checked_at timestamptz,
     ADD COLUMN bank_check_due_at timestamptz NOT NULL DEFAULT now(),
     ADD COLUMN ended_at timestamptz,
     ADD COLUMN purge_due_at timestamptz,
     ADD COLUMN purged_at timestamptz`,
  `UPDATE consents SET granted_by = grants.authorization_id, granted_at = grants.created_at
     FROM grants WHERE grants.consent_id = consents.id AND consents.status IN ('active', 'expired')`,
  `UPDATE consents SET ended_at = updated_at WHERE status NOT IN ('requested', 'authorizing', 'active')`,
  // What PostgreSQL answers for "whose bank is to be asked next", "what expires before" and "what must still be done".
  `CREATE INDEX consents_to_check ON consents (institution_id, bank_check_due_at) WHERE status = 'active'`,
  `CREATE INDEX consents_by_expiry ON consents (application_id, expires_at) WHERE status = 'active'`,
  `CREATE INDEX consents_to_purge ON consents (purge_due_at) WHERE purged_at IS NULL AND purge_due_at IS NOT NULL`,
  `CREATE INDEX consents_to_revoke ON consents (revocation_requested_at)
     WHERE revocation_requested_at IS NOT NULL AND revocation_delivered_at IS NULL`,
  // One use of a refresh token at a time, and its answer in custody, as with a code.
  `ALTER TABLE grants
     ADD COLUMN grant_expires_at timestamptz,
     ADD COLUMN refresh_response_jwe text,
     ADD COLUMN refresh_response_at timestamptz,
     ADD COLUMN refreshed_at timestamptz,
     ADD COLUMN accounts_jwe text,
     ADD COLUMN superseded_at timestamptz,
     ADD COLUMN ending jsonb,
     ADD COLUMN ending_attempts integer NOT NULL DEFAULT 0,
     ADD COLUMN ending_failure text`,
  `ALTER TABLE receipts ADD COLUMN supersedes text REFERENCES receipts (id)`,
  `CREATE INDEX receipts_of_consent ON receipts (consent_id, created_at)`,
  `CREATE TABLE notices (
     consent_id text NOT NULL REFERENCES consents (id),
     deadline timestamptz NOT NULL,
     days integer NOT NULL,
     next_action text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (consent_id, deadline, days)
   )`,
  // What a machine could not do and a person must look at. Open until somebody or something closes it.
  `CREATE TABLE operator_tasks (
     id text PRIMARY KEY,
     kind text NOT NULL CHECK (kind IN ('grant_ending_failed')),
     consent_id text REFERENCES consents (id),
     authorization_id text,
     institution_id text,
     failure text,
     opened_at timestamptz NOT NULL DEFAULT now(),
     closed_at timestamptz,
     resolution text
   )`,
  // Who waits to tell a bank that is resumed, and what an operator has settled by hand.
  `CREATE INDEX consents_ending ON consents (institution_id, id) WHERE bank_ending = 'pending'`,
  `CREATE INDEX operator_tasks_of_authorization ON operator_tasks (authorization_id)`,
  `CREATE UNIQUE INDEX operator_tasks_open ON operator_tasks (kind, authorization_id) WHERE closed_at IS NULL`,
  `CREATE TABLE deletion_certificates (
     id text PRIMARY KEY,
     consent_id text NOT NULL UNIQUE,
     document json NOT NULL,
     signed text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now()
   )`,
  // Who did what with the command line or an operator key.
  `CREATE TABLE operator_actions (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     operator text NOT NULL,
     action text NOT NULL,
     subject jsonb NOT NULL DEFAULT '{}',
     outcome text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now()
   )`,
  `CREATE INDEX operator_actions_by_time ON operator_actions (created_at)`,
  `ALTER TABLE institutions
     ADD COLUMN paused_at timestamptz,
     ADD COLUMN paused_reason text`,
  // What banks tell us, kept before it is acted on. Only what is needed to find the consent: the rest may be anything.
  `CREATE TABLE bank_notifications (
     institution_id text NOT NULL,
     notification_id text NOT NULL,
     type text NOT NULL,
     bank_consent_id text,
     consent_id text,
     source text NOT NULL CHECK (source IN ('pushed', 'polled')),
     received_at timestamptz NOT NULL DEFAULT now(),
     handled_at timestamptz,
     outcome text,
     PRIMARY KEY (institution_id, notification_id)
   )`,
  `CREATE INDEX bank_notifications_waiting ON bank_notifications (received_at) WHERE handled_at IS NULL`,
  `CREATE TABLE notification_subscriptions (
     institution_id text NOT NULL,
     type text NOT NULL,
     subscription_id text NOT NULL,
     callback_url text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     checked_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (institution_id, type)
   )`,
  `CREATE INDEX grants_of_bank_consent ON grants (bank_consent_id)`,
];
