import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as client from 'openid-client';
import { Agent, fetch as undiciFetch } from 'undici';
import type { SigningKey } from './keys';
import type { Settings } from './settings';
import { authorizationRequest, type Terms } from './terms';

/** What one trip to the bank remembers, in memory and nowhere else. */
export interface Trip {
  state: string;
  nonce: string;
  codeVerifier: string;
  dpop: client.DPoPHandle;
}

export type Tokens = client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;

/** FAPI 2.0 by hand: the same steps, the same checks and the same library as the product. */
export interface Bank {
  prepare(): Promise<Trip>;
  pushAuthorizationRequest(trip: Trip, terms: Terms): Promise<URL>;
  exchangeCode(trip: Trip, callbackUrl: URL): Promise<Tokens>;
  read(trip: Trip, tokens: Tokens, path: string): Promise<unknown>;
}

export async function connectToBank(settings: Settings, key: SigningKey): Promise<Bank> {
  const nonces = new Map<string, string>();
  const configuration = await client.discovery(
    new URL(settings.issuer),
    settings.clientId,
    { id_token_signed_response_alg: 'PS256', authorization_signed_response_alg: 'PS256' },
    client.PrivateKeyJwt({ key: key.privateKey, kid: key.publicJwk.kid }),
    { [client.customFetch]: pooledFetch(settings.caFile, nonces) },
  );
  client.enableNonRepudiationChecks(configuration);
  const redirectUri = `${settings.publicUrl}/callback`;

  return {
    async prepare() {
      const keyPair = await client.randomDPoPKeyPair('ES256');
      return {
        state: client.randomState(),
        nonce: client.randomNonce(),
        codeVerifier: client.randomPKCECodeVerifier(),
        dpop: client.getDPoPHandle(configuration, keyPair, withKnownNonce(nonces)),
      };
    },

    async pushAuthorizationRequest({ state, nonce, codeVerifier, dpop }, terms) {
      const parameters = {
        redirect_uri: redirectUri,
        response_type: 'code',
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        ...authorizationRequest(terms),
      };
      return client.buildAuthorizationUrlWithPAR(configuration, parameters, { DPoP: dpop });
    },

    exchangeCode({ state, nonce, codeVerifier, dpop }, callbackUrl) {
      const checks = {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      };
      return client.authorizationCodeGrant(configuration, callbackUrl, checks, undefined, { DPoP: dpop });
    },

    async read({ dpop }, tokens, path) {
      const url = new URL(settings.fdxBaseUrl + path);
      const headers = new Headers({ 'x-fapi-interaction-id': randomUUID(), 'FDX-API-Actor-Type': 'USER' });
      const response = await client.fetchProtectedResource(
        configuration,
        tokens.access_token,
        url,
        'GET',
        undefined,
        headers,
        { DPoP: dpop },
      );
      if (!response.ok) throw new Error(`GET ${path} answered ${response.status}`);
      return response.json();
    },
  };
}

/** Keeps connections open and the last DPoP nonce of each server in mind, as the product does (RFC 9449 §8). */
function pooledFetch(caFile: string, nonces: Map<string, string>): client.CustomFetch {
  const dispatcher = new Agent({ connect: { ca: readFileSync(caFile, 'utf8') } });
  // Node's own types know neither undici's fetch nor its dispatcher as theirs.
  const send = undiciFetch as unknown as (url: string, init: object) => Promise<Response>;
  return async (url, init) => {
    const response = await send(url, { ...init, dispatcher });
    const nonce = response.headers.get('dpop-nonce');
    if (nonce !== null) nonces.set(new URL(url).origin, nonce);
    return response;
  };
}

/** Without it the first proof of every trip would be refused once, and the comparison would be unfair to this variant. */
function withKnownNonce(nonces: Map<string, string>): client.ModifyAssertionOptions {
  return {
    [client.modifyAssertion]: (_header, payload) => {
      const target = payload['htu'];
      if (typeof target !== 'string' || payload['nonce'] !== undefined) return;
      const nonce = nonces.get(new URL(target).origin);
      if (nonce !== undefined) payload['nonce'] = nonce;
    },
  };
}
