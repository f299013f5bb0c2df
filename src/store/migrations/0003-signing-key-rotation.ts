import { sql, type Kysely, type Migration } from 'kysely';

/**
 * Several keys of one purpose and algorithm, each with its times; and keys whose private half is somewhere else. What signed
 * until now goes on signing.
 */
export const signingKeyRotation: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
  },
};

const STATEMENTS = [
  `ALTER TABLE signing_keys
     DROP CONSTRAINT signing_keys_purpose_algorithm_key,
     ALTER COLUMN private_jwe DROP NOT NULL,
     ADD COLUMN activates_at timestamptz NOT NULL DEFAULT now(),
     ADD COLUMN withdraws_at timestamptz,
     ADD COLUMN provider text NOT NULL DEFAULT 'local',
     ADD COLUMN key_reference text`,
  `UPDATE signing_keys SET activates_at = created_at`,
  // Private halves are here or there. Both are gone from a local key once it is withdrawn.
  `ALTER TABLE signing_keys
     ADD CHECK (private_jwe IS NULL OR key_reference IS NULL),
     ADD CHECK ((provider = 'local') = (key_reference IS NULL))`,
];
