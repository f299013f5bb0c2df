import { allHandlersFinished, condition } from '@temporalio/workflow';
import { hasEnded } from '../domain/consent';
import { cleanUp } from './clean-up';
import { takeUpEnd } from './conclusion';
import { continueWhenLong } from './continuation';
import type { ConsentInput, ConsentResult } from './contract';
import { conditionOrWake } from './deadline';
import { attend, hasReasonToWake, nextMoment } from './due';
import { runErrands } from './errands';
import { awaken, beginLife } from './life';
import { listen } from './mail';

/**
 * One consent, from request to clean-up. The person goes to the bank as often as it takes; the first answer that brings a grant
 * makes the consent active. Then it sleeps, wakes for what is due and for what comes in, and is renewed or ends.
 */
export async function ConsentWorkflow(input: ConsentInput): Promise<ConsentResult> {
  const life = beginLife(input);
  const { consent, turns } = life;
  // Handlers before the first await: a message may have come with the start.
  listen(life);
  // Told beside everything else, since it may take days: which grants are over, and what the bank says of the one in use.
  const errands = runErrands(life);

  await takeUpEnd(life);
  while (!hasEnded(consent.state.status)) {
    awaken(life);
    const next = nextMoment(life);
    await conditionOrWake(() => hasReasonToWake(life, next), next.at, next.until);
    awaken(life);
    // One thing at a time, and what came in before what is due: an answer at the very instant of the deadline still counts.
    await turns.take(() => attend(life));
    await continueWhenLong(life, errands);
  }

  if (life.livesOn) await cleanUp(life, errands);
  // A person whose browser still waits for an answer gets one before the history closes.
  await condition(allHandlersFinished);
  return { consentId: input.consentId, status: consent.state.status };
}
