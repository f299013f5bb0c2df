import { buildAuthorizationUrlWithPAR, type ClientAuth } from 'openid-client';
import { requestSigningAlgorithm } from '../domain/institution';
import type { AuthorizationRequest, AuthorizationSecrets, PushedAuthorization } from './authorization';
import { signingRequest } from './client-authentication';
import type { Connection } from './connection';
import { failureOf } from './failures';
import { requestDigestOf } from './request-digest';

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
  let requestDigest = '';
  const fetch: typeof globalThis.fetch = async (input, init) => {
    // Of the attempt that the bank took: a nonce makes for a second one, which a signed request is made anew for.
    requestDigest = requestDigestOf(init?.body);
    const response = await connection.transport.fetch(input, init);
    if (!response.ok) return response;
    expiresInSeconds = await lifetimeOf(response);
    // RFC 9126 §2.2 says 201; at least one provider documents 200, and the body is what counts.
    return new Response(response.body, { status: 201, headers: response.headers });
  };
  try {
    const configuration = await connection.configure({
      fetch,
      authentication: authenticationOf(connection),
      // The moment before a person is sent there: a bank that has changed is noticed now.
      fresh: true,
    });
    const url = await buildAuthorizationUrlWithPAR(
      configuration,
      parametersOf(connection, secrets, request),
      await connection.senderProof(configuration, secrets),
    );
    return { authorizationUrl: url.href, expiresInSeconds, requestDigest };
  } catch (error) {
    throw failureOf(error, 'par');
  }
}

/** RFC 9126 §2: the client authenticates as at the token endpoint; RFC 9101 where the bank wants the request signed. */
function authenticationOf(connection: Connection): ClientAuth {
  const { profile } = connection;
  if (!profile.request.signed) return connection.authentication;
  const signer = connection.signer(requestSigningAlgorithm(profile));
  return signingRequest(profile, signer, connection.authentication);
}

function parametersOf(
  { profile, redirectUri }: Connection,
  secrets: AuthorizationSecrets,
  request: AuthorizationRequest,
): Record<string, string> {
  const { offlineAccess, extraParameters, grantManagementAction } = profile.request;
  return {
    // OpenID Connect Core §11: offline access is only granted along with a prompt for consent.
    ...(offlineAccess && { prompt: 'consent' }),
    ...extraParameters,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: request.scope,
    state: secrets.state,
    code_challenge: secrets.codeChallenge,
    code_challenge_method: 'S256',
    ...(profile.openid && { nonce: secrets.nonce }),
    ...(request.authorizationDetails && { authorization_details: JSON.stringify(request.authorizationDetails) }),
    ...(grantManagementAction && { grant_management_action: grantManagementAction }),
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
