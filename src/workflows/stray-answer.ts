import { BY_RULE } from '../domain/ending';
import type { AuthorizationId } from '../domain/ids';
import { exchange, failureCodeOf, persistent } from './activities';
import type { CallbackAnswer } from './contract';
import { endGrants, type Life } from './life';

/**
 * The person came back from a trip that nobody waits for any more: the link was cancelled, or another trip was faster. What the
 * bank granted would live on there unseen, so the code is exchanged all the same, and the grant ended with what that brings.
 */
export async function discardAnswer(
  life: Life,
  authorizationId: AuthorizationId,
  answer: CallbackAnswer['answer'],
): Promise<void> {
  const { consent } = life;
  const { consentId } = consent.input;
  const { state } = consent;
  consent.remark('an answer came for a link that is no longer good; what was granted is ended at the bank');
  try {
    if (answer.kind === 'code') {
      await exchange.exchangeCode({ consentId, authorizationId, sealedCode: answer.sealedCode, state });
    }
    await note('invitation_closed');
  } catch (error) {
    // No tokens came of it: there is nothing that could be ended.
    await note(failureCodeOf(error));
  }

  async function note(failure: Parameters<typeof persistent.recordLostAuthorization>[0]['failure']): Promise<void> {
    const { grantsToEnd } = await persistent.recordLostAuthorization({
      ...{ consentId, authorizationId, failure, state },
      bankIsTold: true,
    });
    endGrants(life, grantsToEnd, 'unused', BY_RULE);
  }
}
