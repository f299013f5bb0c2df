import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { routesOf } from '../../src/api/app';
import { openApiDocument } from '../../src/api/contract/document';
import { ALL_OPERATIONS } from '../../src/api/contract/operations';
import { CONSENT_EXAMPLE } from '../../src/api/contract/schemas/consent';
import type { ApiDependencies } from '../../src/api/dependencies';
import { contractFaults, type Exchange } from '../integration/support/contract';

const document = openApiDocument(ALL_OPERATIONS, '0.0.0');

/** Nothing is asked of it: routes are only put together. */
const nobody = new Proxy({}, { get: () => nobody }) as ApiDependencies;

const CONSENT_ID = CONSENT_EXAMPLE.id;

function answered(changes: Partial<Exchange> = {}): Exchange {
  return {
    method: 'GET',
    path: `/v1/consents/${CONSENT_ID}`,
    status: 200,
    headers: new Headers({
      ...{ 'content-type': 'application/json; charset=utf-8', 'x-request-id': '0198a2b4-c6d8', etag: '"x"' },
    }),
    text: JSON.stringify(CONSENT_EXAMPLE),
    ...changes,
  };
}

describe('the OpenAPI document', () => {
  it('has every operation that is mounted, and no other', () => {
    const mounted = routesOf(nobody).map(({ operation: { method, path } }) => `${method} ${path}`);
    const documented = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    expect(documented.sort()).toEqual(mounted.sort());
  });

  it('names each operation once', () => {
    const ids = ALL_OPERATIONS.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it('has no fault under the recommended rules, strictly', () => {
    const linter = path.join(__dirname, '../architecture/support/lint-openapi.mjs');
    const found = execFileSync(process.execPath, [linter], { input: JSON.stringify(document), encoding: 'utf8' });
    expect(JSON.parse(found)).toEqual([]);
  });

  it('has an answer and a way to fail for every operation', () => {
    for (const { id, answers } of ALL_OPERATIONS) expect([id, Object.keys(answers).length > 0]).toEqual([id, true]);
  });
});

describe('an exchange is held against the document', () => {
  it('and fits when it is as documented', () => {
    expect(contractFaults(answered())).toEqual([]);
  });

  it.each([
    ['a member that is not documented', { text: JSON.stringify({ ...CONSENT_EXAMPLE, colour: 'red' }) }, /colour/],
    ['a member that is missing', { text: JSON.stringify({ ...CONSENT_EXAMPLE, status: undefined }) }, /status/],
    ['a status that is not documented', { status: 418 }, /418/],
    ['a content type that is not documented', { headers: new Headers({ 'content-type': 'text/html' }) }, /text\/html/],
    ['a header that is missing', { headers: new Headers({ 'content-type': 'application/json' }) }, /X-Request-Id/],
    ['a parameter that is not documented', { path: `/v1/consents/${CONSENT_ID}?colour=red` }, /colour/],
    ['a body where none is documented', { body: '{}' }, /body/],
    ['an address that is not documented', { path: '/v1/colours' }, /colours/],
  ])('and does not fit with %s', (_what, changes, said) => {
    expect(contractFaults(answered(changes)).join('\n')).toMatch(said);
  });

  it('nor with a code that the operation cannot have', () => {
    const problem = {
      type: 'urn:fdx-consent:failure:hold_not_found',
      title: 'There is no such legal hold.',
      status: 404,
      code: 'hold_not_found',
      fix: 'List them.',
      requestId: '0198a2b4-c6d8',
    };
    const headers = new Headers({ 'content-type': 'application/problem+json', 'x-request-id': '0198a2b4-c6d8' });
    const faults = contractFaults(answered({ status: 404, headers, text: JSON.stringify(problem) }));
    expect(faults.join('\n')).toMatch(/code must be equal to one of the allowed values/);
  });
});
