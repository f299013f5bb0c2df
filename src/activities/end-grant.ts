import type { EndingCause, EndingOutcome, EndingSteps, Revocation } from '../domain/ending';
import { ConsentFailure } from '../domain/failures';
import type { AuthorizationId, ConsentId } from '../domain/ids';
import { lookUpConsent, revokeConsent } from '../fdx/client';
import { requireOpen } from '../institutions/pause';
import { destroyGrant, findGrant, noteEndingAttempt, noteEndingSteps } from '../store/grants';
import { closeOperatorTask, findSettlement } from '../store/operator-tasks';
import type { ActivityDependencies } from './dependencies';
import { tokensThatWork } from '../custody/fresh-tokens';
import { grantFetch, openAuthorization, tokensOf, type OpenAuthorization } from '../custody/open-authorization';

export interface EndGrantInput {
  readonly consentId: ConsentId;
  readonly authorizationId: AuthorizationId;
  readonly cause: EndingCause;
  readonly revocation: Revocation;
  /** The grant that the consent goes on with. */
  readonly inUse?: AuthorizationId;
}

type Step = keyof EndingSteps;

/**
 * Tells the bank that a grant is over by every means it offers, then destroys the tokens: FDX revocation with reason and
 * initiator, the grant where it can be managed, then the tokens. Each step that is done is noted, and not done again; a bank that
 * says "already" has done it.
 *
 * @throws {ConsentFailure} institution_paused; whatever a step throws. What the other steps achieved is noted.
 * @see FDX API 6.x (Consent revocation), Grant Management for OAuth 2.0 (draft) §6.5, RFC 7009
 */
export async function endGrantAtBank(deps: ActivityDependencies, input: EndGrantInput): Promise<void> {
  const { database } = deps;
  const { authorizationId, cause } = input;
  const grant = await findGrant(database, authorizationId);
  if (!grant || grant.tokens_jwe === null) return;
  const task = { kind: 'grant_ending_failed', authorizationId } as const;
  const isSettled = (await findSettlement(database, task)) !== undefined;
  // It was the bank that ended it, and is not told what it told us; or an operator has told it by hand.
  if (cause === 'ended_at_bank' || isSettled) {
    await destroyGrant(database, authorizationId);
    return;
  }
  const authorization = await openAuthorization(deps, authorizationId);
  requireOpen(authorization.row);
  await noteEndingAttempt(database, authorizationId);
  const isShared = await sharesGrant(deps, authorization, input.inUse);
  await runSteps(deps, authorization, isShared ? {} : meansOf(deps, authorization, input));
  await destroyGrant(database, authorizationId);
  await closeOperatorTask(database, task, 'the bank took it');
}

/** Some banks renew in place: the grant in use is then the very one that was superseded, and must not be ended with it. */
async function sharesGrant(
  deps: ActivityDependencies,
  authorization: OpenAuthorization,
  inUse: AuthorizationId | undefined,
): Promise<boolean> {
  if (inUse === undefined || inUse === authorization.row.id) return false;
  const current = await findGrant(deps.database, inUse);
  if (!current || current.tokens_jwe === null) return false;
  const { bank_consent_id: bankConsentId } = authorization.row;
  if (bankConsentId !== null && current.bank_consent_id === bankConsentId) return true;
  const [before, now] = await Promise.all([
    tokensOf(authorization),
    authorization.dataKey.open('tokens', inUse, current.tokens_jwe) as ReturnType<typeof tokensOf>,
  ]);
  const sharesToken = before.refreshToken !== undefined && before.refreshToken === now.refreshToken;
  return sharesToken || (before.grantId !== undefined && before.grantId === now.grantId);
}

/** How each step is done at this bank. */
function meansOf(
  deps: ActivityDependencies,
  authorization: OpenAuthorization,
  { revocation }: EndGrantInput,
): Readonly<Partial<Record<Step, () => Promise<EndingOutcome>>>> {
  const { client } = authorization;
  const revokeToken = async (hint: 'refresh_token' | 'access_token'): Promise<EndingOutcome> => {
    const { refreshToken, accessToken } = await tokensOf(await openAuthorization(deps, authorization.row.id));
    const token = hint === 'refresh_token' ? refreshToken : accessToken;
    if (token === undefined) return 'not_offered';
    await client.revokeToken(token, hint);
    return 'done';
  };
  return {
    consent: () => revokeAtConsentApi(deps, authorization, revocation),
    grant: async () => {
      const { grantId } = await tokensOf(authorization);
      if (grantId === undefined) return 'not_offered';
      await client.revokeGrant(grantId);
      return 'done';
    },
    refreshToken: () => revokeToken('refresh_token'),
    accessToken: () => revokeToken('access_token'),
  };
}

