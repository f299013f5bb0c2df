import type { FailureCode } from '../../src/domain/failures';
import type { GrantedResource } from '../../src/domain/grant';
import {
  accountsNamedBy,
  requireGranted,
  requireStanding,
  requireUsable,
  withinLookback,
  type Standing,
} from '../../src/data-access/judge-access';
import { dataResources, resourceAt, resourceOf, segmentsOf } from '../../src/data-access/resources';
import { parseDataQuery } from '../../src/data-access/data-query';
import type { DataAccessRow } from '../../src/store/data-access';
import { outcomeOf } from './support/outcome';

const NOW = Date.parse('2026-11-24T15:00:00Z');

describe('how a consent stands', () => {
  const active: Standing = { status: 'active', revocation_requested_at: null, is_past_its_date: false };

  test.each<[FailureCode | 'usable', Partial<Standing>]>([
    ['usable', {}],
    ['consent_not_connected', { status: 'requested' }],
    ['consent_not_connected', { status: 'authorizing' }],
    ['consent_ended', { status: 'requested', revocation_requested_at: new Date() }],
    ['consent_ended', { revocation_requested_at: new Date() }],
    ['consent_ended', { is_past_its_date: true }],
    ...(['denied', 'abandoned', 'failed', 'expired', 'revoked'] as const).map(
      (status): [FailureCode, Partial<Standing>] => ['consent_ended', { status }],
    ),
  ])('%s when %j', (expected, changes) => {
    expect(
      outcomeOf(() => {
        requireStanding({ ...active, ...changes });
      }, 'usable'),
    ).toBe(expected);
  });

  test.each<[FailureCode | 'usable', object]>([
    ['usable', {}],
    ['institution_paused', { institution_paused_at: new Date() }],
    // Waiting would not help a consent that has ended.
    ['consent_ended', { institution_paused_at: new Date(), status: 'revoked' }],
    ['reauthorization_needed', { is_usable: false }],
    ['reauthorization_needed', { granted: null }],
  ])('%s with %j', (expected, changes) => {
    const row = { ...active, institution_paused_at: null, is_usable: true, granted: { resources: [] }, ...changes };
    expect(
      outcomeOf(() => {
        requireUsable(row as unknown as DataAccessRow);
      }, 'usable'),
    ).toBe(expected);
  });
});

describe('what a grant opens', () => {
  const account = (resourceId: string | undefined, ...dataClusters: string[]): GrantedResource => ({
    resourceType: 'ACCOUNT',
    ...(resourceId !== undefined && { resourceId }),
    dataClusters,
  });
  const customer = (...dataClusters: string[]): GrantedResource => ({
    resourceType: 'CUSTOMER',
    resourceId: 'c',
    dataClusters,
  });
  const opens = (resources: GrantedResource[], name: Parameters<typeof resourceOf>[0], ...accountIds: string[]) =>
    outcomeOf(() => {
      requireGranted({ resources }, resourceOf(name), accountIds);
    }, 'granted');

  test.each(dataResources())('%s with any one of its clusters and with no other', (name, { clusters, path }) => {
    const accountIds = path.includes(':accountId') ? ['a'] : [];
    for (const cluster of clusters) expect(opens([account('a', cluster)], name, ...accountIds)).toBe('granted');
    expect(opens([account('a', 'REWARDS')], name, ...accountIds)).toBe('cluster_not_granted');
    expect(opens([], name, ...accountIds)).toBe('cluster_not_granted');
  });

  test('names what is missing', () => {
    expect(() => {
      requireGranted({ resources: [] }, resourceOf('transactions'), ['a']);
    }).toThrow('TRANSACTIONS');
  });

  test.each<[string, GrantedResource[], string]>([
    ['granted', [account('a', 'TRANSACTIONS')], 'a'],
    ['account_not_granted', [account('a', 'TRANSACTIONS')], 'b'],
    ['account_not_granted', [account('a', 'TRANSACTIONS')], 'A'],
    // What is granted of one account is not granted of another.
    ['cluster_not_granted', [account('a', 'TRANSACTIONS'), account('b', 'STATEMENTS')], 'b'],
    // A grant without ids is about whichever accounts the bank has the person choose.
    ['granted', [account(undefined, 'TRANSACTIONS')], 'b'],
    ['granted', [account('a', 'STATEMENTS'), account(undefined, 'TRANSACTIONS')], 'b'],
    ['cluster_not_granted', [account(undefined, 'STATEMENTS'), account('a', 'TRANSACTIONS')], 'b'],
    // Filed under the customer, as some banks do.
    ['granted', [account('a', 'STATEMENTS'), customer('TRANSACTIONS')], 'a'],
    ['account_not_granted', [account('a', 'STATEMENTS'), customer('TRANSACTIONS')], 'b'],
  ])('%s: %j for account %s', (expected, resources, accountId) => {
    expect(opens(resources, 'transactions', accountId)).toBe(expected);
  });

  test('is all that is asked for, or nothing: each account of a list counts', () => {
    const resources = [account('a', 'BALANCES'), account('b', 'STATEMENTS')];
    expect(opens(resources, 'accounts')).toBe('granted');
    expect(opens(resources, 'accounts', 'a')).toBe('granted');
    expect(opens(resources, 'accounts', 'a', 'b')).toBe('cluster_not_granted');
    expect(opens(resources, 'accounts', 'a', 'c')).toBe('account_not_granted');
    expect(accountsNamedBy({}, { accountIds: 'a,b' })).toEqual(['a', 'b']);
    expect(accountsNamedBy({ accountId: 'a' }, {})).toEqual(['a']);
  });
});

