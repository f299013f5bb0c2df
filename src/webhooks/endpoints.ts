import { ConsentFailure } from '../domain/failures';
import type { ApplicationId } from '../domain/ids';
import type { Database } from '../store/database';
import type { Vault } from '../store/vault';
import {
  changeEndpoint,
  enableEndpoint,
  insertEndpoint,
  noteUnanswered,
  resumeEndpoint,
  type EndpointRow,
  type EndpointTerms,
} from '../store/webhook-endpoints';
import { findSecret, newSecret, replaceSecret, sealSecret, type SecretBook } from '../store/webhook-secrets';
import { challenge, type ChallengeOutcome } from './challenge';
import { FAILURE_WORDS } from './failure-words';
import type { WebhookSender } from './sender';
import { parseEndpointUrl } from './url';

/** What endpoints are managed with, by whoever may: an application over HTTP, an operator at the command line. */
export interface WebhookHands {
  readonly database: Database;
  readonly vault: Vault;
  readonly sender: WebhookSender;
  readonly secrets: SecretBook;
}

export interface RegisteredEndpoint {
  readonly endpoint: EndpointRow;
  /** Shown here and nowhere else. */
  readonly secret: string;
  readonly outcome: ChallengeOutcome;
}

/**
 * Registers an endpoint and challenges it. One that does not answer is there all the same, pending: its receiver may need the secret
 * first.
 *
 * @throws {ConsentFailure} webhook_url_refused, webhook_limit_reached
 */
export async function registerEndpoint(
  hands: WebhookHands,
  applicationId: ApplicationId,
  terms: EndpointTerms & { readonly secret?: string | undefined },
  ids: { readonly endpoint?: string; readonly secret?: string } = {},
): Promise<RegisteredEndpoint> {
  const url = parseEndpointUrl(terms.url, hands.sender.rules).href;
  const secret = (ids.secret && (await findSecret(hands, ids.secret))) ?? terms.secret ?? newSecret();
  const sealed = await sealSecret(hands, secret, ids.secret);
  const row = await insertEndpoint(hands.database, applicationId, { ...terms, url }, sealed, ids.endpoint);
  const outcome = await challenge(hands.sender, row, [secret]);
  return { endpoint: (await noteOutcome(hands, row.id, outcome)) ?? row, secret, outcome };
}

/**
 * Challenges an endpoint as it stands: one that is pending or disabled is enabled by its answer.
 *
 * @throws {ConsentFailure} webhook_challenge_failed
 */
export async function verifyEndpoint(hands: WebhookHands, row: EndpointRow): Promise<EndpointRow> {
  const outcome = await challengeAt(hands, row);
  const noted = await noteOutcome(hands, row.id, outcome);
  requireAnswer(outcome);
  return noted ?? row;
}

/** One that was paused goes on; any other that is not enabled answers a challenge first. @throws {ConsentFailure} webhook_challenge_failed */
export async function resume(hands: WebhookHands, row: EndpointRow): Promise<EndpointRow> {
  const resumed = (await resumeEndpoint(hands.database, row.id)) ?? row;
  return resumed.status === 'enabled' ? resumed : verifyEndpoint(hands, resumed);
}

/**
 * Changes what is given. An endpoint moves only to an address that answers a challenge: until it does, nothing changes.
 *
 * @throws {ConsentFailure} webhook_url_refused, webhook_challenge_failed
 */
export async function updateEndpoint(
  hands: WebhookHands,
  row: EndpointRow,
  terms: Partial<EndpointTerms>,
): Promise<EndpointRow> {
  const url = terms.url === undefined ? row.url : parseEndpointUrl(terms.url, hands.sender.rules).href;
  const hasMoved = url !== row.url;
  if (hasMoved) requireAnswer(await challengeAt(hands, { ...row, url }));
  const changed = await changeEndpoint(hands.database, row.id, { ...terms, url });
  return (hasMoved ? await enableEndpoint(hands.database, row.id) : changed) ?? row;
}

/** @returns the new secret, and until when those before it sign as well */
export async function rotateSecret(
  hands: WebhookHands,
  row: EndpointRow,
  { overlapSeconds, ...given }: { readonly overlapSeconds: number; readonly secret?: string | undefined },
  secretId?: string,
): Promise<{ readonly secret: string; readonly previousExpireAt: Date }> {
  const secret = (secretId && (await findSecret(hands, secretId))) ?? given.secret ?? newSecret();
  const sealed = await sealSecret(hands, secret, secretId);
  return { secret, previousExpireAt: await replaceSecret(hands.database, row.id, sealed, overlapSeconds) };
}

async function challengeAt({ sender, secrets }: WebhookHands, row: EndpointRow): Promise<ChallengeOutcome> {
  const signing = await secrets.secretsOf(row.id);
  return challenge(
    sender,
    row,
    signing.map(({ secret }) => secret),
  );
}

function noteOutcome({ database }: WebhookHands, id: string, outcome: ChallengeOutcome) {
  return outcome.kind === 'answered' ? enableEndpoint(database, id) : noteUnanswered(database, id, outcome.failure);
}

function requireAnswer(outcome: ChallengeOutcome): void {
  if (outcome.kind === 'unanswered') throw new ConsentFailure('webhook_challenge_failed', tellUnanswered(outcome));
}

/** For whoever runs the receiver: what was the matter. */
export function tellUnanswered({ failure, status }: Extract<ChallengeOutcome, { kind: 'unanswered' }>): string {
  return `${failure}${status === undefined ? '' : ` ${status}`}: ${FAILURE_WORDS[failure]}.`;
}
