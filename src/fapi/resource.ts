import { readFileSync } from 'node:fs';
import { clientCredentialsGrant, fetchProtectedResource, WWWAuthenticateChallengeError } from 'openid-client';
import { ConsentFailure } from '../domain/failures';
import type { BoundToken, ResourceRequest } from './authorization';
import type { Connection } from './connection';
import { failureOf, isBrokenConnection } from './failures';
import { currentBinding, newSenderBinding } from './sender-binding';
import { streamedAnswer } from './streamed-answer';

/**
 * A request to a resource server with a token in the header, bound to its key. Any status is an answer.
 *
 * @throws {ConsentFailure} fdx_unreachable; sender_certificate_changed when the token is bound to a certificate of the past
 * @see FAPI 2.0 Security Profile §5.3.3.1, RFC 9449 §7, RFC 8705 §3
 */
export function fetchWithToken(
  connection: Connection,
  token: BoundToken,
  url: URL,
  request: ResourceRequest,
): Promise<Response> {
  return send(connection, token, url, request, connection.transport.fetch);
}

/**
 * The same for a document: what is good about the answer is its status and headers, its body comes as it is read.
 *
 * @throws {ConsentFailure} as {@link fetchWithToken}, and what {@link streamedAnswer} throws
 */
export async function openWithToken(
  connection: Connection,
  token: BoundToken,
  url: URL,
  { signal, ...request }: ResourceRequest & { readonly signal?: AbortSignal },
): Promise<Response> {
  // A document goes through as it is: packed, nobody could tell how long it is.
  const headers = { 'accept-encoding': 'identity', ...request.headers };
  const open = (input: string | URL, init: object) => connection.transport.open(input, init, signal);
  const response = await send(connection, token, url, { ...request, headers }, open as typeof fetch);
  return streamedAnswer(response, connection.documentBounds);
}

async function send(
  connection: Connection,
  token: BoundToken,
  url: URL,
  { method, headers, body }: ResourceRequest,
  fetch: typeof globalThis.fetch,
): Promise<Response> {
  if ('certificateThumbprint' in token && token.certificateThumbprint !== connection.certificateThumbprint) {
    throw new ConsentFailure('sender_certificate_changed');
  }
  const attempt = async () => {
    const configuration = await connection.configure({ fetch });
    const proof = await connection.senderProof(configuration, token);
    return fetchProtectedResource(configuration, token.accessToken, url, method, body, new Headers(headers), proof);
  };
  try {
    return await attempt().catch((error: unknown) => {
      // A server may close an idle connection in the moment in which we write to it; a GET may come twice (RFC 9110 §9.2.2). Once,
      // and at once: a server that breaks two connections is broken. One that lets us wait is not asked again, it has enough to do.
      if (method !== 'GET' || !isBrokenConnection(error)) throw error;
      return attempt();
    });
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
    const { binding } = await newSenderBinding(connection);
    const configuration = await connection.configure();
    const tokens = await clientCredentialsGrant(
      configuration,
      scope === undefined ? {} : { scope },
      await connection.senderProof(configuration, binding),
    );
    return { accessToken: tokens.access_token, ...currentBinding(connection, binding) };
  } catch (error) {
    throw failureOf(error, 'client_credentials');
  }
}

/**
 * A request to a resource server that knows us by name and password (RFC 7617), as some consent APIs do.
 *
 * @throws {ConsentFailure} fdx_unreachable; institution_misconfigured when the password's file cannot be read
 */
export async function fetchWithPassword(
  { transport, profile }: Connection,
  url: URL,
  { method, headers, body }: ResourceRequest,
): Promise<Response> {
  const { basic } = profile.fdx.consents;
  if (!basic) throw new ConsentFailure('institution_misconfigured', 'fdx.consents.basic is missing.');
  const password = passwordIn(basic.passwordFile);
  const credentials = Buffer.from(`${basic.username}:${password}`).toString('base64');
  try {
    return await transport.fetch(url, {
      method,
      headers: { ...headers, authorization: `Basic ${credentials}` },
      ...(body !== undefined && { body }),
    });
  } catch (error) {
    throw failureOf(error, 'resource');
  }
}

function passwordIn(file: string): string {
  try {
    // Editors end a file with a newline; a password has none.
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new ConsentFailure('institution_misconfigured', `${file} cannot be read.`);
  }
}
