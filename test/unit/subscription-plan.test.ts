import { needsUpkeep, subscriptionsOf } from '../../src/notifications/subscription-plan';
import { bankWith } from './support/profile';

const URL_NOW = 'https://consent.example/notifications';
const NOW = Date.now();
const HOUR_MS = 3_600_000;

const row = (changes: object = {}) => ({
  type: 'CONSENT_REVOKED',
  subscription_id: 's-1',
  callback_url: URL_NOW,
  failure: null,
  checked_at: new Date(NOW),
  ...changes,
});

const plan = (mode: string, rows: readonly ReturnType<typeof row>[]) =>
  subscriptionsOf(bankWith({ notifications: { mode, types: ['CONSENT_REVOKED'] } }), rows, URL_NOW).map((view) => [
    view.type,
    view.state,
    needsUpkeep(view, NOW),
  ]);

describe('our subscriptions at a bank', () => {
  it.each<[string, string, readonly ReturnType<typeof row>[], unknown]>([
    ['is made when it is missing', 'subscribe', [], ['wanted', true]],
    ['is made when the bank has not taken it', 'subscribe', [row({ subscription_id: null })], ['wanted', true]],
    ['rests when it was looked at', 'subscribe', [row()], ['subscribed', false]],
    ['is looked at after hours', 'subscribe', [row({ checked_at: new Date(NOW - 7 * HOUR_MS) })], ['subscribed', true]],
    ['is replaced when we have moved', 'subscribe', [row({ callback_url: 'https://old.example' })], ['outdated', true]],
    ['is removed when nobody wants it', 'none', [row()], ['outdated', true]],
    ['is removed when we ask instead', 'poll', [row()], ['outdated', true]],
  ])('one %s', (_, mode, rows, expected) => {
    expect(plan(mode, rows)).toEqual([['CONSENT_REVOKED', ...(expected as unknown[])]]);
  });

  it('of a type that is no longer wanted goes while the others stay', () => {
    expect(plan('subscribe', [row(), row({ type: 'ACCOUNT_CLOSED' })])).toEqual([
      ['CONSENT_REVOKED', 'subscribed', false],
      ['ACCOUNT_CLOSED', 'outdated', true],
    ]);
  });

  it('are none where the profile wants none and the bank has none', () => {
    expect(plan('none', [])).toEqual([]);
  });
});
