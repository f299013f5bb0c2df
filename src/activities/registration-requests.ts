import { randomUUID } from 'node:crypto';
import { ConsentFailure } from '../domain/failures';
import { clientMetadataFor } from '../domain/registration';
import { openSealedFor } from '../store/registration-secrets';
import type { RegistrationClient } from '../fapi/registration-client';
import { claimAttempt, noteDeletionSent, releaseAttempt, type RegistrationRow } from '../store/registrations';
import type { ActivityDependencies } from './dependencies';
import {
  custodyFor,
  manage,
  registrationOf,
  termsOf,
  withRegistrationClient,
  type RegistrationSubject,
} from './open-registration';
import { settleAnswer } from './registration-judgement';
import { whileAlive } from './while-alive';

/**
 * Asks the bank to make us its client. Each attempt is claimed in a commit of its own before it leaves, and its answer put away
 * before it is judged; run again, it finds how far it came.
 *
 * @throws {ConsentFailure} registration_unknown when this attempt or an earlier one may have made a client that we know nothing of,
 *   and what `fapi` throws
 * @see RFC 7591 §3.1
 */
export async function registerClient(
  deps: ActivityDependencies,
  { institutionId: id, sealedInitialAccessToken }: RegistrationSubject & { readonly sealedInitialAccessToken?: string },
): Promise<void> {
  const row = await registrationOf(deps, id);
  if (row.answer_jwe !== null || row.client_id !== null) return;
  const { endpoint } = row;
  if (endpoint === null) throw new Error('the registration has no endpoint');
  const { database, vault } = deps;
  const initialAccessToken =
    sealedInitialAccessToken === undefined
      ? undefined
      : await openSealedFor(database, vault, id, 'initial-access-token', sealedInitialAccessToken);
  const attemptId = randomUUID();
  if (!(await claimAttempt(database, id, attemptId))) {
    throw new ConsentFailure('registration_unknown', 'an earlier attempt left no answer.');
  }
  const request = {
    endpoint,
    metadata: clientMetadataFor(termsOf(row), deps.ownAddresses),
    ...(initialAccessToken !== undefined && { initialAccessToken }),
    custody: custodyFor(deps, id, attemptId),
  };
  await whileAlive(() => withRegistrationClient(deps, row, (client) => client.register(request))).catch(
    async (error: unknown) => {
      // Whatever else is known of it, no client was made: the claim may be taken again.
      if (error instanceof ConsentFailure && !isLost(error)) await releaseAttempt(database, id, attemptId);
      throw error;
    },
  );
}

/**
 * Replaces what the bank has registered with what we are now. Safe to repeat.
 *
 * @throws {ConsentFailure} registration_token_rejected, registration_unmanaged, and what `fapi` throws
 * @see RFC 7592 §2.2
 */
export async function updateClient(
  deps: ActivityDependencies,
  { institutionId: id }: RegistrationSubject,
): Promise<void> {
  const row = await registrationOf(deps, id);
  if (row.answer_jwe !== null) return;
  const metadata = clientMetadataFor(termsOf(row), deps.ownAddresses);
  await whileAlive(() =>
    withRegistrationClient(deps, row, (client) =>
      manage(deps, row, (managed) => client.update(managed, metadata, custodyFor(deps, id))),
    ),
  );
}

/**
 * Ends our registration at the bank. A client that is not there any more is deleted, if we asked for that before and heard nothing.
 *
 * @throws {ConsentFailure} registration_token_rejected, registration_unmanaged, as_unreachable, registration_refused
 * @see RFC 7592 §2.3
 */
export async function deleteClient(
  deps: ActivityDependencies,
  { institutionId: id }: RegistrationSubject,
): Promise<void> {
  const { database } = deps;
  const row = await registrationOf(deps, id);
  const wasSent = row.deletion_sent_at !== null;
  await noteDeletionSent(database, id, true);
  await whileAlive(() =>
    withRegistrationClient(deps, row, async (client) => {
      try {
        await manage(deps, row, (managed) => client.delete(managed));
      } catch (error) {
        if (isLost(error)) throw new ConsentFailure('as_unreachable', 'the answer to DELETE was lost.');
        if (!wasSent) await noteDeletionSent(database, id, false);
        if (!wasSent || !isRejection(error)) throw error;
        // RFC 7592 §2.3: after the deletion the token is no good. A read says whether that is why.
        await expectGone(deps, row, client);
      }
    }),
  );
}

/** @throws {ConsentFailure} as_unreachable when the client is still there */
async function expectGone(deps: ActivityDependencies, row: RegistrationRow, client: RegistrationClient): Promise<void> {
  try {
    await manage(deps, row, (managed) => client.read(managed, custodyFor(deps, row.institution_id)));
  } catch (error) {
    if (isRejection(error)) return;
    throw error;
  }
  await settleAnswer(deps, await registrationOf(deps, row.institution_id));
  throw new ConsentFailure('as_unreachable', 'the bank contradicts itself about the client.');
}

function isLost(error: unknown): boolean {
  return error instanceof ConsentFailure && error.code === 'registration_unknown';
}

function isRejection(error: unknown): boolean {
  return error instanceof ConsentFailure && error.code === 'registration_token_rejected';
}
