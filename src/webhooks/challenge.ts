import { randomBytes, timingSafeEqual } from 'node:crypto';
import { newId } from '../store/new-id';
import { failureOfStatus, type FailureWord } from './failure-words';
import { signedMessage } from './message';
import type { WebhookSender } from './sender';

export const VERIFICATION_TYPE = 'endpoint.verification';

export type ChallengeOutcome =
  | { readonly kind: 'answered' }
  | { readonly kind: 'unanswered'; readonly failure: FailureWord; readonly status?: number };

/** An answer holds a challenge of 43 characters and the JSON around it. */
const MOST_BYTES = 4 * 1_024;

/**
 * Asks whoever is behind an address whether it wants to be told: it proves that it can read what we send by giving the challenge back.
 * Without it an application could have us send to anybody.
 *
 * @param secrets that sign the request; the receiver need not check it
 */
export async function challenge(
  sender: WebhookSender,
  endpoint: { readonly id: string; readonly url: string },
  secrets: readonly string[],
): Promise<ChallengeOutcome> {
  const expected = randomBytes(32).toString('base64url');
  const id = newId('webhookDelivery');
  const timestamp = new Date();
  const body = JSON.stringify({
    id,
    type: VERIFICATION_TYPE,
    timestamp: timestamp.toISOString(),
    data: { endpointId: endpoint.id, challenge: expected },
  });
  const result = await sender.send(endpoint.url, signedMessage(id, body, secrets, timestamp), MOST_BYTES);
  if (result.kind === 'unanswered') return result;
  const { status } = result;
  const failure = failureOfStatus(status);
  if (failure) return { kind: 'unanswered', failure, status };
  if (!isAnswer(result.body, expected)) return { kind: 'unanswered', failure: 'wrong_challenge', status };
  return { kind: 'answered' };
}

function isAnswer(body: string, expected: string): boolean {
  try {
    const { challenge: given } = JSON.parse(body) as { challenge?: unknown };
    const [one, other] = [Buffer.from(typeof given === 'string' ? given : ''), Buffer.from(expected)];
    return one.byteLength === other.byteLength && timingSafeEqual(one, other);
  } catch {
    return false;
  }
}
