import { coversAccounts, isDataCluster } from '../domain/clusters';
import type { ConsentState } from '../domain/consent';
import { ConsentFailure } from '../domain/failures';
import type { GrantDifference, GrantedConsent } from '../domain/grant';
import { clustersOf } from '../domain/terms';
import { countAccounts, getConsent } from '../fdx/client';
import { grantOfTokenResponse } from '../fdx/token-response-grant';
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
} from './open-authorization';
import { signReceipt } from './receipt';

export interface GrantInput extends AuthorizationStep {
  readonly from: 'bank' | 'token_response';
}

export interface GrantReading {
  readonly granted: GrantedConsent;
  /** Epoch milliseconds. */
  readonly grantedAt: number;
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
  const grantedAt = row.token_response_at?.getTime() ?? Date.now();
  const told = grantOfTokenResponse(tokens, row.terms, row.profile);
  const bankConsentId = await bankConsentIdOf(authorization, tokens, from);
  if (from === 'token_response' || bankConsentId === undefined || row.profile.fdx.consents.source !== 'consent_api') {
    return { granted: { ...told, ...(bankConsentId !== undefined && { bankConsentId }) }, grantedAt };
  }
  const fetch = await grantFetch(authorization, tokens, row.profile.fdx.consents.credential);
  const { granted, status = 'ACTIVE' } = await getConsent(row.profile, fetch, bankConsentId, row.terms);
  if (status !== 'ACTIVE') throw new ConsentFailure('as_authorization_error', 'the bank says it is not active.');
  return { granted: { ...granted, bankConsentId }, grantedAt };
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

/** `GET /accounts` with the new token. Only the number of accounts is kept. */
export async function proveDataAccess(
  deps: ActivityDependencies,
  { authorizationId, granted }: ProofInput,
): Promise<DataAccessProof> {
  if (!clustersOf(granted.resources).some((name) => isDataCluster(name) && coversAccounts(name))) {
    return { outcome: 'not_applicable' };
  }
  const authorization = await openAuthorization(deps, authorizationId);
  const fetch = await grantFetch(authorization, await tokensOf(authorization), 'user_token');
  try {
    const accounts = await countAccounts(authorization.row.profile, fetch);
    return { outcome: 'proven', ...(accounts !== undefined && { accounts }) };
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
}

/** Signs and stores the receipt; the consent becomes active in the same statement. */
export async function recordReceipt(
  deps: ActivityDependencies,
  { consentId, authorizationId, granted, difference, dataAccess, state }: ReceiptInput,
): Promise<void> {
  if (state.receiptId === undefined || state.expiresAt === undefined) throw new Error('an active state names both');
  const { row } = await openAuthorization(deps, authorizationId);
  const { document, signed } = await signReceipt(deps, row, {
    receiptId: state.receiptId,
    expiresAt: state.expiresAt,
    granted,
    difference,
  });
  const receipt = { id: state.receiptId, consentId, authorizationId, document, signed };
  await insertReceipt(deps.database, receipt, { granted, difference, dataAccess }, state);
}
