import { sql, type Kysely, type Migration } from 'kysely';

/** Our registrations at banks that let clients register themselves (RFC 7591), and institutions that are no longer offered. */
export const registrations: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
  },
};

const STATEMENTS = [
  // No reference to institutions: the row there comes only once the bank has registered us.
  `CREATE TABLE registrations (
     institution_id text PRIMARY KEY,
     status text NOT NULL
       CHECK (status IN ('registering', 'registered', 'updating', 'deleting', 'deleted', 'failed')),
     terms jsonb NOT NULL,
     pending_terms jsonb,
     endpoint text,
     client_id text,
     registration_client_uri text,
     access_token_jwe text,
     previous_access_token_jwe text,
     metadata jsonb,
     attempt_id text,
     attempt_at timestamptz,
     answer_jwe text,
     deletion_sent_at timestamptz,
     possible_orphans jsonb NOT NULL DEFAULT '[]',
     failure text,
     failure_detail text,
     registered_at timestamptz,
     created_at timestamptz NOT NULL DEFAULT now(),
     updated_at timestamptz NOT NULL DEFAULT now()
   )`,
  // Consents refer to their institution for ever; one that is not offered any more keeps its row.
  `ALTER TABLE institutions ADD COLUMN withdrawn_at timestamptz`,
];
