import { parseConsentRequest } from '../../src/api/consent-request';
import { RequestFailure } from '../../src/api/problem';
import type { ConsentFailure } from '../../src/domain/failures';
import type { Application } from '../../src/store/applications';

const APPLICATION: Application = {
  id: 'budget-buddy' as Application['id'],
  name: 'Budget Buddy',
  returnUrls: ['https://app.example/done'],
  mayDelegate: false,
  requestsPerMinute: null,
};
const POLICY = { maxConsentDays: 365, maxLookbackDays: 730 };
const BODY = {
  institutionId: 'first-bank',
  person: { reference: 'person-1' },
  purpose: 'Budgeting',
  durationPeriod: 90,
  resources: [{ resourceType: 'ACCOUNT', dataClusters: ['TRANSACTIONS'] }],
};

const parse = (change: object = {}) => parseConsentRequest({ ...BODY, ...change }, APPLICATION, POLICY);

function refusalOf(body: unknown): { readonly code: string; readonly paths: readonly string[]; readonly text: string } {
  try {
    parseConsentRequest(body, APPLICATION, POLICY);
  } catch (error) {
    const faults = error instanceof RequestFailure ? error.faults : [];
    const { code, message } = error as ConsentFailure;
    return { code, paths: faults.map(({ path }) => path), text: `${message} ${JSON.stringify(faults)}` };
  }
  return { code: 'none', paths: [], text: '' };
}

const refusal = (change: object) => refusalOf({ ...BODY, ...change });

describe('a request for a consent', () => {
  it('becomes terms, with clusters named once', () => {
    const { terms, request } = parse({
      lookbackPeriod: 60,
      resources: [{ resourceType: 'ACCOUNT', dataClusters: ['TRANSACTIONS', 'BALANCES', 'TRANSACTIONS'] }],
    });
    expect(terms).toEqual({
      durationType: 'TIME_BOUND',
      durationPeriod: 90,
      lookbackPeriod: 60,
      resources: [{ resourceType: 'ACCOUNT', dataClusters: ['TRANSACTIONS', 'BALANCES'] }],
    });
    expect(request.metadata).toEqual({});
  });

  it('without a period asks for what policy allows, since TIME_BOUND needs a number at the bank', () => {
    expect(parse({ durationPeriod: undefined }).terms.durationPeriod).toBe(365);
  });

  it.each(['ONE_TIME', 'PERSISTENT'])('of %s has no period', (durationType) => {
    expect(parse({ durationType, durationPeriod: undefined }).terms).not.toHaveProperty('durationPeriod');
    expect(refusal({ durationType })).toMatchObject({ code: 'request_invalid', paths: ['durationPeriod'] });
  });

  it('may last and look back as long as policy allows, and not a day longer', () => {
    expect(parse({ durationPeriod: 365, lookbackPeriod: 730 }).terms).toMatchObject({ durationPeriod: 365 });
    expect(refusal({ durationPeriod: 366 })).toMatchObject({ code: 'duration_exceeds_policy' });
    expect(refusal({ lookbackPeriod: 731 })).toMatchObject({ code: 'duration_exceeds_policy' });
  });

  it('with a cluster that FDX does not know names its place', () => {
    const resources = [{ resourceType: 'ACCOUNT', dataClusters: ['TRANSACTIONS', 'toString'] }];
    expect(refusal({ resources })).toMatchObject({ code: 'cluster_unknown', paths: ['dataClusters.1'] });
  });

  it('sends people back to registered addresses only, compared character by character', () => {
    expect(parse({ returnUrl: 'https://app.example/done' }).request.returnUrl).toBe('https://app.example/done');
    for (const returnUrl of [
      'https://app.example/done/',
      'https://app.example/done?x=1',
      'https://evil.example/',
      'x',
    ]) {
      expect(refusal({ returnUrl }).code).toBe('return_url_unregistered');
    }
  });

  it('with several faults is told all of them', () => {
    const { code, paths } = refusal({ institutionId: '', purpose: 42, resources: [], durationPeriod: 0 });
    expect(code).toBe('request_invalid');
    expect(paths).toEqual(expect.arrayContaining(['institutionId', 'purpose', 'resources', 'durationPeriod']));
  });

  it.each([
    ['NUL', 'a\u0000b'],
    ['a line break', 'a\nb'],
    ['an escape', 'a\u001b[31mb'],
    ['a C1 control', 'a\u0085b'],
    ['half a surrogate pair', 'a\ud83d'],
    ['the other half', '\ude00b'],
  ])('with %s in a text is refused: no database keeps it and nobody means it', (_what, purpose) => {
    expect(refusal({ purpose })).toMatchObject({ code: 'request_invalid', paths: ['purpose'] });
    expect(refusal({ metadata: { [purpose]: 'x' } }).code).toBe('request_invalid');
    expect(refusal({ person: { reference: purpose } }).paths).toEqual(['person.reference']);
  });

  it('may speak any language', () => {
    expect(parse({ purpose: 'Бюджет 家計簿 😀' }).request.purpose).toBe('Бюджет 家計簿 😀');
  });

  it.each([
    ['a field we do not know', { scope: 'everything' }],
    ['a purpose that is too long', { purpose: 'x'.repeat(301) }],
    ['a fraction of days', { durationPeriod: 1.5 }],
    ['days as text', { durationPeriod: '90' }],
    [
      'more metadata than allowed',
      { metadata: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`k${i}`, 'v'])) },
    ],
    ['metadata that is no text', { metadata: { a: 1 } }],
    ['too many resources', { resources: Array.from({ length: 11 }, () => BODY.resources[0]) }],
    ['a resource type of its own', { resources: [{ resourceType: 'HOUSE', dataClusters: ['TRANSACTIONS'] }] }],
    ['a resource without clusters', { resources: [{ resourceType: 'ACCOUNT', dataClusters: [] }] }],
  ])('with %s is refused', (_what, change) => {
    expect(refusal(change).code).toBe('request_invalid');
  });

  it.each([undefined, null, 42, 'text', [], [BODY]])('%j is refused without breaking', (body) => {
    expect(refusalOf(body).code).toBe('request_invalid');
  });

  it('is refused without repeating what it held', () => {
    expect(refusal({ purpose: 'canary\u0000', person: { reference: 'canary\n' } }).text).not.toContain('canary');
  });
});
