import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Configuration, type JWK } from 'oidc-provider';
import type { StackDescription } from '../../../scripts/dev/stack-description';

export interface PlainFapiServer {
  readonly issuer: string;
  readonly accountsUrl: string;
  /** Requests to the one resource it has, by the status they were answered with. */
  readonly resourceRequests: number[];
  stop(): Promise<void>;
}

export const PLAIN_CLIENTS = { openid: 'plain-openid', oauth: 'plain-oauth' } as const;

/** Below the origin, as a tenant of a shared host. */
const MOUNT = '/tenants/one';

/**
 * A FAPI 2.0 server that knows nothing of FDX: no rich requests, no consents, one scope, one resource in a shape of its own. Whoever
 * comes is signed in and agrees at once, as test suites do it.
 */
export async function startPlainFapiServer(stack: StackDescription): Promise<PlainFapiServer> {
  const directory = stack.caFile.replace(/ca\.pem$/, '');
  const tls = { cert: readFileSync(`${directory}server.pem`), key: readFileSync(`${directory}server.key`) };
  const server = createServer(tls);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  const issuer = `${origin}${MOUNT}`;
  const provider = new Provider(issuer, await configuration(stack));
  const resourceRequests: number[] = [];
  const answer = provider.callback();

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', origin);
    if (pathname === `${MOUNT}/resources/accounts`) return accounts(provider, request, response, resourceRequests);
    if (pathname.startsWith(`${MOUNT}/interaction/`)) return agree(provider, request, response);
    // RFC 8414 §3.1 puts the well-known part before the path, OpenID Connect Discovery §4 behind it.
    const inserted = `/.well-known/oauth-authorization-server${MOUNT}`;
    const target = pathname === inserted ? `${MOUNT}/.well-known/openid-configuration` : (request.url ?? '/');
    // Mounted the way express does it: the provider sees its own paths, and knows what stood before them.
    Object.assign(request, { originalUrl: target, baseUrl: MOUNT });
    request.url = target.slice(MOUNT.length) || '/';
    return answer(request, response);
  };
  server.on('request', (request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  return { issuer, accountsUrl: `${issuer}/resources`, resourceRequests, stop: () => stop(server) };
}

async function configuration({ urls }: StackDescription): Promise<Configuration> {
  const { privateKey } = await generateKeyPair('PS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), alg: 'PS256', use: 'sig', kid: 'plain-1' } as JWK;
  const algorithms = ['PS256', 'ES256'] as const;
  const client = (id: string, scope: string) => ({
    client_id: id,
    redirect_uris: [`${urls.api}/callback`],
    jwks_uri: `${urls.api}/.well-known/jwks.json`,
    token_endpoint_auth_method: 'private_key_jwt' as const,
    token_endpoint_auth_signing_alg: 'ES256' as const,
    id_token_signed_response_alg: 'PS256' as const,
    dpop_bound_access_tokens: true,
    grant_types: ['authorization_code'],
    response_types: ['code' as const],
    scope,
  });
  return {
    clients: [client(PLAIN_CLIENTS.openid, 'openid accounts'), client(PLAIN_CLIENTS.oauth, 'accounts')],
    jwks: { keys: [key] },
    scopes: ['openid', 'accounts'],
    clientAuthMethods: ['private_key_jwt'],
    enabledJWA: { idTokenSigningAlgValues: algorithms, clientAuthSigningAlgValues: algorithms },
    features: {
      devInteractions: { enabled: false },
      fapi: { enabled: true, profile: '2.0' },
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
      dPoP: { enabled: true },
    },
    cookies: { keys: ['plain-cookie-key'] },
    interactions: { url: (_ctx, { uid }) => `${MOUNT}/interaction/${uid}` },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    // Its clients live on this machine, where its own dispatcher does not go.
    fetch: (url, { headers, method } = {}) =>
      globalThis.fetch(url, { ...(headers && { headers }), ...(method !== undefined && { method }) }),
  };
}

/** Signs in whoever comes, and agrees to what was asked. */
async function agree(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { params, prompt } = await provider.interactionDetails(request, response);
  const login = { accountId: 'anybody' };
  if (prompt.name === 'login') {
    await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
    return;
  }
  const grant = new provider.Grant({ accountId: login.accountId, clientId: String(params['client_id']) });
  grant.addOIDCScope(String(params['scope']));
  await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

/** Bound tokens only, and an answer in no shape of FDX. */
async function accounts(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  requests: number[],
): Promise<void> {
  const [scheme, value = ''] = (request.headers.authorization ?? '').split(' ');
  const token = await provider.AccessToken.find(value);
  const isBound = scheme === 'DPoP' && token?.jkt !== undefined && typeof request.headers['dpop'] === 'string';
  const status = isBound && request.headers['x-fapi-interaction-id'] !== undefined ? 200 : 401;
  requests.push(status);
  response.writeHead(status, { 'content-type': 'application/json' }).end('{"Data":{"Account":[{"AccountId":"1"}]}}');
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
