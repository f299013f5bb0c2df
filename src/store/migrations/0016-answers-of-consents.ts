import { sql, type Kysely, type Migration } from 'kysely';

/** Answers that are kept for who repeats a request, and hold what belongs to consents. ADR 0032. */
export const answersOfConsents: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
  },
};

const STATEMENTS = [
  `ALTER TABLE idempotent_requests
     -- By consent, its share of the key that opens the answer, sealed under its data key. Null: sealed under the service's.
     ADD COLUMN answer_shares jsonb,
     -- What is in it is good until then. Null: for as long as the request is remembered.
     ADD COLUMN answer_expires_at timestamptz,
     ADD CHECK (answer_jwe IS NOT NULL OR (answer_shares IS NULL AND answer_expires_at IS NULL))`,
  `CREATE INDEX idempotent_answers_of_consents ON idempotent_requests USING gin (answer_shares)
   WHERE answer_shares IS NOT NULL`,
  `CREATE INDEX idempotent_answers_for_a_moment ON idempotent_requests (answer_expires_at)
   WHERE answer_expires_at IS NOT NULL`,
  // The answer to a delegated call holds a token: wherever that is destroyed, its copy goes in the same transaction.
  `CREATE FUNCTION forget_copies_of_tokens() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     UPDATE idempotent_requests SET answer_jwe = NULL, answered_at = NULL, answer_shares = NULL, answer_expires_at = NULL
      WHERE consent_id = NEW.consent_id AND answer_expires_at IS NOT NULL;
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER tokens_destroyed AFTER UPDATE ON grants
   FOR EACH ROW WHEN (OLD.tokens_jwe IS NOT NULL AND NEW.tokens_jwe IS NULL) EXECUTE FUNCTION forget_copies_of_tokens()`,
];
