import { sql, type Kysely, type Migration } from 'kysely';
import { triggerOf } from './audit-trigger';

/** Keys with scopes, an end and a successor; clients of external issuers; limits. ADR 0028. */
export const access: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
  },
};

const KEY_DETAILS = `'keyId', NEW.id, 'role', NEW.role, 'applicationId', NEW.application_id, 'scopes', to_jsonb(NEW.scopes)`;

const STATEMENTS = [
  `SELECT set_config('search_path', current_setting('search_path') || ', pg_temp', true)`,
  `ALTER TABLE applications ADD COLUMN requests_per_minute integer CHECK (requests_per_minute > 0)`,
  `ALTER TABLE api_keys
     ADD COLUMN scopes text[] CHECK (cardinality(scopes) > 0),
     ADD COLUMN expires_at timestamptz,
     ADD COLUMN last_used_at timestamptz,
     ADD COLUMN replaced_by text REFERENCES api_keys (id),
     -- What an operator may do is no matter of scopes.
     ADD CHECK (role = 'application' OR scopes IS NULL)`,
  `CREATE INDEX api_keys_of_application ON api_keys (application_id)`,
  `CREATE TABLE application_clients (
     id text PRIMARY KEY,
     application_id text NOT NULL REFERENCES applications (id),
     issuer text NOT NULL,
     client_id text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     -- A token speaks for one application.
     UNIQUE (issuer, client_id)
   )`,
  `CREATE INDEX application_clients_of_application ON application_clients (application_id)`,
  // What is said of keys says more now. When a key was last used is no event: the condition leaves it out.
  `DROP TRIGGER audit_api_keys_insert ON api_keys`,
  `DROP TRIGGER audit_api_keys_update ON api_keys`,
  `DROP FUNCTION audit_api_keys_insert()`,
  `DROP FUNCTION audit_api_keys_update()`,
  ...triggerOf(
    'api_keys',
    'INSERT',
    `PERFORM append_audit_event('service', 'api_key.created', 'service', NULL, NULL, jsonb_strip_nulls(jsonb_build_object(
       ${KEY_DETAILS}, 'expiresAt', utc(NEW.expires_at))));`,
  ),
  ...triggerOf(
    'api_keys',
    'UPDATE',
    `IF OLD.replaced_by IS DISTINCT FROM NEW.replaced_by THEN
       PERFORM append_audit_event('service', 'api_key.rotated', 'service', NULL, NULL, jsonb_strip_nulls(jsonb_build_object(
         ${KEY_DETAILS}, 'replacedBy', NEW.replaced_by, 'expiresAt', utc(NEW.expires_at))));
     END IF;
     IF OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL THEN
       PERFORM append_audit_event('service', 'api_key.revoked', 'service', NULL, NULL, jsonb_strip_nulls(jsonb_build_object(
         ${KEY_DETAILS})));
     END IF;`,
    `OLD.replaced_by IS DISTINCT FROM NEW.replaced_by OR (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL)`,
  ),
  ...triggerOf(
    'application_clients',
    'INSERT',
    `PERFORM append_audit_event('service', 'application_client.added', 'service', NULL, NULL, jsonb_build_object(
       'applicationId', NEW.application_id, 'issuer', NEW.issuer, 'clientId', NEW.client_id));`,
  ),
  ...triggerOf(
    'application_clients',
    'DELETE',
    `PERFORM append_audit_event('service', 'application_client.removed', 'service', NULL, NULL, jsonb_build_object(
       'applicationId', OLD.application_id, 'issuer', OLD.issuer, 'clientId', OLD.client_id));`,
  ),
];
