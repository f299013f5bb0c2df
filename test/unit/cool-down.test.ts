import { coolDownSeconds, coolingOf, coolsDown } from '../../src/custody/cool-down';
import { ConsentFailure, type FailureCode } from '../../src/domain/failures';

describe('the time after a failed refresh in which nobody asks again', () => {
  test('begins with a second, doubles, and ends at five minutes', () => {
    const middles = [0, 1, 2, 3, 8, 9, 30, 5_000].map((before) => coolDownSeconds(before, undefined, 0.5));
    expect(middles).toEqual([1, 2, 4, 8, 256, 300, 300, 300]);
  });

  test('differs by a fifth either way, so that grants that failed together do not come back together', () => {
    expect(coolDownSeconds(3, undefined, 0)).toBeCloseTo(6.4);
    expect(coolDownSeconds(3, undefined, 1)).toBeCloseTo(9.6);
  });

  test('is never shorter than the bank says (RFC 9110 §10.2.3), and longer where we would wait longer', () => {
    for (const chance of [0, 0.5, 1]) expect(coolDownSeconds(0, 7, chance)).toBeGreaterThanOrEqual(7);
    expect(coolDownSeconds(0, 7, 0.5)).toBe(7.5);
    expect(coolDownSeconds(9, 7, 0.5)).toBe(300);
    expect(coolDownSeconds(0, 86_400, 0)).toBe(86_400);
  });

  test.each<[FailureCode, boolean]>([
    ['as_unreachable', true],
    ['refresh_unknown', true],
    ['as_client_rejected', true],
    ['as_response_invalid', true],
    ['as_keys_unreachable', true],
    ['signing_unavailable', false],
    ['store_unavailable', false],
    ['institution_misconfigured', false],
    ['grant_lost', false],
  ])('follows %s: %s', (code, follows) => {
    expect(coolsDown(new ConsentFailure(code))).toBe(follows);
  });

  test('is told with the failure that began it and whole seconds, and not once it is over', () => {
    const failure = coolingOf({ refresh_failure: 'as_unreachable', cool_down_seconds: 2.1 });
    expect([failure?.code, failure?.retryAfterSeconds]).toEqual(['as_unreachable', 3]);
    expect(coolingOf({ refresh_failure: 'as_unreachable', cool_down_seconds: 0 })).toBeUndefined();
    expect(coolingOf({ refresh_failure: 'as_unreachable', cool_down_seconds: -1 })).toBeUndefined();
    expect(coolingOf({ refresh_failure: null, cool_down_seconds: null })).toBeUndefined();
  });
});
