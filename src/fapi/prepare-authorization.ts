import { calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import type { AuthorizationSecrets } from './authorization';
import type { Connection } from './connection';
import { newSenderBinding } from './sender-binding';

/**
 * Fresh secrets for one trip to the bank: nothing is ever used for two.
 *
 * @throws {ConsentFailure} institution_misconfigured
 * @see RFC 7636 §4.1 (verifier), FAPI 2.0 Security Profile §5.3.3.2
 */
export async function prepareAuthorization(connection: Connection): Promise<AuthorizationSecrets> {
  const codeVerifier = randomPKCECodeVerifier();
  const [codeChallenge, { binding, thumbprint }] = await Promise.all([
    calculatePKCECodeChallenge(codeVerifier),
    newSenderBinding(connection),
  ]);
  return {
    codeVerifier,
    codeChallenge,
    state: randomState(),
    nonce: randomNonce(),
    ...binding,
    senderKeyThumbprint: thumbprint,
  };
}
