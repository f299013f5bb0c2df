import { randomUUID } from 'node:crypto';
import { TlsClientAuth, type ClientAuth } from 'openid-client';
import type { InstitutionProfile } from '../domain/institution';
import { signCompact, type Signer } from './signer';

type Authenticate = (...given: Parameters<ClientAuth>) => Promise<void>;

/** How long a bank may take to look at what we signed. */
const SIGNED_LIFETIME_SECONDS = 60;

/**
 * Proves who we are, anew for every attempt at a request: an assertion is used once.
 *
 * @see RFC 7523 §3, RFC 8705 §2; FAPI 2.0 Security Profile §5.3.3.1
 */
export function clientAuthenticationOf(
  profile: InstitutionProfile,
  signerOf: (algorithm: Signer['algorithm']) => Signer,
): ClientAuth {
  const { clientAuthentication: authentication } = profile;
  // RFC 8705 §2: the certificate of the connection speaks; `client_id` says for whom.
  if (authentication.method !== 'private_key_jwt') return TlsClientAuth();
  const authenticate: Authenticate = async (server, _client, body) => {
    body.set('client_id', profile.clientId);
    body.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    const claims = {
      iss: profile.clientId,
      sub: profile.clientId,
      // FAPI 2.0 Security Profile §5.3.3.1: the issuer, as a string and not as an array.
      aud: authentication.audience ?? server.issuer,
      jti: randomUUID(),
      ...datesOf(profile),
    };
    body.set('client_assertion', await signCompact(signerOf(authentication.algorithm), {}, claims));
  };
  return awaited(authenticate);
}

/**
 * Puts all parameters of a request into one signed object inside the attempt that sends it, then authenticates.
 *
 * @see RFC 9101 §4, FAPI 2.0 Message Signing §5.3.2
 */
export function signingRequest(profile: InstitutionProfile, signer: Signer, authenticate: ClientAuth): ClientAuth {
  const following = authenticate as Authenticate;
  const sign: Authenticate = async (server, client, body, headers) => {
    const parameters = Object.fromEntries(body);
    const details = parameters['authorization_details'];
    const claims = {
      ...parameters,
      // RFC 9396 §2: JSON inside a form, a native array inside a request object.
      ...(details !== undefined && { authorization_details: JSON.parse(details) as unknown }),
      iss: profile.clientId,
      aud: server.issuer,
      jti: randomUUID(),
      ...datesOf(profile),
    };
    for (const name of Object.keys(parameters)) body.delete(name);
    body.set('client_id', profile.clientId);
    body.set('request', await signCompact(signer, { typ: 'oauth-authz-req+jwt' }, claims));
    await following(server, client, body, headers);
  };
  return awaited(sign);
}

/** A statement dated by our clock must not come from the future of a bank whose clock is slow. */
function datesOf({ clockToleranceSeconds }: InstitutionProfile): { iat: number; nbf: number; exp: number } {
  const now = Math.floor(Date.now() / 1000);
  const issued = now - clockToleranceSeconds;
  return { iat: issued, nbf: issued, exp: now + SIGNED_LIFETIME_SECONDS };
}

function awaited(authenticate: Authenticate): ClientAuth {
  // eslint-disable-next-line @typescript-eslint/no-misused-promises -- the library awaits what its type calls void
  return authenticate;
}
