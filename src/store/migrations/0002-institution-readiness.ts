import { sql, type Kysely, type Migration } from 'kysely';

/** What is known of an institution's metadata, so that nobody is sent where it cannot work. */
export const institutionReadiness: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
  },
};

const STATEMENTS = [
  `ALTER TABLE institutions
     ADD COLUMN readiness text NOT NULL DEFAULT 'unchecked'
       CHECK (readiness IN ('unchecked', 'ready', 'misconfigured')),
     ADD COLUMN readiness_reason text,
     ADD COLUMN checked_at timestamptz,
     ADD COLUMN check_due_at timestamptz NOT NULL DEFAULT now()`,
  `CREATE INDEX institutions_due ON institutions (check_due_at)`,
];
