import { parseInstitutionProfile, parseInstitutionsFile } from '../../src/institutions/profile';

const MINIMAL = {
  id: 'first-bank',
  name: 'First Bank',
  issuer: 'https://bank.example',
  clientId: 'client',
  fdx: { baseUrl: 'https://bank.example/fdx/v6' },
};

function faultsOf(change: object): readonly string[] {
  const parsed = parseInstitutionProfile({ ...MINIMAL, ...change });
  return 'faults' in parsed ? parsed.faults.map(({ path }) => path) : [];
}

describe('an institution profile', () => {
  it('needs five fields; the rest is what FAPI 2.0 and FDX banks usually want', () => {
    expect(parseInstitutionProfile(MINIMAL)).toEqual({
      ...MINIMAL,
      discovery: 'oidc',
      clockToleranceSeconds: 30,
      allowPrivateAddresses: false,
      clientAuthentication: { method: 'private_key_jwt', algorithm: 'PS256' },
      senderConstraint: { method: 'dpop', algorithm: 'ES256' },
      openid: false,
      idTokenSignedResponseAlg: 'PS256',
      responseMode: 'query',
      authorizationSignedResponseAlg: 'PS256',
      request: {
        signed: false,
        form: 'authorization_details',
        offlineAccess: true,
        extraScopes: [],
        clusterScopes: {},
        scopesWithDetails: true,
        extraParameters: {},
      },
      fdx: {
        baseUrl: 'https://bank.example/fdx/v6',
        consents: { source: 'consent_api', credential: 'user_token', idSource: 'token_response' },
        maxConcurrentRequests: 16,
      },
      notifications: {
        mode: 'none',
        types: ['CONSENT_REVOKED', 'CONSENT_UPDATED'],
        scope: 'fdx:notifications:subscribe',
      },
      tokens: {},
      reconcile: { everyHours: 24, maxPerMinute: 60 },
    });
  });

  it.each([
    ['id', 'First Bank'],
    ['id', '-bank'],
    ['id', 'b'.repeat(64)],
    ['name', '   '],
    ['issuer', 'http://bank.example'],
    ['issuer', 'https://bank.example?tenant=1'],
    ['issuer', 'https://bank.example#x'],
    ['clientId', ''],
    ['clientId', 'ключ'],
    ['discovery', 'guess'],
    ['idTokenSignedResponseAlg', 'RS256'],
    ['idTokenSignedResponseAlg', 'none'],
    ['openid', 'yes'],
    ['responseMode', 'fragment'],
    ['authorizationSignedResponseAlg', 'RS256'],
  ])('with %s %j is refused at that field', (field, value) => {
    expect(faultsOf({ [field]: value })).toEqual([field]);
  });

  it.each([
    [{ clientAuthentication: { algorithm: 'RS256' } }, 'clientAuthentication.algorithm'],
    [{ clientAuthentication: { method: 'client_secret_basic', algorithm: 'PS256' } }, 'clientAuthentication.method'],
    [{ senderConstraint: { method: 'none', algorithm: 'ES256' } }, 'senderConstraint.method'],
    [{ request: { extraScopes: ['two words'] } }, 'request.extraScopes.0'],
    [{ request: { clusterScopes: { NOT_A_CLUSTER: ['x'] } } }, 'request.clusterScopes'],
    [{ fdx: { baseUrl: 'http://bank.example' } }, 'fdx.baseUrl'],
    [{ fdx: { baseUrl: 'https://bank.example', consents: { source: 'guess' } } }, 'fdx.consents.source'],
  ])('with %j is refused at %s', (change, path) => {
    expect(faultsOf(change).join()).toContain(path);
  });

  it('with a misspelt field is refused instead of silently meaning something else', () => {
    expect(parseInstitutionProfile({ ...MINIMAL, opnid: true })).toHaveProperty('faults');
    expect(parseInstitutionProfile({ ...MINIMAL, request: { offline: true } })).toHaveProperty('faults');
  });

  it('lists every fault at once', () => {
    expect(faultsOf({ id: 'X', issuer: 'x', clientId: '', fdx: {} })).toEqual([
      'id',
      'issuer',
      'clientId',
      'fdx.baseUrl',
    ]);
  });

  it.each([undefined, null, [], 'text', 42])('%p is refused without breaking', (input) => {
    expect(parseInstitutionProfile(input)).toHaveProperty('faults');
  });
});

describe('an institutions file', () => {
  it('holds one profile or several', () => {
    expect(parseInstitutionsFile(JSON.stringify(MINIMAL))).toHaveLength(1);
    expect(parseInstitutionsFile(JSON.stringify([MINIMAL, { ...MINIMAL, id: 'second-bank' }]))).toHaveLength(2);
  });

  it('names every fault by index and field', () => {
    const text = JSON.stringify([MINIMAL, { ...MINIMAL, id: 'B' }, { ...MINIMAL, issuer: 'x', clientId: '' }]);
    const attempt = () => parseInstitutionsFile(text);
    for (const fault of [/\[1\] id: /, /\[2\] issuer: /, /\[2\] clientId: /]) expect(attempt).toThrow(fault);
  });
});
