import { failureOfRefusal } from '../../src/data-access/bank-refusal';
import { createDoubtReports } from '../../src/data-access/doubt';
import { acceptableTo, mediaTypeOf } from '../../src/data-access/media-types';
import type { AuthorizationId, ConsentId } from '../../src/domain/ids';
import { readRefusal } from '../../src/fdx/refusal';

const refusal = (status: number, headers: Record<string, string> = {}, body: unknown = {}) =>
  readRefusal(new Response(JSON.stringify(body), { status, headers }));

describe('a bank’s no', () => {
  test.each<[number, unknown, string]>([
    [429, '1106', 'fdx_rate_limited'],
    [503, '602', 'fdx_unreachable'],
    [500, '705', 'fdx_unreachable'],
    [302, '602', 'fdx_response_invalid'],
    [410, undefined, 'fdx_response_invalid'],
    [404, '602', 'grant_in_doubt'],
    [400, 'constructor', 'data_request_refused'],
  ])('%s with FDX code %s is told as %s', async (status, code, expected) => {
    expect(failureOfRefusal(await refusal(status, {}, { code })).code).toBe(expected);
  });

  test('tells codes and nothing that the bank has written', async () => {
    const failure = failureOfRefusal(await refusal(400, {}, { code: 'no <b>code</b>', message: 'Alice' }));
    expect(failure.detail).toBe('HTTP 400.');
  });

  test.each([
    ['120', 120],
    ['999999', 3_600],
    [new Date(Date.now() + 60_000).toUTCString(), 60],
    ['-5', undefined],
    ['soon', undefined],
  ])('with Retry-After %s is waited for %s seconds', async (header, expected) => {
    const { retryAfterSeconds } = await refusal(503, { 'retry-after': header });
    if (expected === undefined) expect(retryAfterSeconds).toBeUndefined();
    else expect(Math.abs((retryAfterSeconds ?? 0) - expected)).toBeLessThanOrEqual(1);
  });
});

describe('a report that a bank refuses data', () => {
  const [consent, grant] = ['cns_1' as ConsentId, 'aut_1' as AuthorizationId];

  test('is made once for as long as it takes to look into it, and again afterwards', async () => {
    let now = 0;
    const reportBank = jest.fn(() => Promise.resolve(true));
    const doubts = createDoubtReports({ engine: { reportBank } }, () => now);
    for (now = 0; now < 30_000; now += 1_000) await doubts.report(consent, grant);
    expect(reportBank.mock.calls).toEqual([[consent, { authorizationId: grant, source: 'data_access' }]]);
    await doubts.report(consent, grant);
    expect(reportBank).toHaveBeenCalledTimes(2);
  });

  test('that nobody hears fails nobody, and is made again by the next', async () => {
    const reportBank = jest.fn(() => Promise.reject(new Error('away')));
    const doubts = createDoubtReports({ engine: { reportBank } });
    await doubts.report(consent, grant);
    await doubts.report(consent, grant);
    expect(reportBank).toHaveBeenCalledTimes(2);
  });
});

describe('the media type of a document', () => {
  test.each([
    ['application/pdf', 'application/pdf'],
    ['Application/PDF; charset=binary', 'application/pdf'],
    ['image/png', 'image/png'],
    ['image/svg+xml', undefined],
    ['text/html', undefined],
    ['application/json', undefined],
    [undefined, undefined],
  ])('%s is passed on as %s', (type, expected) => {
    expect(mediaTypeOf(new Response(null, { headers: type === undefined ? {} : { 'content-type': type } }))).toBe(
      expected,
    );
  });

  test.each([
    [undefined, 'application/pdf'],
    ['*/*', 'application/pdf'],
    ['image/png', 'image/png'],
    ['image/*;q=0.8, application/pdf', 'image/*;q=0.8, application/pdf'],
    ['text/html, image/tiff', 'image/tiff'],
    ['image/png\r\nx: y', 'application/pdf'],
  ])('of a caller who takes %j is asked for as %s', (accept, expected) => {
    expect(acceptableTo(accept)).toBe(expected);
  });
});
