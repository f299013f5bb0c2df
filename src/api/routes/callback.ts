import type { Request, RequestHandler } from 'express';
import { hasEnded } from '../../domain/consent';
import { ConsentFailure } from '../../domain/failures';
import type { InvitationOutcome } from '../../domain/invitation';
import { findAuthorization, findAuthorizationByState, type AuthorizationRow } from '../../store/authorizations';
import { findProgress } from '../../store/consents';
import type { Database } from '../../store/database';
import { hashOf, sameHash } from '../../store/hash';
import type { ProgressFeed } from '../../store/progress';
import type { DataKey } from '../../store/vault';
import type { CallbackAnswer } from '../../workflows/contract';
import { browserHashOf } from '../browser-binding';
import { parseCallback, type CallbackParameters } from '../callback-parameters';
import { launchUrlOf } from '../consent-view';
import type { ApiDependencies } from '../dependencies';
import { finishingPage } from '../pages/message';
import { returnUrlOf } from '../return-url';

/**
 * `GET /callback`: the bank sends the person back. State, browser and issuer are compared before anything is used; then the
 * answer goes to the workflow, sealed, and the person waits for what comes of it.
 *
 * @see RFC 6749 §4.1.2, RFC 9207 §2.4, FAPI 2.0 Security Profile §5.3.3.2
 */
export function receiveCallback(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const parameters = parseCallback(request.query);
    const row = await ownAuthorization(deps, request, parameters);
    if (row.wrapped_jwe === null) throw new ConsentFailure('callback_too_late');
    const dataKey = await deps.vault.openDataKey(row.consent_id, row.wrapped_jwe);

    const isNew = isUnanswered(row);
    if (isNew) {
      if (hasEnded(row.status)) throw new ConsentFailure('callback_too_late');
      await deps.engine.deliver(row.consent_id, await answerOf(row, parameters, dataKey));
    }
    // The link was taken back, or another trip by it was faster, while the person was at the bank: what they did there is undone.
    const { invitation_outcome: closedAs } = row;
    if (closedAs !== null && (isNew || !UNDER_WAY.has(closedAs))) throw new ConsentFailure('invitation_closed');
    const finished = await outcomeWithin(deps.settings.outcomeWaitSeconds * 1000, row, deps.database, deps.progress);
    response.set('Cache-Control', 'no-store');
    // Stays at this address: its reload is what leads on, to the application where it named a place to return to.
    if (!finished) response.type('html').send(finishingPage(row.profile.name));
    else response.redirect(303, await nextPage(row, finished, dataKey, deps));
  };
}

/** Of a reload: what its own answer led to. */
const UNDER_WAY: ReadonlySet<InvitationOutcome> = new Set(['granted', 'declined', 'failed', 'consent_ended']);

/** The authorization this answer belongs to, if it came from its bank to its browser. */
async function ownAuthorization(
  { database }: ApiDependencies,
  request: Request,
  { state, iss, answer }: CallbackParameters,
): Promise<AuthorizationRow> {
  const row = await findAuthorizationByState(database, hashOf(state));
  if (!row) throw new ConsentFailure('callback_state_unknown');
  const browserHash = browserHashOf(request);
  if (!browserHash || !sameHash(browserHash, row.browser_hash)) throw new ConsentFailure('callback_browser_mismatch');
  // RFC 9207 §2.4: simple string comparison, before the code is used, for errors too. FAPI 2.0 servers always send it.
  if (iss !== row.profile.issuer) throw new ConsentFailure('callback_issuer_mismatch');
  // A bank that signs its answers never sends a plain one: accepting it would let an attacker leave the signature out.
  if ((row.profile.responseMode === 'jwt') !== (answer.kind === 'response'))
    throw new ConsentFailure('callback_invalid');
  return row;
}

/** A reloaded callback finds its answer already taken and goes straight to the outcome. */
function isUnanswered(row: AuthorizationRow): boolean {
  return row.exchange_started_at === null && row.tokens_jwe === null && row.failure === null;
}

async function answerOf(
  row: AuthorizationRow,
  parameters: CallbackParameters,
  dataKey: DataKey,
): Promise<CallbackAnswer> {
  if (parameters.answer.kind === 'error') return { authorizationId: row.id, answer: parameters.answer };
  const { answer } = parameters;
  const content = answer.kind === 'code' ? { code: answer.code, iss: parameters.iss } : { response: answer.response };
  const sealedCode = await dataKey.seal('authorization-code', row.id, content);
  return { authorizationId: row.id, answer: { kind: 'code', sealedCode } };
}

/** Waits until the workflow has written down what came of the answer; undefined when that takes too long. */
async function outcomeWithin(
  waitMs: number,
  row: AuthorizationRow,
  database: Database,
  progress: ProgressFeed,
): Promise<{ readonly status: AuthorizationRow['status'] } | undefined> {
  const giveUpAt = Date.now() + waitMs;
  for (;;) {
    // Subscribed before looking: a change between the two is not missed.
    const change = progress.nextChange(row.consent_id, Math.max(giveUpAt - Date.now(), 0));
    const now = await findProgress(database, row.consent_id);
    if (now?.stage === 'none') return now;
    await change;
    if (Date.now() >= giveUpAt) return undefined;
  }
}

/** The application's own page once it is decided; ours when the person may try again. */
async function nextPage(
  row: AuthorizationRow,
  outcome: { readonly status: AuthorizationRow['status'] },
  dataKey: DataKey,
  { database, settings }: ApiDependencies,
): Promise<string> {
  const { status } = outcome;
  const now = (await findAuthorization(database, row.id)) ?? row;
  // A link that is still open after its trip ended is there to be tried again.
  const isDecided = hasEnded(status) || (status === 'active' && now.invitation_outcome !== null);
  if (!isDecided || row.return_url === null) {
    if (row.launch_jwe === null) throw new ConsentFailure('callback_too_late');
    return launchUrlOf(row.invitation_id, row.launch_jwe, dataKey, settings.publicUrl);
  }
  const isFirst = row.invitation_reason === 'connect';
  return returnUrlOf(row.return_url, row.consent_id, { status, ...(!isFirst && { authorization: resultOf(now) }) });
}

/** What this one trip brought. */
function resultOf({ id, failure, granted_by: grantedBy }: AuthorizationRow): 'granted' | 'declined' | 'failed' {
  if (grantedBy === id) return 'granted';
  return failure === 'consent_denied' ? 'declined' : 'failed';
}
