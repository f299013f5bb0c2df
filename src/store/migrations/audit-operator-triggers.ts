import { triggerOf } from './audit-trigger';

/**
 * What operators do, in the chains of the consents that it is about. Of what an action was given, an event holds ids only: a reason
 * or a resolution is text that somebody wrote, and stays in operator_actions.
 */
export const OPERATOR_TRIGGERS: readonly string[] = [
  `ALTER TABLE operator_actions ADD COLUMN request_id text`,
  // Consents that the subject names, or a task of it does. None of them, or more than can be held at once: the service's chain.
  `CREATE FUNCTION chains_of_action(subject jsonb) RETURNS text[] LANGUAGE sql STABLE AS $$
     WITH mentioned AS (
       SELECT (regexp_matches(subject::text, 'cns_[0-9a-f]{32}', 'g'))[1] AS id
       UNION
       SELECT task.consent_id FROM operator_tasks AS task
         JOIN (SELECT (regexp_matches(subject::text, 'tsk_[0-9a-f]{32}', 'g'))[1] AS id) AS named ON named.id = task.id
     ), known AS (SELECT c.id FROM consents AS c JOIN mentioned ON mentioned.id = c.id)
     SELECT CASE WHEN count(*) BETWEEN 1 AND 500 THEN array_agg(id ORDER BY id COLLATE "C") ELSE ARRAY['service'] END FROM known
   $$`,
  // A key's id, or `cli:` and an account.
  `CREATE FUNCTION actor_of_action(operator text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
     SELECT CASE WHEN operator LIKE 'cli:%' THEN operator ELSE 'operator:' || operator END
   $$`,
  `CREATE FUNCTION is_id_of_ours(given text) RETURNS boolean LANGUAGE sql STABLE AS $$
     SELECT given ~ '^(consent-)?[a-z]{3}_[0-9a-f]{32}$' OR EXISTS (SELECT FROM institutions WHERE id = given)
       OR EXISTS (SELECT FROM applications WHERE id = given) OR EXISTS (SELECT FROM signing_keys WHERE kid = given)
   $$`,
  `CREATE FUNCTION ids_of_action(subject jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
     SELECT coalesce(jsonb_object_agg(member.key, fit.value) FILTER (WHERE fit.value IS NOT NULL), '{}')
       FROM jsonb_each(subject) AS member
       CROSS JOIN LATERAL (SELECT CASE
         WHEN jsonb_typeof(member.value) IN ('number', 'boolean') THEN member.value
         WHEN jsonb_typeof(member.value) = 'string' AND is_id_of_ours(member.value #>> '{}') THEN member.value
         WHEN jsonb_typeof(member.value) = 'array' THEN (
           SELECT jsonb_agg(each.value ORDER BY each.ordinality) FROM jsonb_array_elements(member.value) WITH ORDINALITY AS each
            WHERE jsonb_typeof(each.value) = 'string' AND is_id_of_ours(each.value #>> '{}'))
       END AS value) AS fit
   $$`,
  ...triggerOf(
    'operator_actions',
    'INSERT',
    `FOREACH chain IN ARRAY chains_of_action(NEW.subject) LOOP
       PERFORM append_audit_event(chain, 'operator.began', actor_of_action(NEW.operator), NEW.action, coalesce(NEW.request_id, 'act_' || NEW.id),
         jsonb_build_object('actionId', 'act_' || NEW.id, 'action', NEW.action, 'subject', ids_of_action(NEW.subject)));
       -- Of a schema that was made by it, an action is written down when it is over.
       IF NEW.outcome <> 'begun' THEN
         PERFORM append_audit_event(chain, 'operator.ended', actor_of_action(NEW.operator), NEW.action, coalesce(NEW.request_id, 'act_' || NEW.id),
           jsonb_build_object('actionId', 'act_' || NEW.id, 'action', NEW.action, 'outcome', NEW.outcome));
       END IF;
     END LOOP;`,
  ),
  ...triggerOf(
    'operator_actions',
    'UPDATE',
    `FOREACH chain IN ARRAY chains_of_action(NEW.subject) LOOP
       PERFORM append_audit_event(chain, 'operator.ended', actor_of_action(NEW.operator), NEW.action, coalesce(NEW.request_id, 'act_' || NEW.id),
         jsonb_build_object('actionId', 'act_' || NEW.id, 'action', NEW.action, 'outcome', NEW.outcome));
     END LOOP;`,
    'OLD.outcome IS DISTINCT FROM NEW.outcome',
  ),
];
