import Provider, { type AuthorizationDetail, type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { signWithKeyRing } from './bank-signature';
import type { BankBehaviour } from './behaviour';
import type { BankClient } from './clients';
import { mutualTls } from './client-certificate';
import { APPLICATION_SCOPES, clusterScopes, GRANT_SCOPES } from './clusters';
import { grantedDetail, LONGEST_LIFE_IN_SECONDS } from './consents/consent';
import type { ConsentBook } from './consents/consent-book';
import { checkAuthorizationDetail, clustersOfScope, FDX_DETAILS_TYPE, scopeTokens } from './consents/consent-request';
import { spellDetails } from './consents/details-spelling';
import { checkGrantManagementAction } from './grants/grant-management-action';
import type { KeyRing } from './key-ring';
import { errorPage } from './pages/error-page';
import { PASSWORD_ACR } from './pages/interaction';
import { findPerson } from './people/person';
import { adaptRegistration, registeredClients, registrationFeatures, scopesRegisteredBy } from './registration';
import { RefreshTokensWithGrace } from './refresh-token-grace';
import { shortenRequestUris } from './request-uri-life';
import type { BankKeys } from './signing-keys';
import { OidcAdapter } from './store/oidc-adapter';
import type { RecordStore } from './store/records';
import { answerWithConsent, consentClaimOf } from './token-answer';

export interface AuthorizationServerParts {
  issuer: string;
  fdxUrl: string;
  /** Origin of the mutual TLS door, where there is one. */
  mtlsUrl: string | undefined;
  bankName: string;
  clients: BankClient[];
  initialAccessToken: string | undefined;
  keys: BankKeys;
  keyRing: KeyRing;
  store: RecordStore;
  consents: ConsentBook;
  behaviour: BankBehaviour;
}

/** FDX security model: at most 15 minutes. */
const ACCESS_TOKEN_LIFE_IN_SECONDS = 900;
/** FAPI 2.0 §5.3.2.1: an authorization code lives at most 60 seconds. */
const CODE_LIFE_IN_SECONDS = 60;
/** A refresh token is good for as long as its grant, whose time may change: it has the longest time that there is. */
const REFRESH_TOKEN_LIFE_IN_SECONDS = LONGEST_LIFE_IN_SECONDS;
/** A person may need to find their password; ten minutes is what bank sessions usually allow. */
const INTERACTION_LIFE_IN_SECONDS = 600;

const IDENTITY_SCOPES = ['openid', 'offline_access'];
const SIGNING_ALGORITHMS = ['ES256', 'PS256', 'EdDSA'] as const;

const ROUTES = {
  authorization: '/authorize',
  pushed_authorization_request: '/par',
  token: '/token',
  revocation: '/revoke',
  introspection: '/introspect',
  jwks: '/jwks',
  registration: '/register',
};

export function createAuthorizationServer(parts: AuthorizationServerParts): Provider {
  const provider = new Provider(parts.issuer, configurationOf(parts));
  provider.use(answerWithConsent(provider, parts));
  signWithKeyRing(provider, parts.keyRing);
  provider.use(adaptRegistration());
  provider.use(shortenRequestUris(parts.store, parts.behaviour));
  provider.on('server_error', (_ctx, error) => {
    console.warn(`authorization server: ${error.stack ?? error.message}`);
  });
  return provider;
}

function configurationOf(parts: AuthorizationServerParts): Configuration {
  const clientAlgorithms = [...SIGNING_ALGORITHMS, 'Ed25519'] as const;
  return {
    adapter: (kind) =>
      kind === 'RefreshToken'
        ? new RefreshTokensWithGrace(parts.store, parts.behaviour)
        : new OidcAdapter(parts.store, kind),
    clients: parts.clients,
    jwks: parts.keys.jwks,
    cookies: cookiesOf(parts),
    // FAPI 2.0 §5.3.2.1: what every client of this bank is, whatever its own metadata leave out.
    clientDefaults: {
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      response_types: ['code'],
      token_endpoint_auth_method: 'private_key_jwt',
      id_token_signed_response_alg: 'ES256',
      authorization_signed_response_alg: 'ES256',
      dpop_bound_access_tokens: true,
      authorization_details_types: [FDX_DETAILS_TYPE],
    },
    extraClientMetadata: registeredClients(parts.mtlsUrl !== undefined),
    clientAuthMethods: [
      'private_key_jwt',
      ...(parts.mtlsUrl === undefined ? [] : (['tls_client_auth', 'self_signed_tls_client_auth'] as const)),
    ],
    responseTypes: ['code'],
    scopes: IDENTITY_SCOPES,
    extraParams: { grant_management_action: checkGrantManagementAction },
    // OpenID Connect Core §2: when and how the person was authenticated.
    claims: { openid: ['sub', 'fdxConsentId', 'auth_time', 'acr'] },
    acrValues: [PASSWORD_ACR],
    enabledJWA: {
      clientAuthSigningAlgValues: clientAlgorithms,
      dPoPSigningAlgValues: clientAlgorithms,
      requestObjectSigningAlgValues: clientAlgorithms,
      idTokenSigningAlgValues: SIGNING_ALGORITHMS,
      authorizationSigningAlgValues: SIGNING_ALGORITHMS,
    },
    routes: ROUTES,
    features: featuresOf(parts),
    ttl: ttl(parts),
    // FAPI 2.0 §5.3.2.1 advises against rotation; the behaviour switch is for clients that must live with it.
    rotateRefreshToken: () => parts.behaviour.rotateRefreshTokens,
    issueRefreshToken: (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') && source.scopes.has('offline_access'),
    expiresWithSession: () => false,
    // Absolute: a browser that came by the other door goes on at the one that is meant for it.
    interactions: { url: (_ctx, interaction) => `${parts.issuer}/interaction/${interaction.uid}` },
    // Every authorization is a consent of its own: an earlier grant is never extended, and stays as it was.
    loadExistingGrant: async (ctx) => {
      const grantId = ctx.oidc.result?.consent?.grantId;
      return grantId === undefined ? undefined : ctx.oidc.provider.Grant.find(grantId);
    },
    findAccount: (_ctx, sub, token) => {
      const person = findPerson(sub);
      const claims = { sub, ...consentClaimOf(token, parts.behaviour) };
      return person && { accountId: person.id, claims: () => claims };
    },
    renderError: (ctx, out) => {
      const page = errorPage(parts.bankName, out.error, out.error_description);
      ctx.type = 'html';
      ctx.set(page.headers);
      ctx.body = page.body;
    },
    // oidc-provider hands in a dispatcher that refuses loopback addresses; here that is where the clients live.
    fetch: (url, { headers, signal, redirect, method } = {}) =>
      globalThis.fetch(url, {
        ...(headers && { headers }),
        ...(signal && { signal }),
        ...(redirect && { redirect }),
        ...(method !== undefined && { method }),
      }),
  };
}

function featuresOf(parts: AuthorizationServerParts): NonNullable<Configuration['features']> {
  return {
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    clientCredentials: { enabled: true },
    revocation: { enabled: true },
    // RFC 7662 §4: what a token is good for is the business of the application that holds it.
    introspection: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
    fapi: { enabled: true, profile: '2.0' },
    ...(parts.mtlsUrl !== undefined && { mTLS: mutualTls }),
    ...registrationFeatures(parts),
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    // FAPI 2.0 Message Signing: offered to clients that want it, required of none.
    requestObjects: { enabled: true },
    jwtResponseModes: { enabled: true },
    // RFC 9449 §8: a proof without the bank's nonce is answered with one.
    dPoP: {
      enabled: true,
      nonceSecret: Buffer.from(parts.keys.dpopNonceSecret, 'hex'),
      requireNonce: () => true,
    },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => parts.fdxUrl,
      useGrantedResource: () => true,
      getResourceServerInfo: (ctx, resource) => {
        // RFC 8707 §2: this bank has one resource, the FDX API.
        if (resource !== parts.fdxUrl) throw new errors.InvalidTarget('unknown resource');
        return {
          scope: offeredScopes(ctx).join(' '),
          audience: parts.fdxUrl,
          accessTokenFormat: 'opaque' as const,
          accessTokenTTL: ACCESS_TOKEN_LIFE_IN_SECONDS,
        };
      },
    },
    richAuthorizationRequests: {
      enabled: true,
      types: {
        [FDX_DETAILS_TYPE]: {
          validate: (ctx, detail) => {
            checkAuthorizationDetail(detail, ctx.oidc.params ?? {});
          },
        },
      },
      authorizationDetailsForGrantSource: (ctx) => ctx.oidc.grant?.rar,
      // RFC 9396 §7: the answer carries what was granted, which the person may have made less than what was asked.
      authorizationDetailsForAccessToken: (_ctx, _token, source) => detailsNow(source, parts),
      authorizationDetailsForIntrospection: (_ctx, token) => detailsNow(token, parts),
    },
  };
}

/** What is granted may have become less since the token was made; where nobody used details, none are told. */
async function detailsNow(
  token: { rar?: AuthorizationDetail[] | undefined; grantId?: string | undefined } | undefined,
  { consents, behaviour }: AuthorizationServerParts,
): Promise<AuthorizationDetail[] | undefined> {
  const consent = token?.rar && (await consents.find(token.grantId ?? ''));
  return consent && spellDetails([grantedDetail(consent)], behaviour);
}

/** @throws invalid_scope for scopes this bank does not know, or not for this kind of request */
function offeredScopes(ctx: KoaContextWithOIDC): readonly string[] {
  const { grant_type: grantType, scope, authorization_details: details } = ctx.oidc.params ?? {};
  const own = grantType === 'client_credentials' ? APPLICATION_SCOPES : clusterScopes;
  const offered: readonly string[] = [...own, ...Object.values(GRANT_SCOPES)];
  const registered = scopesRegisteredBy(ctx.oidc.client);
  const isStray = (token: string): boolean =>
    !(offered.includes(token) || IDENTITY_SCOPES.includes(token)) || registered?.includes(token) === false;
  const stray = scopeTokens(scope).find(isStray);
  if (stray !== undefined) throw new errors.InvalidScope('unknown scope, or not for this kind of request', stray);
  const asksForNothing = details === undefined && clustersOfScope(scope).length === 0;
  if (ctx.oidc.route === 'pushed_authorization_request' && asksForNothing) {
    throw new errors.InvalidScope('ask for data: by authorization_details, or by fdx: scopes', String(scope));
  }
  return offered;
}

function ttl({ behaviour }: AuthorizationServerParts): NonNullable<Configuration['ttl']> {
  // No token outlives the consent, which is the grant.
  const withinGrant = (ctx: KoaContextWithOIDC, longest: number): number =>
    Math.max(1, Math.min(longest, ctx.oidc.grant?.remainingTTL ?? longest));
  return {
    AccessToken: (ctx) => withinGrant(ctx, ACCESS_TOKEN_LIFE_IN_SECONDS),
    RefreshToken: () => behaviour.refreshTokenLifeInSeconds ?? REFRESH_TOKEN_LIFE_IN_SECONDS,
    AuthorizationCode: CODE_LIFE_IN_SECONDS,
    ClientCredentials: ACCESS_TOKEN_LIFE_IN_SECONDS,
    IdToken: 300,
    Interaction: INTERACTION_LIFE_IN_SECONDS,
    Session: 3600,
  };
}

/** Cookies ignore ports, so two banks on localhost would otherwise sign a person out of one another. */
function cookiesOf({ issuer, keys }: AuthorizationServerParts): NonNullable<Configuration['cookies']> {
  const bank = `bank_${new URL(issuer).port || '443'}`;
  const flags = { httpOnly: true, sameSite: 'lax' as const, secure: true, signed: true };
  return {
    names: { session: `${bank}_session`, interaction: `${bank}_interaction`, resume: `${bank}_resume` },
    keys: keys.cookieKeys,
    long: flags,
    short: flags,
  };
}
