import { parseCallback } from '../../src/api/callback-parameters';
import type { ConsentFailure, FailureCode } from '../../src/domain/failures';

function failureOf(query: unknown): FailureCode | 'none' {
  try {
    parseCallback(query);
  } catch (error) {
    return (error as ConsentFailure).code;
  }
  return 'none';
}

const ISS = 'https://bank.example';

describe('the query of a callback', () => {
  it('brings a code or an error, with state and iss', () => {
    expect(parseCallback({ state: 's', iss: ISS, code: 'c' })).toEqual({
      state: 's',
      iss: ISS,
      answer: { kind: 'code', code: 'c' },
    });
    expect(parseCallback({ state: 's', iss: ISS, error: 'access_denied', error_description: 'no' })).toEqual({
      state: 's',
      iss: ISS,
      answer: { kind: 'error', error: 'access_denied' },
    });
  });

  it('may hold parameters that later standards add', () => {
    expect(failureOf({ state: 's', iss: ISS, code: 'c', session_state: 'x' })).toBe('none');
  });

  it.each([
    ['neither code nor error', { state: 's' }],
    ['both code and error', { state: 's', code: 'c', error: 'access_denied' }],
    ['an empty code', { state: 's', code: '' }],
    ['two codes (RFC 6749 §3.1)', { state: 's', code: ['a', 'b'] }],
    ['two issuers', { state: 's', code: 'c', iss: [ISS, ISS] }],
    ['a code with control characters', { state: 's', code: 'a\nb' }],
    ['a code that is too long', { state: 's', code: 'c'.repeat(4_097) }],
    ['an error name outside the alphabet', { state: 's', error: '<script>' }],
    ['a state that is too long', { state: 's'.repeat(513), code: 'c' }],
  ])('with %s is invalid', (_what, query) => {
    expect(failureOf(query)).toBe('callback_invalid');
  });

  it.each([
    ['no state', { code: 'c' }],
    ['two states', { state: ['a', 'b'], code: 'c' }],
    ['nothing', {}],
  ])('with %s belongs to no request of ours', (_what, query) => {
    expect(failureOf(query)).toBe('callback_state_unknown');
  });
});

describe('a signed answer (JARM)', () => {
  const jwt = (claims: object) =>
    [{ alg: 'PS256' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') +
    '.sig';

  it('is kept whole; only state and issuer are read before its signature was checked', () => {
    const response = jwt({ iss: ISS, state: 's', code: 'c', aud: 'us', exp: 1 });
    expect(parseCallback({ response })).toEqual({ state: 's', iss: ISS, answer: { kind: 'response', response } });
  });

  it.each([
    ['beside parameters that are not signed', { response: jwt({ iss: ISS, state: 's' }), code: 'c' }],
    ['without a state', { response: jwt({ iss: ISS, code: 'c' }) }],
    ['without an issuer', { response: jwt({ state: 's', code: 'c' }) }],
    ['that is no JWT', { response: 'a.b.c' }],
    ['that is empty', { response: '' }],
    ['given twice', { response: [jwt({ iss: ISS, state: 's' }), jwt({ iss: ISS, state: 's' })] }],
    ['that is too long', { response: jwt({ iss: ISS, state: 's', code: 'c'.repeat(16_384) }) }],
  ])('%s is invalid', (_what, query) => {
    expect(failureOf(query)).toBe('callback_invalid');
  });
});
