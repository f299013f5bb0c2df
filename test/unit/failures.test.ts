import {
  ConsentFailure,
  FAILURES,
  isFailureCode,
  NON_RETRYABLE_CODES,
  type FailureCode,
} from '../../src/domain/failures';

const CODES = Object.keys(FAILURES) as FailureCode[];

describe('the failure table', () => {
  it.each(CODES)('%s says what happened and what to do next, in sentences', (code) => {
    const { title, fix } = FAILURES[code];
    expect(title).toMatch(/^[A-Z].{9,119}\.$/);
    expect(fix).toMatch(/^[A-Z].{9,159}\.$/);
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
  });

  it.each(CODES)('%s has a status that fits its kind', (code) => {
    const { kind, status } = FAILURES[code];
    const expected: Record<typeof kind, RegExp> = {
      invalid: /^4\d\d$/,
      refused: /^200$/,
      misconfigured: /^502$/,
      // 429 where the bank says so itself (RFC 6585 §4); 409 while the same request is carried out.
      unavailable: /^(503|429|409)$/,
      ambiguous: /^202$/,
      bug: /^500$/,
    };
    expect(String(status)).toMatch(expected[kind]);
  });

  it('marks as retryable only what is away, and bugs', () => {
    const retryable = CODES.filter((code) => !NON_RETRYABLE_CODES.includes(code));
    expect(new Set(retryable.map((code) => FAILURES[code].kind))).toEqual(new Set(['unavailable', 'bug']));
  });

  it('never lets an ambiguous exchange or a refused code be tried again', () => {
    expect(NON_RETRYABLE_CODES).toEqual(expect.arrayContaining(['code_exchange_unknown', 'code_exchange_refused']));
  });
});

describe('a failure', () => {
  it('carries its code, its kind and nothing of another error', () => {
    const failure = new ConsentFailure('as_unreachable', 'ECONNREFUSED at par.', 30);
    expect(failure).toMatchObject({ code: 'as_unreachable', kind: 'unavailable', retryAfterSeconds: 30 });
    expect(failure.message).toBe('The authorization server cannot be reached. ECONNREFUSED at par.');
    expect(failure).not.toHaveProperty('cause');
  });

  it.each(['toString', '__proto__', 'constructor', '', 42, undefined])('code %p is not one', (code) => {
    expect(isFailureCode(code)).toBe(false);
  });
});
