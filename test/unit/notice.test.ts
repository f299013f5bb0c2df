import { DEFAULT_NOTICE_DAYS, dueNotice, nextNoticeAt, type NoticePlan } from '../../src/domain/notice';

const DAY_MS = 24 * 60 * 60 * 1000;
const BEGIN = Date.UTC(2026, 0, 1);
const YEAR: NoticePlan = { deadline: BEGIN + 365 * DAY_MS, knownSince: BEGIN, days: DEFAULT_NOTICE_DAYS };
const left = (days: number, { deadline } = YEAR) => deadline - days * DAY_MS;

describe('the notices of a deadline', () => {
  it('are at least 30 days before it, as FDX asks, and again at 14, 7 and 1', () => {
    expect(DEFAULT_NOTICE_DAYS).toEqual([30, 14, 7, 1]);
  });

  it.each([
    [31, undefined],
    [30, 30],
    [20, 30],
    [14, 14],
    [8, 14],
    [7, 7],
    [1, 1],
    [0, 1],
  ])('with %i days left are %s, the most urgent of those that are due', (days, due) => {
    expect(dueNotice(YEAR, left(days))).toBe(due);
  });

  it.each([
    [30, 20, undefined],
    [30, 13, 14],
    [14, 0.5, 1],
    [1, 0.5, undefined],
    [21, 15, undefined],
    [21, 14, 14],
  ])('after the one of %i days with %s days left are %s', (given, days, due) => {
    expect(dueNotice({ ...YEAR, given }, left(days))).toBe(due);
  });

  it.each([
    [undefined, 30],
    [30, 14],
    [14, 7],
    [10, 7],
    [7, 1],
  ])('after the one of %s days come next with %i left', (given, next) => {
    expect(nextNoticeAt({ ...YEAR, given })).toBe(left(next));
  });

  it('are over after the last', () => {
    expect(nextNoticeAt({ ...YEAR, given: 1 })).toBeUndefined();
  });

  it('are none that were due before anybody could know of it', () => {
    const short = { ...YEAR, deadline: BEGIN + 14 * DAY_MS };
    expect(dueNotice(short, BEGIN)).toBeUndefined();
    expect(nextNoticeAt(short)).toBe(left(7, short));
    expect(nextNoticeAt({ ...YEAR, deadline: BEGIN + 60 * 60 * 1000 })).toBeUndefined();
  });

  it.each([-5_000, 0, 5_000])(
    'are none in the minute in which the person agreed, however the clocks differ (%i ms)',
    (skewMs) => {
      const month = { ...YEAR, deadline: BEGIN + 30 * DAY_MS + skewMs };
      expect(dueNotice(month, BEGIN + 60_000)).toBeUndefined();
      expect(nextNoticeAt(month)).toBe(left(14, month));
    },
  );

  it('follow whatever order and number of days policy names', () => {
    const plan = { ...YEAR, days: [3, 60] };
    expect(nextNoticeAt(plan)).toBe(left(60));
    expect(dueNotice(plan, left(2))).toBe(3);
    expect(nextNoticeAt({ ...YEAR, days: [] })).toBeUndefined();
    expect(dueNotice({ ...YEAR, days: [] }, left(0))).toBeUndefined();
  });

  it('come next at the very instant at which they are due: whoever sleeps until then finds one', () => {
    for (const given of [undefined, 30, 14, 7]) {
      const at = nextNoticeAt({ ...YEAR, given }) ?? 0;
      expect(dueNotice({ ...YEAR, given }, at - 1)).toBeUndefined();
      expect(dueNotice({ ...YEAR, given }, at)).toBeDefined();
    }
  });
});
