import { allHandlersFinished, condition, setHandler } from '@temporalio/workflow';
import { awaitsAuthorization, hasEnded } from '../domain/consent';
import type { AuthorizationId } from '../domain/ids';
import { settleAnswer } from './answer';
import { callback, currentState, launch, type CallbackAnswer, type ConsentInput, type ConsentResult } from './contract';
import { conditionUntil, sleepUntil } from './deadline';
import { concludeConsent } from './conclusion';
import { launchAuthorization } from './launch';
import { beginNarration, type Narration } from './narration';
import { createTurns } from './turns';

/**
 * One consent, from request to clean-up. The person goes to the bank as often as it takes until the deadline; the first answer
 * that brings a grant makes the consent active, and then it sleeps until it expires.
 */
export async function ConsentWorkflow(input: ConsentInput): Promise<ConsentResult> {
  const consent = beginNarration(input);
  const turns = createTurns();
  const answers: CallbackAnswer[] = [];
  const answered = new Set<AuthorizationId>();

  // Handlers before the first await: a message may have come with the start.
  setHandler(launch, (request) => launchAuthorization(consent, turns, request));
  setHandler(callback, (answer) => {
    // A browser that reloads the callback sends it again; only the first counts.
    if (!answered.has(answer.authorizationId)) answers.push(answer);
    answered.add(answer.authorizationId);
  });
  setHandler(currentState, () => consent.state);

  while (awaitsAuthorization(consent.state.status)) {
    await conditionUntil(
      () => answers.length > 0 || hasEnded(consent.state.status),
      input.authorizeBy,
      'until the person must have authorized',
    );
    // An answer that came at the very instant of the deadline still counts.
    await turns.take(async () => {
      const answer = answers.shift();
      if (!awaitsAuthorization(consent.state.status)) return;
      if (answer) await settleAnswer(consent, answer);
      else await concludeConsent(consent, { type: 'abandoned' });
    });
  }

  if (consent.state.status === 'active') await liveUntilExpiry(consent);

  // A person whose browser still waits for an answer gets one before the history closes.
  await condition(allHandlersFinished);
  return { consentId: input.consentId, status: consent.state.status };
}

async function liveUntilExpiry(consent: Narration): Promise<void> {
  await sleepUntil(consent.state.expiresAt ?? 0, 'until the consent expires');
  await concludeConsent(consent, { type: 'expired' });
}
