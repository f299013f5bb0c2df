import { randomUUID } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { BankBehaviour } from '../behaviour';
import { signAsStranger } from '../control/jwt-forgery';
import type { KeyRing } from '../key-ring';

export interface PublisherIdentity {
  issuer: string;
  keyRing: KeyRing;
  behaviour: Pick<BankBehaviour, 'notificationAuthentication'>;
}

/** FAPI 2.0 §5.4 has PS256, ES256 and EdDSA; of these PS256 is what everybody can verify. */
const ALGORITHM = 'PS256';

const LIFE_IN_SECONDS = 60;

/** FDX: publishing is authenticated by private_key_jwt. The claims are those of RFC 7523 §3, the key is one of the bank's `jwks_uri`. */
export async function publisherAssertion(
  callbackUrl: string,
  { issuer, keyRing, behaviour }: PublisherIdentity,
): Promise<Record<string, string>> {
  if (behaviour.notificationAuthentication === 'none') return {};
  const issuedAt = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer,
    sub: issuer,
    aud: callbackUrl,
    iat: issuedAt,
    exp: issuedAt + LIFE_IN_SECONDS,
    jti: randomUUID(),
  };
  const assertion = await keyRing.sign(claims, { alg: ALGORITHM });
  const isForged = behaviour.notificationAuthentication === 'forged';
  return { authorization: `Bearer ${isForged ? await forgedLike(assertion) : assertion}` };
}

/** Under the name of the bank's key, so that only the signature gives it away. */
function forgedLike(assertion: string): Promise<string> {
  const { alg = ALGORITHM, kid } = decodeProtectedHeader(assertion);
  return signAsStranger(decodeJwt(assertion), { alg, kid });
}
