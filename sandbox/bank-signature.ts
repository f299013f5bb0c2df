import { decodeJwt, decodeProtectedHeader } from 'jose';
import type Provider from 'oidc-provider';
import type { KeyRing } from './key-ring';

/**
 * Signs and publishes with the key ring. oidc-provider takes its keys when it is built and keeps them; everything it signs
 * goes through one method (ID tokens, and the answers of JARM), and everything it publishes through one endpoint.
 */
export function signWithKeyRing(provider: Provider, keyRing: KeyRing): void {
  const idToken = provider.IdToken.prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
  const issue = idToken.issue;
  idToken.issue = async function (...given) {
    const issued = await issue.apply(this, given);
    if (keyRing.isAsBuilt) return issued;
    const { alg = '' } = decodeProtectedHeader(issued);
    return keyRing.sign(decodeJwt(issued), { alg });
  };

  provider.use(async (ctx, next) => {
    await next();
    if (ctx.path === '/jwks' && ctx.status === 200) ctx.body = keyRing.published;
  });
}
