import { sql, type Kysely, type Migration } from 'kysely';

/** Applications find consents by more than their ids, and wait for more than the end of an authorization. */
export const consentSearch: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
  },
};

const STATEMENTS = [
  // Lists are in the order of ids. None of the instants: `updated_at` changes with every step, and would have its index written anew.
  `CREATE INDEX consents_of_application_in_order ON consents (application_id, id)`,
  `CREATE INDEX consents_by_status ON consents (application_id, status, id)`,
  `CREATE INDEX consents_at_institution ON consents (application_id, institution_id, id)`,
  `CREATE INDEX consents_of_person ON consents (application_id, person_pseudonym, id)`,
  `CREATE INDEX consents_by_tag ON consents USING gin (tags jsonb_path_ops)`,
  `CREATE INDEX consents_by_metadata ON consents USING gin (metadata jsonb_path_ops)`,
  // Whoever waits for a consent to differ hears of every difference, and not only of its status.
  `DROP TRIGGER consent_progress ON consents`,
  `CREATE TRIGGER consent_progress AFTER UPDATE ON consents
   FOR EACH ROW WHEN (OLD.updated_at <> NEW.updated_at OR OLD.status <> NEW.status OR OLD.stage <> NEW.stage
     OR OLD.bank_ending IS DISTINCT FROM NEW.bank_ending OR OLD.data_access IS DISTINCT FROM NEW.data_access
     OR OLD.revocation IS DISTINCT FROM NEW.revocation OR OLD.purged_at IS DISTINCT FROM NEW.purged_at)
   EXECUTE FUNCTION notify_consent_progress()`,
];
