import { ConsentFailure, type FailureCode } from '../domain/failures';
import type { InstitutionId } from '../domain/ids';
import type { RegistrationTerms } from '../domain/registration';
import type { RegistrationReview } from '../domain/registration-review';
import type { ManagedClient } from '../fapi/manage-client';
import type { RegistrationClient } from '../fapi/registration-client';
import type { RegistrationCustody } from '../fapi/register-client';
import { findRegistration, keepAnswer, noteTokenUsed, type RegistrationRow } from '../store/registrations';
import { openSealedFor, sealFor } from '../store/registration-secrets';
import { insistently } from '../custody/insistently';
import type { ActivityDependencies } from './dependencies';

/** Names the registration that a step is about. */
export interface RegistrationSubject {
  readonly institutionId: InstitutionId;
}

export interface JudgedRegistration extends RegistrationReview {
  readonly clientId: string;
  /** False when the bank gave us nothing to change or end the registration with. */
  readonly isManaged: boolean;
  /** Attempts, of earlier operations too, that may have left a client at the bank. */
  readonly possibleOrphans: number;
}

export interface RecordedFailure {
  readonly failure: FailureCode;
  readonly detail: string;
}

export async function registrationOf({ database }: ActivityDependencies, id: InstitutionId): Promise<RegistrationRow> {
  const row = await findRegistration(database, id);
  if (!row) throw new Error(`registration of ${id} is not in the database`);
  return row;
}

/** What the operation under way asks for. */
export function termsOf({ terms, pending_terms: pending }: RegistrationRow): RegistrationTerms {
  return pending ?? terms;
}

/** Speaks with the bank for the length of one step. */
export async function withRegistrationClient<Result>(
  { registrationClientFor }: ActivityDependencies,
  row: RegistrationRow,
  work: (client: RegistrationClient) => Promise<Result>,
): Promise<Result> {
  const client = registrationClientFor(termsOf(row).template);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/** Puts an answer away, sealed, as it came. It may exist nowhere else, so a database that is away is waited for. */
export function custodyFor(
  { database, vault }: ActivityDependencies,
  id: InstitutionId,
  attemptId?: string,
): RegistrationCustody {
  return async (rawAnswer) => {
    const sealed = await sealFor(database, vault, id, 'registration-answer', rawAnswer);
    const isKept = await insistently('registration_unknown', () => keepAnswer(database, id, sealed, attemptId));
    if (!isKept) throw new ConsentFailure('registration_unknown', 'the answer came after it was given up.');
  };
}

/**
 * A request about the client with its registration access token; with the one before when the bank does not know the new one: the
 * answer that brought it may have been the last thing a dying server did.
 *
 * @throws {ConsentFailure} registration_unmanaged without a token; registration_token_rejected when the bank accepts neither
 */
export async function manage<Result>(
  { database, vault }: ActivityDependencies,
  row: RegistrationRow,
  request: (client: ManagedClient) => Promise<Result>,
): Promise<Result> {
  const {
    institution_id: id,
    client_id: clientId,
    access_token_jwe: current,
    previous_access_token_jwe: previous,
  } = row;
  const registrationClientUri = managementUriOf(row);
  if (clientId === null || current === null || registrationClientUri === undefined) {
    throw new ConsentFailure('registration_unmanaged');
  }
  const attempt = async (which: 'current' | 'previous', sealed: string): Promise<Result> => {
    const registrationAccessToken = await openSealedFor(database, vault, id, 'registration-token', sealed);
    const result = await request({ clientId, registrationClientUri, registrationAccessToken });
    if (previous !== null) await noteTokenUsed(database, id, which);
    return result;
  };
  try {
    return await attempt('current', current);
  } catch (error) {
    const isRejected = error instanceof ConsentFailure && error.code === 'registration_token_rejected';
    if (!isRejected || previous === null) throw error;
    return attempt('previous', previous);
  }
}

/** RFC 7592 §3 names it in the answer; FDX has it below the endpoint, and some banks leave it at that. */
function managementUriOf({ registration_client_uri: uri, endpoint, client_id: clientId }: RegistrationRow) {
  if (uri !== null) return uri;
  return endpoint === null || clientId === null
    ? undefined
    : `${endpoint.replace(/\/$/, '')}/${encodeURIComponent(clientId)}`;
}
