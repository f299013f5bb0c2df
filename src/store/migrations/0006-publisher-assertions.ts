import { sql, type Kysely, type Migration } from 'kysely';

/** What banks have shown us to say who they are, each good once; and what became of asking a bank to tell us. */
export const publisherAssertions: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
  },
};

const STATEMENTS = [
  `CREATE TABLE publisher_assertions (
     issuer text NOT NULL,
     jti text NOT NULL,
     usable_until timestamptz NOT NULL,
     PRIMARY KEY (issuer, jti)
   )`,
  `CREATE INDEX publisher_assertions_old ON publisher_assertions (usable_until)`,
  `ALTER TABLE notification_subscriptions
     ALTER COLUMN subscription_id DROP NOT NULL,
     ADD COLUMN failure text`,
  // Whose notification it may be: several institutions of ours can stand for one issuer.
  `CREATE INDEX institutions_of_issuer ON institutions ((profile->>'issuer'))`,
];
