import type { Request, Response } from 'express';
import { openApiDocument } from '../../src/api/contract/document';
import { operation } from '../../src/api/contract/operation';
import { getHealthOperation } from '../../src/api/contract/operations/service';
import { sayDeprecated } from '../../src/api/deprecation';

const planted = operation({
  ...getHealthOperation,
  id: 'getOldHealth',
  path: '/old-health',
  deprecated: { since: '2026-02-01T00:00:00Z', sunset: '2027-02-01T00:00:00Z', instead: 'GET /healthz.' },
});

function headersOf(deprecated: typeof planted.deprecated | { since: string; instead: string }) {
  let headers: unknown;
  const request = { get: () => undefined } as unknown as Request;
  const response = { set: (given: unknown) => (headers = given) } as unknown as Response;
  void sayDeprecated(deprecated, 'https://consent.example')(request, response, () => undefined);
  return headers;
}

describe('an operation that will go', () => {
  it('says so with every answer', () => {
    expect(headersOf(planted.deprecated)).toEqual({
      Deprecation: '@1769904000',
      Sunset: 'Mon, 01 Feb 2027 00:00:00 GMT',
      Link: '<https://consent.example/docs>; rel="deprecation"; type="text/html"',
    });
  });

  it('has no last day before there is one', () => {
    expect(headersOf({ since: '2026-02-01T00:00:00Z', instead: '' })).not.toHaveProperty('Sunset');
  });

  it('is not taken with a day that is none', () => {
    expect(() => headersOf({ since: 'soon', instead: '' })).toThrow('RFC 3339');
  });

  it('is marked in the document, with what takes its place and its headers', () => {
    const described = openApiDocument([planted], '0').paths?.['/old-health']?.get;
    expect(described).toMatchObject({
      deprecated: true,
      description: expect.stringContaining('GET /healthz.') as string,
    });
    const answer = described?.responses?.['200'] as { headers: object };
    expect(Object.keys(answer.headers)).toEqual(expect.arrayContaining(['Deprecation', 'Sunset', 'Link']));
    const other = openApiDocument([getHealthOperation], '0').paths?.[getHealthOperation.path]?.get;
    expect(JSON.stringify(other)).not.toMatch(/deprecat/i);
  });
});
