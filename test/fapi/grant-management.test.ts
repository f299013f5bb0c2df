import type { Fault } from '../../sandbox/control/fault';
import { CLIENT_SUBJECT } from '../../scripts/setup/certificates';
import type { FailureCode } from '../../src/domain/failures';
import { bindingOf } from '../../src/fapi/authorization';
import type { BoundTokens } from '../../src/fapi/token-set';
import { ClientAtBank, Custody } from './support/client-at-bank';
import { failureOf } from './support/failure';

/** Ours, asking for grants it can manage. */
let at: ClientAtBank;
let bare: ClientAtBank;

const MANAGING = { request: { grantManagementAction: 'create' } };

beforeAll(async () => {
  bare = await ClientAtBank.start(
    {},
    {
      clients: [
        { client_id: 'another-client' },
        {
          client_id: 'by-certificate',
          token_endpoint_auth_method: 'tls_client_auth',
          token_endpoint_auth_signing_alg: undefined,
          tls_client_auth_subject_dn: CLIENT_SUBJECT,
          tls_client_certificate_bound_access_tokens: true,
        },
      ],
    },
  );
  at = bare.again(MANAGING);
});

afterEach(async () => {
  await at.bank.control('DELETE', '/faults');
  await at.bank.control('DELETE', '/requests');
});

afterAll(async () => {
  await at.client.close();
  await bare.stop();
});

const grants = (fault: Fault, times?: number) =>
  at.bank.plant({ endpoint: 'grants', fault, ...(times !== undefined && { times }) });

async function managed(by = at): Promise<{ tokens: BoundTokens; grantId: string }> {
  const tokens = await by.tokens();
  if (tokens.grantId === undefined) throw new Error('no grant_id');
  return { tokens, grantId: tokens.grantId };
}

const deeds = {
  'a query': (by: ClientAtBank, grantId: string): Promise<unknown> => by.client.queryGrant(grantId),
  'a revocation': (by: ClientAtBank, grantId: string): Promise<unknown> => by.client.revokeGrant(grantId),
};
const eachDeed = Object.entries(deeds);

describe('a grant_id (Grant Management, draft §5.4)', () => {
  test('comes with the tokens where it is asked for, and names the consent', async () => {
    const { tokens, grantId } = await managed();
    expect(tokens.bankConsentId).toBe(grantId);
    const [pushed] = (await at.bank.requests('par')).requests;
    expect(pushed?.bodyParameters).toContain('grant_management_action');
  });

  test('is not asked for unless the profile says so', async () => {
    expect((await bare.tokens()).grantId).toBeUndefined();
  });

  test('stays the same when tokens are refreshed', async () => {
    const { tokens, grantId } = await managed();
    const refreshed = await at.client.refreshTokens(tokens.refreshToken ?? '', bindingOf(tokens), new Custody());
    expect(refreshed.grantId).toBe(grantId);
  });
});

describe('a query (§6.4)', () => {
  test('answered: what was granted, as the token response had it', async () => {
    const { tokens, grantId } = await managed();
    const grant = await at.client.queryGrant(grantId);
    expect(grant?.authorizationDetails).toEqual(tokens.authorizationDetails);
    expect(grant?.scopes).toEqual(expect.arrayContaining(['openid', 'offline_access', 'fdx:transactions:read']));
  });

  test('of a grant the bank never gave: there is none', async () => {
    expect(await at.client.queryGrant('nothing')).toBeUndefined();
    // An id is opaque: whatever it holds, it names one resource below the endpoint and no other.
    expect(await at.client.queryGrant('../accounts?all=1#x')).toBeUndefined();
  });

  test.each<[string, unknown]>([
    ['without scopes', { authorization_details: [] }],
    ['with scopes of a shape nobody knows', { scopes: ['openid', null, { scope: 7 }], authorization_details: {} }],
  ])('answered %s: it names none', async (_, body) => {
    const { grantId } = await managed();
    await grants({ kind: 'status', status: 200, body });
    expect(await at.client.queryGrant(grantId)).toEqual({ scopes: [], authorizationDetails: [] });
  });

  test.each<[string, Fault]>([
    ['a page for people', { kind: 'status', status: 200, body: '<h1>hello</h1>', contentType: 'text/html' }],
    ['a list', { kind: 'status', status: 200, body: [] }],
    ['nothing', { kind: 'status', status: 200, body: '' }],
    ['JSON without its end', { kind: 'malformed_json' }],
  ])('answered with %s is refused', async (_, fault) => {
    const { grantId } = await managed();
    await grants(fault);
    expect((await failureOf(at.client.queryGrant(grantId))).code).toBe('as_response_invalid');
  });
});

