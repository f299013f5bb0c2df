import { compareAccounts, type AccountChanges, type AccountEvidence } from '../domain/account-changes';
import { coversAccounts, isDataCluster } from '../domain/clusters';
import { receiptIdOf, type ConsentState } from '../domain/consent';
import { ConsentFailure } from '../domain/failures';
import type { GrantDifference, GrantedConsent } from '../domain/grant';
import type { AuthorizationId, ReceiptId } from '../domain/ids';
import { clustersOf } from '../domain/terms';
import { getConsent, readAccounts } from '../fdx/client';
import { grantOfTokenResponse } from '../fdx/token-response-grant';
import { findConsent } from '../store/consents';
import { findGrant, keepAccounts, keepBankConsentId } from '../store/grants';
import { insertReceipt } from '../store/receipts';
import type { DataAccessProof } from '../store/tables';
import type { ActivityDependencies } from './dependencies';
import {
  grantFetch,
  openAuthorization,
  tokensOf,
  type AuthorizationStep,
  type OpenAuthorization,
  type StoredTokens,
} from '../custody/open-authorization';
import { signReceipt } from './receipt';

export interface GrantInput extends AuthorizationStep {
  readonly from: 'bank' | 'token_response';
}

export interface GrantReading {
  readonly granted: GrantedConsent;
  /** Epoch milliseconds. */
  readonly grantedAt: number;
  /** When the refresh token ends, where the bank says so. Epoch milliseconds. */
  readonly grantExpiresAt?: number;
}

/**
 * What was granted: FDX `GET /consents/{consentId}`, else what the token response said.
 *
 * @throws {ConsentFailure} fdx_unreachable, fdx_rate_limited, fdx_request_rejected, fdx_response_invalid, as_authorization_error
 * @see RFC 9396 §7, RFC 6749 §5.1
 */
export async function readGrant(
  deps: ActivityDependencies,
  { authorizationId, from }: GrantInput,
): Promise<GrantReading> {
  const authorization = await openAuthorization(deps, authorizationId);
  const { row } = authorization;
  const tokens = await tokensOf(authorization);
  const dates = {
    grantedAt: row.token_response_at?.getTime() ?? Date.now(),
    ...(row.grant_expires_at && { grantExpiresAt: row.grant_expires_at.getTime() }),
  };
  const told = grantOfTokenResponse(tokens, row.terms, row.profile);
  const bankConsentId = await bankConsentIdOf(authorization, tokens, from);
  if (from === 'token_response' || bankConsentId === undefined || row.profile.fdx.consents.source !== 'consent_api') {
    return { granted: { ...told, ...(bankConsentId !== undefined && { bankConsentId }) }, ...dates };
  }
  const fetch = await grantFetch(authorization, row.profile.fdx.consents.credential);
  const { granted, status = 'ACTIVE' } = await getConsent(row.profile, fetch, bankConsentId, row.terms);
  if (status !== 'ACTIVE') throw new ConsentFailure('as_authorization_error', 'the bank says it is not active.');
  if (row.bank_consent_id === null) await keepBankConsentId(deps.database, row.id, bankConsentId);
  return { granted: { ...granted, bankConsentId }, ...dates };
}

/** In the token response by the specification; some banks tell it only to those who ask about the token. */
async function bankConsentIdOf(
  { client, row }: OpenAuthorization,
  tokens: StoredTokens,
  from: GrantInput['from'],
): Promise<string | undefined> {
  const asks = row.profile.fdx.consents.idSource === 'introspection' && from === 'bank';
  return tokens.bankConsentId ?? (asks ? await client.introspectConsentId(tokens.accessToken) : undefined);
}

export interface ProofInput extends AuthorizationStep {
  readonly granted: GrantedConsent;
}

