import { sql, type Kysely, type Migration } from 'kysely';
import { triggerOf } from './audit-trigger';

/**
 * Where applications are told, and what is still to be told there: a delivery is written by the transaction that writes the event,
 * so that there is one if and only if the change is. ADR 0030.
 */
export const webhooks: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
  },
};

const STATEMENTS = [
  `SELECT set_config('search_path', current_setting('search_path') || ', pg_temp', true)`,
  `CREATE TABLE webhook_endpoints (
     id text PRIMARY KEY,
     application_id text NOT NULL REFERENCES applications (id),
     url text NOT NULL,
     description text,
     -- Types, \`consent.*\` for all of a kind, \`*\` for all.
     event_types text[] NOT NULL CHECK (cardinality(event_types) > 0),
     status text NOT NULL CHECK (status IN ('pending', 'enabled', 'paused', 'disabled')),
     -- Why it is pending or disabled, in a word.
     status_reason text,
     verified_at timestamptz,
     -- The circuit: how many attempts in a row have failed, since when, and when the next one may be made.
     failures integer NOT NULL DEFAULT 0,
     failing_since timestamptz,
     retry_at timestamptz,
     -- When a dispatcher last looked here: whoever has waited longest is next.
     looked_at timestamptz,
     created_at timestamptz NOT NULL DEFAULT now(),
     updated_at timestamptz NOT NULL DEFAULT now()
   )`,
  `CREATE INDEX webhook_endpoints_of_application ON webhook_endpoints (application_id, created_at)`,
  `CREATE TABLE webhook_secrets (
     id text PRIMARY KEY,
     endpoint_id text NOT NULL REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
     secret_jwe text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     -- Set when a newer one took its place: until then both sign.
     expires_at timestamptz
   )`,
  `CREATE INDEX webhook_secrets_of_endpoint ON webhook_secrets (endpoint_id, created_at)`,
  `CREATE TABLE webhook_deliveries (
     id text PRIMARY KEY,
     endpoint_id text NOT NULL REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
     -- Null for a test.
     event_id text REFERENCES events (id) ON DELETE CASCADE,
     consent_id text,
     type text NOT NULL,
     position bigint GENERATED ALWAYS AS IDENTITY,
     status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'delivered', 'failed')),
     due_at timestamptz NOT NULL DEFAULT now(),
     -- Attempts in all, and those that failed since it was last told to begin anew.
     attempts integer NOT NULL DEFAULT 0,
     failures integer NOT NULL DEFAULT 0,
     -- Set while somebody sends it; a worker that dies leaves it to others after this.
     leased_until timestamptz,
     lease text,
     created_at timestamptz NOT NULL DEFAULT now(),
     settled_at timestamptz,
     UNIQUE (endpoint_id, event_id)
   )`,
  `CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, due_at, position) WHERE status = 'waiting'`,
  `CREATE INDEX webhook_deliveries_on_their_way ON webhook_deliveries (endpoint_id) WHERE leased_until IS NOT NULL`,
  `CREATE INDEX webhook_deliveries_of_endpoint ON webhook_deliveries (endpoint_id, position)`,
  `CREATE INDEX webhook_deliveries_of_event ON webhook_deliveries (event_id)`,
  `CREATE INDEX webhook_deliveries_settled ON webhook_deliveries (settled_at) WHERE settled_at IS NOT NULL`,
  // What was answered is a status and nothing else: an answer may hold anything.
  `CREATE TABLE webhook_attempts (
     delivery_id text NOT NULL REFERENCES webhook_deliveries (id) ON DELETE CASCADE,
     number integer NOT NULL,
     at timestamptz NOT NULL DEFAULT now(),
     milliseconds integer,
     status integer,
     failure text,
     PRIMARY KEY (delivery_id, number)
   )`,
  `CREATE FUNCTION is_subscribed(event_types text[], type text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     SELECT EXISTS (SELECT 1 FROM unnest(event_types) AS each
                     WHERE each IN ('*', type) OR (each LIKE '%.*' AND starts_with(type, left(each, -1))))
   $$`,
  // Locked, so that an endpoint that is just being deleted is waited for and then not told, rather than breaking the change.
  `CREATE FUNCTION queue_webhooks() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
   BEGIN
     INSERT INTO webhook_deliveries (id, endpoint_id, event_id, consent_id, type)
       SELECT 'whd_' || left(sha256_of(e.id || ':' || NEW.id), 32), e.id, NEW.id, NEW.consent_id, NEW.type
         FROM webhook_endpoints e
        WHERE e.application_id = NEW.application_id AND e.status IN ('enabled', 'paused') AND is_subscribed(e.event_types, NEW.type)
          FOR KEY SHARE OF e;
     RETURN NULL;
   END $$`,
  `REVOKE ALL ON FUNCTION queue_webhooks() FROM PUBLIC`,
  `CREATE TRIGGER queue_webhooks AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION queue_webhooks()`,
  ...triggerOf(
    'webhook_endpoints',
    'INSERT',
    `PERFORM append_audit_event('service', 'webhook_endpoint.added', 'service', NULL, NULL,
       jsonb_build_object('endpointId', NEW.id, 'applicationId', NEW.application_id, 'urlDigest', sha256_of(NEW.url)));`,
  ),
  ...triggerOf(
    'webhook_endpoints',
    'UPDATE',
    `PERFORM append_audit_event('service', 'webhook_endpoint.changed', 'service', NEW.status_reason, NULL,
       jsonb_build_object('endpointId', NEW.id, 'from', OLD.status, 'to', NEW.status, 'urlDigest', sha256_of(NEW.url)));`,
    `OLD.status <> NEW.status OR OLD.url <> NEW.url OR OLD.event_types <> NEW.event_types`,
  ),
  ...triggerOf(
    'webhook_endpoints',
    'DELETE',
    `PERFORM append_audit_event('service', 'webhook_endpoint.removed', 'service', NULL, NULL, jsonb_build_object('endpointId', OLD.id));`,
  ),
  ...triggerOf(
    'webhook_secrets',
    'INSERT',
    `PERFORM append_audit_event('service', 'webhook_secret.created', 'service', NULL, NULL,
       jsonb_build_object('endpointId', NEW.endpoint_id, 'secretId', NEW.id));`,
  ),
];
