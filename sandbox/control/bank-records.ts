import { randomBytes } from 'node:crypto';
import { OidcAdapter } from '../store/oidc-adapter';
import type { RecordStore } from '../store/records';

const PUSHED_REQUEST = 'urn:ietf:params:oauth:request_uri:';

/** Binds an access token to a key or certificate that nobody has: the token is real, and of no use to its holder. */
export async function rebindToken(store: RecordStore, value: string): Promise<void> {
  for (const kind of ['AccessToken', 'ClientCredentials']) {
    const tokens = new OidcAdapter(store, kind);
    const token = await tokens.find(value);
    if (!token) continue;
    const nobody = randomBytes(32).toString('base64url');
    const binding = token.jkt === undefined ? { 'x5t#S256': nobody } : { jkt: nobody };
    const lifeInSeconds = token.exp === undefined ? undefined : token.exp - Math.floor(Date.now() / 1000);
    await tokens.upsert(value, { ...token, ...binding }, lifeInSeconds);
  }
}

/** As if its time had run out: the bank knows it no longer. */
export async function forgetRequestUri(store: RecordStore, requestUri: string): Promise<void> {
  await new OidcAdapter(store, 'PushedAuthorizationRequest').destroy(requestUri.replace(PUSHED_REQUEST, ''));
}
