import { authorizationCodeGrant } from 'openid-client';
import type { AuthorizationAnswer, AuthorizationSecrets, TokenCustody } from './authorization';
import type { Connection } from './connection';
import { failureOf, type ProtocolStep } from './failures';
import { tokenSetOf, type TokenSet } from './token-set';

/**
 * Exchanges the code and judges the answer: sender constraint, ID token with its signature, nonce and issuer.
 *
 * The answer goes to `custody` before it is judged. When custody already holds one, that one is judged and the bank is not
 * asked again: a code is sent at most once.
 *
 * @throws {ConsentFailure} code_exchange_unknown when the answer was lost; code_exchange_refused, id_token_invalid,
 *   as_client_rejected, as_response_invalid; as_unreachable only when the code was certainly not sent; as_keys_unreachable when the
 *   answer is in custody and waits to be judged
 * @see RFC 6749 §4.1.3, RFC 7636 §4.5, OpenID Connect Core §3.1.3.7
 */
export async function exchangeCode(
  connection: Connection,
  secrets: AuthorizationSecrets,
  answer: AuthorizationAnswer,
  custody: TokenCustody,
): Promise<TokenSet> {
  // How far we came decides what an error means: before the code left, while its answer was out, or with the answer in custody.
  let step: ProtocolStep = 'authorization_response';
  if (custody.stored !== undefined) step = 'token_validation';
  const watched: TokenCustody = {
    ...custody,
    async store(raw) {
      await custody.store(raw);
      step = 'token_validation';
    },
  };
  const onSend = () => {
    step = 'token';
  };
  try {
    const configuration = await connection.configure(await custodian(connection, watched, onSend));
    const tokens = await authorizationCodeGrant(
      configuration,
      callbackUrl(connection, answer, secrets),
      {
        expectedState: secrets.state,
        pkceCodeVerifier: secrets.codeVerifier,
        ...(connection.profile.openid && { expectedNonce: secrets.nonce, idTokenExpected: true }),
      },
      undefined,
      await connection.dpop(configuration, secrets.senderKey),
    );
    connection.rememberKeys(configuration);
    return tokenSetOf(tokens, tokens.claims());
  } catch (error) {
    throw failureOf(error, step);
  }
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

/** A fetch whose token endpoint answers are kept before they are read, or replayed when one was kept before. */
async function custodian(connection: Connection, custody: TokenCustody, onSend: () => void): Promise<typeof fetch> {
  const { token_endpoint: tokenEndpoint } = await connection.serverMetadata();
  return async (input, init) => {
    const url = input instanceof Request ? input.url : new URL(input).href;
    if (url !== tokenEndpoint) return connection.transport.fetch(input, init);
    if (custody.stored !== undefined) return responseOf(custody.stored, { 'content-type': 'application/json' });
    onSend();
    const response = await connection.transport.fetch(input, init);
    if (!response.ok) return response;
    const raw = await response.text();
    await custody.store(raw);
    return responseOf(raw, response.headers);
  };
}

function responseOf(body: string, headers: Headers | Record<string, string>): Response {
  return new Response(body, { status: 200, headers });
}
