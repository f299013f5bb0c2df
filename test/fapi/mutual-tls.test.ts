import { readFileSync } from 'node:fs';
import { keyOfCertificate } from '../../scripts/dev/institutions';
import { CLIENT_SUBJECT, type CertificateFiles } from '../../scripts/setup/certificates';
import { bindingOf } from '../../src/fapi/authorization';
import { ClientAtBank, Custody } from './support/client-at-bank';

let at: ClientAtBank;

/** A client that signs no assertions has no algorithm for them. */
const BY_CERTIFICATE = { token_endpoint_auth_signing_alg: undefined };

beforeAll(async () => {
  at = await ClientAtBank.start(
    {},
    {
      clients: ({ selfSignedClient }) => [
        {
          client_id: 'by-authority',
          ...BY_CERTIFICATE,
          token_endpoint_auth_method: 'tls_client_auth',
          tls_client_auth_subject_dn: CLIENT_SUBJECT,
          tls_client_certificate_bound_access_tokens: true,
        },
        {
          client_id: 'by-another-subject',
          ...BY_CERTIFICATE,
          token_endpoint_auth_method: 'tls_client_auth',
          tls_client_auth_subject_dn: 'CN=somebody-else',
        },
        {
          client_id: 'by-its-key',
          ...BY_CERTIFICATE,
          token_endpoint_auth_method: 'self_signed_tls_client_auth',
          jwks: { keys: [keyOfCertificate(readFileSync(selfSignedClient.certificateFile, 'utf8'))] },
        },
        {
          client_id: 'by-assertion',
          token_endpoint_auth_method: 'private_key_jwt',
          tls_client_certificate_bound_access_tokens: true,
        },
      ],
    },
  );
});

afterAll(() => at.stop());

interface Pair {
  clientId: string;
  clientAuthentication: object;
  senderConstraint: object;
  certificate: CertificateFiles;
}

function as({ certificate, ...pair }: Pair): ClientAtBank {
  const { certificateFile, keyFile } = certificate;
  return at.again({
    ...pair,
    clientCertificate: { certificateFile, keyFile },
    fdx: { baseUrl: `${at.bank.mtlsUrl}/fdx/v6` },
  });
}

const MTLS = { method: 'mtls' };
const DPOP = { method: 'dpop', algorithm: 'ES256' };
const byAuthority = (certificate = at.bank.certificates.client): Pair => ({
  clientId: 'by-authority',
  clientAuthentication: { method: 'tls_client_auth' },
  senderConstraint: MTLS,
  certificate,
});
const byItsKey = (certificate = at.bank.certificates.selfSignedClient): Pair => ({
  clientId: 'by-its-key',
  clientAuthentication: { method: 'self_signed_tls_client_auth' },
  senderConstraint: DPOP,
  certificate,
});
const byAssertion = (certificate = at.bank.certificates.client): Pair => ({
  clientId: 'by-assertion',
  clientAuthentication: { method: 'private_key_jwt', algorithm: 'ES256' },
  senderConstraint: MTLS,
  certificate,
});

describe('the four pairs of authentication and sender constraint (FAPI 2.0 §5.3.3.1)', () => {
  test('private_key_jwt with DPoP', async () => {
    expect((await at.accounts(await at.tokens())).status).toBe(200);
  });

  test.each<[string, () => Pair]>([
    ['mutual TLS with certificate-bound tokens', byAuthority],
    ['mutual TLS by a registered key, with DPoP', byItsKey],
    ['private_key_jwt with certificate-bound tokens', byAssertion],
  ])('%s', async (_, pair) => {
    const client = as(pair());
    const tokens = await client.tokens();
    expect((await client.accounts(tokens)).status).toBe(200);
    const refreshed = await client.client.refreshTokens(tokens.refreshToken ?? '', bindingOf(tokens), new Custody());
    expect((await client.accounts(refreshed)).status).toBe(200);
    expect((await client.client.clientCredentialsToken('fdx:consents:read')).accessToken).not.toBe('');
    await client.client.revokeToken(refreshed.accessToken, 'access_token');
    expect((await client.accounts(refreshed)).status).toBe(401);
    await client.client.close();
  });
});

describe('a certificate', () => {
  test.each<[string, () => Pair]>([
    ['that no authority of the bank has issued', () => byAuthority(at.bank.certificates.selfSignedClient)],
    ['of another subject', () => ({ ...byAuthority(), clientId: 'by-another-subject', senderConstraint: DPOP })],
    ['whose key is not registered', () => byItsKey(at.bank.certificates.client)],
  ])('%s is no client (RFC 8705 §2)', async (_, pair) => {
    const client = as(pair());
    await expect(client.comeBack()).rejects.toMatchObject({ code: 'as_client_rejected' });
    await client.client.close();
  });

  test('that has changed is refreshed into the tokens before they are used (RFC 8705 §6.3)', async () => {
    const before = as(byAssertion());
    const tokens = await before.tokens();
    const after = as(byAssertion(at.bank.certificates.renewedClient));
    await expect(after.accounts(tokens)).rejects.toMatchObject({ code: 'sender_certificate_changed' });
    const refreshed = await after.client.refreshTokens(tokens.refreshToken ?? '', bindingOf(tokens), new Custody());
    expect(bindingOf(refreshed)).not.toEqual(bindingOf(tokens));
    expect((await after.accounts(refreshed)).status).toBe(200);
    await Promise.all([before.client.close(), after.client.close()]);
  });

  test('that is not a certificate is told by its file, never by its content', () => {
    const certificate = { certificateFile: at.bank.certificates.caFile, keyFile: at.bank.certificates.client.keyFile };
    expect(() => as(byAuthority(certificate))).toThrow(
      expect.objectContaining({ code: 'institution_misconfigured' }) as Error,
    );
    const missing = { certificateFile: '/nowhere/cert.pem', keyFile: '/nowhere/key.pem' };
    expect(() => as(byAuthority(missing))).toThrow(/\/nowhere\/cert\.pem cannot be read: ENOENT/);
  });
});

test('the aliases of the metadata are followed, for they are where certificates are asked for (RFC 8705 §5)', async () => {
  await at.bank.plant({
    endpoint: 'discovery',
    fault: { kind: 'rewrite_json', remove: ['mtls_endpoint_aliases'] },
  });
  const without = as(byAuthority());
  await expect(without.comeBack()).rejects.toMatchObject({ code: 'as_client_rejected' });
  await at.bank.control('DELETE', '/faults');
  const client = as(byAuthority());
  await expect(client.comeBack()).resolves.toBeDefined();
  await Promise.all([without.client.close(), client.client.close()]);
});
