import { decodeProtectedHeader } from 'jose';
import * as oidc from 'openid-client';
import { fetch } from 'undici';
import { authorizeAtBank } from '../../sandbox/person';
import type { CertificateFiles } from '../../scripts/setup/certificates';
import { BankProcess } from './support/bank-process';
import { ProofMaker } from './support/dpop-proof';
import { CALLBACK, details, FapiClient, type Relation, YEAR_OF_ACCOUNTS } from './support/fapi-client';

const COMBINATIONS = [
  { id: 'jwt-mtls', alg: 'EdDSA', relation: { authentication: 'private_key_jwt', constraint: 'mtls' } },
  { id: 'jwt-dpop', alg: 'ES256', relation: { authentication: 'private_key_jwt', constraint: 'dpop' } },
  { id: 'tls-mtls', alg: 'ES256', relation: { authentication: 'tls_client_auth', constraint: 'mtls' } },
  { id: 'tls-dpop', alg: 'PS256', relation: { authentication: 'tls_client_auth', constraint: 'dpop' } },
  { id: 'self-mtls', alg: 'ES256', relation: { authentication: 'self_signed_tls_client_auth', constraint: 'mtls' } },
  { id: 'self-dpop', alg: 'ES256', relation: { authentication: 'self_signed_tls_client_auth', constraint: 'dpop' } },
] as const satisfies { id: string; alg: string; relation: Relation }[];

let bank: BankProcess;
const clients = new Map<string, FapiClient>();

const clientNamed = (id: (typeof COMBINATIONS)[number]['id']): FapiClient => {
  const client = clients.get(id);
  if (!client) throw new Error(`no client ${id}`);
  return client;
};

beforeAll(async () => {
  for (const { id, alg, relation } of COMBINATIONS) clients.set(id, await FapiClient.create(id, alg, relation));
  bank = await BankProcess.start({
    clients: ({ client: byAuthority, selfSignedClient }) => {
      for (const client of clients.values()) {
        const selfSigned = client.relation.authentication === 'self_signed_tls_client_auth';
        client.certificate = selfSigned ? selfSignedClient : byAuthority;
      }
      return [
        ...[...clients.values()].map(({ metadata }) => metadata),
        {
          ...clientNamed('tls-mtls').metadata,
          client_id: 'somebody-else',
          tls_client_auth_subject_dn: 'CN=somebody else',
        },
        { ...clientNamed('tls-mtls').metadata, client_id: 'server', tls_client_auth_subject_dn: 'CN=localhost' },
      ];
    },
  });
  for (const client of clients.values()) await client.connect(bank);
});

afterAll(() => bank.stop());

/** The work of a client that shows something else than its own certificate for a while. */
async function showing<Result>(
  client: FapiClient,
  certificate: CertificateFiles | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  client.show(certificate);
  try {
    return await work();
  } finally {
    client.show(client.certificate);
  }
}

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'none',
    (error: unknown) => (error as { error?: string }).error,
  );

const refusal = async (answer: ReturnType<FapiClient['fdx']>): Promise<string> => {
  const { status, headers, body } = await answer;
  const [, scheme, error] = /^(\S+) error="([^"]+)"/.exec(headers.get('www-authenticate') ?? '') ?? [];
  return `${status} ${String(body['code'])} ${scheme ?? ''} ${error ?? ''}`;
};

