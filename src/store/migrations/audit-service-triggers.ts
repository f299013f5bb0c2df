import { triggerOf } from './audit-trigger';

/**
 * What all consents stand on: who may ask, which banks there are and as what they know us, which keys sign. In the service's chain,
 * between the beginning and the end of the operator's action that it is from; what a process does at its start has none.
 */
export const SERVICE_TRIGGERS: readonly string[] = [
  ...triggerOf(
    'applications',
    'INSERT',
    `PERFORM append_audit_event('service', 'application.added', 'service', NULL, NULL, jsonb_build_object('applicationId', NEW.id));`,
  ),
  ...triggerOf(
    'applications',
    'UPDATE',
    `PERFORM append_audit_event('service', 'application.changed', 'service', NULL, NULL,
       jsonb_build_object('applicationId', NEW.id, 'mayDelegate', NEW.may_delegate, 'digest', sha256_of(to_jsonb(NEW)::text)));`,
    'OLD IS DISTINCT FROM NEW',
  ),
  ...triggerOf(
    'api_keys',
    'INSERT',
    `PERFORM append_audit_event('service', 'api_key.created', 'service', NULL, NULL,
       jsonb_build_object('keyId', NEW.id, 'role', NEW.role, 'applicationId', NEW.application_id));`,
  ),
  ...triggerOf(
    'api_keys',
    'UPDATE',
    `PERFORM append_audit_event('service', 'api_key.revoked', 'service', NULL, NULL, jsonb_build_object('keyId', NEW.id));`,
    'OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL',
  ),
  ...triggerOf(
    'institutions',
    'INSERT',
    `PERFORM append_audit_event('service', 'institution.saved', 'service', NULL, NULL,
       jsonb_build_object('institutionId', NEW.id, 'profileDigest', sha256_of(NEW.profile::text)));`,
  ),
  ...triggerOf(
    'institutions',
    'UPDATE',
    `IF OLD.profile::text <> NEW.profile::text OR OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at THEN
       PERFORM append_audit_event('service', 'institution.saved', 'service', NULL, NULL, jsonb_build_object('institutionId', NEW.id,
         'profileDigest', sha256_of(NEW.profile::text), 'withdrawnAt', utc(NEW.withdrawn_at)));
     END IF;
     IF OLD.paused_at IS NULL AND NEW.paused_at IS NOT NULL THEN
       PERFORM append_audit_event('service', 'institution.paused', 'service', NULL, NULL, jsonb_build_object('institutionId', NEW.id));
     END IF;
     IF OLD.paused_at IS NOT NULL AND NEW.paused_at IS NULL THEN
       PERFORM append_audit_event('service', 'institution.resumed', 'service', NULL, NULL, jsonb_build_object('institutionId', NEW.id));
     END IF;`,
    `OLD.profile::text <> NEW.profile::text OR OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at
     OR OLD.paused_at IS DISTINCT FROM NEW.paused_at`,
  ),
  ...triggerOf(
    'registrations',
    'UPDATE',
    `PERFORM append_audit_event('service', 'registration.changed', 'service', NEW.failure, NULL, jsonb_build_object(
       'institutionId', NEW.institution_id, 'from', OLD.status, 'to', NEW.status, 'clientId', NEW.client_id));`,
    'OLD.status <> NEW.status OR OLD.client_id IS DISTINCT FROM NEW.client_id',
  ),
  ...triggerOf(
    'signing_keys',
    'INSERT',
    `PERFORM append_audit_event('service', 'signing_key.created', 'service', NULL, NULL, jsonb_build_object('kid', NEW.kid,
       'purpose', NEW.purpose, 'algorithm', NEW.algorithm, 'provider', NEW.provider, 'activatesAt', utc(NEW.activates_at),
       'publicKeyDigest', sha256_of(NEW.public_jwk::text)));`,
  ),
  ...triggerOf(
    'signing_keys',
    'UPDATE',
    `PERFORM append_audit_event('service', 'signing_key.changed', 'service', NULL, NULL, jsonb_build_object('kid', NEW.kid,
       'activatesAt', utc(NEW.activates_at), 'withdrawsAt', utc(NEW.withdraws_at), 'isDestroyed', NEW.private_jwe IS NULL));`,
    `OLD.activates_at <> NEW.activates_at OR OLD.withdraws_at IS DISTINCT FROM NEW.withdraws_at
     OR (OLD.private_jwe IS NULL) <> (NEW.private_jwe IS NULL)`,
  ),
];
