import { INITIAL_STATE, type ConsentState, type ConsentStatus } from '../../src/domain/consent';
import type { AuthorizationId, ReceiptId } from '../../src/domain/ids';
import { endedAsCompleted, looksLikeAnotherDatabase } from '../../src/domain/orphan';

const ACTIVE: ConsentState = {
  status: 'active',
  nextAction: 'none',
  stage: 'none',
  grantedBy: 'aut_1' as AuthorizationId,
  receiptId: 'rcp_1' as ReceiptId,
  expiresAt: 1_800_000_000_000,
};
const ENDS: readonly ConsentStatus[] = ['expired', 'revoked', 'denied', 'abandoned', 'failed'];
const LIVES: readonly ConsentStatus[] = ['requested', 'authorizing', 'active'];

describe('a row that lags behind a completed workflow', () => {
  test.each(ENDS)('catches up to %s from before the first grant', (status) => {
    expect(endedAsCompleted(INITIAL_STATE, status)).toMatchObject({ status, stage: 'none' });
    expect(endedAsCompleted(INITIAL_STATE, status)?.failure).toBeDefined();
  });

  test.each<ConsentStatus>(['expired', 'revoked'])(
    'catches up to %s with a grant, and keeps what proves it',
    (status) => {
      const { receiptId, grantedBy } = ACTIVE;
      expect(endedAsCompleted(ACTIVE, status)).toMatchObject({ status, receiptId, grantedBy, nextAction: 'none' });
    },
  );

  test.each<ConsentStatus>(['denied', 'abandoned', 'failed'])('is not ended as %s when it has a grant', (status) => {
    expect(endedAsCompleted(ACTIVE, status)).toBeUndefined();
  });

  test.each(LIVES)('is not ended by a workflow that completed as %s', (status) => {
    for (const state of [INITIAL_STATE, ACTIVE]) expect(endedAsCompleted(state, status)).toBeUndefined();
  });

  test.each(ENDS)('has nothing to catch up with once it is %s', (status) => {
    expect(endedAsCompleted({ ...ACTIVE, status }, 'revoked')).toBeUndefined();
  });
});

describe('workflows without a row', () => {
  test('are suspicious when they are both many and a large share', () => {
    expect(looksLikeAnotherDatabase({ listed: 100, orphans: 21 })).toBe(true);
    expect(looksLikeAnotherDatabase({ listed: 21, orphans: 21 })).toBe(true);
  });

  test('are not when they are few, or few among many', () => {
    expect(looksLikeAnotherDatabase({ listed: 20, orphans: 20 })).toBe(false);
    expect(looksLikeAnotherDatabase({ listed: 1_000, orphans: 200 })).toBe(false);
    expect(looksLikeAnotherDatabase({ listed: 0, orphans: 0 })).toBe(false);
  });
});