describe('the lookback', () => {
  const within = (query: object, days: number | undefined = 90, name: 'accounts' | 'transactions' = 'transactions') =>
    withinLookback(resourceOf(name), query, days, NOW);

  test.each([
    ['granted', '2026-08-26', '2026-11-24'],
    ['granted', '2026-08-26T00:00:00Z', '2026-11-24T00:00:00Z'],
    ['granted', '2026-08-25T22:00:00-02:00', '2026-11-24T00:00:00Z'],
    ['lookback_exceeded', '2026-08-25', '2026-11-24'],
    ['lookback_exceeded', '2026-08-25T23:59:59.999Z', '2026-11-24T00:00:00Z'],
    ['lookback_exceeded', '2026-08-26T00:00:00+01:00', '2026-11-24T00:00:00Z'],
  ])('%s from %s to %s', (expected, startTime, endTime) => {
    expect(outcomeOf(() => void within({ startTime, endTime }), 'granted')).toBe(expected);
  });

  test('leaves dates that are within it as they came', () => {
    const query = { startTime: '2026-11-01T08:00:00+01:00', endTime: '2026-11-02', limit: '5' };
    expect(within(query)).toEqual(query);
  });

  test('is the dates of history that is asked for without any', () => {
    expect(within({ limit: '5' })).toEqual({ startTime: '2026-08-26', endTime: '2026-11-24', limit: '5' });
    expect(within({}, 1)).toEqual({ startTime: '2026-11-23', endTime: '2026-11-24' });
  });

  test('adds nothing to a list that is no history, and nothing where there is none', () => {
    expect(within({}, 90, 'accounts')).toEqual({});
    expect(withinLookback(resourceOf('transactions'), {}, undefined, NOW)).toEqual({});
    expect(outcomeOf(() => void within({ startTime: '2020-01-01', endTime: '2020-01-02' }, 90, 'accounts'), '')).toBe(
      'lookback_exceeded',
    );
  });
});

describe('a path', () => {
  test('leads to its resource and back, whatever its ids are', () => {
    const ids = { accountId: 'a/b c%', statementId: '2026-10' };
    for (const [name, resource] of dataResources()) {
      const path = `/${segmentsOf(resource, ids).map(encodeURIComponent).join('/')}`;
      expect(resourceAt(path)?.name).toBe(name);
      expect(segmentsOf(resource, resourceAt(path)?.ids ?? {})).toEqual(segmentsOf(resource, ids));
    }
  });

  test.each([
    '',
    '/',
    '/accounts/',
    '/accounts/a/',
    '/accounts/a/b',
    '/consents/x',
    'accounts',
    '/accounts/a/statements/',
  ])('%s leads nowhere', (path) => {
    expect(resourceAt(path)).toBeUndefined();
  });

  test.each(['.', '..', '../consents', '..\\consents', 'a/../b', 'a\nb', '\ud800', '', 'x'.repeat(257)])(
    'with the id %j is refused: at the bank it could lead elsewhere',
    (accountId) => {
      expect(parseDataQuery(resourceOf('account'), { accountId }, {})).toMatchObject({
        faults: [{ path: 'accountId' }],
      });
    },
  );

  test.each(['a', '...', 'a..b', 'a+b/c==', 'é', 'x'.repeat(256)])('with the id %j is read', (accountId) => {
    expect(parseDataQuery(resourceOf('account'), { accountId }, {})).toEqual({ query: {} });
  });
});
