import {
  clientMetadataFor,
  type ClientMetadata,
  type RegistrationTerms,
  type UnregisteredProfile,
} from '../../src/domain/registration';
import { profileRegisteredAs, reviewRegistration } from '../../src/domain/registration-review';
import { parseRegistrationTerms } from '../../src/institutions/registration-file';

const OWN = { redirectUri: 'https://we.example/callback', jwksUri: 'https://we.example/.well-known/jwks.json' };

function termsWith(profile: object = {}, metadata: object = {}): RegistrationTerms {
  const terms = parseRegistrationTerms({
    id: 'bank',
    name: 'Bank',
    issuer: 'https://bank.example',
    openid: true,
    fdx: { baseUrl: 'https://bank.example/fdx' },
    ...profile,
    registration: { dataClusters: ['TRANSACTIONS'], metadata: { client_name: 'Budget Bee', ...metadata } },
  });
  if ('faults' in terms) throw new Error(JSON.stringify(terms.faults));
  return terms;
}

const asked = (profile: object = {}, metadata: object = {}): ClientMetadata =>
  clientMetadataFor(termsWith(profile, metadata), OWN);

describe('the metadata we register', () => {
  it('are what we are going to do there, and no more', () => {
    expect(asked()).toEqual({
      client_name: 'Budget Bee',
      redirect_uris: [OWN.redirectUri],
      jwks_uri: OWN.jwksUri,
      response_types: ['code'],
      grant_types: ['authorization_code', 'refresh_token'],
      require_pushed_authorization_requests: true,
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'PS256',
      dpop_bound_access_tokens: true,
      id_token_signed_response_alg: 'PS256',
      authorization_details_types: ['fdx_v1.0'],
      scope: 'openid offline_access fdx:transactions:read',
    });
  });

  it('follow the profile: certificates, signed requests and answers, grants that can be managed', () => {
    const metadata = asked({
      openid: false,
      clientAuthentication: { method: 'tls_client_auth' },
      senderConstraint: { method: 'mtls' },
      clientCertificate: { certificateFile: 'c.pem', keyFile: 'k.pem' },
      responseMode: 'jwt',
      request: { signed: true, form: 'scope', offlineAccess: false, grantManagementAction: 'create' },
    });
    expect(metadata).toMatchObject({
      token_endpoint_auth_method: 'tls_client_auth',
      tls_client_certificate_bound_access_tokens: true,
      authorization_signed_response_alg: 'PS256',
      request_object_signing_alg: 'PS256',
      require_signed_request_object: true,
      grant_types: ['authorization_code', 'client_credentials'],
      scope: 'fdx:transactions:read grant_management_query grant_management_revoke',
    });
    for (const name of ['token_endpoint_auth_signing_alg', 'dpop_bound_access_tokens', 'authorization_details_types']) {
      expect(metadata).not.toHaveProperty(name);
    }
  });

  it('take the operator’s scope in place of the derived one, and never another redirect URI', () => {
    expect(asked({}, { scope: 'accounts' })).toMatchObject({ scope: 'accounts' });
    expect(
      parseRegistrationTerms({ registration: { metadata: { redirect_uris: ['https://x.example'] } } }),
    ).toHaveProperty('faults');
  });
});

