import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { ClientAuth, ServerMetadata } from 'openid-client';
import type { InstitutionProfile } from '../../src/domain/institution';
import { clientAuthenticationOf, signingRequest } from '../../src/fapi/client-authentication';
import { generateSigningKey, localSigner } from '../../src/fapi/client-keys';
import type { Signer } from '../../src/fapi/signer';
import { bankWith } from './support/profile';

const SERVER: ServerMetadata = { issuer: 'https://bank.example', token_endpoint: 'https://bank.example/token' };

let signer: Signer;

beforeAll(async () => {
  const { publicJwk, privateJwk } = await generateSigningKey('ES256');
  signer = await localSigner('ES256', publicJwk, privateJwk);
});

/** What an attempt puts into the request's body. */
async function bodyOf(authenticate: ClientAuth, parameters: Record<string, string> = {}): Promise<URLSearchParams> {
  const body = new URLSearchParams(parameters);
  const awaitable = authenticate as (...given: Parameters<ClientAuth>) => Promise<void>;
  await awaitable(SERVER, { client_id: 'client-1' }, body, new Headers());
  return body;
}

const ES256 = { clientAuthentication: { method: 'private_key_jwt', algorithm: 'ES256' } };
const authenticate = (profile: InstitutionProfile) => clientAuthenticationOf(profile, () => signer);

describe('private_key_jwt', () => {
  it('names the issuer as a single string in aud (FAPI 2.0 Security Profile §5.3.3.1)', async () => {
    const body = await bodyOf(authenticate(bankWith(ES256)));
    expect(decodeJwt(body.get('client_assertion') ?? '')).toMatchObject({
      iss: 'client-1',
      sub: 'client-1',
      aud: 'https://bank.example',
    });
    expect(body.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    expect(decodeProtectedHeader(body.get('client_assertion') ?? '')).toMatchObject({ alg: 'ES256', kid: signer.kid });
  });

  it('names another audience where the bank insists', async () => {
    const audience = 'https://bank.example/token';
    const body = await bodyOf(
      authenticate(bankWith({ clientAuthentication: { ...ES256.clientAuthentication, audience } })),
    );
    expect(decodeJwt(body.get('client_assertion') ?? '').aud).toBe(audience);
  });

  it('is new for every attempt', async () => {
    const each = authenticate(bankWith(ES256));
    const [first, second] = [await bodyOf(each), await bodyOf(each)].map((body) => body.get('client_assertion') ?? '');
    expect(decodeJwt(first ?? '').jti).not.toBe(decodeJwt(second ?? '').jti);
  });

  it('is dated for a bank whose clock is slow, and lives for a minute', async () => {
    const body = await bodyOf(authenticate(bankWith({ ...ES256, clockToleranceSeconds: 45 })));
    const { iat = 0, nbf = 0, exp = 0 } = decodeJwt(body.get('client_assertion') ?? '');
    const now = Date.now() / 1000;
    expect(now - iat).toBeGreaterThanOrEqual(44);
    expect(nbf).toBe(iat);
    expect(exp - now).toBeLessThanOrEqual(60);
  });
});

describe('mutual TLS', () => {
  it('sends client_id and nothing else: the certificate speaks (RFC 8705 §2)', async () => {
    const profile = bankWith({
      clientAuthentication: { method: 'tls_client_auth' },
      clientCertificate: { certificateFile: 'cert.pem', keyFile: 'key.pem' },
    });
    expect(Object.fromEntries(await bodyOf(authenticate(profile)))).toEqual({ client_id: 'client-1' });
  });
});

describe('a signed request (RFC 9101)', () => {
  const parameters = {
    client_id: 'client-1',
    response_type: 'code',
    scope: 'openid',
    state: 'state-1',
    authorization_details: '[{"type":"fdx_v1.0"}]',
  };

  it('carries all parameters in the signature and none beside it', async () => {
    const profile = bankWith({ ...ES256, request: { signed: true } });
    const body = await bodyOf(signingRequest(profile, signer, authenticate(profile)), parameters);
    expect([...body.keys()].sort()).toEqual(['client_assertion', 'client_assertion_type', 'client_id', 'request']);
    const claims = decodeJwt(body.get('request') ?? '');
    expect(claims).toMatchObject({
      ...parameters,
      authorization_details: [{ type: 'fdx_v1.0' }],
      iss: 'client-1',
      aud: 'https://bank.example',
    });
    expect(claims).not.toHaveProperty('sub');
    expect(decodeProtectedHeader(body.get('request') ?? '').typ).toBe('oauth-authz-req+jwt');
  });

  it('has nbf, and ends within 60 minutes of it (FAPI 2.0 Message Signing §5.3.1)', async () => {
    const profile = bankWith({ ...ES256, clockToleranceSeconds: 300 });
    const body = await bodyOf(signingRequest(profile, signer, authenticate(profile)), parameters);
    const { nbf = 0, exp = 0 } = decodeJwt(body.get('request') ?? '');
    expect(nbf).toBeGreaterThan(0);
    expect(exp - nbf).toBeLessThanOrEqual(3600);
  });

  it('is signed anew for every attempt', async () => {
    const profile = bankWith(ES256);
    const each = signingRequest(profile, signer, authenticate(profile));
    const jtis = [await bodyOf(each, parameters), await bodyOf(each, parameters)].map(
      (body) => decodeJwt(body.get('request') ?? '').jti,
    );
    expect(new Set(jtis).size).toBe(2);
  });
});
