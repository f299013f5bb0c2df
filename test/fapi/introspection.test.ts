import type { Fault } from '../../sandbox/control/fault';
import type { FailureCode } from '../../src/domain/failures';
import { getConsent } from '../../src/fdx/client';
import { ClientAtBank } from './support/client-at-bank';
import { failureOf } from './support/failure';

let at: ClientAtBank;

beforeAll(async () => {
  at = await ClientAtBank.start();
});

afterEach(async () => {
  await at.bank.control('DELETE', '/faults');
  await at.bank.behave({ consentIdIn: 'token_response' });
});

afterAll(() => at.stop());

const introspection = (fault: Fault, times?: number) =>
  at.bank.plant({ endpoint: 'introspection', fault, ...(times !== undefined && { times }) });

describe('the bank’s id of the consent is found', () => {
  test.each(['token_response', 'id_token', 'grant_id'] as const)('without asking, in %s', async (place) => {
    await at.bank.behave({ consentIdIn: place });
    const { bankConsentId, accessToken } = await at.tokens();
    await at.bank.behave({ consentIdIn: 'introspection' });
    expect(bankConsentId).toBe(await at.client.introspectConsentId(accessToken));
  });

  test('by introspection, where the bank tells it nowhere else (RFC 7662)', async () => {
    await at.bank.behave({ consentIdIn: 'introspection' });
    const tokens = await at.tokens();
    expect(tokens.bankConsentId).toBeUndefined();
    const id = await at.client.introspectConsentId(tokens.accessToken);
    const terms = { durationType: 'TIME_BOUND', durationPeriod: 30, resources: [] } as const;
    const grant = await getConsent(
      at.profile,
      (url, request) => at.client.fetchWithToken(tokens, url, request),
      id ?? '',
      terms,
    );
    expect(grant).toBeDefined();
  });

  test.each<[string, Record<string, unknown>]>([
    ['grant_id', { fdxConsentId: undefined, grant_id: 'the-grant' }],
    ['grant_id, beside something that is no id', { fdxConsentId: 42, grant_id: 'the-grant' }],
  ])('by introspection as %s', async (_, set) => {
    const { accessToken } = await at.tokens();
    await introspection({ kind: 'rewrite_json', remove: ['fdxConsentId'], set });
    expect(await at.client.introspectConsentId(accessToken)).toBe('the-grant');
  });
});

describe('no consent is named', () => {
  test('by a bank that tells its id nowhere', async () => {
    await at.bank.behave({ consentIdIn: 'nowhere' });
    const tokens = await at.tokens();
    expect(tokens.bankConsentId).toBeUndefined();
    expect(await at.client.introspectConsentId(tokens.accessToken)).toBeUndefined();
  });

  test('by a token that is no longer active, whatever the answer says beside', async () => {
    const { accessToken } = await at.tokens();
    await at.client.revokeToken(accessToken, 'access_token');
    expect(await at.client.introspectConsentId(accessToken)).toBeUndefined();
    await introspection({ kind: 'rewrite_json', set: { fdxConsentId: 'of-the-past' } });
    expect(await at.client.introspectConsentId(accessToken)).toBeUndefined();
  });

  test('by a token that is not ours', async () => {
    expect(await at.client.introspectConsentId('nobody-knows-this-token')).toBeUndefined();
  });

  test.each<[string, unknown]>([
    ['a number', 42],
    ['nothing', ''],
    ['a book', 'x'.repeat(257)],
    ['an object', { id: 'x' }],
  ])('by %s', async (_, fdxConsentId) => {
    const { accessToken } = await at.tokens();
    await introspection({ kind: 'rewrite_json', set: { fdxConsentId } });
    expect(await at.client.introspectConsentId(accessToken)).toBeUndefined();
  });
});

describe('an introspection', () => {
  test.each<[string, Fault, FailureCode]>([
    [
      'because it does not know us',
      { kind: 'oauth_error', status: 401, error: 'invalid_client' },
      'as_client_rejected',
    ],
    ['because it does not like it', { kind: 'oauth_error', error: 'invalid_request' }, 'as_request_rejected'],
    ['with 403 and no reason', { kind: 'status', status: 403 }, 'as_response_invalid'],
    [
      'with a redirect',
      { kind: 'status', status: 307, headers: { location: 'https://elsewhere.example/' } },
      'as_response_invalid',
    ],
    [
      'with a page for people',
      { kind: 'status', status: 200, body: '<h1>hello</h1>', contentType: 'text/html' },
      'as_response_invalid',
    ],
    ['with JSON that says nothing about the token', { kind: 'status', status: 200, body: {} }, 'as_response_invalid'],
    [
      'with the word true instead of the value',
      { kind: 'rewrite_json', set: { active: 'true' } },
      'as_response_invalid',
    ],
    ['with more than any answer', { kind: 'giant_body', megabytes: 20 }, 'as_unreachable'],
  ])('refused %s', async (_, fault, code) => {
    const { accessToken } = await at.tokens();
    await introspection(fault);
    const failure = await failureOf(at.client.introspectConsentId(accessToken));
    expect(failure.code).toBe(code);
    expect(failure.message).not.toContain(accessToken);
  });

  test.each([429, 503])('refused for the moment with %i: the bank says when to come again', async (status) => {
    const { accessToken } = await at.tokens();
    await introspection({ kind: 'status', status, headers: { 'retry-after': '7' } });
    const failure = await failureOf(at.client.introspectConsentId(accessToken));
    expect([failure.code, failure.retryAfterSeconds]).toEqual(['as_unreachable', 7]);
  });

  test.each(['reset', 'answer_lost', 'timeout'] as const)(
    'whose answer is lost (%s) may be sent again',
    async (kind) => {
      const impatient = at.again({}, { answerTimeoutMs: 1000 });
      const tokens = await impatient.tokens();
      await introspection({ kind }, 1);
      const introspect = () => impatient.client.introspectConsentId(tokens.accessToken);
      expect((await failureOf(introspect())).code).toBe('as_unreachable');
      expect(await introspect()).toBe(tokens.bankConsentId);
      await impatient.client.close();
    },
  );

  test('is not tried at a bank without an endpoint for it', async () => {
    await at.bank.plant({ endpoint: 'discovery', fault: { kind: 'rewrite_json', remove: ['introspection_endpoint'] } });
    const without = at.again();
    expect((await failureOf(without.client.introspectConsentId('token'))).code).toBe('as_metadata_unusable');
    await without.client.close();
  });
});
