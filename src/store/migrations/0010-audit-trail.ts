import { sql, type Kysely, type Migration } from 'kysely';
import { AUDIT_TRIGGERS } from './audit-triggers';
import { beginTrails } from './trail-beginnings';
import { EVIDENCE_REMOVAL } from './evidence-removal';

/**
 * The audit trail: one chain of events for each consent, and one for the service. An event is the canonical JSON text (RFC 8785)
 * that its hash is taken over; it names the hash of the event before it. ADR 0023.
 */
export const auditTrail: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of [...STATEMENTS, ...AUDIT_TRIGGERS, ...EVIDENCE_REMOVAL]) {
      await sql.raw(statement).execute(database);
    }
    await beginTrails(database);
  },
};

const STATEMENTS = [
  // For functions that run as their owner (SET search_path FROM CURRENT): whoever calls them puts no table of their own before
  // ours. Temporary ones come first unless they are named last.
  `SELECT set_config('search_path', current_setting('search_path') || ', pg_temp', true)`,
  `CREATE TABLE audit_events (
     chain text NOT NULL,
     seq bigint NOT NULL,
     type text NOT NULL,
     actor text NOT NULL,
     at timestamptz NOT NULL,
     event text NOT NULL,
     hash text NOT NULL,
     PRIMARY KEY (chain, seq)
   )`,
  `CREATE INDEX audit_events_by_time ON audit_events (at, chain, seq)`,
  `CREATE INDEX audit_events_by_type ON audit_events (chain, type, seq)`,
  // For exports of a period.
  `CREATE INDEX consents_by_creation ON consents (created_at, id)`,
  // A chain that was removed with its consent's evidence, when nothing of it need be kept any more: where it ended.
  `CREATE TABLE audit_removed_chains (
     chain text PRIMARY KEY,
     seq bigint NOT NULL,
     hash text NOT NULL,
     removed_at timestamptz NOT NULL DEFAULT now()
   )`,
  // Where each chain ended when a checkpoint was taken; only those that had grown since the one before.
  `CREATE TABLE audit_checkpoints (
     number bigint PRIMARY KEY,
     document json NOT NULL,
     signed text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now()
   )`,
  `CREATE TABLE audit_checkpoint_heads (
     chain text NOT NULL,
     checkpoint bigint NOT NULL,
     seq bigint NOT NULL,
     hash text NOT NULL,
     -- The chain was removed by the book, and left the tree with this checkpoint.
     removed boolean NOT NULL DEFAULT false,
     PRIMARY KEY (chain, checkpoint)
   )`,

  // RFC 8785 for what events are made of: keys in ASCII, strings, booleans, whole numbers. A number that other readers may round is
  // written as a string.
  `CREATE FUNCTION canonical_json(value jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
   BEGIN
     CASE jsonb_typeof(value)
       WHEN 'object' THEN
         -- Strings are what most is made of, and are written alike by jsonb: asking of each again would double the time of an event.
         RETURN '{' || coalesce((
           SELECT string_agg(to_json(member.key)::text || ':' || CASE jsonb_typeof(member.value)
               WHEN 'string' THEN member.value::text ELSE canonical_json(member.value) END, ',' ORDER BY member.key COLLATE "C")
             FROM jsonb_each(value) AS member), '') || '}';
       WHEN 'array' THEN
         RETURN '[' || coalesce((
           SELECT string_agg(canonical_json(element.value), ',' ORDER BY element.ordinality)
             FROM jsonb_array_elements(value) WITH ORDINALITY AS element), '') || ']';
       WHEN 'string' THEN
         RETURN value::text;
       WHEN 'number' THEN
         IF (value #>> '{}') ~ '^(0|-?[1-9][0-9]{0,14})$' THEN RETURN value #>> '{}'; END IF;
         RETURN to_json(value #>> '{}')::text;
       ELSE
         RETURN value::text;
     END CASE;
   END $$`,

  // One event more at the end of a chain that nobody else writes meanwhile; returns its number.
  `CREATE FUNCTION write_audit_event(
     p_chain text, p_type text, p_actor text, p_reason text, p_correlation_id text, p_details jsonb
   ) RETURNS bigint LANGUAGE plpgsql AS $$
   DECLARE
     before record;
     now_ timestamptz;
     seq_ bigint;
     event_ text;
   BEGIN
     SELECT seq, hash, at INTO before FROM audit_events WHERE chain = p_chain ORDER BY seq DESC LIMIT 1;
     -- Who was under way while all of a consent was removed comes too late: a chain that ended does not begin again.
     IF before.seq IS NULL AND EXISTS (SELECT FROM audit_removed_chains WHERE chain = p_chain) THEN
       RAISE EXCEPTION 'the chain % was removed', p_chain;
     END IF;
     -- A clock that is set back, or that of a standby, does not turn the order around.
     now_ := date_trunc('milliseconds', greatest(clock_timestamp(), before.at));
     seq_ := coalesce(before.seq, 0) + 1;
     event_ := canonical_json(jsonb_strip_nulls(jsonb_build_object(
       'version', 1,
       'chain', p_chain,
       'seq', seq_,
       'previous', before.hash,
       'type', p_type,
       'at', utc(now_),
       'actor', p_actor,
       'reason', p_reason,
       'correlationId', p_correlation_id,
       'details', coalesce(p_details, '{}')
     )));
     INSERT INTO audit_events (chain, seq, type, actor, at, event, hash)
       VALUES (p_chain, seq_, p_type, p_actor, now_, event_, sha256_of(event_));
     RETURN seq_;
   END $$`,
  `REVOKE ALL ON FUNCTION write_audit_event(text, text, text, text, text, jsonb) FROM PUBLIC`,

  // Appends one event to a chain and returns its number. Holds the chain until the transaction ends: whoever calls it does
  // nothing else in its transaction, or is a trigger that runs at its very end.
  `CREATE FUNCTION append_audit_event(
     p_chain text, p_type text, p_actor text, p_reason text, p_correlation_id text, p_details jsonb
   ) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
   BEGIN
     PERFORM pg_advisory_xact_lock(hashtextextended('fdx_consent.audit.' || p_chain, 0));
     RETURN write_audit_event(p_chain, p_type, p_actor, p_reason, p_correlation_id, p_details);
   END $$`,
  `REVOKE ALL ON FUNCTION append_audit_event(text, text, text, text, text, jsonb) FROM PUBLIC`,

  // For the owner as well, who could take this away, but does not do so by accident.
  `CREATE FUNCTION refuse_change_of_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF TG_OP = 'DELETE' AND current_setting('fdx_consent.removed_chain', true) = OLD.chain THEN RETURN OLD; END IF;
     RAISE EXCEPTION 'the audit trail is append-only: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = '42501';
   END $$`,
  `CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_events
   FOR EACH ROW EXECUTE FUNCTION refuse_change_of_evidence()`,
  `CREATE FUNCTION refuse_truncation_of_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     RAISE EXCEPTION 'the audit trail is append-only: TRUNCATE of % is refused', TG_TABLE_NAME USING ERRCODE = '42501';
   END $$`,
  `CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON audit_events
   FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncation_of_evidence()`,
];
