import { OPERATOR_TRIGGERS } from './audit-operator-triggers';
import { SERVICE_TRIGGERS } from './audit-service-triggers';
import { triggerOf } from './audit-trigger';

const PERSON_ERASED = `PERFORM append_audit_event(NEW.consent_id, 'person.erased', coalesce(NEW.destroyed_by, 'unknown'),
       NULL, NEW.request_id, NULL);`;

/**
 * What becomes an event, and by whom. Each is a deferred constraint trigger: it runs at the end of the transaction that changed
 * something, so the event exists if and only if the change does, no caller can forget it, and a chain is held only while it commits.
 * Details hold ids, codes, times and digests; never a secret, a name or a text that a person wrote.
 */
export const AUDIT_TRIGGERS: readonly string[] = [
  `CREATE FUNCTION utc(instant timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
     SELECT to_char(instant AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
   $$`,
  `CREATE FUNCTION sha256_of(content text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     SELECT encode(sha256(convert_to(content, 'UTF8')), 'hex')
   $$`,
  // What of a consent's row is its state, by the names of the API.
  `CREATE FUNCTION consent_state(c consents) RETURNS jsonb LANGUAGE sql STABLE AS $$
     SELECT jsonb_build_object(
       'status', c.status, 'nextAction', c.next_action, 'stage', c.stage, 'failure', c.failure,
       'authorizationId', c.authorization_id, 'invitationId', c.invitation_id, 'receiptId', c.receipt_id,
       'grantedBy', c.granted_by, 'grantLost', c.grant_lost, 'bankEnding', c.bank_ending, 'noticeDays', c.notice_days,
       'expiresAt', utc(c.expires_at), 'grantExpiresAt', utc(c.grant_expires_at),
       'grantedDigest', sha256_of(c.granted::text), 'dataAccess', c.data_access)
   $$`,
  ...triggerOf(
    'consents',
    'INSERT',
    `PERFORM append_audit_event(NEW.id, 'consent.requested', 'application:' || NEW.application_id, NULL,
       NEW.request_id, jsonb_build_object('institutionId', NEW.institution_id, 'personPseudonym', NEW.person_pseudonym, 'terms', NEW.terms));`,
  ),
  ...triggerOf(
    'consents',
    'UPDATE',
    `IF OLD.revocation_requested_at IS NULL AND NEW.revocation_requested_at IS NOT NULL THEN
       PERFORM append_audit_event(NEW.id, 'revocation.requested',
         coalesce(NEW.revocation_requested_by, lower(NEW.revocation ->> 'initiator'), 'unknown'), NEW.revocation ->> 'reason',
         NEW.revocation_request_id, jsonb_build_object('initiator', NEW.revocation ->> 'initiator'));
     END IF;
     changed := (SELECT jsonb_object_agg(after.key, after.value) FROM jsonb_each(consent_state(NEW)) AS after
                  WHERE after.value IS DISTINCT FROM consent_state(OLD) -> after.key);
     IF changed IS NOT NULL THEN
       PERFORM append_audit_event(NEW.id,
         CASE WHEN OLD.status <> NEW.status THEN 'consent.' || NEW.status ELSE 'consent.updated' END,
         'workflow', NEW.failure, coalesce(NEW.authorization_id, NEW.invitation_id, NEW.granted_by),
         jsonb_build_object('from', (SELECT jsonb_object_agg(before.key, before.value) FROM jsonb_each(consent_state(OLD)) AS before
           WHERE changed ? before.key AND before.value <> 'null'), 'to', changed));
     END IF;
     IF OLD.purged_at IS NULL AND NEW.purged_at IS NOT NULL THEN
       PERFORM append_audit_event(NEW.id, 'consent.purged', 'workflow', CASE WHEN EXISTS (
         SELECT 1 FROM evidence_keys k WHERE k.consent_id = NEW.id AND k.destroyed_at IS NOT NULL)
         THEN 'erasure' ELSE 'retention' END, NULL, NULL);
     END IF;`,
    `OLD.status <> NEW.status OR OLD.next_action <> NEW.next_action OR OLD.stage <> NEW.stage
     OR OLD.failure IS DISTINCT FROM NEW.failure OR OLD.authorization_id IS DISTINCT FROM NEW.authorization_id
     OR OLD.invitation_id IS DISTINCT FROM NEW.invitation_id OR OLD.receipt_id IS DISTINCT FROM NEW.receipt_id
     OR OLD.granted_by IS DISTINCT FROM NEW.granted_by OR OLD.grant_lost <> NEW.grant_lost
     OR OLD.bank_ending IS DISTINCT FROM NEW.bank_ending OR OLD.notice_days IS DISTINCT FROM NEW.notice_days
     OR OLD.expires_at IS DISTINCT FROM NEW.expires_at OR OLD.grant_expires_at IS DISTINCT FROM NEW.grant_expires_at
     OR OLD.granted IS DISTINCT FROM NEW.granted OR OLD.purged_at IS DISTINCT FROM NEW.purged_at
     OR OLD.revocation_requested_at IS DISTINCT FROM NEW.revocation_requested_at`,
  ),
  ...triggerOf(
    'invitations',
    'INSERT',
    `PERFORM append_audit_event(NEW.consent_id, 'invitation.opened', coalesce(NEW.opened_by, 'unknown'), NEW.reason, NEW.request_id,
       jsonb_build_object('invitationId', NEW.id, 'authorizeBy', utc(NEW.authorize_by), 'terms', NEW.terms));`,
  ),
  ...triggerOf(
    'invitations',
    'UPDATE',
    `PERFORM append_audit_event(NEW.consent_id, 'invitation.closed', 'workflow', NEW.outcome, NEW.id,
       jsonb_build_object('invitationId', NEW.id, 'outcome', NEW.outcome));`,
    'OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL',
  ),
  ...triggerOf(
    'invitations',
    'DELETE',
    `-- When all of a consent is removed there is nobody left to tell.
     IF EXISTS (SELECT FROM consents WHERE id = OLD.consent_id) THEN
       PERFORM append_audit_event(OLD.consent_id, 'invitation.forgotten', 'service', NULL, OLD.id,
         jsonb_build_object('invitationId', OLD.id));
     END IF;`,
  ),
  ...triggerOf(
    'agreements',
    'INSERT',
    `PERFORM append_audit_event(NEW.consent_id, 'disclosure.agreed', NEW.recorded_by, NEW.method, NEW.request_id,
       (SELECT jsonb_build_object('agreementId', NEW.id, 'invitationId', NEW.invitation_id, 'disclosureId', d.id,
         'disclosureDigest', d.digest, 'template', d.template, 'language', d.language, 'source', d.source, 'method', NEW.method,
         'nameDigest', NEW.name_digest, 'agreedAt', utc(NEW.agreed_at)) FROM disclosures d WHERE d.id = NEW.disclosure_id));`,
  ),
  ...triggerOf(
    'authorizations',
    'INSERT',
    `PERFORM append_audit_event(NEW.consent_id, 'authorization.started', 'person', NULL, NEW.id,
       jsonb_build_object('authorizationId', NEW.id, 'invitationId', NEW.invitation_id, 'agreementId', NEW.agreement_id,
         'disclosureDigest', NEW.disclosure_digest, 'agreedAt', utc(NEW.agreed_at), 'codeChallenge', NEW.code_challenge,
         'senderKeyThumbprint', NEW.sender_key_thumbprint));`,
  ),
  ...triggerOf(
    'authorizations',
    'UPDATE',
    `IF OLD.pushed_at IS DISTINCT FROM NEW.pushed_at THEN
       PERFORM append_audit_event(NEW.consent_id, 'authorization.pushed', 'workflow', NULL, NEW.id,
         jsonb_build_object('authorizationId', NEW.id, 'requestDigest', NEW.request_digest));
     END IF;
     IF OLD.callback_at IS NULL AND NEW.callback_at IS NOT NULL THEN
       PERFORM append_audit_event(NEW.consent_id, 'authorization.answered', 'person', NULL, NEW.id,
         jsonb_build_object('authorizationId', NEW.id));
     END IF;
     IF OLD.exchange_started_at IS NULL AND NEW.exchange_started_at IS NOT NULL THEN
       PERFORM append_audit_event(NEW.consent_id, 'authorization.code_sent', 'workflow', NULL, NEW.id,
         jsonb_build_object('authorizationId', NEW.id));
     END IF;
     IF OLD.token_response_at IS NULL AND NEW.token_response_at IS NOT NULL THEN
       PERFORM append_audit_event(NEW.consent_id, 'authorization.exchanged', 'bank', NULL, NEW.id,
         jsonb_build_object('authorizationId', NEW.id));
     END IF;
     IF OLD.failure IS NULL AND NEW.failure IS NOT NULL THEN
       PERFORM append_audit_event(NEW.consent_id, 'authorization.failed', 'workflow', NEW.failure, NEW.id,
         jsonb_build_object('authorizationId', NEW.id, 'failure', NEW.failure));
     END IF;`,
    `OLD.pushed_at IS DISTINCT FROM NEW.pushed_at OR OLD.callback_at IS DISTINCT FROM NEW.callback_at
     OR OLD.exchange_started_at IS DISTINCT FROM NEW.exchange_started_at
     OR OLD.token_response_at IS DISTINCT FROM NEW.token_response_at OR OLD.failure IS DISTINCT FROM NEW.failure`,
  ),
  ...triggerOf(
    'grants',
    'INSERT',
    `PERFORM append_audit_event(NEW.consent_id, 'grant.recorded', 'bank', NULL, NEW.authorization_id,
       jsonb_build_object('authorizationId', NEW.authorization_id, 'bankConsentId', NEW.bank_consent_id, 'scope', NEW.scope));`,
  ),
  ...triggerOf(
    'grants',
    'UPDATE',
    `IF OLD.refreshed_at IS DISTINCT FROM NEW.refreshed_at THEN
       PERFORM append_audit_event(NEW.consent_id, 'grant.refreshed', 'service', NULL, NEW.authorization_id, NULL);
     END IF;
     IF NEW.refresh_failure IS NOT NULL AND OLD.refresh_failures <> NEW.refresh_failures THEN
       PERFORM append_audit_event(NEW.consent_id, 'grant.refresh_failed', 'service', NEW.refresh_failure, NEW.authorization_id, NULL);
     END IF;
     IF OLD.lost_at IS NULL AND NEW.lost_at IS NOT NULL THEN
       PERFORM append_audit_event(NEW.consent_id, 'grant.lost', 'bank', NEW.refresh_failure, NEW.authorization_id, NULL);
     END IF;
     IF OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL THEN
       PERFORM append_audit_event(NEW.consent_id, 'grant.superseded', 'workflow', NULL, NEW.authorization_id, NULL);
     END IF;
     IF OLD.ending IS DISTINCT FROM NEW.ending OR OLD.ending_failure IS DISTINCT FROM NEW.ending_failure THEN
       PERFORM append_audit_event(NEW.consent_id, 'grant.ended_at_bank', 'workflow', NEW.ending_failure, NEW.authorization_id,
         jsonb_build_object('steps', NEW.ending, 'attempts', NEW.ending_attempts));
     END IF;
     IF OLD.destroyed_at IS NULL AND NEW.destroyed_at IS NOT NULL THEN
       PERFORM append_audit_event(NEW.consent_id, 'grant.tokens_destroyed', 'workflow', NULL, NEW.authorization_id, NULL);
     END IF;`,
    `OLD.refreshed_at IS DISTINCT FROM NEW.refreshed_at OR OLD.refresh_failures <> NEW.refresh_failures
     OR OLD.lost_at IS DISTINCT FROM NEW.lost_at OR OLD.superseded_at IS DISTINCT FROM NEW.superseded_at
     OR OLD.ending IS DISTINCT FROM NEW.ending OR OLD.ending_failure IS DISTINCT FROM NEW.ending_failure
     OR OLD.destroyed_at IS DISTINCT FROM NEW.destroyed_at`,
  ),
  ...triggerOf(
    'receipts',
    'INSERT',
    `PERFORM append_audit_event(NEW.consent_id, 'receipt.issued', 'workflow', NULL, NEW.authorization_id,
       jsonb_build_object('receiptId', NEW.id, 'supersedes', NEW.supersedes, 'signedDigest', sha256_of(NEW.signed)));`,
  ),
  ...triggerOf(
    'notices',
    'INSERT',
    `PERFORM append_audit_event(NEW.consent_id, 'notice.given', 'workflow', NULL, NULL,
       jsonb_build_object('deadline', utc(NEW.deadline), 'days', NEW.days, 'nextAction', NEW.next_action));`,
  ),
  ...triggerOf(
    'bank_notifications',
    'INSERT',
    `PERFORM append_audit_event(NEW.consent_id, 'bank.notified', 'institution:' || NEW.institution_id, NEW.type, NULL,
       jsonb_build_object('notificationId', NEW.notification_id, 'source', NEW.source));`,
    'NEW.consent_id IS NOT NULL',
  ),
  ...triggerOf(
    'operator_tasks',
    'INSERT',
    `PERFORM append_audit_event(NEW.consent_id, 'task.opened', 'service', NEW.failure, NEW.authorization_id,
       jsonb_build_object('taskId', NEW.id, 'kind', NEW.kind));`,
    'NEW.consent_id IS NOT NULL',
  ),
  ...triggerOf(
    'operator_tasks',
    'UPDATE',
    `PERFORM append_audit_event(NEW.consent_id, 'task.closed', 'service', NULL, NEW.authorization_id,
       jsonb_build_object('taskId', NEW.id, 'kind', NEW.kind));`,
    'NEW.consent_id IS NOT NULL AND OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL',
  ),
  ...triggerOf(
    'deletion_certificates',
    'INSERT',
    `PERFORM append_audit_event(NEW.consent_id, 'consent.deletion_certified', 'workflow', NULL, NULL,
       jsonb_build_object('certificateId', NEW.id, 'supersedes', NEW.supersedes, 'signedDigest', sha256_of(NEW.signed)));`,
  ),
  // The reason that was given stays in the table: it is a text that a person wrote.
  ...triggerOf(
    'legal_holds',
    'INSERT',
    `PERFORM append_audit_event(NEW.consent_id, 'hold.placed', NEW.placed_by, NULL, NEW.request_id,
       jsonb_build_object('holdId', NEW.id));`,
  ),
  ...triggerOf(
    'legal_holds',
    'UPDATE',
    `PERFORM append_audit_event(NEW.consent_id, 'hold.released', NEW.released_by, NULL, NEW.release_request_id,
       jsonb_build_object('holdId', NEW.id));`,
    'OLD.released_at IS NULL AND NEW.released_at IS NOT NULL',
  ),
  ...triggerOf('evidence_keys', 'INSERT', PERSON_ERASED, 'NEW.destroyed_at IS NOT NULL'),
  ...triggerOf('evidence_keys', 'UPDATE', PERSON_ERASED, 'OLD.destroyed_at IS NULL AND NEW.destroyed_at IS NOT NULL'),
  ...OPERATOR_TRIGGERS,
  ...SERVICE_TRIGGERS,
];
