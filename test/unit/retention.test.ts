import type { ConsentStatus } from '../../src/domain/consent';
import { evidenceKeptUntil, purgeRuling, type PurgeSubject } from '../../src/domain/retention';

const DAY = 86_400_000;
const ENDED = Date.parse('2026-03-01T12:00:00Z');
const POLICY = { personalDataRetentionDays: 30, evidenceRetentionDays: 1_096, eventRetentionDays: 30 };

const ruling = (changes: Partial<PurgeSubject> = {}, now = ENDED + 30 * DAY): string =>
  purgeRuling({ status: 'revoked', hasTokens: true, isHeld: false, endedAt: ENDED, ...changes }, POLICY, now);

test.each<ConsentStatus>(['requested', 'authorizing', 'active'])('a consent that is %s is never purged', (status) => {
  expect(ruling({ status })).toBe('not_ended');
  expect(ruling({ status, expiresAt: ENDED }, ENDED + 1_000 * DAY)).toBe('not_ended');
});

test.each<ConsentStatus>(['expired', 'revoked', 'denied', 'abandoned', 'failed'])(
  'a consent that is %s is purged when there is nothing to tell the bank',
  (status) => {
    expect(ruling({ status })).toBe('allowed');
    expect(ruling({ status, bankEnding: 'done' })).toBe('allowed');
  },
);

describe('a bank that must still be told', () => {
  test('comes first, while there are tokens to tell it with', () => {
    expect(ruling({ bankEnding: 'pending' })).toBe('bank_first');
    expect(ruling({ bankEnding: 'pending', hasTokens: false })).toBe('allowed');
  });

  test('does not hold up personal data once an operator has taken over', () => {
    expect(ruling({ bankEnding: 'needs_operator' })).toBe('allowed');
  });

  test('does not hold them up beyond the consent’s own expiry', () => {
    const expiresAt = ENDED + 40 * DAY;
    expect(ruling({ bankEnding: 'pending', expiresAt }, expiresAt - 1)).toBe('bank_first');
    expect(ruling({ bankEnding: 'pending', expiresAt }, expiresAt)).toBe('allowed');
  });

  test('does not hold them up for more than a month beyond their time, however long the consent would have lasted', () => {
    const last = ENDED + (30 + 30) * DAY;
    for (const expiresAt of [undefined, ENDED + 300 * DAY]) {
      expect(ruling({ bankEnding: 'pending', expiresAt }, last - 1)).toBe('bank_first');
      expect(ruling({ bankEnding: 'pending', expiresAt }, last)).toBe('allowed');
    }
  });
});

test('evidence is kept for the days of the policy from the latest authorization', () => {
  expect(new Date(evidenceKeptUntil(ENDED, POLICY)).toISOString()).toBe('2029-03-01T12:00:00.000Z');
});
