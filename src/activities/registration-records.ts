import { ConsentFailure } from '../domain/failures';
import { withoutClientId, type RegistrationTerms } from '../domain/registration';
import { profileRegisteredAs } from '../domain/registration-review';
import { findInstitution, offer, saveInstitution } from '../store/institutions';
import * as registrations from '../store/registrations';
import type { ActivityDependencies } from './dependencies';
import {
  registrationOf,
  termsOf,
  withRegistrationClient,
  type RecordedFailure,
  type RegistrationSubject,
} from './open-registration';
import { settleAnswer } from './registration-judgement';

/** @throws {ConsentFailure} registration_exists */
export async function beginRegistration(
  { database }: ActivityDependencies,
  { institutionId: id, terms }: RegistrationSubject & { readonly terms: RegistrationTerms },
): Promise<void> {
  // A client that somebody registered by hand is one too.
  const isTaken = (await findInstitution(database, id)) !== undefined;
  if (isTaken || !(await registrations.beginRegistration(database, id, terms))) {
    throw new ConsentFailure('registration_exists');
  }
}

/** @throws {ConsentFailure} registration_not_found */
export async function beginUpdate(
  deps: ActivityDependencies,
  { institutionId: id, terms }: RegistrationSubject & { readonly terms?: RegistrationTerms },
): Promise<void> {
  const { database } = deps;
  const [row, institution] = [await registrations.findRegistration(database, id), await findInstitution(database, id)];
  if (!row || !institution) throw new ConsentFailure('registration_not_found');
  // Of an update that was cut off: it may have brought a new token.
  await settleAnswer(deps, row).catch(ignoreInvalid);
  const present = { template: withoutClientId(institution.profile), request: row.terms.request };
  if (!(await registrations.beginUpdate(database, id, terms ?? present))) {
    throw new ConsentFailure('registration_not_found');
  }
}

function ignoreInvalid(error: unknown): void {
  if (!(error instanceof ConsentFailure) || error.code !== 'as_response_invalid') throw error;
}

/**
 * From here on no consent begins there.
 *
 * @throws {ConsentFailure} registration_not_found, registration_in_use
 */
export async function beginDeletion(
  { database }: ActivityDependencies,
  { institutionId: id, force }: RegistrationSubject & { readonly force: boolean },
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    if (!(await registrations.beginDeletion(transaction, id))) throw new ConsentFailure('registration_not_found');
    await offer(transaction, id, false);
    const open = await registrations.countOpenConsents(transaction, id);
    // Thrown inside: nothing of this was done then.
    if (open > 0 && !force) throw new ConsentFailure('registration_in_use', `${open} of them.`);
  });
}

/** Reads the bank's metadata, and where to register. The operator's word wins over the bank's. */
export async function discoverRegistration(
  deps: ActivityDependencies,
  { institutionId: id }: RegistrationSubject,
): Promise<void> {
  const row = await registrationOf(deps, id);
  const published = await withRegistrationClient(deps, row, (client) => client.discover());
  const endpoint = termsOf(row).request.endpoint ?? published;
  if (endpoint === undefined) {
    throw new ConsentFailure('as_metadata_unusable', 'registration_endpoint is missing; name it in the file.');
  }
  await registrations.noteEndpoint(deps.database, id, endpoint);
}

/** Makes the institution usable under the client id the bank gave us, with the algorithms the bank chose. */
export async function offerInstitution(
  deps: ActivityDependencies,
  { institutionId: id }: RegistrationSubject,
): Promise<void> {
  const row = await registrationOf(deps, id);
  if (row.client_id === null) throw new Error('the registration has no client id');
  const profile = profileRegisteredAs(row.client_id, termsOf(row).template, row.metadata ?? {});
  await deps.database.transaction().execute(async (transaction) => {
    await saveInstitution(transaction, profile);
    await registrations.concludeRegistration(transaction, id);
  });
}

export async function recordPossibleOrphan(
  { database }: ActivityDependencies,
  { institutionId }: RegistrationSubject,
): Promise<{ readonly possibleOrphans: number }> {
  return { possibleOrphans: await registrations.notePossibleOrphan(database, institutionId) };
}

/** The client is gone at the bank, or given up: its tokens are destroyed, and the institution is not offered. */
export async function concludeDeletion(
  { database }: ActivityDependencies,
  { institutionId, givenUp }: RegistrationSubject & { readonly givenUp?: RecordedFailure },
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await registrations.forgetClient(transaction, institutionId, givenUp);
    await offer(transaction, institutionId, false);
  });
}

/** Writes down why the operation came to nothing. A client that worked before is offered again. */
export async function recordRegistrationFailure(
  { database }: ActivityDependencies,
  { institutionId, failure, detail }: RegistrationSubject & RecordedFailure,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    if (await registrations.noteFailure(transaction, institutionId, failure, detail)) {
      await offer(transaction, institutionId, true);
    }
  });
}
