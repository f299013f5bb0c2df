import { FAILURES } from '../domain/failures';
import type { RegistrationRow } from '../store/registrations';

/** A registration as operators see it. Holds no secret. */
export function registrationView(row: RegistrationRow) {
  const { request } = row.terms;
  return {
    institutionId: row.institution_id,
    status: row.status,
    ...(row.client_id !== null && { clientId: row.client_id }),
    ...(row.endpoint !== null && { endpoint: row.endpoint }),
    ...(row.registration_client_uri !== null && { registrationClientUri: row.registration_client_uri }),
    isManaged: row.access_token_jwe !== null,
    request,
    ...(row.metadata !== null && { metadata: row.metadata }),
    /** When a request went out whose answer was lost: each may have left a client at the bank. */
    possibleOrphans: row.possible_orphans.map((instant) => new Date(instant).toISOString()),
    ...(row.failure !== null && {
      failure: {
        code: row.failure,
        title: FAILURES[row.failure].title,
        fix: FAILURES[row.failure].fix,
        ...(row.failure_detail && { detail: row.failure_detail }),
      },
    }),
    ...(row.registered_at && { registeredAt: row.registered_at.toISOString() }),
    updatedAt: row.updated_at.toISOString(),
  };
}

export type RegistrationView = ReturnType<typeof registrationView>;
