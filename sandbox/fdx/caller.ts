import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AccessToken, ClientCredentials } from 'oidc-provider';
import type Provider from 'oidc-provider';
import { certificateOf } from '../client-certificate';
import { type Consent, statusOf } from '../consents/consent';
import type { ConsentBook } from '../consents/consent-book';
import { FdxFault, notAuthenticated } from './fdx-fault';
import type { NonceWindow } from './nonce-window';
import { presentedToken } from './presented-token';
import { challenge, type ProvenKey, verifyProof } from './sender-constraint';

/** Who is calling: an application with a person's consent, or an application on its own behalf. */
export type Caller =
  | { kind: 'person'; clientId: string; scopes: ReadonlySet<string>; consent: Consent }
  | { kind: 'application'; clientId: string; scopes: ReadonlySet<string> };

export interface CallerParts {
  provider: Provider;
  consents: ConsentBook;
  nonces: NonceWindow;
}

/** A jti is remembered a little longer than a proof of that age would pass. */
const PROOF_MEMORY_IN_SECONDS = 660;

/** @throws 401/603 unless the token lives, is presented as it is bound, and its consent is in force */
export async function identifyCaller(
  parts: CallerParts,
  req: IncomingMessage,
  url: URL,
): Promise<{ caller: Caller; freshNonce: string | undefined }> {
  const { scheme, value } = presentedToken(req);
  if (scheme === 'bearer') return { caller: await callerByCertificate(parts, req, value), freshNonce: undefined };
  const proof = req.headers['dpop'];
  if (typeof proof !== 'string') throw unauthenticated('invalid_dpop_proof', 'exactly one DPoP header is needed');
  const request = { proof, method: req.method ?? '', url: `${url.origin}${url.pathname}`, accessToken: value };
  const key = await verifyProof(request, parts.nonces);
  try {
    return { caller: await callerByKey(parts, value, key), freshNonce: key.freshNonce };
  } catch (error) {
    if (error instanceof FdxFault && key.freshNonce !== undefined) error.headers['dpop-nonce'] = key.freshNonce;
    throw error;
  }
}

async function callerByKey({ provider, consents }: CallerParts, value: string, key: ProvenKey): Promise<Caller> {
  const token = await livingToken(provider, value);
  const { clientId = '' } = token;
  if (token.jkt !== key.thumbprint) throw unauthenticated('invalid_token', 'bound to another key');
  // RFC 9449 §11.1: a proof that was overheard is of no use a second time.
  const until = Math.floor(Date.now() / 1000) + PROOF_MEMORY_IN_SECONDS;
  if (!(await provider.ReplayDetection.unique(clientId, key.proofId, until))) {
    throw unauthenticated('invalid_dpop_proof', 'jti was used before');
  }
  return callerOf(token, clientId, consents);
}

/** RFC 8705 §3: the very certificate with which the token was asked for. A token that is bound to a key is no Bearer token. */
async function callerByCertificate(
  { provider, consents }: CallerParts,
  req: IncomingMessage,
  value: string,
): Promise<Caller> {
  const token = await livingToken(provider, value);
  const certificate = certificateOf(req);
  const thumbprint = certificate && createHash('sha256').update(certificate.raw).digest('base64url');
  if (thumbprint === undefined || token['x5t#S256'] !== thumbprint) {
    throw unauthenticated('invalid_token', 'not bound to the certificate of this connection');
  }
  return callerOf(token, token.clientId ?? '', consents);
}

async function livingToken(provider: Provider, value: string): Promise<AccessToken | ClientCredentials> {
  const token = await findToken(provider, value);
  if (!token) throw unauthenticated('invalid_token', 'unknown, expired or revoked');
  return token;
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
  return { kind: 'person', clientId, scopes: token.scopes, consent };
}

const unauthenticated = (error: string, description: string): FdxFault =>
  notAuthenticated(description, challenge(error, description));
