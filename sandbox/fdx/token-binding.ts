import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AccessToken, ClientCredentials } from 'oidc-provider';
import type Provider from 'oidc-provider';
import { certificateOf } from '../client-certificate';
import { FdxFault, notAuthenticated } from './fdx-fault';
import type { NonceWindow } from './nonce-window';
import type { PresentedToken } from './presented-token';
import { bearerChallenge, challenge, invalidProof, verifyProof } from './sender-constraint';

export type Token = AccessToken | ClientCredentials;

/** A token as it came, and the request that it came with. */
export interface Presented extends PresentedToken {
  req: IncomingMessage;
  url: URL;
}

export interface BindingParts {
  provider: Provider;
  nonces: NonceWindow;
}

/** A jti is remembered a little longer than a proof of that age would pass. */
const PROOF_MEMORY_IN_SECONDS = 660;

/**
 * FAPI 2.0 §5.3.4: a token is worth nothing without what it is bound to, a DPoP key or a certificate. The token says which and
 * not the scheme, so that neither can stand in for the other, and a token that is bound to nothing is refused.
 * @throws 401/603 with the challenge of the scheme that this token needs
 */
export async function verifyBinding(
  parts: BindingParts,
  token: Token,
  presented: Presented,
): Promise<{ freshNonce: string | undefined }> {
  const { jkt, 'x5t#S256': certificate, clientId = '' } = token;
  if (certificate !== undefined) {
    verifyCertificate(certificate, presented);
    return { freshNonce: undefined };
  }
  if (jkt === undefined) throw invalidToken('dpop', 'bound to no sender');
  return verifyKey(parts, { jkt, clientId }, presented);
}

/** RFC 8705 §3: the certificate of this very connection is the one with which the token was asked for. */
function verifyCertificate(thumbprint: string, { scheme, req }: Presented): void {
  if (scheme !== 'bearer') throw invalidToken('bearer', 'bound to a certificate, so its scheme is Bearer');
  const certificate = certificateOf(req);
  if (!certificate) throw invalidToken('bearer', 'bound to a certificate, and this connection shows none');
  const shown = createHash('sha256').update(certificate.raw).digest('base64url');
  if (shown !== thumbprint) throw invalidToken('bearer', 'bound to another certificate');
}

/** RFC 9449 §7.1, and §7.2: a bound token never passes as a plain bearer token. */
async function verifyKey(
  { provider, nonces }: BindingParts,
  token: { jkt: string; clientId: string },
  { scheme, value, req, url }: Presented,
): Promise<{ freshNonce: string | undefined }> {
  if (scheme !== 'dpop') throw invalidToken('dpop', 'bound to a key, so its scheme is DPoP');
  const proof = req.headers['dpop'];
  if (typeof proof !== 'string') throw invalidProof('exactly one DPoP header is needed');
  const request = { proof, method: req.method ?? '', url: `${url.origin}${url.pathname}`, accessToken: value };
  const { thumbprint, proofId, freshNonce } = await verifyProof(request, nonces);
  return withFreshNonce(freshNonce, async () => {
    if (token.jkt !== thumbprint) throw invalidToken('dpop', 'bound to another key');
    // RFC 9449 §11.1: a proof that was overheard is of no use a second time.
    const until = Math.floor(Date.now() / 1000) + PROOF_MEMORY_IN_SECONDS;
    if (!(await provider.ReplayDetection.unique(token.clientId, proofId, until))) {
      throw invalidProof('jti was used before');
    }
    return { freshNonce };
  });
}

/** RFC 9449 §8.2: a newer nonce travels on refusals too. */
export async function withFreshNonce<Result>(nonce: string | undefined, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FdxFault && nonce !== undefined) error.headers['dpop-nonce'] = nonce;
    throw error;
  }
}

/** The challenge names the scheme with which this token would be welcome. */
export function invalidToken(scheme: PresentedToken['scheme'], description: string): FdxFault {
  const challengeOf = scheme === 'dpop' ? challenge : bearerChallenge;
  return notAuthenticated(description, challengeOf('invalid_token', description));
}