describe('every way to authenticate with every way to bind tokens', () => {
  it.each(COMBINATIONS)('$id walks from PAR to accounts and on by refresh', async ({ id, alg, relation }) => {
    const client = clientNamed(id);
    await bank.control('DELETE', '/requests');
    const tokens = await client.obtain();
    expect(tokens.token_type).toBe(relation.constraint === 'mtls' ? 'bearer' : 'dpop');
    expect(decodeProtectedHeader(tokens.id_token ?? '').alg).toBe(alg);
    expect((await client.fdx(tokens.access_token, '/accounts')).status).toBe(200);
    const refreshed = await client.refresh(tokens.refresh_token ?? '');
    expect((await client.fdx(refreshed.access_token, '/accounts')).status).toBe(200);
    const consent = await client.fdx(await client.clientCredentials(), `/consents/${tokens.fdxConsentId}`);
    expect(consent.body['status']).toBe('ACTIVE');

    const { requests } = await bank.requests();
    const doorsOf = (endpoint: string) =>
      new Set(requests.filter(({ endpoints }) => (endpoints as string[]).includes(endpoint)).map(({ door }) => door));
    for (const endpoint of ['par', 'token']) expect(doorsOf(endpoint)).toEqual(new Set(['mtls']));
    for (const endpoint of ['authorize', 'interaction']) expect(doorsOf(endpoint)).toEqual(new Set(['browser']));
  });

  it.each(['tls-mtls', 'self-dpop', 'jwt-mtls'] as const)('%s ends its tokens at the same door', async (id) => {
    const client = clientNamed(id);
    const { access_token: token, refresh_token: refreshToken = '' } = await client.obtain();
    await oidc.tokenRevocation(client.config, refreshToken);
    expect((await client.fdx(token, '/accounts')).status).toBe(401);
  });

  it.each(['tls-dpop', 'jwt-dpop'] as const)('%s uses its DPoP-bound tokens at either door', async (id) => {
    const client = clientNamed(id);
    const { access_token: token } = await client.obtain();
    expect((await client.fdx(token, '/accounts', { door: bank.issuer })).status).toBe(200);
    expect((await client.fdx(token, '/accounts', { door: bank.mtlsUrl })).status).toBe(200);
  });
});

describe('who a client is (RFC 8705 §2)', () => {
  const asking = (client: FapiClient, certificate: CertificateFiles | undefined) =>
    failure(showing(client, certificate, () => client.clientCredentials()));

  it.each(['tls-mtls', 'tls-dpop', 'self-mtls', 'self-dpop'] as const)(
    'refuses %s without a certificate',
    async (id) => {
      expect(await asking(clientNamed(id), undefined)).toBe('invalid_client');
    },
  );

  it('refuses a self-signed certificate that only says it has the subject', async () => {
    const { selfSignedClient: forged } = bank.certificates;
    expect(await asking(clientNamed('tls-mtls'), forged)).toBe('invalid_client');
  });

  it('refuses a certificate that is not in jwks, whoever issued it', async () => {
    expect(await asking(clientNamed('self-mtls'), bank.certificates.client)).toBe('invalid_client');
  });

  it('takes a renewed certificate of the same subject', async () => {
    expect(await asking(clientNamed('tls-mtls'), bank.certificates.renewedClient)).toBe('none');
  });

  const grantAs = async (clientId: string, { certificateFile, keyFile }: CertificateFiles) => {
    const client = clientNamed('tls-mtls');
    return showing(client, { certificateFile, keyFile }, async () => {
      const metadata = { client_id: clientId, use_mtls_endpoint_aliases: true };
      const config = new oidc.Configuration(client.config.serverMetadata(), clientId, metadata, oidc.TlsClientAuth());
      config[oidc.customFetch] = client.fetch;
      return failure(oidc.clientCredentialsGrant(config, { scope: 'fdx:consents:read' }));
    });
  };

  it('refuses a certificate of the CA with another subject', async () => {
    expect(await grantAs('tls-mtls', bank.certificates.client)).toBe('none');
    expect(await grantAs('somebody-else', bank.certificates.client)).toBe('invalid_client');
  });

  it('refuses a certificate that the CA issued for a server', async () => {
    const { serverCertificateFile: certificateFile, serverKeyFile: keyFile } = bank.certificates;
    expect(await grantAs('server', { certificateFile, keyFile })).toBe('invalid_client');
  });

  it('issues no certificate-bound token where there is no certificate to bind it to', async () => {
    expect(await asking(clientNamed('jwt-mtls'), undefined)).toBe('invalid_grant');
  });
});