describe('what a bank registered', () => {
  const signed = { responseMode: 'jwt', request: { signed: true } };

  it.each<[string, object, ClientMetadata]>([
    ['another authentication', {}, { token_endpoint_auth_method: 'client_secret_basic' }],
    ['no authentication, which means a secret (RFC 7591 §2)', {}, { token_endpoint_auth_method: undefined }],
    ['one more redirect URI', {}, { redirect_uris: [OWN.redirectUri, 'https://x.example/cb'] }],
    ['no redirect URI', {}, { redirect_uris: undefined }],
    ['another key set', {}, { jwks_uri: 'https://x.example/jwks' }],
    ['keys of its own', {}, { jwks: { keys: [] } }],
    ['a weak assertion', {}, { token_endpoint_auth_signing_alg: 'RS256' }],
    ['an unsigned ID token', {}, { id_token_signed_response_alg: 'none' }],
    ['the default for ID tokens, which is RS256', {}, { id_token_signed_response_alg: undefined }],
    ['a weakly signed answer', signed, { authorization_signed_response_alg: 'HS256' }],
    ['an unsigned request', signed, { request_object_signing_alg: 'none' }],
    ['tokens that are not bound', {}, { dpop_bound_access_tokens: false }],
    ['an implicit grant', {}, { grant_types: ['authorization_code', 'implicit'] }],
    ['no code grant', {}, { grant_types: ['refresh_token'] }],
    ['an implicit response', {}, { response_types: ['code', 'token'] }],
  ])('with %s is weaker than asked', (_, profile, change) => {
    const registered = { ...asked(profile), ...change };
    const { weaknesses } = reviewRegistration(asked(profile), registered);
    expect(weaknesses).toEqual([expect.stringContaining(Object.keys(change)[0] ?? '')]);
  });

  it('in another order, under another name of the same algorithm, or with more beside it is the same', () => {
    const profile = { clientAuthentication: { method: 'private_key_jwt', algorithm: 'EdDSA' } };
    const registered = {
      ...asked(profile),
      grant_types: ['refresh_token', 'authorization_code'],
      scope: 'fdx:transactions:read openid offline_access',
      token_endpoint_auth_signing_alg: 'Ed25519',
      client_id_issued_at: 1,
    };
    expect(reviewRegistration(asked(profile), registered)).toEqual({ weaknesses: [], differences: [] });
  });

  it.each<[ClientMetadata, string]>([
    [{ scope: 'openid' }, 'scope: asked openid offline_access fdx:transactions:read, registered openid'],
    [{ grant_types: ['authorization_code'] }, 'grant_types: asked ["authorization_code","refresh_token"]'],
    [{ id_token_signed_response_alg: 'ES256' }, 'id_token_signed_response_alg: asked PS256, registered ES256'],
    [{ client_name: undefined }, 'client_name: asked Budget Bee, registered nothing'],
    [{ client_name: 'x'.repeat(500) }, `registered ${'x'.repeat(200)}…`],
    [{ client_name: 'line\nbreak' }, 'registered something unprintable'],
  ])('otherwise but not weaker is told: %j', (change, said) => {
    const { weaknesses, differences } = reviewRegistration(asked(), { ...asked(), ...change });
    expect(weaknesses).toEqual([]);
    expect(differences).toEqual([expect.stringContaining(said)]);
  });
});

describe('the profile after a registration', () => {
  const template = (profile: object = {}): UnregisteredProfile => termsWith(profile).template;

  it('has the client id, and the algorithms that the bank chose', () => {
    const chosen = {
      token_endpoint_auth_signing_alg: 'ES256',
      id_token_signed_response_alg: 'ES256',
      authorization_signed_response_alg: 'Ed25519',
      request_object_signing_alg: 'ES256',
    };
    const profile = profileRegisteredAs('c1', template({ responseMode: 'jwt', request: { signed: true } }), chosen);
    expect(profile).toMatchObject({
      id: 'bank',
      clientId: 'c1',
      clientAuthentication: { method: 'private_key_jwt', algorithm: 'ES256' },
      idTokenSignedResponseAlg: 'ES256',
      authorizationSignedResponseAlg: 'EdDSA',
      request: { signed: true, signingAlgorithm: 'ES256' },
    });
  });

  it('is as asked where the bank says nothing, and where it says something about what is not used', () => {
    expect(profileRegisteredAs('c1', template(), {})).toEqual({ ...template(), clientId: 'c1' });
    const unused = { id_token_signed_response_alg: 'ES256', authorization_signed_response_alg: 'RS256' };
    expect(profileRegisteredAs('c1', template({ openid: false }), unused)).toMatchObject({
      idTokenSignedResponseAlg: 'PS256',
      authorizationSignedResponseAlg: 'PS256',
    });
  });
});
