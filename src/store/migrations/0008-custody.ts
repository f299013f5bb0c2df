import { sql, type Kysely, type Migration } from 'kysely';

/** How refreshing a grant goes, what was opened for whom, and which key wraps a data key. */
export const custody: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
  },
};

const STATEMENTS = [
  // After a refresh that failed nobody asks again before `refresh_retry_at`. `lost_at`: the bank said that the grant is no more;
  // `lost_told_at`: the workflow has heard of it.
  `ALTER TABLE grants
     ADD COLUMN refresh_failure text,
     ADD COLUMN refresh_failures integer NOT NULL DEFAULT 0,
     ADD COLUMN refresh_retry_at timestamptz,
     ADD COLUMN lost_at timestamptz,
     ADD COLUMN lost_told_at timestamptz`,
  `CREATE INDEX grants_lost_untold ON grants (lost_at) WHERE lost_at IS NOT NULL AND lost_told_at IS NULL`,
  // The wrapping key's id, as the wrapped form's own header tells it: a rotation finds what is left to do.
  `ALTER TABLE data_keys ADD COLUMN wrapped_with text`,
  `CREATE INDEX data_keys_by_wrapping ON data_keys (wrapped_with, consent_id) WHERE wrapped_jwe IS NOT NULL`,
  // Every opening of a sealed secret, written before it is opened.
  `CREATE TABLE secret_openings (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     consent_id text,
     owner text NOT NULL,
     purpose text NOT NULL,
     row_id text NOT NULL,
     opened_by text NOT NULL,
     reason text NOT NULL,
     request_id text,
     opened_at timestamptz NOT NULL DEFAULT now()
   )`,
  `CREATE INDEX secret_openings_of_consent ON secret_openings (consent_id, id) WHERE consent_id IS NOT NULL`,
  `CREATE INDEX secret_openings_by_time ON secret_openings (opened_at)`,
  // Whether it may carry an authorization of one request to the bank itself.
  `ALTER TABLE applications ADD COLUMN may_delegate boolean NOT NULL DEFAULT false`,
  // Of several workers one keeps an idle grant alive; which ones are idle is asked every minute.
  `ALTER TABLE grants ADD COLUMN keep_alive_claimed_until timestamptz`,
  `CREATE INDEX grants_by_last_refresh ON grants ((coalesce(refreshed_at, created_at)))
     WHERE tokens_jwe IS NOT NULL AND lost_at IS NULL`,
  `CREATE INDEX grants_claimed_alive ON grants (keep_alive_claimed_until) WHERE keep_alive_claimed_until IS NOT NULL`,
  // Those that were told and of which nothing came are told again.
  `CREATE INDEX grants_lost ON grants (lost_at) WHERE lost_at IS NOT NULL`,
];
