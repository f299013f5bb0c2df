import { sql, type Kysely, type Migration } from 'kysely';

/** Requests that may be repeated. ADR 0029. */
export const habits: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
  },
};

const STATEMENTS = [
  `CREATE TABLE idempotent_requests (
     -- What the request makes is named after it: a second execution makes the same thing, and finds that it is there.
     id text PRIMARY KEY,
     -- \`application:<id>\` or \`operator:<key id>\`. Keys of others have nothing to do with these.
     caller text NOT NULL,
     key_hash bytea NOT NULL,
     operation text NOT NULL,
     -- SHA-256 of path, query and body in canonical form (RFC 8785).
     request_digest text NOT NULL,
     -- What it is about; not yet there, when it is the request that makes it.
     consent_id text,
     -- Who is at work on it: the number of the advisory lock that a session of theirs holds for as long as they live. Null: nobody.
     holder integer,
     attempts integer NOT NULL DEFAULT 1,
     -- Status, headers and body.
     answer_jwe text,
     created_at timestamptz NOT NULL DEFAULT now(),
     answered_at timestamptz,
     expires_at timestamptz NOT NULL,
     UNIQUE (caller, key_hash),
     CHECK ((answer_jwe IS NULL) = (answered_at IS NULL)),
     CHECK (answer_jwe IS NULL OR holder IS NULL)
   )`,
  `CREATE INDEX idempotent_requests_old ON idempotent_requests (expires_at)`,
  `CREATE INDEX idempotent_requests_of_consent ON idempotent_requests (consent_id) WHERE consent_id IS NOT NULL`,
  // Whoever waits for the answer looks again when the work on it is over, one way or the other.
  `CREATE FUNCTION notify_idempotent_request() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     PERFORM pg_notify('idempotent_request', NEW.id);
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER idempotent_request_over AFTER UPDATE ON idempotent_requests
   FOR EACH ROW WHEN (NEW.holder IS NULL) EXECUTE FUNCTION notify_idempotent_request()`,
];
