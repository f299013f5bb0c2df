import { calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import type { AuthorizationSecrets } from './authorization';
import type { Connection } from './connection';
import { generateSenderKey } from './dpop';

/**
 * Fresh secrets for one trip to the bank: nothing is ever used for two.
 *
 * @see RFC 7636 §4.1 (verifier), FAPI 2.0 Security Profile §5.3.3.2
 */
export async function prepareAuthorization(connection: Connection): Promise<AuthorizationSecrets> {
  const codeVerifier = randomPKCECodeVerifier();
  const [codeChallenge, senderKey] = await Promise.all([
    calculatePKCECodeChallenge(codeVerifier),
    generateSenderKey(connection.profile.senderConstraint.algorithm),
  ]);
  return {
    codeVerifier,
    codeChallenge,
    state: randomState(),
    nonce: randomNonce(),
    senderKey: senderKey.privateJwk,
    senderKeyThumbprint: senderKey.thumbprint,
  };
}
