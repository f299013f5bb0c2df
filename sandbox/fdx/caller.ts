import type { IncomingMessage } from 'node:http';
import type { AccessToken, ClientCredentials } from 'oidc-provider';
import type Provider from 'oidc-provider';
import { type Consent, statusOf } from '../consents/consent';
import type { ConsentBook } from '../consents/consent-book';
import { FdxFault, notAuthenticated } from './fdx-fault';
import type { NonceWindow } from './nonce-window';
import { challenge, verifyProof } from './sender-constraint';

/** Who is calling: an application with a person's consent, or an application on its own behalf. */
export type Caller =
  | { kind: 'person'; clientId: string; consent: Consent }
  | { kind: 'application'; clientId: string; scopes: ReadonlySet<string> };

export interface CallerParts {
  provider: Provider;
  consents: ConsentBook;
  nonces: NonceWindow;
}

/** A jti is remembered a little longer than a proof of that age would pass. */
const PROOF_MEMORY_IN_SECONDS = 660;

/** @throws 401/603 unless the token lives, its key signed this very request, and its consent is in force */
export async function identifyCaller(
  { provider, consents, nonces }: CallerParts,
  req: IncomingMessage,
  url: URL,
): Promise<{ caller: Caller; freshNonce: string | undefined }> {
  const value = presentedToken(req);
  const proof = req.headers['dpop'];
  if (typeof proof !== 'string') throw unauthenticated('invalid_dpop_proof', 'exactly one DPoP header is needed');
  const request = { proof, method: req.method ?? '', url: `${url.origin}${url.pathname}`, accessToken: value };
  const key = await verifyProof(request, nonces);

  try {
    const token = await findToken(provider, value);
    if (!token) throw unauthenticated('invalid_token', 'unknown, expired or revoked');
    const { clientId = '' } = token;
    if (token.jkt !== key.thumbprint) throw unauthenticated('invalid_token', 'bound to another key');
    // RFC 9449 §11.1: a proof that was overheard is of no use a second time.
    const until = Math.floor(Date.now() / 1000) + PROOF_MEMORY_IN_SECONDS;
    if (!(await provider.ReplayDetection.unique(clientId, key.proofId, until))) {
      throw unauthenticated('invalid_dpop_proof', 'jti was used before');
    }
    return { caller: await callerOf(token, clientId, consents), freshNonce: key.freshNonce };
  } catch (error) {
    if (error instanceof FdxFault && key.freshNonce !== undefined) error.headers['dpop-nonce'] = key.freshNonce;
    throw error;
  }
}

/** FAPI 2.0 §5.3.2.1: the token comes in the header only, and RFC 9449 §7.1 names the scheme. */
function presentedToken(req: IncomingMessage): string {
  const [scheme, value, ...rest] = (req.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'dpop' || value === undefined || value === '' || rest.length > 0) {
    throw unauthenticated('invalid_token', 'no access token of scheme DPoP');
  }
  return value;
}

const findToken = async (provider: Provider, value: string): Promise<AccessToken | ClientCredentials | undefined> =>
  (await provider.AccessToken.find(value)) ?? (await provider.ClientCredentials.find(value));

async function callerOf(
  token: AccessToken | ClientCredentials,
  clientId: string,
  consents: ConsentBook,
): Promise<Caller> {
  if (token.kind === 'ClientCredentials') return { kind: 'application', clientId, scopes: token.scopes };
  const consent = await consents.find(token.grantId);
  // The token itself could outlive the consent by its minutes; the grant is what counts.
  if (!consent || statusOf(consent) !== 'ACTIVE') throw unauthenticated('invalid_token', 'the consent has ended');
  return { kind: 'person', clientId, consent };
}

const unauthenticated = (error: string, description: string): FdxFault =>
  notAuthenticated(description, challenge(error, description));
