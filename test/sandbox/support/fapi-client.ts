import { readFileSync } from 'node:fs';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import * as oidc from 'openid-client';
import { Agent, type Dispatcher, fetch, type RequestInit as UndiciRequestInit } from 'undici';
import { authorizeAtBank, type PersonAtBank, PersonBrowser } from '../../../sandbox/person';
import { keyOfCertificate } from '../../../scripts/dev/institutions';
import { type CertificateFiles, CLIENT_SUBJECT } from '../../../scripts/setup/certificates';
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
  /** Another door than the one for this client's tokens. */
  door?: string;
}

interface ProtectedAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
  bytes: Buffer;
}

type Algorithm = 'ES256' | 'PS256' | 'EdDSA';

/** How a client proves who it is, and what its tokens are bound to. */
export interface Relation {
  authentication: 'private_key_jwt' | 'tls_client_auth' | 'self_signed_tls_client_auth';
  constraint: 'dpop' | 'mtls';
}

/** RFC 8037 §3.1 and FAPI 2.0 say EdDSA where openid-client says Ed25519, as RFC 9864 does. */
export const eddsa = (header: Record<string, unknown>): void => {
  header['alg'] = 'EdDSA';
};

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
  bank!: BankProcess;
  caPem = '';
  /** Shown where a door asks for it. */
  certificate: CertificateFiles | undefined;

  private constructor(
    readonly id: string,
    readonly alg: Algorithm,
    readonly keys: oidc.CryptoKeyPair,
    readonly publicJwk: JWK,
    readonly relation: Relation,
  ) {}

  static async create(
    id: string,
    alg: Algorithm = 'ES256',
    relation: Relation = { authentication: 'private_key_jwt', constraint: 'dpop' },
  ): Promise<FapiClient> {
    const keys = await generateKeyPair(alg, { extractable: true });
    const jwk = { ...(await exportJWK(keys.publicKey)), alg, use: 'sig', kid: `${id}-1` };
    return new FapiClient(id, alg, keys, jwk, relation);
  }

  /** The same application under the id that a bank gave it. */
  registeredAs(id: string): FapiClient {
    return new FapiClient(id, this.alg, this.keys, this.publicJwk, this.relation);
  }

  get metadata(): object {
    return {
      client_id: this.id,
      client_name: `Budget Buddy (${this.id})`,
      redirect_uris: [CALLBACK],
      id_token_signed_response_alg: this.alg,
      ...this.#knownBy(),
      ...(this.relation.constraint === 'mtls' && { tls_client_certificate_bound_access_tokens: true }),
    };
  }

  #knownBy(): object {
    const { authentication: method } = this.relation;
    switch (method) {
      case 'private_key_jwt':
        return { jwks: { keys: [this.publicJwk] }, token_endpoint_auth_signing_alg: this.alg };
      case 'tls_client_auth':
        return { token_endpoint_auth_method: method, tls_client_auth_subject_dn: CLIENT_SUBJECT };
      case 'self_signed_tls_client_auth': {
        const keys = [keyOfCertificate(readFileSync(this.certificate?.certificateFile ?? '', 'utf8'))];
        return { token_endpoint_auth_method: method, jwks: { keys } };
      }
    }
  }

  #authentication(): oidc.ClientAuth {
    if (this.relation.authentication !== 'private_key_jwt') return oidc.TlsClientAuth();
    const key = { key: this.keys.privateKey, kid: this.publicJwk.kid ?? '' };
    return oidc.PrivateKeyJwt(key, this.alg === 'EdDSA' ? { [oidc.modifyAssertion]: eddsa } : undefined);
  }

  /** Connections of this client from now on, with another certificate or with none. */
  show(certificate: CertificateFiles | undefined): void {
    const { dispatcher, certificates } = this.bank;
    const read = ({ certificateFile, keyFile }: CertificateFiles) => ({
      ca: certificates.caPem,
      cert: readFileSync(certificateFile),
      key: readFileSync(keyFile),
    });
    this.dispatcher = certificate ? new Agent({ connect: read(certificate) }) : dispatcher;
  }

  async connect(bank: BankProcess): Promise<this> {
    this.bank = bank;
    this.show(this.certificate);
    this.caPem = bank.certificates.caPem;
    this.config = await oidc.discovery(
      new URL(bank.issuer),
      this.id,
      {
        id_token_signed_response_alg: this.alg,
        authorization_signed_response_alg: this.alg === 'EdDSA' ? 'EdDSA' : 'ES256',
        use_mtls_endpoint_aliases: this.certificate !== undefined,
      },
      this.#authentication(),
      { [oidc.customFetch]: this.fetch },
    );
    this.config[oidc.customFetch] = this.fetch;
    oidc.enableNonRepudiationChecks(this.config);
    await this.renewDpopKey();
    return this;
  }

  async renewDpopKey(): Promise<void> {
    const keys = await oidc.randomDPoPKeyPair(this.alg === 'EdDSA' ? 'Ed25519' : 'ES256');
    const options = this.alg === 'EdDSA' ? { [oidc.modifyAssertion]: eddsa } : undefined;
    this.dpop = oidc.getDPoPHandle(this.config, keys, options);
  }

  /** A certificate speaks for itself: with it there is nothing to add to a request. */
  get #constraint(): oidc.DPoPOptions {
    return this.relation.constraint === 'dpop' ? { DPoP: this.dpop } : {};
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
      this.#constraint,
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
      this.#constraint,
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
    const { access_token: token } = await oidc.clientCredentialsGrant(this.config, { scope }, this.#constraint);
    return token;
  }

  refresh(refreshToken: string): Promise<Tokens> {
    return oidc.refreshTokenGrant(this.config, refreshToken, undefined, this.#constraint);
  }

  /** Calls the FDX API; a refusal is an answer like any other, not an exception. */
  fdx(token: string, target: string, request: ProtectedRequest = {}): Promise<ProtectedAnswer> {
    return this.call(token, `/fdx/v6${target}`, request);
  }

  /** The same for any endpoint of the bank that takes an access token. */
  async call(
    token: string,
    target: string,
    { method = 'GET', body, headers = {}, door }: ProtectedRequest = {},
  ): Promise<ProtectedAnswer> {
    const own = this.relation.constraint === 'mtls' ? this.bank.mtlsUrl : this.bank.issuer;
    const url = new URL(target, door ?? own);
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
      return await oidc.fetchProtectedResource(this.config, token, url, method, json, headers, this.#constraint);
    } catch (error) {
      if (error instanceof oidc.WWWAuthenticateChallengeError) return error.response;
      throw error;
    }
  }
}
