import { decodeJwt } from 'jose';
import { authorizationCodeGrant } from 'openid-client';
import type { AuthorizationAnswer, AuthorizationSecrets, TokenCustody } from './authorization';
import type { Connection } from './connection';
import { tokenExchange } from './token-exchange';
import { judgeResponseAudience, judgeTokens } from './judge-tokens';
import { currentBinding } from './sender-binding';
import { tokenSetOf, type BoundTokens } from './token-set';

/**
 * Exchanges the code and judges the answer: sender constraint, ID token with its signature, nonce and issuer.
 *
 * The answer goes to `custody` before it is judged. When custody already holds one, that one is judged and the bank is not
 * asked again: a code is sent at most once.
 *
 * @throws {ConsentFailure} code_exchange_unknown when the answer was lost; code_exchange_refused, id_token_invalid,
 *   as_client_rejected, as_response_invalid; as_unreachable and signing_unavailable only when the code was certainly not
 *   sent, or not looked at; as_keys_unreachable when the answer is in custody and waits to be judged
 * @see RFC 6749 §4.1.3, RFC 7636 §4.5, OpenID Connect Core §3.1.3.7
 */
export async function exchangeCode(
  connection: Connection,
  secrets: AuthorizationSecrets,
  answer: AuthorizationAnswer,
  custody: TokenCustody,
): Promise<BoundTokens> {
  if ('response' in answer) judgeResponseAudience(answer.response, connection.profile);
  const exchange = tokenExchange(connection, custody, { before: 'authorization_response', sent: 'token' });
  return exchange.run(async (configuration) => {
    const tokens = await authorizationCodeGrant(
      configuration,
      callbackUrl(connection, answer, secrets),
      {
        expectedState: secrets.state,
        pkceCodeVerifier: secrets.codeVerifier,
        ...(connection.profile.openid && { expectedNonce: secrets.nonce, idTokenExpected: true }),
      },
      undefined,
      await connection.senderProof(configuration, secrets),
    );
    const claims = tokens.claims();
    judgeTokens(tokens, claims, connection.profile);
    return { ...tokenSetOf(tokens, claims), ...currentBinding(connection, secrets) };
  });
}

/**
 * Who answered, by the answer itself: RFC 9207 §2, or `iss` of the signed answer (JARM §2.1). For an answer that was judged: the
 * exchange compares it with the issuer.
 */
export function issuerOf(answer: AuthorizationAnswer): string | undefined {
  return 'response' in answer ? decodeJwt(answer.response).iss : answer.iss;
}

/** The redirect as the browser brought it; `state` was compared when it arrived and is compared again by the library. */
function callbackUrl({ redirectUri }: Connection, answer: AuthorizationAnswer, secrets: AuthorizationSecrets): URL {
  const url = new URL(redirectUri);
  if ('response' in answer) {
    // JARM: the library checks issuer, audience, expiry and signature, and only then reads code or error.
    url.searchParams.set('response', answer.response);
    return url;
  }
  url.searchParams.set('code', answer.code);
  url.searchParams.set('state', secrets.state);
  url.searchParams.set('iss', answer.iss);
  return url;
}
