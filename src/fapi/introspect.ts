import { tokenIntrospection } from 'openid-client';
import type { Connection } from './connection';
import { failureOf } from './failures';
import { isId } from './token-set';

/**
 * Asks the bank what stands behind a token, for banks that tell their consent id nowhere else.
 *
 * @returns undefined when the token is not active or the answer names no consent
 * @throws {ConsentFailure} as_unreachable, as_client_rejected, as_request_rejected, as_response_invalid
 * @see RFC 7662 §2
 */
export async function introspectConsentId(connection: Connection, accessToken: string): Promise<string | undefined> {
  try {
    const configuration = await connection.configure();
    const answer = await tokenIntrospection(configuration, accessToken, { token_type_hint: 'access_token' });
    const consentId = answer['fdxConsentId'] ?? answer['grant_id'];
    return answer.active && isId(consentId) ? consentId : undefined;
  } catch (error) {
    throw failureOf(error, 'introspection');
  }
}
