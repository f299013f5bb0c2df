import { sql, type Kysely, type Migration } from 'kysely';

/** Everything a consent needs from request to receipt. Plain SQL: what runs is what is read. */
export const firstTables: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
  },
};

const STATEMENTS = [
  `CREATE TABLE applications (
     id text PRIMARY KEY,
     name text NOT NULL,
     return_urls jsonb NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now()
   )`,
  `CREATE TABLE api_keys (
     id text PRIMARY KEY,
     role text NOT NULL CHECK (role IN ('application', 'operator')),
     application_id text REFERENCES applications (id),
     key_hash bytea NOT NULL UNIQUE,
     label text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     revoked_at timestamptz,
     CHECK ((role = 'application') = (application_id IS NOT NULL))
   )`,
  `CREATE TABLE institutions (
     id text PRIMARY KEY,
     profile jsonb NOT NULL,
     revision integer NOT NULL DEFAULT 1,
     updated_at timestamptz NOT NULL DEFAULT now()
   )`,
  `CREATE TABLE service_secrets (
     name text PRIMARY KEY,
     secret_jwe text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now()
   )`,
  `CREATE TABLE signing_keys (
     kid text PRIMARY KEY,
     purpose text NOT NULL,
     algorithm text NOT NULL,
     public_jwk jsonb NOT NULL,
     private_jwe text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     UNIQUE (purpose, algorithm)
   )`,
  `CREATE TABLE consents (
     id text PRIMARY KEY,
     application_id text NOT NULL REFERENCES applications (id),
     institution_id text NOT NULL REFERENCES institutions (id),
     person_jwe text NOT NULL,
     person_pseudonym text NOT NULL,
     purpose text NOT NULL,
     terms jsonb NOT NULL,
     return_url text,
     metadata jsonb NOT NULL DEFAULT '{}',
     status text NOT NULL,
     next_action text NOT NULL,
     stage text NOT NULL,
     authorization_id text,
     failure text,
     granted jsonb,
     difference jsonb,
     data_access jsonb,
     receipt_id text,
     expires_at timestamptz,
     authorize_by timestamptz NOT NULL,
     launch_hash bytea NOT NULL UNIQUE,
     launch_jwe text NOT NULL,
     workflow_started_at timestamptz,
     created_at timestamptz NOT NULL DEFAULT now(),
     updated_at timestamptz NOT NULL DEFAULT now()
   )`,
  `CREATE INDEX consents_without_workflow ON consents (created_at) WHERE workflow_started_at IS NULL`,
  `CREATE INDEX consents_of_application ON consents (application_id, created_at)`,
  `CREATE TABLE data_keys (
     consent_id text PRIMARY KEY,
     wrapped_jwe text,
     created_at timestamptz NOT NULL DEFAULT now(),
     destroyed_at timestamptz
   )`,
  `CREATE TABLE authorizations (
     id text PRIMARY KEY,
     consent_id text NOT NULL REFERENCES consents (id),
     state_hash bytea NOT NULL UNIQUE,
     browser_hash bytea NOT NULL,
     secrets_jwe text,
     code_challenge text NOT NULL,
     sender_key_thumbprint text NOT NULL,
     agreed_at timestamptz NOT NULL,
     disclosure_digest text NOT NULL,
     pushed_at timestamptz,
     request_uri_expires_at timestamptz,
     callback_at timestamptz,
     exchange_started_at timestamptz,
     token_response_jwe text,
     token_response_at timestamptz,
     failure text,
     created_at timestamptz NOT NULL DEFAULT now()
   )`,
  `CREATE INDEX authorizations_of_consent ON authorizations (consent_id, created_at)`,
  `CREATE TABLE grants (
     authorization_id text PRIMARY KEY REFERENCES authorizations (id),
     consent_id text NOT NULL REFERENCES consents (id),
     bank_consent_id text,
     tokens_jwe text,
     scope text,
     access_expires_at timestamptz,
     created_at timestamptz NOT NULL DEFAULT now(),
     destroyed_at timestamptz
   )`,
  `CREATE INDEX grants_of_consent ON grants (consent_id)`,
  `CREATE TABLE receipts (
     id text PRIMARY KEY,
     consent_id text NOT NULL REFERENCES consents (id),
     authorization_id text NOT NULL UNIQUE REFERENCES authorizations (id),
     document json NOT NULL,
     signed text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now()
   )`,
  // Whoever waits for an outcome hears of it from the commit itself: no polling, and no second message to lose.
  `CREATE FUNCTION notify_consent_progress() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     PERFORM pg_notify('consent_progress', NEW.id);
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER consent_progress AFTER UPDATE OF status, stage ON consents
   FOR EACH ROW EXECUTE FUNCTION notify_consent_progress()`,
];
