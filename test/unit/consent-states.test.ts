import {
  awaitsAuthorization,
  eventOfFailure,
  hasEnded,
  INITIAL_STATE,
  transition,
  TransitionError,
  type ConsentEvent,
  type ConsentState,
  type ConsentStatus,
} from '../../src/domain/consent';
import { FAILURES, type FailureCode } from '../../src/domain/failures';
import type { AuthorizationId, ReceiptId } from '../../src/domain/ids';

const authorizationId = 'aut_1' as AuthorizationId;
const receiptId = 'rcp_1' as ReceiptId;

const EVENTS: readonly ConsentEvent[] = [
  { type: 'authorization_prepared', authorizationId },
  { type: 'authorization_pushed', authorizationId },
  { type: 'callback_received', authorizationId },
  { type: 'authorization_lost', failure: 'as_unreachable' },
  { type: 'denied' },
  { type: 'failed', failure: 'as_client_rejected' },
  { type: 'abandoned' },
  { type: 'granted', receiptId, expiresAt: 1 },
  { type: 'expired' },
];

const STATUSES: readonly ConsentStatus[] = [
  'requested',
  'authorizing',
  'active',
  'expired',
  'revoked',
  'denied',
  'abandoned',
  'failed',
];

function stateWith(status: ConsentStatus): ConsentState {
  return { ...INITIAL_STATE, status };
}

function isAllowed(status: ConsentStatus, { type }: ConsentEvent): boolean {
  return type === 'expired' ? status === 'active' : status === 'requested' || status === 'authorizing';
}

const pairs = STATUSES.flatMap((status) => EVENTS.map((event) => [status, event.type, event] as const));

describe('a transition', () => {
  it.each(pairs.filter(([status, , event]) => !isAllowed(status, event)))(
    'from %s by %s is refused',
    (status, _type, event) => {
      expect(() => transition(stateWith(status), event)).toThrow(TransitionError);
    },
  );

  it.each(pairs.filter(([status, , event]) => isAllowed(status, event)))(
    'from %s by %s is allowed and leaves the old state as it was',
    (status, _type, event) => {
      const before = Object.freeze(stateWith(status));
      expect(STATUSES).toContain(transition(before, event).status);
      expect(before).toEqual(stateWith(status));
    },
  );
});

describe('the life of a consent', () => {
  const after = (...events: ConsentEvent[]) => events.reduce(transition, INITIAL_STATE);
  const [prepared, pushed, received, lost, denied, failed, abandoned, granted, expired] =
    EVENTS as readonly ConsentEvent[] & { readonly length: 9 };
  if (!prepared || !pushed || !received || !lost || !denied || !failed || !abandoned || !granted || !expired) {
    throw new Error('nine events');
  }

  it('goes from requested to active and ends expired, keeping its receipt', () => {
    expect(after(prepared)).toEqual({
      status: 'authorizing',
      nextAction: 'launch',
      stage: 'prepared',
      authorizationId,
    });
    expect(after(prepared, pushed).stage).toBe('pushed');
    expect(after(prepared, pushed, received)).toMatchObject({ stage: 'exchanging', nextAction: 'none' });
    expect(after(prepared, pushed, received, granted)).toEqual({
      status: 'active',
      nextAction: 'none',
      stage: 'none',
      receiptId,
      expiresAt: 1,
    });
    expect(after(prepared, pushed, received, granted, expired)).toEqual({
      status: 'expired',
      nextAction: 'none',
      stage: 'none',
      receiptId,
      expiresAt: 1,
      failure: 'consent_expired',
    });
  });

  it('offers another launch after a trip that was lost, and forgets why at the next', () => {
    expect(after(prepared, pushed, lost)).toEqual({
      status: 'authorizing',
      nextAction: 'launch',
      stage: 'none',
      failure: 'as_unreachable',
    });
    expect(after(prepared, pushed, lost, prepared)).not.toHaveProperty('failure');
    expect(after(prepared, lost, prepared, pushed, received, granted)).not.toHaveProperty('failure');
  });

  it.each([
    [denied, 'denied', 'none', 'consent_denied'],
    [abandoned, 'abandoned', 'none', 'consent_abandoned'],
    [failed, 'failed', 'contact_support', 'as_client_rejected'],
  ] as const)('ends by %j and says what to do next', (event, status, nextAction, failure) => {
    expect(after(prepared, event)).toEqual({ status, nextAction, stage: 'none', failure });
  });
});

describe('a status', () => {
  it.each(STATUSES)('%s either awaits the person, is active or has ended', (status) => {
    expect([awaitsAuthorization(status), status === 'active', hasEnded(status)].filter(Boolean)).toHaveLength(1);
  });
});

describe('a failed trip to the bank', () => {
  const eventTypes = Object.fromEntries(
    (Object.keys(FAILURES) as FailureCode[]).map((code) => [code, eventOfFailure(code).type]),
  ) as Record<FailureCode, ConsentEvent['type']>;

  it('is a denial only when the person or the bank said no', () => {
    expect(Object.entries(eventTypes).filter(([, type]) => type === 'denied')).toEqual([['consent_denied', 'denied']]);
  });

  it.each(['as_unreachable', 'fdx_unreachable', 'store_unavailable', 'as_keys_unreachable'] as const)(
    'because of an outage (%s) leaves the door open',
    (code) => {
      expect(eventTypes[code]).toBe('authorization_lost');
    },
  );

  it.each([
    'code_exchange_refused',
    'code_exchange_unknown',
    'as_authorization_error',
    'authorization_response_invalid',
  ] as const)('with a spent, lost or ended authorization (%s) leaves the door open', (code) => {
    expect(eventTypes[code]).toBe('authorization_lost');
  });

  it.each(['as_client_rejected', 'as_request_rejected', 'id_token_invalid', 'grant_wider_than_asked'] as const)(
    'that no second try heals (%s) fails the consent',
    (code) => {
      expect(eventOfFailure(code)).toEqual({ type: 'failed', failure: code });
    },
  );
});
