import { randomUUID } from 'node:crypto';
import { productCommand } from '../../scripts/dev/registration';
import { currentStack } from '../setup/stack-access';
import { Application, consentRequest, type Answer, type Call } from './support/application';
import { query } from './support/database';

const stack = currentStack();
const application = new Application(stack);

const post = (body: string | object, more: Call = {}): Promise<Answer> =>
  application.call('/v1/consents', { method: 'POST', body, ...more });

function expectProblem(answer: Answer, status: number, code: string): void {
  expect([answer.status, answer.json['code']]).toEqual([status, code]);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.json).toMatchObject({
    type: `urn:fdx-consent:failure:${code}`,
    status,
    title: expect.any(String) as string,
    fix: expect.any(String) as string,
    requestId: answer.headers.get('x-request-id'),
  });
}

const account = (cluster: string) => [{ resourceType: 'ACCOUNT', dataClusters: [cluster] }];

describe('a consent request', () => {
  test.each<[string, object, number, string]>([
    ['an unknown institution', { institutionId: 'no-such-bank' }, 422, 'institution_unknown'],
    ['an unknown cluster', { resources: account('HOROSCOPE') }, 422, 'cluster_unknown'],
    ['a cluster named like a property', { resources: account('constructor') }, 422, 'cluster_unknown'],
    ['a duration beyond policy', { durationPeriod: 366 }, 422, 'duration_exceeds_policy'],
    ['a lookback beyond policy', { lookbackPeriod: 3_651 }, 422, 'duration_exceeds_policy'],
    ['a duration of nothing', { durationPeriod: 0 }, 400, 'request_invalid'],
    ['half a day', { durationPeriod: 0.5 }, 400, 'request_invalid'],
    ['days as text', { durationPeriod: '30' }, 400, 'request_invalid'],
    ['days for once', { durationType: 'ONE_TIME' }, 400, 'request_invalid'],
    ['a returnUrl that nobody registered', { returnUrl: 'https://evil.example/' }, 422, 'return_url_unregistered'],
    [
      'a returnUrl that extends a registered one',
      { returnUrl: `${application.returnUrl}.evil.example` },
      422,
      'return_url_unregistered',
    ],
    ['a javascript: returnUrl', { returnUrl: 'javascript:alert(1)' }, 422, 'return_url_unregistered'],
    ['no resources', { resources: [] }, 400, 'request_invalid'],
    ['no clusters', { resources: [{ resourceType: 'ACCOUNT', dataClusters: [] }] }, 400, 'request_invalid'],
    [
      'an unknown resource type',
      { resources: [{ resourceType: 'SOUL', dataClusters: ['TAX'] }] },
      400,
      'request_invalid',
    ],
    ['an unknown field', { urgent: true }, 400, 'request_invalid'],
    ['an unknown field of the person', { person: { reference: 'a', name: 'Alice' } }, 400, 'request_invalid'],
    ['no person', { person: undefined }, 400, 'request_invalid'],
    ['a person without a name', { person: { reference: '' } }, 400, 'request_invalid'],
    ['a reference of 257 characters', { person: { reference: 'a'.repeat(257) } }, 400, 'request_invalid'],
    ['NUL in the purpose', { purpose: 'a\0b' }, 400, 'request_invalid'],
    ['NUL in the reference', { person: { reference: 'a\0b' } }, 400, 'request_invalid'],
    ['NUL in a metadata key', { metadata: { 'a\0b': 'c' } }, 400, 'request_invalid'],
    ['half a surrogate pair in the purpose', { purpose: '\ud800' }, 400, 'request_invalid'],
    ['half a surrogate pair in the reference', { person: { reference: 'a\udc00' } }, 400, 'request_invalid'],
    ['half a surrogate pair in the institution', { institutionId: '\ud800' }, 400, 'request_invalid'],
    ['half a surrogate pair in metadata', { metadata: { note: '\ud800' } }, 400, 'request_invalid'],
    [
      'metadata of 21 entries',
      { metadata: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`k${i}`, 'v'])) },
      400,
      'request_invalid',
    ],
  ])('with %s is refused', async (_, changes, status, code) => {
    expectProblem(await post(consentRequest(changes)), status, code);
  });

  test('with __proto__ among its fields is refused', async () => {
    const body = JSON.stringify(consentRequest()).replace('{', '{"__proto__":{"institutionId":"x"},');
    expectProblem(await post(body), 400, 'request_invalid');
  });

  test('with several faults is told all of them, each with its place', async () => {
    const answer = await post(consentRequest({ purpose: '', person: {}, durationPeriod: -1 }));
    const paths = (answer.json['errors'] as { path: string }[]).map(({ path }) => path).sort();
    expect(paths).toEqual(['durationPeriod', 'person.reference', 'purpose']);
  });

  test.each([
    ['nothing', ''],
    ['half an object', '{"institutionId":'],
    ['a bare word', 'consent'],
    ['a string', '"consent"'],
    ['a raw NUL', '{"a":"\0"}'],
  ])('of %s is refused as malformed', async (_, body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.json['code']).toMatch(/^request_(malformed|invalid)$/);
  });

  test.each([['[]'], ['null'], ['{}'], ['[{}]']])('of %s is refused', async (body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.json['code']).toMatch(/^request_(malformed|invalid)$/);
  });

  test('nested a thousand deep is refused', async () => {
    const answer = await post(`${'['.repeat(1_000)}${']'.repeat(1_000)}`);
    expectProblem(answer, 400, 'request_invalid');
  });

  test('of more than 64 kB is refused before it is read', async () => {
    expectProblem(await post(consentRequest({ purpose: 'a'.repeat(70_000) })), 413, 'request_too_large');
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin-1', 'nonsense'])(
    'sent as %s is refused',
    async (type) => {
      const answer = await post(consentRequest(), { headers: { 'content-type': type } });
      expectProblem(answer, 415, 'media_type_unsupported');
    },
  );

  test('sent compressed is refused', async () => {
    const answer = await post(consentRequest(), { headers: { 'content-encoding': 'gzip' } });
    expectProblem(answer, 415, 'media_type_unsupported');
  });

  test('that is refused leaves nothing behind', async () => {
    const purpose = `refused ${randomUUID()}`;
    await post(consentRequest({ purpose, institutionId: 'no-such-bank' }));
    await post(consentRequest({ purpose, returnUrl: 'https://evil.example/' }));
    await post(consentRequest({ purpose, durationPeriod: 366 }));
    expect(await query(stack, 'SELECT id FROM consents WHERE purpose = $1', [purpose])).toEqual([]);
  });
});

