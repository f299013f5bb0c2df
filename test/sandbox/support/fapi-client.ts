import { exportJWK, generateKeyPair, type JWK } from 'jose';
import * as oidc from 'openid-client';
import { type Dispatcher, fetch, type RequestInit as UndiciRequestInit } from 'undici';
import { authorizeAtBank, type PersonAtBank, PersonBrowser } from '../../../sandbox/person';
import type { BankProcess } from './bank-process';

export const CALLBACK = 'http://localhost:3999/callback';

type Tokens = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers & { fdxConsentId?: string };

interface Pending {
  url: URL;
  verifier: string;
  state: string;
  nonce: string;
}

interface ProtectedRequest {
  method?: string;
  body?: object;
  headers?: Record<string, string>;
}

interface ProtectedAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
  bytes: Buffer;
}

export const details = (consentRequest: object): string => JSON.stringify([{ type: 'fdx_v1.0', consentRequest }]);

/** What most tests ask for. */
export const YEAR_OF_ACCOUNTS = {
  durationType: 'TIME_BOUND',
  durationPeriod: 365,
  lookbackPeriod: 60,
  resources: [
    { resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS', 'STATEMENTS'] },
    { resourceType: 'CUSTOMER', dataClusters: ['CUSTOMER_CONTACT'] },
  ],
};

const YEAR_BY_DETAILS = { scope: 'openid offline_access', authorization_details: details(YEAR_OF_ACCOUNTS) };

/** A FAPI 2.0 client made of openid-client, for talking to the sandbox bank. */
export class FapiClient {
  config!: oidc.Configuration;
  dpop!: oidc.DPoPHandle;
  dispatcher!: Dispatcher;
  caPem = '';

  private constructor(
    readonly id: string,
    readonly alg: 'ES256' | 'PS256',
    readonly keys: oidc.CryptoKeyPair,
    readonly publicJwk: JWK,
  ) {}

  static async create(id: string, alg: 'ES256' | 'PS256' = 'ES256'): Promise<FapiClient> {
    const keys = await generateKeyPair(alg, { extractable: true });
    const jwk = { ...(await exportJWK(keys.publicKey)), alg, use: 'sig', kid: `${id}-1` };
    return new FapiClient(id, alg, keys, jwk);
  }

  /** The same application under the id that a bank gave it. */
  registeredAs(id: string): FapiClient {
    return new FapiClient(id, this.alg, this.keys, this.publicJwk);
  }

  get metadata(): object {
    return {
      client_id: this.id,
      client_name: `Budget Buddy (${this.id})`,
      redirect_uris: [CALLBACK],
      jwks: { keys: [this.publicJwk] },
      token_endpoint_auth_signing_alg: this.alg,
      id_token_signed_response_alg: this.alg,
    };
  }

  async connect(bank: BankProcess): Promise<this> {
    this.dispatcher = bank.dispatcher;
    this.caPem = bank.certificates.caPem;
    this.config = await oidc.discovery(
      new URL(bank.issuer),
      this.id,
      { id_token_signed_response_alg: this.alg, authorization_signed_response_alg: 'ES256' },
      oidc.PrivateKeyJwt({ key: this.keys.privateKey, kid: this.publicJwk.kid ?? '' }),
      { [oidc.customFetch]: this.fetch },
    );
    this.config[oidc.customFetch] = this.fetch;
    oidc.enableNonRepudiationChecks(this.config);
    await this.renewDpopKey();
    return this;
  }

  async renewDpopKey(): Promise<void> {
    this.dpop = oidc.getDPoPHandle(this.config, await oidc.randomDPoPKeyPair('ES256'));
  }

  readonly fetch: oidc.CustomFetch = async (url, options) => {
    const response: unknown = await fetch(url, { ...(options as UndiciRequestInit), dispatcher: this.dispatcher });
    return response as Response;
  };

  browser(): PersonBrowser {
    return new PersonBrowser({ ca: this.caPem });
  }

  async push(parameters: Record<string, string>): Promise<Pending> {
    const verifier = oidc.randomPKCECodeVerifier();
    const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
    const openid = (parameters['scope'] ?? '').split(' ').includes('openid');
    const url = await oidc.buildAuthorizationUrlWithPAR(
      this.config,
      {
        redirect_uri: CALLBACK,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        ...(openid && { nonce }),
        ...parameters,
      },
      { DPoP: this.dpop },
    );
    return { url, verifier, state, nonce };
  }

  async exchange(callback: string, { verifier, state, nonce }: Pending, openid = true): Promise<Tokens> {
    return await oidc.authorizationCodeGrant(
      this.config,
      new URL(callback),
      {
        pkceCodeVerifier: verifier,
        expectedState: state,
        ...(openid && { expectedNonce: nonce, idTokenExpected: true }),
      },
      undefined,
      { DPoP: this.dpop },
    );
  }

  /** Until the bank sends the person back; the code is not spent yet. */
  async comeBack(
    person: Partial<PersonAtBank> = {},
    parameters: Record<string, string> = YEAR_BY_DETAILS,
  ): Promise<Pending & { callback: string }> {
    const pending = await this.push(parameters);
    const browser = this.browser();
    const callback = await authorizeAtBank(browser, pending.url.href, {
      username: 'alice',
      accounts: 'all',
      stopAt: CALLBACK,
      ...person,
    });
    await browser.close();
    return { ...pending, callback };
  }

  /** From PAR to tokens. */
  async obtain(
    person: Partial<PersonAtBank> = {},
    parameters: Record<string, string> = YEAR_BY_DETAILS,
  ): Promise<Tokens & { fdxConsentId: string }> {
    const pending = await this.comeBack(person, parameters);
    const openid = (parameters['scope'] ?? '').split(' ').includes('openid');
    const tokens = await this.exchange(pending.callback, pending, openid);
    if (tokens.fdxConsentId === undefined) throw new Error('no fdxConsentId');
    return tokens as Tokens & { fdxConsentId: string };
  }

  async clientCredentials(scope = 'fdx:consents:read fdx:consents:manage'): Promise<string> {
    const { access_token: token } = await oidc.clientCredentialsGrant(this.config, { scope }, { DPoP: this.dpop });
    return token;
  }

  refresh(refreshToken: string): Promise<Tokens> {
    return oidc.refreshTokenGrant(this.config, refreshToken, undefined, { DPoP: this.dpop });
  }

  /** Calls the FDX API; a refusal is an answer like any other, not an exception. */
  fdx(token: string, target: string, request: ProtectedRequest = {}): Promise<ProtectedAnswer> {
    return this.call(token, `/fdx/v6${target}`, request);
  }

  /** The same for any endpoint of the bank that takes an access token. */
  async call(
    token: string,
    target: string,
    { method = 'GET', body, headers = {} }: ProtectedRequest = {},
  ): Promise<ProtectedAnswer> {
    const url = new URL(target, this.config.serverMetadata().issuer);
    const sent = new Headers({ ...headers, ...(body && { 'content-type': 'application/json' }) });
    const response = await this.#protected(token, url, method, body, sent);
    const bytes = Buffer.from(await response.arrayBuffer());
    const json = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    const parsed = json ? (JSON.parse(bytes.toString()) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, body: parsed, bytes };
  }

  async #protected(
    token: string,
    url: URL,
    method: string,
    body: object | undefined,
    headers: Headers,
  ): Promise<Response> {
    try {
      const json = body && JSON.stringify(body);
      return await oidc.fetchProtectedResource(this.config, token, url, method, json, headers, { DPoP: this.dpop });
    } catch (error) {
      if (error instanceof oidc.WWWAuthenticateChallengeError) return error.response;
      throw error;
    }
  }
}
