import type { ServerMetadata } from 'openid-client';
import { reviewMetadata } from '../../src/fapi/metadata-review';
import { bankWith } from './support/profile';

/** A server that states all that FAPI 2.0 asks of it. */
const SERVER = {
  issuer: 'https://bank.example',
  authorization_endpoint: 'https://bank.example/authorize',
  token_endpoint: 'https://bank.example/token',
  pushed_authorization_request_endpoint: 'https://bank.example/par',
  jwks_uri: 'https://bank.example/jwks',
  authorization_response_iss_parameter_supported: true,
  code_challenge_methods_supported: ['S256'],
  response_types_supported: ['code'],
  token_endpoint_auth_methods_supported: ['private_key_jwt', 'tls_client_auth'],
  token_endpoint_auth_signing_alg_values_supported: ['PS256', 'Ed25519'],
  dpop_signing_alg_values_supported: ['ES256'],
  id_token_signing_alg_values_supported: ['PS256'],
  authorization_signing_alg_values_supported: ['PS256'],
  request_object_signing_alg_values_supported: ['PS256'],
  response_modes_supported: ['query', 'jwt'],
  authorization_details_types_supported: ['fdx_v1.0'],
  tls_client_certificate_bound_access_tokens: true,
};

function unmet(server: object, changes: object = {}): string[] {
  const profile = bankWith({ openid: true, ...changes });
  const findings = reviewMetadata({ ...SERVER, ...server }, profile);
  return findings.filter(({ verdict }) => verdict === 'unmet').map(({ subject }) => subject);
}

const MTLS = {
  clientAuthentication: { method: 'tls_client_auth' },
  senderConstraint: { method: 'mtls' },
  clientCertificate: { certificateFile: 'cert.pem', keyFile: 'key.pem' },
};
const EDDSA = { clientAuthentication: { method: 'private_key_jwt', algorithm: 'EdDSA' } };
const SIGNED = { request: { signed: true }, responseMode: 'jwt' };

describe('the metadata of a server', () => {
  it.each([
    ['private_key_jwt and DPoP', {}],
    ['mutual TLS for both', MTLS],
    ['EdDSA, which the server spells Ed25519 (RFC 9864)', EDDSA],
    ['signed requests and answers', SIGNED],
    ['the plain OAuth profile', { openid: false }],
  ])('that states everything serves a profile of %s', (_, changes) => {
    expect(unmet({}, changes)).toEqual([]);
  });

  it.each<[string, object, object, string]>([
    [
      'has no PAR endpoint',
      { pushed_authorization_request_endpoint: undefined },
      {},
      'pushed_authorization_request_endpoint',
    ],
    ['has a token endpoint without TLS', { token_endpoint: 'http://bank.example/token' }, {}, 'token_endpoint'],
    ['has a token endpoint that is no text', { token_endpoint: 7 }, {}, 'token_endpoint'],
    ['has no keys for ID tokens', { jwks_uri: undefined }, {}, 'jwks_uri'],
    ['has no keys for signed answers', { jwks_uri: undefined }, { openid: false, responseMode: 'jwt' }, 'jwks_uri'],
    [
      'never sends iss',
      { authorization_response_iss_parameter_supported: false },
      {},
      'authorization_response_iss_parameter_supported',
    ],
    [
      'does not say that it sends iss',
      { authorization_response_iss_parameter_supported: undefined },
      {},
      'authorization_response_iss_parameter_supported',
    ],
    ['knows only plain PKCE', { code_challenge_methods_supported: ['plain'] }, {}, 'code_challenge_methods_supported'],
    [
      'knows only client secrets',
      { token_endpoint_auth_methods_supported: ['client_secret_basic'] },
      {},
      'token_endpoint_auth_methods_supported',
    ],
    [
      'knows only weak assertions',
      { token_endpoint_auth_signing_alg_values_supported: ['RS256', 'HS256', 'none'] },
      {},
      'token_endpoint_auth_signing_alg_values_supported',
    ],
    [
      'knows no DPoP algorithm of ours',
      { dpop_signing_alg_values_supported: ['RS256'] },
      {},
      'dpop_signing_alg_values_supported',
    ],
    [
      'signs ID tokens with RS256 only',
      { id_token_signing_alg_values_supported: ['RS256'] },
      {},
      'id_token_signing_alg_values_supported',
    ],
    [
      'does not sign answers',
      { response_modes_supported: ['query'] },
      { responseMode: 'jwt' },
      'response_modes_supported',
    ],
    [
      'signs answers weakly',
      { authorization_signing_alg_values_supported: ['RS256'] },
      { responseMode: 'jwt' },
      'authorization_signing_alg_values_supported',
    ],
    [
      'takes no signed requests of ours',
      { request_object_signing_alg_values_supported: ['RS256'] },
      { request: { signed: true } },
      'request_object_signing_alg_values_supported',
    ],
    ['demands signed requests', { require_signed_request_object: true }, {}, 'require_signed_request_object'],
    [
      'binds no tokens to certificates',
      { tls_client_certificate_bound_access_tokens: false },
      MTLS,
      'tls_client_certificate_bound_access_tokens',
    ],
    [
      'knows no FDX details',
      { authorization_details_types_supported: ['payment'] },
      {},
      'authorization_details_types_supported',
    ],
    [
      'has no introspection where its consent id is to be found',
      {},
      { fdx: { baseUrl: 'https://bank.example/fdx', consents: { idSource: 'introspection' } } },
      'introspection_endpoint',
    ],
    ['manages no grants', {}, { request: { grantManagementAction: 'create' } }, 'grant_management_endpoint'],
  ])('that %s is not used', (_, server, profile, subject) => {
    expect(unmet(server, profile)).toEqual([subject]);
  });

  it('that leave out optional lists are no fault: the first request will show', () => {
    const lists = Object.keys(SERVER).filter((name) => name.endsWith('_supported') && !name.includes('iss_parameter'));
    expect(unmet(Object.fromEntries(lists.map((name) => [name, undefined])))).toEqual([]);
  });

  it('that sends its issuer inside signed answers need not promise iss (JARM §2.1)', () => {
    expect(unmet({ authorization_response_iss_parameter_supported: undefined }, SIGNED)).toEqual([]);
  });

  it('that hold rubbish are shown short and printable', () => {
    const rubbish = ['x'.repeat(10_000), '\u0007bell', 5, null];
    const profile = bankWith();
    const server = { ...SERVER, response_types_supported: rubbish } as unknown as ServerMetadata;
    const finding = reviewMetadata(server, profile).find(({ subject }) => subject === 'response_types_supported');
    expect(finding).toMatchObject({ offered: 'empty', verdict: 'unmet' });
  });
});
