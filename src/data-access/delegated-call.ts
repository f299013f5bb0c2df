import type { ConsentId } from '../domain/ids';
import { createCallRecord } from './call-record';
import { usableTokens } from './ask-bank';
import { judgeRequest, type DataCall, type DataRequest } from './data-call';
import type { DataAccessDependencies } from './dependencies';
import { withGrantInUse } from './grant-in-use';
import { acceptableTo } from './media-types';

/** One request to the bank, for the application to make itself. Its headers are secret. */
export interface DelegatedCall {
  readonly method: 'GET';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Until when it is worth trying. */
  readonly expiresAt: Date;
  /** Under whose data key, wrapped, its token lies sealed here. */
  readonly sealedUnder: { readonly id: ConsentId; readonly wrapped_jwe: string | null };
}

/** For how long after it was made a proof is taken is the bank's affair, and some are strict (RFC 9449 §11.1). Another one costs little. */
const PROOF_LIFE_MS = 60_000;

/**
 * Judges a request as if we were to make it, and gives what opens it.
 *
 * @param nonce of the bank's resource server, when the application was asked for one (RFC 9449 §9)
 * @throws {ConsentFailure} as the request is judged; delegation_not_possible; fdx_rate_limited and fdx_unreachable while the bank
 *   has asked to wait
 */
export async function delegateCall(
  deps: DataAccessDependencies,
  request: DataRequest,
  nonce: string | undefined,
): Promise<DelegatedCall> {
  const record = createCallRecord(deps.events, 'data.delegated', request);
  return record.kept(async () => {
    const judged = await judgeRequest(deps, request);
    record.judged(judged);
    const delegated = await withGrantInUse(deps, request, judged, (call) => authorize(deps, call, nonce));
    await record.write();
    return delegated;
  });
}

async function authorize(
  deps: DataAccessDependencies,
  { access, resource, url, headers }: DataCall,
  nonce: string | undefined,
): Promise<DelegatedCall> {
  deps.traffic.requireUnheld(access.profile, access.consent_id);
  const { client, tokens, row } = await usableTokens(deps, access, { known: access });
  const authorization = await client.authorizeRequest(tokens, 'GET', url, nonce);
  const accept = resource.isDocument === true ? { accept: acceptableTo(undefined) } : {};
  return {
    method: 'GET',
    url: url.href,
    headers: { ...headers, ...accept, ...authorization },
    sealedUnder: { id: access.consent_id, wrapped_jwe: access.wrapped_jwe },
    expiresAt: new Date(Math.min(Date.now() + PROOF_LIFE_MS, row.access_expires_at?.getTime() ?? Infinity)),
  };
}
