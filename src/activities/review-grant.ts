import type { RevocationReason } from '../domain/ending';
import { narrowedTo, sameGrant, type GrantedConsent } from '../domain/grant';
import type { AuthorizationId, ConsentId } from '../domain/ids';
import { getRevocationReason, lookUpConsent, type AuthorizedFetch } from '../fdx/client';
import { requireOpen } from '../institutions/pause';
import { findConsent } from '../store/consents';
import type { ActivityDependencies } from './dependencies';
import { tokensThatWork } from '../custody/fresh-tokens';
import { grantFetch, openAuthorization, type OpenAuthorization } from '../custody/open-authorization';

export interface ReviewInput {
  readonly consentId: ConsentId;
  readonly authorizationId: AuthorizationId;
  /** Somebody was refused with these tokens: they are tried too, and not only the consent looked up. */
  readonly isInDoubt?: boolean;
}

/** How a grant stands at its bank. */
export type GrantReview =
  | { readonly verdict: 'as_recorded' }
  | {
      readonly verdict: 'changed';
      readonly granted: GrantedConsent;
      /** When the bank gave it, in epoch milliseconds. */
      readonly grantedAt: number;
    }
  | { readonly verdict: 'revoked'; readonly reason: RevocationReason }
  | { readonly verdict: 'expired' }
  /** The consent may stand, and nothing can be read with what we have. */
  | { readonly verdict: 'lost' };

/**
 * Asks the bank how a grant stands: FDX `GET /consents/{consentId}` where there is a consent API, else whether the refresh token
 * is still honoured. No code of FDX says "revoked", and a refused refresh may be an accident of the bank: what counts is what it
 * says of the consent.
 *
 * @throws {ConsentFailure} institution_paused; as_unreachable, fdx_unreachable, fdx_rate_limited while the bank cannot be asked;
 *   fdx_request_rejected, fdx_response_invalid, as_client_rejected when it cannot be asked as the profile says
 */
export async function reviewGrant(deps: ActivityDependencies, input: ReviewInput): Promise<GrantReview> {
  const authorization = await openAuthorization(deps, input.authorizationId);
  const { row } = authorization;
  requireOpen(row);
  if (row.tokens_jwe === null) return { verdict: 'lost' };
  // What a refresh was told by the bank is confirmed or taken back by what it says now.
  const isDoubted = input.isInDoubt === true || row.lost_at !== null;
  const { source, credential } = row.profile.fdx.consents;
  const hasConsentApi = source === 'consent_api' && row.bank_consent_id !== null;
  const needsToken = !hasConsentApi || credential === 'user_token';
  if (!needsToken) return lookUp(deps, input, authorization, isDoubted);
  const isInDoubt = !hasConsentApi || isDoubted;
  const fresh = await tokensThatWork(deps, input.authorizationId, { isInDoubt });
  if (!fresh) return { verdict: 'lost' };
  // Tokens that were in doubt have just been refreshed.
  return hasConsentApi ? lookUp(deps, input, fresh, false) : { verdict: 'as_recorded' };
}

async function lookUp(
  deps: ActivityDependencies,
  input: ReviewInput,
  authorization: OpenAuthorization,
  isInDoubt: boolean,
): Promise<GrantReview> {
  const { row } = authorization;
  const { profile, bank_consent_id: bankConsentId, terms } = row;
  if (bankConsentId === null) return { verdict: 'as_recorded' };
  const { credential } = profile.fdx.consents;
  const fetch = await grantFetch(authorization, credential);
  const found = await lookUpConsent(profile, fetch, bankConsentId, terms);
  if (found.kind === 'unknown') return { verdict: 'lost' };
  if (found.kind === 'refused') {
    // With a credential of our own it is we who are refused, and not the person.
    if (credential !== 'user_token') throw found.failure;
    return { verdict: 'lost' };
  }
  const { status = 'ACTIVE', granted } = found;
  if (status === 'REVOKED') return { verdict: 'revoked', reason: await reasonOf(profile, fetch, bankConsentId) };
  if (status === 'EXPIRED') return { verdict: 'expired' };
  if (isInDoubt && !(await tokensThatWork(deps, input.authorizationId, { isInDoubt }))) return { verdict: 'lost' };
  return compare(deps, input, { ...granted, bankConsentId });
}

async function compare(deps: ActivityDependencies, input: ReviewInput, granted: GrantedConsent): Promise<GrantReview> {
  const consent = await findConsent(deps.database, input.consentId);
  if (!consent?.granted) return { verdict: 'as_recorded' };
  if (sameGrant(consent.granted, narrowedTo(consent.terms, granted))) return { verdict: 'as_recorded' };
  return { verdict: 'changed', granted, grantedAt: (consent.granted_at ?? consent.created_at).getTime() };
}

/** Why it was revoked, for the record. A bank that does not say is one of many. */
async function reasonOf(
  profile: OpenAuthorization['row']['profile'],
  fetch: AuthorizedFetch,
  bankConsentId: string,
): Promise<RevocationReason> {
  const reason = await getRevocationReason(profile, fetch, bankConsentId).catch(() => undefined);
  return reason ?? 'USER_ACTION';
}
