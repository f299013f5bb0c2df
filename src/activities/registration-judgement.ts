import { ConsentFailure } from '../domain/failures';
import { clientMetadataFor } from '../domain/registration';
import { reviewRegistration } from '../domain/registration-review';
import { parseRegistrationAnswer } from '../fapi/registration-answer';
import { openSealedFor, sealFor } from '../store/registration-secrets';
import { keepRegistration, type RegistrationRow } from '../store/registrations';
import type { ActivityDependencies } from './dependencies';
import { registrationOf, termsOf, type JudgedRegistration, type RegistrationSubject } from './open-registration';

/**
 * Takes the bank's answer out of custody: its client, URI and token get places of their own, then what was registered is
 * compared with what was asked. A new registration access token is stored before anything else is done with it.
 *
 * @throws {ConsentFailure} as_response_invalid; the answer then stays in custody
 * @see RFC 7591 §3.2.1, RFC 7592 §3
 */
export async function judgeRegistration(
  deps: ActivityDependencies,
  { institutionId }: RegistrationSubject,
): Promise<JudgedRegistration> {
  await settleAnswer(deps, await registrationOf(deps, institutionId));
  const row = await registrationOf(deps, institutionId);
  if (row.client_id === null) throw new Error('there is no answer to judge');
  const asked = clientMetadataFor(termsOf(row), deps.ownAddresses);
  return {
    clientId: row.client_id,
    isManaged: row.access_token_jwe !== null,
    possibleOrphans: row.possible_orphans.length,
    ...reviewRegistration(asked, row.metadata ?? {}),
  };
}

/** Gives what an answer brought a place of its own. @throws {ConsentFailure} as_response_invalid */
export async function settleAnswer({ database, vault }: ActivityDependencies, row: RegistrationRow): Promise<void> {
  const { institution_id: id, answer_jwe: sealedAnswer, access_token_jwe: sealedToken } = row;
  if (sealedAnswer === null) return;
  const answer = parseRegistrationAnswer(await openSealedFor(database, vault, id, 'registration-answer', sealedAnswer));
  // RFC 7592 §2.2: the client id never changes.
  if (row.client_id !== null && row.client_id !== answer.clientId) {
    throw new ConsentFailure('as_response_invalid', 'the answer is about another client.');
  }
  const { registrationAccessToken: token } = answer;
  const known =
    sealedToken === null ? undefined : await openSealedFor(database, vault, id, 'registration-token', sealedToken);
  await keepRegistration(database, id, {
    clientId: answer.clientId,
    registrationClientUri: answer.registrationClientUri,
    metadata: answer.metadata,
    newTokenSealed:
      token === undefined || token === known
        ? undefined
        : await sealFor(database, vault, id, 'registration-token', token),
  });
}
