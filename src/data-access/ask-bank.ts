import { freshTokens, type FreshAuthorization, type TokenDemand } from '../custody/fresh-tokens';
import { ConsentFailure } from '../domain/failures';
import { readRefusal } from '../fdx/refusal';
import { findStanding } from '../store/data-access';
import { failureOfRefusal } from './bank-refusal';
import type { CallRecord } from './call-record';
import type { DataCall } from './data-call';
import type { DataAccessDependencies } from './dependencies';
import type { DoubtReports } from './doubt';
import { requireStanding, type UsableAccess } from './judge-access';
import type { Passage } from './traffic';

/** Sends one request with tokens that work. */
export type Ask = (grant: Pick<FreshAuthorization, 'client' | 'tokens'>) => Promise<Response>;

/** Everything that a call needs on its way to the bank and back. */
export interface BankErrand {
  readonly call: DataCall;
  readonly passage: Passage;
  readonly doubts: DoubtReports;
  readonly record: CallRecord;
}

/**
 * The bank's answer with data: 200, or 206 where it has a part only. A token that is refused is refreshed once.
 *
 * @throws {ConsentFailure} what the bank's no is told as; reauthorization_needed when it honours the grant no more; what a refresh
 *   throws; consent_ended when the consent ended meanwhile
 */
export async function askBank(deps: DataAccessDependencies, errand: BankErrand, ask: Ask): Promise<Response> {
  const { call, passage, doubts, record } = errand;
  const { access } = call;
  const grant = await usableTokens(deps, access, { known: access });
  let response = await ask(grant).catch(refusedCertificate);
  if (response === undefined || response.status === 401) {
    await response?.body?.cancel();
    response = await ask(await usableTokens(deps, access, { refused: grant.tokens }));
  }
  record.answered(response.status);
  if (response.status === 200 || response.status === 206) return response;
  const refusal = await readRefusal(response);
  passage.answered(refusal.status, refusal.retryAfterSeconds);
  const failure = failureOfRefusal(refusal);
  if (failure.code === 'grant_in_doubt') await doubts.report(access.consent_id, access.id);
  throw failure;
}

/** Tokens that are bound to a certificate of the past are refreshed like refused ones (RFC 8705 §3). */
function refusedCertificate(error: unknown): undefined {
  if (error instanceof ConsentFailure && error.code === 'sender_certificate_changed') return undefined;
  throw error;
}

/**
 * @throws {ConsentFailure} reauthorization_needed when the bank honours the grant no more; what a refresh throws; consent_ended when
 *   the consent ended meanwhile
 */
export async function usableTokens(
  deps: DataAccessDependencies,
  access: UsableAccess,
  demand: TokenDemand,
): Promise<FreshAuthorization> {
  const fresh = await freshTokens(deps, access.id, demand).catch(async (error: unknown) => {
    // There may be no tokens any more, because the consent has ended meanwhile.
    const standing = await findStanding(deps.database, access.consent_id, access.application_id);
    if (standing) requireStanding(standing);
    throw failureOfTokens(error);
  });
  // A refresh takes its time, and the consent may have been revoked in it.
  requireStanding({ ...access, ...fresh.row });
  return fresh;
}

/** Custody has the workflow told of a grant that is lost. */
function failureOfTokens(error: unknown): unknown {
  const isLost = error instanceof ConsentFailure && error.code === 'grant_lost';
  return isLost ? new ConsentFailure('reauthorization_needed') : error;
}