describe('an address', () => {
  test.each([
    '/v1/consents/%00',
    '/v1/consents/%zz',
    '/v1/consents/%ff%fe',
    '/v1/nothing',
    '/%2e%2e/etc/passwd',
    '/v1/consents/..%2f..',
  ])('%s is not found, and is no accident', async (path) => {
    const answer = await application.call(path);
    expect(answer.status).toBe(404);
    expect(answer.json['code']).toMatch(/_not_found$/);
  });

  test.each([
    ['DELETE', '/v1/consents', 'GET, POST'],
    ['PUT', '/v1/consents/cns_1', 'GET, PATCH, DELETE'],
    ['GET', '/v1/consents/cns_1/authorizations', 'POST'],
    ['POST', '/v1/consents/cns_1/authorizations/inv_1', 'DELETE'],
    ['GET', '/v1/consents/cns_1/completion', 'POST'],
    ['DELETE', '/v1/consents/cns_1/deletion-certificate', 'GET'],
    ['POST', '/v1/consents/cns_1/receipt', 'GET'],
    ['POST', '/v1/consents/cns_1/receipts', 'GET'],
    ['DELETE', '/v1/receipts/rcp_1', 'GET'],
    ['PUT', '/v1/receipts/rcp_1/kantara', 'GET'],
    ['POST', '/schemas/consent-receipt/2.json', 'GET'],
    ['POST', '/v1/institutions', 'GET'],
    ['GET', '/v1/institutions/sandbox-bank', 'PUT'],
    ['POST', '/callback', 'GET'],
    ['PUT', '/connect/x', 'GET, POST'],
    ['GET', '/connect/x/renewal', 'POST'],
    ['GET', '/connect/x/end', 'POST'],
    ['GET', '/notifications', 'POST'],
    ['POST', '/healthz', 'GET'],
    ['POST', '/.well-known/jwks.json', 'GET'],
    ['GET', '/codec/decode', 'POST'],
  ])('does not take %s %s and says what it takes', async (method, path, allowed) => {
    const answer = await application.call(path, { method, headers: { accept: 'application/json' } });
    expectProblem(answer, 405, 'method_not_allowed');
    expect(answer.headers.get('allow')).toBe(allowed);
  });
});

