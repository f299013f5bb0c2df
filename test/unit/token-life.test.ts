import { earlinessOf, phaseOf, stillWorks } from '../../src/custody/token-life';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A token that lives so long, at a moment before its end. */
function phase(lifeMs: number, leftMs: number, earliness = 1): string {
  return phaseOf({ obtainedAt: 0, endsAt: lifeMs }, earliness, lifeMs - leftMs);
}

describe('an access token', () => {
  test.each([
    ['of an hour', 60 * MINUTE, 150 * SECOND, 120 * SECOND, 30 * SECOND],
    ['of five minutes', 5 * MINUTE, 101 * SECOND, 100 * SECOND, 30 * SECOND],
    ['of a minute', MINUTE, 21 * SECOND, 20 * SECOND, 15 * SECOND],
    ['of twelve seconds', 12 * SECOND, 4.1 * SECOND, 4 * SECOND, 3 * SECOND],
  ])('%s is good, then ending, then ended: early by a share of its life', (_, life, good, ending, ended) => {
    expect([phase(life, life), phase(life, good)]).toEqual(['good', 'good']);
    expect([phase(life, ending), phase(life, ended + 1)]).toEqual(['ending', 'ending']);
    expect([phase(life, ended), phase(life, 0), phase(life, -1)]).toEqual(['ended', 'ended', 'ended']);
  });

  test('is refreshed later by a process that is less early, and by all before the last seconds', () => {
    expect([phase(60 * MINUTE, 100 * SECOND, 1), phase(60 * MINUTE, 100 * SECOND, 0.5)]).toEqual(['ending', 'good']);
    expect([phase(60 * MINUTE, 75 * SECOND, 0.5), phase(60 * MINUTE, 31 * SECOND, 0.5)]).toEqual(['ending', 'ending']);
  });

  test('whose end nobody has told is believed until it is refused (RFC 6749 §5.1)', () => {
    expect(phaseOf({ obtainedAt: 0, endsAt: null }, 1, 10 ** 15)).toBe('good');
    expect(stillWorks({ endsAt: null }, 10 ** 15)).toBe(true);
  });

  test('that ended before it came, by clocks that differ, has ended', () => {
    expect(phaseOf({ obtainedAt: 10_000, endsAt: 5_000 }, 1, 4_000)).toBe('ended');
  });

  test('still works until it could end on its way', () => {
    expect([3_000, 2_000, 0, -1].map((left) => stillWorks({ endsAt: left }, 0))).toEqual([true, false, false, false]);
  });
});

describe('how early a grant is refreshed', () => {
  const grants = Array.from({ length: 1_000 }, (_, index) => `auth_${index}`);

  test('is always the same for one grant and process', () => {
    expect(earlinessOf('auth_1', 7)).toBe(earlinessOf('auth_1', 7));
  });

  test('is spread evenly over grants, and over processes, between half of the early time and all of it', () => {
    const overGrants = grants.map((grant) => earlinessOf(grant, 7));
    const overProcesses = grants.map((_, index) => earlinessOf('auth_1', index * 2_654_435));
    for (const shares of [overGrants, overProcesses]) {
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.5);
      expect(Math.max(...shares)).toBeLessThanOrEqual(1);
      const lower = shares.filter((share) => share < 0.75).length;
      expect(lower).toBeGreaterThan(350);
      expect(lower).toBeLessThan(650);
    }
  });
});
