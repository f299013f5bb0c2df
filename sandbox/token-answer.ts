import type { IncomingMessage } from 'node:http';
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { BankBehaviour } from './behaviour';
import { CONSENT_SCOPES, clusterScopes, GRANT_SCOPES } from './clusters';
import type { RevocationRequest } from './consents/consent';
import type { ConsentBook } from './consents/consent-book';
import { GRANTS_PATH } from './grants/grant-management';

type Middleware = Parameters<Provider['use']>[0];

interface AnswerParts {
  consents: ConsentBook;
  behaviour: BankBehaviour;
  mtlsUrl: string | undefined;
}

/** What FDX adds around oidc-provider's endpoints. */
export function answerWithConsent(provider: Provider, { consents, behaviour, mtlsUrl }: AnswerParts): Middleware {
  const revoked = new WeakMap<object, string>();
  provider.on('grant.revoked', (ctx, grantId) => {
    revoked.set(ctx, grantId);
  });

  return async (koaContext, next) => {
    const ctx = koaContext as unknown as KoaContextWithOIDC;
    if (ctx.path === '/par') impliedConsentPrompt(ctx.req);
    await next();

    // A grant dies by a revoked refresh token or by a replayed code; its consent goes with it, before we answer.
    const grantId = revoked.get(ctx);
    if (grantId !== undefined) await consents.revoke(grantId, revocationBy(ctx.oidc.route));

    const body: unknown = ctx.body;
    if (!isAnswer(body)) return;
    if (ctx.path === '/token') {
      ctx.body = { ...body, ...(await consentIdOf(ctx, consents, behaviour)), ...refreshTokenLifeOf(ctx, behaviour) };
    }
    if (ctx.path === '/introspect') ctx.body = { ...body, ...introspectedConsentId(ctx, behaviour), ...endOf(ctx) };
    if (ctx.path.startsWith('/.well-known/')) {
      const metadata = { ...body, ...discoveryOf(provider.issuer) };
      ctx.body = { ...metadata, ...(mtlsUrl !== undefined && { mtls_endpoint_aliases: aliasesAt(mtlsUrl, metadata) }) };
    }
  };
}

/**
 * OIDC Core §11 ties offline_access to `prompt=consent` "unless other conditions permit offline access": this bank
 * always asks for consent, so it adds what FDX clients leave out. A signed request (RFC 9101) is left as signed.
 */
function impliedConsentPrompt(req: IncomingMessage & { body?: unknown }): void {
  if (!isAnswer(req.body) || 'request' in req.body) return;
  req.body['prompt'] ??= 'consent';
}

/** FDX: the consent is named in the token response of its grant. Grant management (draft) §5.4: so is the grant. */
async function consentIdOf(
  ctx: KoaContextWithOIDC,
  consents: ConsentBook,
  { consentIdIn }: BankBehaviour,
): Promise<object> {
  const grantId = ctx.oidc.entities.AccessToken?.grantId;
  if (grantId === undefined) return {};
  const isManaged = (await consents.find(grantId))?.isManaged === true;
  return {
    ...(consentIdIn === 'token_response' && { fdxConsentId: grantId }),
    ...((isManaged || consentIdIn === 'grant_id') && { grant_id: grantId }),
  };
}

/** Not of RFC 6749, and told by many all the same: for how long the refresh token of this very answer is good. */
function refreshTokenLifeOf({ body, oidc }: KoaContextWithOIDC, { refreshTokenLifeInSeconds }: BankBehaviour): object {
  const { RefreshToken: refreshToken, Grant: grant } = oidc.entities;
  const isTold =
    refreshTokenLifeInSeconds !== null && (body as { refresh_token?: unknown }).refresh_token !== undefined;
  if (!isTold || !refreshToken || !grant) return {};
  return { refresh_token_expires_in: Math.min(refreshToken.remainingTTL, grant.remainingTTL) };
}

/** Only a token that is active, and the caller's, has become an entity by now. */
function introspectedConsentId({ body, oidc }: KoaContextWithOIDC, { consentIdIn }: BankBehaviour): object {
  const { AccessToken: accessToken, RefreshToken: refreshToken } = oidc.entities;
  const grantId = accessToken?.grantId ?? refreshToken?.grantId;
  const isActive = (body as { active?: unknown }).active === true;
  return isActive && grantId !== undefined && consentIdIn !== 'nowhere' ? { fdxConsentId: grantId } : {};
}

/** RFC 7662 §2.2: `exp`. A refresh token does not outlive its grant. */
function endOf({ body, oidc }: KoaContextWithOIDC): { exp?: number } {
  const { exp } = body as { exp?: number };
  const { RefreshToken: refreshToken, Grant: grant } = oidc.entities;
  return refreshToken && grant?.exp !== undefined && exp !== undefined ? { exp: Math.min(exp, grant.exp) } : {};
}

/** The claim of the ID token, which is issued for a code or a refresh token. */
export function consentClaimOf(token: object | undefined, { consentIdIn }: BankBehaviour): { fdxConsentId?: string } {
  const grantId = token && 'grantId' in token ? token.grantId : undefined;
  return consentIdIn === 'id_token' && typeof grantId === 'string' ? { fdxConsentId: grantId } : {};
}

const discoveryOf = (issuer: string): object => ({
  scopes_supported: [
    'openid',
    'offline_access',
    ...clusterScopes,
    ...Object.values(CONSENT_SCOPES),
    ...Object.values(GRANT_SCOPES),
  ],
  // Grant Management for OAuth 2.0 (draft) §7.1.
  grant_management_endpoint: `${issuer}${GRANTS_PATH}`,
  grant_management_actions_supported: ['query', 'revoke', 'create'],
  grant_management_action_required: false,
});

/** RFC 8705 §5: every endpoint at which a client authenticates or brings a token, at the door that asks for its certificate. */
function aliasesAt(mtlsUrl: string, metadata: Record<string, unknown>): Record<string, string> {
  const aliases = Object.entries(metadata).flatMap(([name, value]) => {
    if (!CLIENT_ENDPOINTS.has(name) || typeof value !== 'string') return [];
    return [[name, `${mtlsUrl}${new URL(value).pathname}`] as const];
  });
  return Object.fromEntries(aliases);
}

const CLIENT_ENDPOINTS = new Set([
  'token_endpoint',
  'pushed_authorization_request_endpoint',
  'revocation_endpoint',
  'introspection_endpoint',
  'registration_endpoint',
  'grant_management_endpoint',
]);

/** A replayed code is the bank's own decision (RFC 6749 §4.1.2); a revoked token is the application's (RFC 7009). */
const revocationBy = (route: string): RevocationRequest =>
  route === 'revocation'
    ? { reason: 'USER_ACTION', initiator: 'DATA_ACCESS_PLATFORM' }
    : { reason: 'BUSINESS_RULE', initiator: 'DATA_PROVIDER' };

const isAnswer = (body: unknown): body is Record<string, unknown> =>
  typeof body === 'object' && body !== null && body.constructor === Object;