/** `GET /accounts` with the new token. Their number is kept, and sealed what tells them apart, for when their ids change. */
export async function proveDataAccess(
  deps: ActivityDependencies,
  { authorizationId, granted }: ProofInput,
): Promise<DataAccessProof> {
  if (!clustersOf(granted.resources).some((name) => isDataCluster(name) && coversAccounts(name))) {
    return { outcome: 'not_applicable' };
  }
  const authorization = await openAuthorization(deps, authorizationId);
  const fetch = await grantFetch(authorization, 'user_token');
  try {
    const accounts = await readAccounts(authorization.row.profile, fetch);
    if (!accounts) return { outcome: 'proven' };
    const sealed = await authorization.dataKey.seal('accounts', authorizationId, accounts.evidence);
    await keepAccounts(deps.database, authorizationId, sealed);
    return { outcome: 'proven', accounts: accounts.count };
  } catch (error) {
    // The bank answered, with a no or with nonsense: asking again would bring the same.
    if (error instanceof ConsentFailure && error.kind === 'misconfigured') {
      return { outcome: 'refused', failure: error.code };
    }
    throw error;
  }
}

export interface ReceiptInput extends AuthorizationStep {
  readonly granted: GrantedConsent;
  readonly difference: GrantDifference;
  readonly dataAccess: DataAccessProof;
  /** The active state that begins with the receipt. */
  readonly state: ConsentState;
  /** The grant before, and its receipt. */
  readonly replaces?: { readonly authorizationId: AuthorizationId; readonly receiptId?: ReceiptId };
}

/**
 * Signs and stores the receipt; the consent becomes active in the same statement.
 *
 * @returns the id of the receipt, which is not the proposed one when an earlier attempt had stored one
 */
export async function recordReceipt(
  deps: ActivityDependencies,
  { consentId, authorizationId, granted, difference, dataAccess, state, replaces }: ReceiptInput,
): Promise<ReceiptId> {
  const proposedId = receiptIdOf(state);
  if (state.expiresAt === undefined) throw new Error('an active state names its end');
  const authorization = await openAuthorization(deps, authorizationId);
  const { row } = authorization;
  const { document, signed } = await signReceipt(deps, row, {
    receiptId: proposedId,
    expiresAt: state.expiresAt,
    granted,
    difference,
    ...(replaces?.receiptId !== undefined && { supersedes: replaces.receiptId }),
  });
  const receipt = {
    ...{ id: proposedId, consentId, authorizationId, document, signed },
    ...(replaces && { replaces }),
  };
  const outcome = {
    ...{ granted, difference, dataAccess, terms: row.terms, grantedAt: row.token_response_at ?? new Date() },
    ...(replaces && { accountChanges: await accountChanges(deps, authorization, granted, replaces.authorizationId) }),
  };
  return insertReceipt(deps.database, receipt, outcome, state);
}

/** How the accounts of this grant compare with those of the one before: by what the bank showed of them, or by their ids alone. */
async function accountChanges(
  deps: ActivityDependencies,
  { row, dataKey }: OpenAuthorization,
  granted: GrantedConsent,
  before: AuthorizationId,
): Promise<AccountChanges> {
  const [previous, consent] = await Promise.all([
    findGrant(deps.database, before),
    findConsent(deps.database, row.consent_id),
  ]);
  const evidenceOf = async (
    id: AuthorizationId,
    sealed: string | null | undefined,
    other: readonly AccountEvidence[],
  ) =>
    typeof sealed === 'string' ? ((await dataKey.open('accounts', id, sealed)) as readonly AccountEvidence[]) : other;
  return compareAccounts(
    await evidenceOf(before, previous?.accounts_jwe, accountIdsOf(consent?.granted)),
    await evidenceOf(row.id, row.accounts_jwe, accountIdsOf(granted)),
  );
}

function accountIdsOf(granted: GrantedConsent | null | undefined): readonly AccountEvidence[] {
  return (granted?.resources ?? []).flatMap(({ resourceType, resourceId }) =>
    resourceType === 'ACCOUNT' && resourceId !== undefined ? [{ accountId: resourceId }] : [],
  );
}
