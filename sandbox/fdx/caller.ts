import type { IncomingMessage } from 'node:http';
import type Provider from 'oidc-provider';
import { type Consent, statusOf } from '../consents/consent';
import type { ConsentBook } from '../consents/consent-book';
import { presentedToken, type PresentedToken } from './presented-token';
import { type BindingParts, invalidToken, type Token, verifyBinding, withFreshNonce } from './token-binding';

/** Who is calling: an application with a person's consent, or an application on its own behalf. */
export type Caller =
  | { kind: 'person'; clientId: string; scopes: ReadonlySet<string>; consent: Consent }
  | { kind: 'application'; clientId: string; scopes: ReadonlySet<string> };

export interface CallerParts extends BindingParts {
  consents: ConsentBook;
}

/** @throws 401/603 unless the token lives, is presented as it is bound, and its consent is in force */
export async function identifyCaller(
  parts: CallerParts,
  req: IncomingMessage,
  url: URL,
): Promise<{ caller: Caller; freshNonce: string | undefined }> {
  const presented = presentedToken(req);
  const token = await livingToken(parts.provider, presented);
  const { freshNonce } = await verifyBinding(parts, token, { ...presented, req, url });
  const caller = await withFreshNonce(freshNonce, () => callerOf(token, presented, parts.consents));
  return { caller, freshNonce };
}

async function livingToken(provider: Provider, { scheme, value }: PresentedToken): Promise<Token> {
  const token = (await provider.AccessToken.find(value)) ?? (await provider.ClientCredentials.find(value));
  if (!token) throw invalidToken(scheme, 'unknown, expired or revoked');
  return token;
}

async function callerOf(token: Token, { scheme }: PresentedToken, consents: ConsentBook): Promise<Caller> {
  const { clientId = '', scopes } = token;
  if (token.kind === 'ClientCredentials') return { kind: 'application', clientId, scopes };
  const consent = await consents.find(token.grantId);
  // The token itself could outlive the consent by its minutes; the grant is what counts.
  if (!consent || statusOf(consent) !== 'ACTIVE') throw invalidToken(scheme, 'the consent has ended');
  return { kind: 'person', clientId, scopes, consent };
}
