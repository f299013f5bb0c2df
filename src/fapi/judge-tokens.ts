import { decodeJwt } from 'jose';
import type { IDToken, TokenEndpointResponse } from 'openid-client';
import { ConsentFailure } from '../domain/failures';
import type { InstitutionProfile } from '../domain/institution';

/**
 * What the library leaves to its user: that the tokens are bound as was asked, and that the ID token is for us alone.
 *
 * @throws {ConsentFailure} as_response_invalid, id_token_invalid
 * @see FAPI 2.0 Security Profile §5.3.2.1, OpenID Connect Core §3.1.3.7 step 3
 */
export function judgeTokens(
  { token_type: type }: TokenEndpointResponse,
  idToken: IDToken | undefined,
  { senderConstraint, clientId }: InstitutionProfile,
): void {
  // RFC 9449 §5: a server that ignores the proof answers Bearer, and whoever stole that token could use it. RFC 8705 tokens are
  // Bearer by name and bound by the certificate.
  const bound = senderConstraint.method === 'dpop' ? 'dpop' : 'bearer';
  if (type.toLowerCase() !== bound) {
    throw new ConsentFailure('as_response_invalid', `token_type is not ${bound}: the token is not bound to us.`);
  }
  if (namesOthers(idToken?.aud, clientId)) {
    throw new ConsentFailure('id_token_invalid', 'aud names somebody else beside us.');
  }
}

/**
 * A signed answer of the authorization endpoint must be for us alone as well. Everything else about it is the library's to judge.
 *
 * @throws {ConsentFailure} authorization_response_invalid
 * @see JARM §2.4 step 3
 */
export function judgeResponseAudience(response: string, { clientId }: InstitutionProfile): void {
  if (namesOthers(audienceOf(response), clientId)) {
    throw new ConsentFailure('authorization_response_invalid', 'aud names somebody else beside us.');
  }
}

/** We trust no other audience, so what is also for somebody else is not for us. */
function namesOthers(audience: string | readonly string[] | undefined, clientId: string): boolean {
  const audiences = typeof audience === 'string' ? [audience] : (audience ?? []);
  return audiences.some((each) => each !== clientId);
}

function audienceOf(jwt: string): string | readonly string[] | undefined {
  try {
    return decodeJwt(jwt).aud;
  } catch {
    // Not a JWT: the library says so.
    return undefined;
  }
}
