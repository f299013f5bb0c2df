import { judgeKey } from '../../src/doctor/access-checks';
import { ok, severalOf, warn } from '../../src/doctor/check';
import { examine } from '../../src/doctor/examine';
import type { Surroundings } from '../../src/doctor/surroundings';
import { judgeDeadLetters, judgeDeliveries, judgeEndpoint } from '../../src/doctor/webhook-checks';
import { judgeKept } from '../../src/doctor/work-checks';
import type { ApplicationId } from '../../src/domain/ids';
import { partFaultOf } from '../../src/temporal/part-faults';
import { failureOfStatus } from '../../src/webhooks/failure-words';

const NOW = Date.parse('2026-11-28T12:00:00Z');
const daysFromNow = (days: number) => new Date(NOW + days * 86_400_000);
const applicationId = 'budget-bee' as ApplicationId;

describe('of API keys the doctor', () => {
  const key = { id: 'key_1', applicationId, label: 'nightly', expiresAt: daysFromNow(3.5), lastUsedAt: null };

  it.each([
    [{}, 'ends in 3 days, never used', 'keys rotate budget-bee key_1, if it'],
    [{ expiresAt: daysFromNow(0.5), lastUsedAt: daysFromNow(-2) }, 'ends within a day, last used 2 d ago', 'rotate'],
    [{ isRotated: true }, 'ends in 3 days', 'keys create budget-bee --label nightly, if it'],
    [{ isRotated: true, label: "Ann's; rm" }, 'ends in 3 days', `--label 'Ann'\\''s; rm', if it`],
  ])('says of %j what ends, and what to run', (changes, what, fix) => {
    const finding = judgeKey({ ...key, isRotated: false, ...changes }, NOW);
    expect(finding.verdict).toBe('warn');
    expect(finding.what).toContain(what);
    expect(finding.fix).toContain(fix);
  });
});

describe('of webhooks the doctor', () => {
  const endpoint = { id: 'whe_1', applicationId, isDisabled: true, reason: 'failing', failingSince: daysFromNow(-6) };

  it('says since when to send again to an endpoint that was disabled', () => {
    const { fix } = judgeEndpoint(endpoint);
    expect(fix).toContain('webhooks resume whe_1,');
    expect(fix).toContain('webhooks replay whe_1 --since 2026-11-22T12:00:00.000Z;');
    expect(judgeEndpoint({ ...endpoint, failingSince: null, reason: null })).toMatchObject({
      what: 'whe_1 of budget-bee is disabled',
      fix: expect.stringContaining('--since INSTANT') as string,
    });
  });

  it('fails when nobody sends, warns of what is slow, and tells both', () => {
    const nothing = { unlooked: 0, oldestUnlookedAt: null, behind: 0, oldestBehindAt: null };
    const unlooked = { unlooked: 2, oldestUnlookedAt: new Date(Date.now() - 600_000) };
    const behind = { behind: 3, oldestBehindAt: new Date(Date.now() - 7_300_000) };
    expect(judgeDeliveries(nothing)).toEqual(ok('nothing is overdue'));
    expect(judgeDeliveries({ ...nothing, ...behind }).verdict).toBe('warn');
    const both = judgeDeliveries({ ...unlooked, ...behind });
    expect(both.verdict).toBe('fail');
    expect(both.what).toMatch(/2 endpoints .*10 min; 3 endpoints are behind by up to 2 h$/);
  });

  it('says from when on to send again what was given up', () => {
    const finding = judgeDeadLetters({ endpointId: 'whe_1', applicationId, letters: 4, since: daysFromNow(-1) });
    expect(finding.fix).toContain('replay whe_1 --since 2026-11-27T12:00:00.000Z --failed');
  });

  it.each([
    [200, undefined],
    [204, undefined],
    [302, 'redirect'],
    [400, 'status'],
    [410, 'status'],
    [503, 'status'],
    [199, 'status'],
  ])('and the sender mean the same by %d', (status, failure) => {
    expect(failureOfStatus(status)).toBe(failure);
  });
});

describe('the doctor', () => {
  it('tells of each thing that is kept for too long who removes it', () => {
    expect(judgeKept({ events: false, deliveries: false, requests: false }).verdict).toBe('ok');
    const { verdict, what, fix } = judgeKept({ events: true, deliveries: true, requests: true });
    expect([verdict, what.split('; ').length]).toEqual(['warn', 3]);
    expect(fix).toMatch(/^Run fdx-consent housekeeping run[^]*Workers remove it[^.]*\.$/);
  });

  it('names the first of many and counts the others', () => {
    const judge = (name: string) => warn(`${name} is bad`, `Mend ${name}.`);
    const told = (count: number, ...first: string[]) => severalOf({ count, first }, judge, 'See all.', 'well');
    expect(told(0)).toEqual(ok('well'));
    expect(told(2, 'a', 'b')).toEqual(warn('a is bad; b is bad', 'Mend a. Mend b.'));
    expect(told(5, 'a', 'b')).toEqual(warn('a is bad; b is bad; and 3 more', 'Mend a. Mend b. See all.'));
  });
});

describe('what PostgreSQL and Temporal say', () => {
  const error = (message: string, more: object, cause?: Error) =>
    Object.assign(new Error(message, cause ? { cause } : {}), more);
  const cases: [string, Error, ReturnType<typeof partFaultOf>][] = [
    ['a connection that is refused', error('connect', { code: 'ECONNREFUSED' }), 'database_away'],
    [
      'UNAVAILABLE',
      error('14 UNAVAILABLE: connection error', { code: 14, details: 'connection error' }),
      'engine_away',
    ],
    ['DEADLINE_EXCEEDED', error('4', { code: 4, details: 'late' }), 'engine_away'],
    ['a number that is not of gRPC', error('4', { code: 4 }), undefined],
    ['a missing function', error('no', { code: '42883' }), 'old_schema'],
    ['what may not be read', error('denied', { code: '42501' }), 'no_privilege'],
    ['what was said again', error('said again', {}, error('no table', { code: '42P01' })), 'old_schema'],
    ['anything else', error('no', { code: '23505' }), undefined],
  ];

  it.each(cases)('is told apart: %s', (_name, cause, fault) => {
    expect(partFaultOf(cause)).toBe(fault);
  });

  it.each([
    ['engine_away', 'See the check `temporal`.'],
    ['database_away', 'See the check `database`.'],
    ['old_schema', 'See the check `migrations`.'],
    ['no_privilege', 'See the check `database-role`.'],
  ] as const)('sends whoever asks the doctor on: %s', async (fault, fix) => {
    const cause = cases.find(([, , each]) => each === fault)?.[1];
    const look = () => Promise.reject(cause ?? new Error('there is no such case'));
    const [finding] = await examine([{ name: 'one', about: '', look }], {} as Surroundings);
    expect(finding).toMatchObject({ verdict: 'fail', fix });
  });
});