describe('what a token is bound to (RFC 8705 §3, RFC 9449 §7)', () => {
  let bound: string;
  let boundToKey: string;

  beforeAll(async () => {
    bound = (await clientNamed('tls-mtls').obtain()).access_token;
    boundToKey = (await clientNamed('tls-dpop').obtain()).access_token;
  });

  const BEARER = '401 603 Bearer invalid_token';
  const DPOP = '401 603 DPoP invalid_token';

  it('never takes a certificate-bound token without its certificate', async () => {
    const client = clientNamed('tls-mtls');
    expect(await refusal(showing(client, undefined, () => client.fdx(bound, '/accounts')))).toBe(BEARER);
    expect(await refusal(client.fdx(bound, '/accounts', { door: bank.issuer }))).toBe(BEARER);
  });

  it('never takes it with another certificate, be it of the same client', async () => {
    const client = clientNamed('tls-mtls');
    const { renewedClient, selfSignedClient } = bank.certificates;
    for (const other of [renewedClient, selfSignedClient]) {
      expect(await refusal(showing(client, other, () => client.fdx(bound, '/accounts')))).toBe(BEARER);
    }
    expect((await client.fdx(bound, '/accounts')).status).toBe(200);
  });

  it('binds a refreshed token to the certificate of the refresh', async () => {
    const client = clientNamed('tls-mtls');
    const { refresh_token: refreshToken = '' } = await client.obtain();
    const refreshed = await showing(client, bank.certificates.renewedClient, async () => {
      const { access_token: token } = await client.refresh(refreshToken);
      expect((await client.fdx(token, '/accounts')).status).toBe(200);
      return token;
    });
    expect(await refusal(client.fdx(refreshed, '/accounts'))).toBe(BEARER);
  });

  it('never takes it as DPoP, proof and certificate at hand', async () => {
    const owner = clientNamed('tls-dpop');
    expect(await refusal(owner.fdx(bound, '/accounts', { door: bank.mtlsUrl }))).toBe(BEARER);
  });

  it('never takes a key-bound token as Bearer, certificate at hand', async () => {
    const client = clientNamed('tls-mtls');
    for (const door of [bank.issuer, bank.mtlsUrl]) {
      expect(await refusal(client.fdx(boundToKey, '/accounts', { door }))).toBe(DPOP);
    }
  });

  it('wants a proof for the door where it is shown (RFC 9449 §4.3)', async () => {
    const client = clientNamed('jwt-dpop');
    const proofs = await ProofMaker.create();
    client.dpop = oidc.getDPoPHandle(client.config, proofs.keys);
    const token = await client.clientCredentials();
    const path = '/fdx/v6/consents/unknown';
    const show = async (door: string, named: string, nonce?: string) => {
      const proof = await proofs.make({ method: 'GET', url: `${named}${path}`, token, nonce });
      const headers = { authorization: `DPoP ${token}`, dpop: proof };
      return fetch(`${door}${path}`, { dispatcher: bank.dispatcher, headers });
    };
    const nonce = (await show(bank.issuer, bank.issuer)).headers.get('dpop-nonce') ?? '';
    for (const door of [bank.issuer, bank.mtlsUrl]) {
      const other = door === bank.issuer ? bank.mtlsUrl : bank.issuer;
      expect((await show(door, other, nonce)).status).toBe(401);
      expect((await show(door, door, nonce)).status).toBe(404);
    }
    await client.renewDpopKey();
  });

  it('takes no token that it has not issued', async () => {
    expect(await refusal(clientNamed('tls-mtls').fdx('made-up', '/accounts'))).toBe(BEARER);
    expect(await refusal(clientNamed('tls-dpop').fdx('made-up', '/accounts'))).toBe(DPOP);
  });
});

describe('two doors', () => {
  const metadataAt = async (door: string): Promise<Record<string, unknown>> => {
    const response = await fetch(`${door}/.well-known/openid-configuration`, { dispatcher: bank.dispatcher });
    return (await response.json()) as Record<string, unknown>;
  };

  it('say the same of the bank', async () => {
    const metadata = await metadataAt(bank.issuer);
    expect(metadata).toMatchObject({ issuer: bank.issuer, token_endpoint: `${bank.issuer}/token` });
    expect(metadata['mtls_endpoint_aliases']).toMatchObject({ registration_endpoint: `${bank.mtlsUrl}/register` });
    expect(await metadataAt(bank.mtlsUrl)).toEqual(metadata);
  });

  it('lead a browser that came by the other door to the one that is meant for it', async () => {
    const client = clientNamed('tls-mtls');
    const pending = await client.push({ scope: 'openid', authorization_details: details(YEAR_OF_ACCOUNTS) });
    const elsewhere = pending.url.href.replace(bank.issuer, bank.mtlsUrl);
    const sent = await fetch(elsewhere, { dispatcher: bank.dispatcher, redirect: 'manual' });
    expect(sent.headers.get('location')).toContain(`${bank.issuer}/interaction/`);

    const again = await client.push({ scope: 'openid', authorization_details: details(YEAR_OF_ACCOUNTS) });
    const person = { username: 'bob', accounts: 'all' as const, stopAt: CALLBACK };
    const url = again.url.href.replace(bank.issuer, bank.mtlsUrl);
    const callback = await authorizeAtBank(client.browser(), url, person);
    expect(new URL(callback).searchParams.get('iss')).toBe(bank.issuer);
  });
});
