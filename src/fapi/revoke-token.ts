import { tokenRevocation } from 'openid-client';
import { ConsentFailure } from '../domain/failures';
import type { Connection } from './connection';
import { failureOf } from './failures';

/**
 * Tells the bank that a token is no longer used. A token it does not know is revoked as well: both are answered 200. Whether the
 * grant ends with it is the bank's choice (RFC 7009 §2.1), so it is ended by other means too.
 *
 * @throws {ConsentFailure} as_unreachable while the token must be taken to exist still, with the bank's Retry-After (§2.2.1);
 *   as_client_rejected, as_request_rejected; as_metadata_unusable when the bank has no revocation endpoint
 * @see RFC 7009 §2
 */
export async function revokeToken(
  connection: Connection,
  token: string,
  hint: 'access_token' | 'refresh_token',
): Promise<void> {
  const { revocation_endpoint: endpoint } = await connection.metadata.known();
  if (endpoint === undefined) throw new ConsentFailure('as_metadata_unusable', 'revocation_endpoint is missing.');
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await connection.transport.fetch(input, init);
    // Some servers say 204 where the RFC says 200: the token is revoked either way.
    return response.ok ? new Response(null, { status: 200, headers: response.headers }) : response;
  };
  try {
    await tokenRevocation(await connection.configure({ fetch }), token, { token_type_hint: hint });
  } catch (error) {
    throw failureOf(error, 'revocation');
  }
}
