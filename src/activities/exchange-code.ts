import type { ConsentState } from '../domain/consent';
import { ConsentFailure, type FailureCode } from '../domain/failures';
import type { AuthorizationAnswer } from '../fapi/authorization';
import { issuerOf } from '../fapi/exchange-code';
import type { BoundTokens } from '../fapi/token-set';
import { claimExchange, completeExchange, releaseExchange, type ExchangeProof } from '../store/authorizations';
import { custodyOf } from '../custody/token-response';
import type { ActivityDependencies } from './dependencies';
import {
  expirationsOf,
  openAuthorization,
  secretsOf,
  type AuthorizationStep,
  type StoredTokens,
} from '../custody/open-authorization';

export interface ExchangeInput extends AuthorizationStep {
  readonly sealedCode: string;
  /** The consent's state to write down with the claim. */
  readonly state: ConsentState;
}

/**
 * With these the code certainly never left us, and the claim may be taken again. Without a signature there is no request; the one
 * before it, if there was one, was turned away for its DPoP nonce before anybody looked at the code (RFC 9449 §8).
 */
const NEVER_SENT: readonly FailureCode[] = ['as_unreachable', 'signing_unavailable'];

/**
 * Exchanges the code, at most once: the claim is committed before the code leaves, the answer before it is judged. Run again,
 * it finds how far it came: tokens stored, answer in custody, or claimed and silent.
 *
 * @throws {ConsentFailure} code_exchange_unknown when an earlier attempt may have spent the code, and what `fapi` throws
 * @see RFC 6749 §4.1.3
 */
export async function exchangeCode(
  deps: ActivityDependencies,
  { consentId, authorizationId, sealedCode, state }: ExchangeInput,
): Promise<void> {
  const authorization = await openAuthorization(deps, authorizationId);
  const { client, row, dataKey } = authorization;
  if (row.tokens_jwe !== null) return;
  // A workflow task that is done again repeats its steps: how this trip ended stands, its secrets are gone.
  if (row.failure !== null) throw new ConsentFailure(row.failure);
  const secrets = await secretsOf(authorization);
  const answer = (await dataKey.open('authorization-code', authorizationId, sealedCode)) as AuthorizationAnswer;
  const custody = await custodyOf(deps.database, authorization);
  if (custody.stored === undefined && !(await claimExchange(deps.database, authorizationId, consentId, state))) {
    throw new ConsentFailure('code_exchange_unknown', 'an earlier attempt left no answer.');
  }
  const tokens = await client.exchangeCode(secrets, answer, custody).catch(async (error: unknown) => {
    if (error instanceof ConsentFailure && NEVER_SENT.includes(error.code)) {
      await releaseExchange(deps.database, authorizationId);
    }
    throw error;
  });
  const stored: StoredTokens = tokens;
  await completeExchange(deps.database, {
    authorizationId,
    consentId,
    tokensSealed: await dataKey.seal('tokens', authorizationId, stored),
    ...(tokens.bankConsentId !== undefined && { bankConsentId: tokens.bankConsentId }),
    ...(tokens.scope !== undefined && { scope: tokens.scope }),
    ...expirationsOf(tokens),
    proof: proofOf(answer, tokens),
  });
}

/** What a receipt says of the answer and of the tokens, none of it secret. */
function proofOf(answer: AuthorizationAnswer, tokens: BoundTokens): ExchangeProof {
  const responseIssuer = issuerOf(answer);
  const { authTime, acr } = tokens.authentication ?? {};
  return {
    ...(responseIssuer !== undefined && { responseIssuer }),
    ...(authTime !== undefined && { authenticatedAt: new Date(authTime * 1000) }),
    ...(acr !== undefined && { acr }),
    // A certificate may have been replaced since the trip began.
    ...('certificateThumbprint' in tokens && { certificateThumbprint: tokens.certificateThumbprint }),
  };
}