describe('a revocation (§6.5)', () => {
  test('answered: the tokens are dead, and the grant is gone', async () => {
    const { tokens, grantId } = await managed();
    await at.client.revokeGrant(grantId);
    expect((await at.accounts(tokens)).status).toBe(401);
    const refresh = at.client.refreshTokens(tokens.refreshToken ?? '', bindingOf(tokens), new Custody());
    expect((await failureOf(refresh)).code).toBe('grant_lost');
    expect(await at.client.queryGrant(grantId)).toBeUndefined();
  });

  test('of a grant that is gone already is done', async () => {
    const { grantId } = await managed();
    await at.client.revokeGrant(grantId);
    await expect(at.client.revokeGrant(grantId)).resolves.toBeUndefined();
  });

  test('whose answer is lost may be sent again', async () => {
    const { grantId } = await managed();
    await grants({ kind: 'answer_lost' }, 1);
    expect((await failureOf(at.client.revokeGrant(grantId))).code).toBe('as_unreachable');
    await expect(at.client.revokeGrant(grantId)).resolves.toBeUndefined();
  });
});

describe.each(eachDeed)('%s', (name, deed) => {
  test('of another client’s grant is refused, and the grant lives on (§6.6)', async () => {
    const { tokens, grantId } = await managed();
    const another = at.again({ clientId: 'another-client' });
    expect((await failureOf(deed(another, grantId))).code).toBe('as_request_rejected');
    expect((await at.accounts(tokens)).status).toBe(200);
    await another.client.close();
  });

  test.each<[string, Fault, FailureCode]>([
    ['401', { kind: 'status', status: 401 }, 'as_request_rejected'],
    ['a redirect', { kind: 'status', status: 307, headers: { location: 'https://x.example/' } }, 'as_request_rejected'],
    ['500', { kind: 'status', status: 500 }, 'as_unreachable'],
  ])('answered with %s is refused, and no secret is told', async (_, fault, code) => {
    const { grantId } = await managed();
    await grants(fault);
    const failure = await failureOf(deed(at, grantId));
    expect(failure.code).toBe(code);
    expect(`${failure.message} ${failure.detail ?? ''}`).not.toMatch(/eyJ|DPoP/);
  });

  test.each([429, 503])('refused for the moment with %i: the bank says when to come again', async (status) => {
    const { grantId } = await managed();
    await grants({ kind: 'status', status, headers: { 'retry-after': '7' } }, 1);
    const failure = await failureOf(deed(at, grantId));
    expect([failure.code, failure.retryAfterSeconds]).toEqual(['as_unreachable', 7]);
    await deed(at, grantId);
  });

  test.each(['reset', 'timeout'] as const)('that is not answered (%s) may be sent again', async (kind) => {
    const impatient = at.again(MANAGING, { answerTimeoutMs: 1000 });
    const { grantId } = await managed(impatient);
    // A GET whose connection broke has been sent again by itself.
    await grants({ kind }, kind === 'reset' && name === 'a query' ? 2 : 1);
    expect((await failureOf(deed(impatient, grantId))).code).toBe('as_unreachable');
    await deed(impatient, grantId);
    await impatient.client.close();
  });

  test('needs a token of our own first: without one the grant is not asked about', async () => {
    const { grantId } = await managed();
    await at.bank.plant({ endpoint: 'token', fault: { kind: 'oauth_error', status: 401, error: 'invalid_client' } });
    expect((await failureOf(deed(at, grantId))).code).toBe('as_client_rejected');
    expect((await at.bank.requests('grants')).requests).toEqual([]);
  });

  test('is not tried at a bank that manages no grants', async () => {
    const fault = { kind: 'rewrite_json' as const, remove: ['grant_management_endpoint'] };
    await at.bank.plant({ endpoint: 'discovery', fault });
    const without = at.again();
    expect((await failureOf(deed(without, 'grant'))).code).toBe('as_metadata_unusable');
    await without.client.close();
  });

  test('goes to the door for certificates when the token is bound to one (RFC 8705 §5)', async () => {
    const { certificateFile, keyFile } = at.bank.certificates.client;
    const certified = at.again({
      ...MANAGING,
      clientId: 'by-certificate',
      clientAuthentication: { method: 'tls_client_auth' },
      senderConstraint: { method: 'mtls' },
      clientCertificate: { certificateFile, keyFile },
      fdx: { baseUrl: `${at.bank.mtlsUrl}/fdx/v6` },
    });
    const { grantId } = await managed(certified);
    await deed(certified, grantId);
    await certified.client.close();
  });
});
