import { tokenIntrospection } from 'openid-client';
import { ConsentFailure } from '../domain/failures';
import type { Connection } from './connection';
import { failureOf } from './failures';
import { isId } from './token-set';

/**
 * Asks the bank what stands behind a token, for banks that tell their consent id nowhere else.
 *
 * @returns undefined when the token is not active or the answer names no consent
 * @throws {ConsentFailure} as_unreachable, as_client_rejected, as_request_rejected, as_response_invalid; as_metadata_unusable when
 *   the bank has no introspection endpoint
 * @see RFC 7662 §2
 */
export async function introspectConsentId(connection: Connection, accessToken: string): Promise<string | undefined> {
  const { introspection_endpoint: endpoint } = await connection.metadata.known();
  if (endpoint === undefined) throw new ConsentFailure('as_metadata_unusable', 'introspection_endpoint is missing.');
  try {
    const configuration = await connection.configure();
    const answer = await tokenIntrospection(configuration, accessToken, { token_type_hint: 'access_token' });
    const places: unknown[] = [answer['fdxConsentId'], answer['grant_id']];
    return answer.active ? places.find(isId) : undefined;
  } catch (error) {
    throw failureOf(error, 'introspection');
  }
}
