import { FAILURES, type FailureCode } from '../../domain/failures';

/**
 * What a person is told of a failure: what it means for them and what they can do. Engineers read title and fix of the table;
 * the code printed below connects the two.
 */
export function wordsFor(code: FailureCode, institutionName = 'the bank'): string {
  const own = OWN_WORDS[code];
  if (own !== undefined) return own;
  const { kind, title, fix } = FAILURES[code];
  switch (kind) {
    case 'unavailable':
      return `We cannot reach ${institutionName} right now. Nothing was shared and nothing is lost; please try again in a little while.`;
    case 'misconfigured':
      return `Something is not set up right between us and ${institutionName}, and nothing was shared. Trying again will not help; the support of the application that sent you here can.`;
    case 'bug':
      return 'Something broke on our side and nothing was shared. Please try again later.';
    case 'refused':
    case 'invalid':
    case 'ambiguous':
      return `${title} ${fix}`;
  }
}

const OWN_WORDS: Readonly<Partial<Record<FailureCode, string>>> = {
  consent_denied: 'You or your bank declined. Nothing was shared.',
  consent_abandoned: 'Nobody completed this request in time. Ask the application that sent you here for a new link.',
  consent_revoked: 'This connection was ended, and the data is no longer read. Nothing else to do.',
  invitation_closed:
    'This link is no longer good, and nothing was changed: what you agreed to at the bank with it just now is undone there. Ask the application that sent you here for a new one.',
  consent_expired: 'The time you agreed to is over and the data is no longer read. Nothing else to do.',
  code_exchange_unknown: 'The bank’s answer got lost on the way. Nothing was shared. Please try once more.',
  code_exchange_refused: 'The bank did not complete the connection. Nothing was shared. Please try once more.',
  as_authorization_error: 'The bank ended the sign-in without a decision. Nothing was shared. You can try once more.',
  institution_paused:
    'New connections to this bank are paused for the moment. Nothing was shared and nothing is lost; please try again a little later.',
  engine_unavailable: 'We are busy putting something right on our side. Nothing is lost; please try again in a moment.',
  store_unavailable: 'We are busy putting something right on our side. Nothing is lost; please try again in a moment.',
  vault_unavailable: 'We are busy putting something right on our side. Nothing is lost; please try again in a moment.',
  signing_unavailable:
    'We are busy putting something right on our side. Nothing is lost; please try again in a moment.',
  step_timed_out: 'This took longer than it should. Nothing is lost; please try again in a moment.',
};
