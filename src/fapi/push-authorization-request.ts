import { buildAuthorizationUrlWithJAR, buildAuthorizationUrlWithPAR, type Configuration } from 'openid-client';
import type { AuthorizationRequest, AuthorizationSecrets, PushedAuthorization } from './authorization';
import type { Connection } from './connection';
import { failureOf } from './failures';

/**
 * Sends the authorization request to the bank directly, so that the browser carries only a reference to it.
 *
 * @throws {ConsentFailure} as_unreachable, as_client_rejected, as_request_rejected, as_response_invalid, as_metadata_unusable
 * @see RFC 9126 §2; RFC 9449 §10.1 (`dpop_jkt` binds the code to our key)
 */
export async function pushAuthorizationRequest(
  connection: Connection,
  secrets: AuthorizationSecrets,
  request: AuthorizationRequest,
): Promise<PushedAuthorization> {
  let expiresInSeconds = 0;
  try {
    const configuration = await connection.configure(async (input, init) => {
      const response = await connection.transport.fetch(input, init);
      if (!response.ok) return response;
      expiresInSeconds = await lifetimeOf(response);
      // RFC 9126 §2.2 says 201; at least one provider documents 200, and the body is what counts.
      return new Response(response.body, { status: 201, headers: response.headers });
    });
    const url = await buildAuthorizationUrlWithPAR(
      configuration,
      await requestOf(connection, configuration, parametersOf(connection, secrets, request)),
      await connection.dpop(configuration, secrets.senderKey),
    );
    return { authorizationUrl: url.href, expiresInSeconds };
  } catch (error) {
    throw failureOf(error, 'par');
  }
}

/** The parameters as they are, or all of them in one signed request object (RFC 9101 §4) where the bank wants that. */
async function requestOf(
  connection: Connection,
  configuration: Configuration,
  parameters: Record<string, string>,
): Promise<Record<string, string> | URLSearchParams> {
  if (!connection.profile.request.signed) return parameters;
  const signed = await buildAuthorizationUrlWithJAR(configuration, parameters, connection.signingKey());
  return signed.searchParams;
}

function parametersOf(
  { profile, redirectUri }: Connection,
  secrets: AuthorizationSecrets,
  request: AuthorizationRequest,
): Record<string, string> {
  return {
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: request.scope,
    state: secrets.state,
    code_challenge: secrets.codeChallenge,
    code_challenge_method: 'S256',
    ...(profile.openid && { nonce: secrets.nonce }),
    // OpenID Connect Core §11: offline access is only granted along with a prompt for consent.
    ...(profile.request.offlineAccess && { prompt: 'consent' }),
    ...(request.authorizationDetails && { authorization_details: JSON.stringify(request.authorizationDetails) }),
  };
}

/** `expires_in` of the answer; zero when the bank did not say, which the library then refuses. */
async function lifetimeOf(response: Response): Promise<number> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  const lifetime = (body as { expires_in?: unknown } | undefined)?.expires_in;
  return typeof lifetime === 'number' ? lifetime : 0;
}
