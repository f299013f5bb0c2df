import { clientCredentialsGrant, fetchProtectedResource, WWWAuthenticateChallengeError } from 'openid-client';
import type { BoundToken, ResourceRequest } from './authorization';
import type { Connection } from './connection';
import { generateSenderKey } from './dpop';
import { failureOf } from './failures';

/**
 * A request to a resource server with a token in the header, bound to its key. Any status is an answer.
 *
 * @throws {ConsentFailure} fdx_unreachable
 * @see FAPI 2.0 Security Profile §5.3.3.1, RFC 9449 §7
 */
export async function fetchWithToken(
  connection: Connection,
  token: BoundToken,
  url: URL,
  { method, headers, body }: ResourceRequest,
): Promise<Response> {
  try {
    const configuration = await connection.configure();
    return await fetchProtectedResource(
      configuration,
      token.accessToken,
      url,
      method,
      body,
      new Headers(headers),
      await connection.dpop(configuration, token.senderKey),
    );
  } catch (error) {
    // A refusal is an answer the caller must read: FDX puts its reason in the body.
    if (error instanceof WWWAuthenticateChallengeError) return error.response;
    throw failureOf(error, 'resource');
  }
}

/**
 * A token for ourselves, for endpoints that want the client and not the person. Not kept: it lives for minutes.
 *
 * @throws {ConsentFailure} as_unreachable, as_client_rejected, as_request_rejected, as_response_invalid
 * @see RFC 6749 §4.4
 */
export async function clientCredentialsToken(connection: Connection, scope: string | undefined): Promise<BoundToken> {
  try {
    const senderKey = await generateSenderKey(connection.profile.senderConstraint.algorithm);
    const configuration = await connection.configure();
    const tokens = await clientCredentialsGrant(
      configuration,
      scope === undefined ? {} : { scope },
      await connection.dpop(configuration, senderKey.privateJwk),
    );
    return { accessToken: tokens.access_token, senderKey: senderKey.privateJwk };
  } catch (error) {
    throw failureOf(error, 'client_credentials');
  }
}
