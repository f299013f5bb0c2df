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
  // We trust no other audience, so a token that is also for somebody else is not for us.
  const audiences = typeof idToken?.aud === 'string' ? [idToken.aud] : idToken?.aud;
  if (audiences?.some((audience) => audience !== clientId) === true) {
    throw new ConsentFailure('id_token_invalid', 'aud names somebody else beside us.');
  }
}
