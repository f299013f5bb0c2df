import type Provider from 'oidc-provider';
import { type Configuration, errors } from 'oidc-provider';
import type { BankBehaviour } from './behaviour';
import { bindTokens, BOUND_TO_CERTIFICATE } from './bound-tokens';
import { CONSENT_SCOPES, clusterScopes } from './clusters';
import { scopeTokens } from './consents/consent-request';
import { checkFdxMetadata, FDX_METADATA } from './registration-metadata';
import { isPrivateOnTheWay } from './safe-url';

type Middleware = Parameters<Provider['use']>[0];
type ExtraMetadata = NonNullable<Configuration['extraClientMetadata']>;
type Validator = NonNullable<ExtraMetadata['validator']>;
type ClientMetadata = Parameters<Validator>[3];

/**
 * Where a client's `scope` is kept: oidc-provider would compare it with the scopes of OpenID Connect, which the FDX scopes are
 * not among, since they belong to the resource.
 */
const REGISTERED_SCOPE = 'registered_scope';

const KNOWN_SCOPES: readonly string[] = [
  'openid',
  'offline_access',
  ...clusterScopes,
  ...Object.values(CONSENT_SCOPES),
];

interface RegistrationParts {
  behaviour: BankBehaviour;
  initialAccessToken: string | undefined;
}

/** RFC 7591 and RFC 7592: anybody may register, unless the bank was started with an initial access token. */
export function registrationFeatures({ behaviour, initialAccessToken }: RegistrationParts) {
  return {
    registration: { enabled: true, initialAccessToken: initialAccessToken ?? false },
    registrationManagement: {
      enabled: true,
      rotateRegistrationAccessToken: () => behaviour.rotateRegistrationTokens,
    },
  } satisfies Configuration['features'];
}

/** What clients may say of themselves beside OAuth's own metadata, and what this bank asks of all of them. */
export const registeredClients = (hasMtlsDoor: boolean): ExtraMetadata => ({
  properties: [...FDX_METADATA, REGISTERED_SCOPE, BOUND_TO_CERTIFICATE],
  validator: (_ctx, key, value, metadata) => {
    if (key === REGISTERED_SCOPE) keepScope(metadata);
    else if (key === BOUND_TO_CERTIFICATE) bindTokens(metadata, hasMtlsDoor);
    else checkFdxMetadata(key, value);
    // Asked once for each property; once is enough.
    if (key === FDX_METADATA[0]) checkRedirectUris(metadata);
  },
});

function keepScope(metadata: ClientMetadata): void {
  if (metadata.scope === undefined) return;
  const tokens = scopeTokens(metadata.scope);
  const unknown = tokens.find((token) => !KNOWN_SCOPES.includes(token));
  if (unknown !== undefined) throw new errors.InvalidClientMetadata('scope names something this bank does not offer');
  metadata[REGISTERED_SCOPE] = tokens.join(' ');
  delete metadata.scope;
}

/** FAPI 2.0 Security Profile §5.3.2.2: redirect URIs use https; a browser on the same machine is the exception. */
function checkRedirectUris({ redirect_uris: uris = [] }: ClientMetadata): void {
  // What is no URL at all is judged by oidc-provider.
  if (!Array.isArray(uris) || uris.every(isPrivateOnTheWay)) return;
  throw new errors.InvalidRedirectUri('redirect_uris must use https, except on localhost');
}

/** The scopes a client registered for; undefined when it named none, and may ask for all. */
export function scopesRegisteredBy(client: object | undefined): readonly string[] | undefined {
  const scope = (client as Record<string, unknown> | undefined)?.[REGISTERED_SCOPE];
  return typeof scope === 'string' ? scopeTokens(scope) : undefined;
}

/**
 * Around oidc-provider's own handling: what a client leaves out is what FAPI 2.0 makes it, never a client with a secret; and the
 * answer names all that was registered, `scope` under its own name (RFC 7591 §3.2.1).
 */
export function adaptRegistration(): Middleware {
  return async (ctx, next) => {
    if (!ctx.path.startsWith('/register')) {
      await next();
      return;
    }
    const { body: request } = ctx.req as { body?: Record<string, unknown> };
    if (request) request['token_endpoint_auth_method'] ??= 'private_key_jwt';
    await next();
    const body: unknown = ctx.body;
    if (typeof body !== 'object' || body === null) return;
    if (!(REGISTERED_SCOPE in body)) return;
    const { [REGISTERED_SCOPE]: scope, ...rest } = body;
    ctx.body = { ...rest, scope };
  };
}
