import { readFileSync } from 'node:fs';
import type { Endpoint } from '../../../sandbox/control/endpoints';
import { authorizeAtBank, PersonBrowser, type PersonAtBank } from '../../../sandbox/person';
import { SIGNATURE_ALGORITHMS, type InstitutionProfile } from '../../../src/domain/institution';
import type { AuthorizationAnswer, AuthorizationSecrets, TokenCustody } from '../../../src/fapi/authorization';
import { createFapiClient, type FapiClient } from '../../../src/fapi/client';
import { generateSigningKey, localSigner } from '../../../src/fapi/client-keys';
import type { ConnectionOptions } from '../../../src/fapi/connection';
import type { Signer } from '../../../src/fapi/signer';
import type { BoundTokens } from '../../../src/fapi/token-set';
import { authorizationRequestFor } from '../../../src/fdx/authorization-request';
import { profileOf } from '../../unit/support/profile';
import { BankProcess, type BankOptions } from '../../sandbox/support/bank-process';

export const REDIRECT_URI = 'http://localhost:3999/callback';

const ACCOUNT_CLUSTERS = ['ACCOUNT_DETAILED', 'TRANSACTIONS'] as const;

/** What a trip to the bank leaves in custody, as the product's database would. */
export class Custody implements TokenCustody {
  stored?: string;
  readonly responses: string[] = [];

  store(rawResponse: string): Promise<void> {
    this.responses.push(rawResponse);
    this.stored = rawResponse;
    return Promise.resolve();
  }
}

/** Shorter or smaller than what holds for a real bank. */
export type Limits = Pick<ConnectionOptions, 'answerTimeoutMs' | 'documentBounds'>;

/** Our FAPI client in front of a sandbox bank of its own, a real process over TLS. */
export class ClientAtBank {
  private constructor(
    readonly bank: BankProcess,
    readonly profile: InstitutionProfile,
    readonly client: FapiClient,
    readonly signers: readonly Signer[],
  ) {}

  static async start(changes: object = {}, options: Partial<BankOptions> = {}): Promise<ClientAtBank> {
    const signers = await Promise.all(
      SIGNATURE_ALGORITHMS.map(async (algorithm) => {
        const { publicJwk, privateJwk } = await generateSigningKey(algorithm);
        return localSigner(algorithm, publicJwk, privateJwk);
      }),
    );
    const client = {
      client_id: 'our-client',
      client_name: 'Our client',
      redirect_uris: [REDIRECT_URI],
      jwks: { keys: signers.map(({ publicJwk }) => publicJwk) },
      token_endpoint_auth_signing_alg: 'ES256',
      id_token_signed_response_alg: 'ES256',
    };
    const { clients = [] } = options;
    const bank = await BankProcess.start({
      ...options,
      clients: (certificates) => [
        client,
        ...(typeof clients === 'function' ? clients(certificates) : clients).map((more) => ({ ...client, ...more })),
      ],
    });
    return ClientAtBank.connect(bank, signers, changes);
  }

  /** Another client of ours at the same bank, with nothing remembered of it. */
  static connect(
    bank: BankProcess,
    signers: readonly Signer[],
    changes: object = {},
    limits: Limits = {},
  ): ClientAtBank {
    const profile = profileAt(bank, changes);
    const keys = { current: (algorithm: string) => signers.find((signer) => signer.algorithm === algorithm) };
    return new ClientAtBank(
      bank,
      profile,
      createFapiClient({ profile, keys, redirectUri: REDIRECT_URI, ...limits }),
      signers,
    );
  }

  again(changes: object = {}, limits: Limits = {}): ClientAtBank {
    return ClientAtBank.connect(this.bank, this.signers, changes, limits);
  }

  /** Until the bank sends the person back; the code is not spent yet. */
  async comeBack(
    person: Partial<PersonAtBank> = {},
  ): Promise<{ readonly secrets: AuthorizationSecrets; readonly callback: URL; readonly answer: AuthorizationAnswer }> {
    const secrets = await this.client.prepareAuthorization();
    const request = authorizationRequestFor(
      {
        durationType: 'TIME_BOUND',
        durationPeriod: 30,
        lookbackPeriod: 30,
        resources: [{ resourceType: 'ACCOUNT', dataClusters: ACCOUNT_CLUSTERS }],
      },
      this.profile,
    );
    const { authorizationUrl } = await this.client.pushAuthorizationRequest(secrets, request);
    const browser = new PersonBrowser({ ca: readFileSync(this.bank.certificates.caFile, 'utf8') });
    const back = await authorizeAtBank(browser, authorizationUrl, {
      username: 'alice',
      accounts: 'all',
      stopAt: REDIRECT_URI,
      ...person,
    });
    const callback = new URL(back);
    const response = callback.searchParams.get('response');
    const answer =
      response === null
        ? { code: callback.searchParams.get('code') ?? '', iss: callback.searchParams.get('iss') ?? '' }
        : { response };
    return { secrets, callback, answer };
  }

  /** The whole trip. */
  async tokens(custody: TokenCustody = new Custody()): Promise<BoundTokens> {
    const { secrets, answer } = await this.comeBack();
    return this.client.exchangeCode(secrets, answer, custody);
  }

  accounts(tokens: BoundTokens): Promise<Response> {
    const url = new URL(`${this.profile.fdx.baseUrl}/accounts`);
    return this.client.fetchWithToken(tokens, url, { method: 'GET', headers: { accept: 'application/json' } });
  }

  /** New keys sign from now on; the old ones stay published or vanish. */
  async bankChangesKeys(options: { keepOld: boolean }): Promise<void> {
    const { status, body } = await this.bank.control('POST', '/keys/rotate', options);
    if (status !== 200) throw new Error(JSON.stringify(body));
  }

  /** How many requests one endpoint got while this was done. */
  async requestsDuring(endpoint: Endpoint, work: () => Promise<unknown>): Promise<number> {
    await this.bank.control('DELETE', '/requests');
    await work();
    return (await this.bank.requests(endpoint)).requests.length;
  }

  async stop(): Promise<void> {
    await this.client.close();
    await this.bank.stop();
  }
}

function profileAt(bank: BankProcess, changes: object): InstitutionProfile {
  return profileOf({
    id: 'bank',
    name: 'Bank',
    issuer: bank.issuer,
    clientId: 'our-client',
    clientAuthentication: { method: 'private_key_jwt', algorithm: 'ES256' },
    openid: true,
    idTokenSignedResponseAlg: 'ES256',
    fdx: { baseUrl: `${bank.issuer}/fdx/v6` },
    caFile: bank.certificates.caFile,
    ...changes,
  });
}