/** In order; a step that fails does not keep the others from being tried, except from those that would take its credential away. */
async function runSteps(
  { database }: ActivityDependencies,
  { row }: OpenAuthorization,
  means: Readonly<Partial<Record<Step, () => Promise<EndingOutcome>>>>,
): Promise<void> {
  let steps: EndingSteps = row.ending ?? {};
  let failure: ConsentFailure | undefined;
  const needsToken = row.profile.fdx.consents.credential === 'user_token';
  for (const [step, run] of Object.entries(means) as [Step, () => Promise<EndingOutcome>][]) {
    if (steps[step] !== undefined) continue;
    // Without its token the consent could not be revoked by the next attempt either.
    if (failure && needsToken) break;
    try {
      steps = { ...steps, [step]: await outcomeOf(run) };
    } catch (error) {
      if (!(error instanceof ConsentFailure)) throw error;
      failure ??= error;
    }
    await noteEndingSteps(database, row.id, steps, failure?.code ?? null);
  }
  if (failure) throw failure;
}

async function outcomeOf(run: () => Promise<EndingOutcome>): Promise<EndingOutcome> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ConsentFailure && isNotOffered(error)) return 'not_offered';
    throw error;
  }
}

/** The bank's metadata name no such endpoint, or it does not revoke tokens of this type (RFC 7009 §2.2.1). */
function isNotOffered({ code, detail }: ConsentFailure): boolean {
  return code === 'as_metadata_unusable' || (code === 'as_request_rejected' && detail === 'unsupported_token_type.');
}

/** With the person's token a refusal says little: it may be dead because the revocation before had taken effect, unheard. */
async function revokeAtConsentApi(
  deps: ActivityDependencies,
  authorization: OpenAuthorization,
  revocation: Revocation,
): Promise<EndingOutcome> {
  const { profile, bank_consent_id: id } = authorization.row;
  const { source, credential } = profile.fdx.consents;
  if (source !== 'consent_api' || id === null) return 'not_offered';
  const isOurs = credential !== 'user_token';
  // A loss that one refresh was told of may be an accident of the bank: here it decides that the bank is not told, so it is asked.
  const isInDoubt = authorization.row.lost_at !== null;
  const able = isOurs ? authorization : await tokensThatWork(deps, authorization.row.id, { isInDoubt });
  // No token opens the consent API any more: to the bank this grant is over.
  if (!able) return 'already_ended';
  const first = await tellConsentApi(able, id, revocation);
  if (!(first instanceof ConsentFailure)) return first;
  if (isOurs) throw first;
  const renewed = await tokensThatWork(deps, authorization.row.id, { isInDoubt: true });
  if (!renewed) return 'already_ended';
  const second = await tellConsentApi(renewed, id, revocation);
  if (second instanceof ConsentFailure) throw second;
  return second;
}

/** @returns the refusal of a bank that does not let us in; any other failure is thrown */
async function tellConsentApi(
  authorization: OpenAuthorization,
  id: string,
  revocation: Revocation,
): Promise<'done' | 'already_ended' | ConsentFailure> {
  const { profile, terms } = authorization.row;
  const fetch = await grantFetch(authorization, profile.fdx.consents.credential);
  const outcome = await revokeConsent(profile, fetch, id, revocation).catch((error: unknown) => {
    if (error instanceof ConsentFailure && error.code === 'fdx_request_rejected') return error;
    throw error;
  });
  if (outcome !== undefined) return outcome;
  // Refused without saying that it had ended: how it stands decides.
  const found = await lookUpConsent(profile, fetch, id, terms);
  if (found.kind === 'refused') return found.failure;
  if (found.kind === 'unknown' || (found.status ?? 'ACTIVE') !== 'ACTIVE') return 'already_ended';
  throw new ConsentFailure('fdx_request_rejected', 'the bank refuses the revocation, and the consent is active there.');
}