describe('a key', () => {
  const routes: [string, string][] = [
    ['POST', '/v1/consents'],
    ['GET', '/v1/consents/cns_1'],
    ['GET', '/v1/consents'],
    ['DELETE', '/v1/consents/cns_1'],
    ['POST', '/v1/consents/cns_1/authorizations'],
    ['DELETE', '/v1/consents/cns_1/authorizations/inv_1'],
    ['POST', '/v1/consents/cns_1/completion'],
    ['GET', '/v1/consents/cns_1/deletion-certificate'],
    ['GET', '/v1/consents/cns_1/receipt'],
    ['GET', '/v1/consents/cns_1/receipts'],
    ['GET', '/v1/receipts/rcp_1'],
    ['GET', '/v1/receipts/rcp_1/kantara'],
    ['GET', '/v1/institutions'],
  ];

  test.each(routes)('is needed for %s %s, and a wrong one is as good as none', async (method, path) => {
    const body = method === 'POST' ? { body: consentRequest() } : {};
    for (const key of [undefined, 'a'.repeat(43), 'short', `${stack.applicationKey}x`]) {
      const answer = await application.call(path, { method, key, ...body });
      expectProblem(answer, 401, 'unauthenticated');
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  });

  test.each(routes)('of an operator opens no application’s door: %s %s', async (method, path) => {
    const body = method === 'POST' ? { body: consentRequest() } : {};
    expectProblem(await application.call(path, { method, key: stack.operatorKey, ...body }), 403, 'forbidden');
  });

  test('of an application opens no operator’s door', async () => {
    const put = { method: 'PUT', body: {} };
    expectProblem(await application.call('/v1/institutions/sandbox-bank', put), 403, 'forbidden');
    const decode = { method: 'POST', body: { payloads: [] } };
    expectProblem(await application.call('/codec/decode', decode), 403, 'forbidden');
  });

  test('in the query is not a key (RFC 6750 §2.3)', async () => {
    const path = `/v1/institutions?access_token=${stack.applicationKey}`;
    expectProblem(await application.call(path, { key: undefined }), 401, 'unauthenticated');
  });
});

test('somebody else’s consent and one that does not exist give the same answer', async () => {
  const { id } = await application.request();
  const details = ['--id', 'nosy', '--name', 'Nosy', '--return-url', 'https://nosy.example/', '--json'];
  const printed = await productCommand(['applications', 'add', ...details], stack.productEnvironment);
  const { apiKey } = JSON.parse(printed) as { apiKey: string };
  const unknown = `cns_${'0'.repeat(32)}`;
  const invitation = `/authorizations/inv_${'0'.repeat(32)}`;
  const routes: [string, string][] = [
    ['GET', ''],
    ['DELETE', ''],
    ['POST', '/authorizations'],
    ['DELETE', invitation],
    ['POST', '/completion'],
    ['GET', '/receipt'],
    ['GET', '/receipts'],
    ['GET', '/deletion-certificate'],
  ];
  for (const [method, suffix] of routes) {
    const [foreign, missing] = [
      await application.call(`/v1/consents/${id}${suffix}`, { method, key: apiKey }),
      await application.call(`/v1/consents/${unknown}${suffix}`, { method, key: apiKey }),
    ];
    expectProblem(foreign, 404, 'consent_not_found');
    expect({ ...foreign.json, requestId: '' }).toEqual({ ...missing.json, requestId: '' });
  }
  // Nothing that was tried did anything, and a list has one's own only.
  expect(await application.consent(id)).toMatchObject({ status: 'requested' });
  expect((await application.call('/v1/consents', { key: apiKey })).json).toEqual({ consents: [] });
});

test('another application’s returnUrl is not ours to use', async () => {
  const answer = await post(consentRequest({ returnUrl: 'https://nosy.example/' }));
  expectProblem(answer, 422, 'return_url_unregistered');
});
