import { sql, type Kysely, type Migration } from 'kysely';

/**
 * What applications are told: an event of theirs for each event of the audit trail that concerns them, written where that one is
 * written, so that there is one if and only if the change is. What was before is not told. ADR 0027.
 */
export const outbox: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
  },
};

/** Shorter than this nobody's events are kept, whatever the settings say: webhooks are still being repeated. */
const LEAST_DAYS_KEPT = 7;

const STATEMENTS = [
  `SELECT set_config('search_path', current_setting('search_path') || ', pg_temp', true)`,
  // Short labels of the application's own, echoed in its events.
  `ALTER TABLE consents ADD COLUMN tags jsonb NOT NULL DEFAULT '[]'`,
  `CREATE TABLE events (
     id text PRIMARY KEY,
     application_id text NOT NULL,
     -- No foreign key: the check would take the consent's row while its chain is held, and others take them the other way round.
     -- Events go with the rest of a consent (remove_consent_evidence).
     consent_id text NOT NULL,
     -- Of the consent: a later event has a greater one, with gaps.
     version bigint NOT NULL,
     type text NOT NULL,
     at timestamptz NOT NULL,
     data jsonb NOT NULL,
     -- Its place in the order in which events are read. Given when the first reader comes, to what is committed and has none:
     -- numbers that are given while writing become visible in another order than their own.
     position bigint,
     UNIQUE (consent_id, version)
   )`,
  `CREATE INDEX events_in_order ON events (application_id, position)`,
  `CREATE INDEX events_of_application_by_time ON events (application_id, at)`,
  `CREATE INDEX events_without_position ON events (at, version) WHERE position IS NULL`,
  // They are written in the order of time, more or less.
  `CREATE INDEX events_by_time ON events USING brin (at)`,
  `CREATE SEQUENCE event_positions`,

  // Which events of the trail applications are told of.
  `CREATE FUNCTION is_told_to_applications(type text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     SELECT type IN ('consent.requested', 'consent.authorizing', 'consent.active', 'consent.denied', 'consent.abandoned',
       'consent.failed', 'consent.expired', 'consent.revoked', 'consent.updated', 'consent.purged', 'revocation.requested',
       'invitation.opened', 'invitation.closed', 'notice.given', 'receipt.issued')
   $$`,
  // What of a change an application can read, by the names that it reads it by; null when it is nothing.
  `CREATE FUNCTION changed_for_applications(details jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     SELECT jsonb_agg(member.name ORDER BY member.name COLLATE "C")
       FROM (VALUES ('nextAction', 'nextAction'), ('failure', 'failure'), ('receiptId', 'receiptId'), ('bankEnding', 'bankEnding'),
         ('noticeDays', 'noticeDays'), ('dataAccess', 'dataAccess'), ('expiresAt', 'expirationDate'),
         ('grantExpiresAt', 'grantExpirationDate'), ('grantedDigest', 'granted'), ('invitationId', 'invitation')) AS member (state, name)
      WHERE details -> 'to' ? member.state OR details -> 'from' ? member.state
   $$`,
  `CREATE FUNCTION tell_application() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
   DECLARE
     told jsonb := NEW.event;
     details jsonb := told -> 'details';
     type_ text := NEW.type;
     own jsonb := '{}';
     application text;
   BEGIN
     CASE NEW.type
       WHEN 'consent.updated' THEN
         own := jsonb_build_object('changed', changed_for_applications(details));
         -- How far a trip to the bank has come is nobody's business but ours.
         IF own -> 'changed' = 'null' THEN RETURN NULL; END IF;
         -- A receipt is of one grant: another one took the place of the one before.
         IF details -> 'to' ? 'receiptId' THEN type_ := 'consent.renewed'; END IF;
       WHEN 'consent.purged' THEN own := jsonb_build_object('reason', told -> 'reason');
       WHEN 'revocation.requested' THEN own := jsonb_build_object('initiator', details -> 'initiator', 'reason', told -> 'reason');
       WHEN 'invitation.opened' THEN own := jsonb_build_object('invitationId', details -> 'invitationId', 'reason', told -> 'reason',
         'authorizeBy', details -> 'authorizeBy');
       WHEN 'invitation.closed' THEN own := jsonb_build_object('invitationId', details -> 'invitationId', 'outcome', details -> 'outcome');
       WHEN 'notice.given' THEN own := jsonb_build_object('days', details -> 'days', 'deadline', details -> 'deadline');
       WHEN 'receipt.issued' THEN own := jsonb_build_object('receiptId', details -> 'receiptId', 'supersedes', details -> 'supersedes');
       ELSE NULL;
     END CASE;
     -- The consent as the transaction leaves it: this runs as it commits. The id is of the event's content: after a backup was
     -- restored, another event with the same number is another one.
     INSERT INTO events (id, application_id, consent_id, version, type, at, data)
       SELECT 'evt_' || left(NEW.hash, 32), c.application_id, c.id, NEW.seq, type_, NEW.at, jsonb_strip_nulls(jsonb_build_object(
           'consentId', c.id, 'institutionId', c.institution_id, 'status', c.status, 'nextAction', c.next_action,
           'failure', c.failure, 'receiptId', c.receipt_id, 'expirationDate', utc(c.expires_at),
           'grantExpirationDate', utc(c.grant_expires_at), 'bankEnding', c.bank_ending) || own)
         FROM consents c WHERE c.id = NEW.chain
       RETURNING application_id INTO application;
     PERFORM pg_notify('application_events', application);
     RETURN NULL;
   END $$`,
  `REVOKE ALL ON FUNCTION tell_application() FROM PUBLIC`,
  `CREATE TRIGGER tell_application AFTER INSERT ON audit_events
   FOR EACH ROW WHEN (NEW.chain <> 'service' AND is_told_to_applications(NEW.type)) EXECUTE FUNCTION tell_application()`,

  // Without sequential scans: statistics from before the first reader came say that nothing has a position.
  // Numbers what is committed and has no position, p_most at a time, and returns how many, and the highest ever given. Whoever numbers is
  // alone until it commits, so that positions become visible in their order: what is numbered later comes later, however long
  // its transaction took. Within a consent an event's number in the trail decides: its chain is held while it is written.
  `CREATE FUNCTION number_events(p_most integer, OUT numbered integer, OUT head bigint)
   LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET enable_seqscan = off AS $$
   BEGIN
     numbered := 0;
     IF EXISTS (SELECT FROM events WHERE position IS NULL) THEN
       PERFORM pg_advisory_xact_lock(hashtextextended('fdx_consent.events', 0));
       WITH waiting AS MATERIALIZED (
         SELECT id, at, version FROM events WHERE position IS NULL ORDER BY at, version LIMIT p_most FOR NO KEY UPDATE SKIP LOCKED
       ), placed AS MATERIALIZED (
         SELECT id, nextval('event_positions') AS position FROM (SELECT id FROM waiting ORDER BY at, version) AS sorted
       )
       UPDATE events SET position = placed.position FROM placed WHERE events.id = placed.id;
       GET DIAGNOSTICS numbered = ROW_COUNT;
     END IF;
     SELECT CASE WHEN is_called THEN last_value ELSE 0 END INTO head FROM event_positions;
   END $$`,
  `REVOKE ALL ON FUNCTION number_events(integer) FROM PUBLIC`,
  // The only way in which events go before their consent does. Returns how many went.
  `CREATE FUNCTION remove_old_events(p_days integer, p_most integer) RETURNS integer
   LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
   DECLARE
     removed integer;
   BEGIN
     -- An hour more than promised: a reader that was told it has until then is not cut off by another clock.
     DELETE FROM events WHERE id IN (
       SELECT id FROM events WHERE at < now() - make_interval(days => greatest(p_days, ${LEAST_DAYS_KEPT}), hours => 1)
        LIMIT p_most FOR UPDATE SKIP LOCKED);
     GET DIAGNOSTICS removed = ROW_COUNT;
     RETURN removed;
   END $$`,
  `REVOKE ALL ON FUNCTION remove_old_events(integer, integer) FROM PUBLIC`,
];
