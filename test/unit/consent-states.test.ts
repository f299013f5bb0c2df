import {
  awaitsAuthorization,
  deadlineOf,
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
import type { AuthorizationId, InvitationId, ReceiptId } from '../../src/domain/ids';

const authorizationId = 'aut_1' as AuthorizationId;
const receiptId = 'rcp_1' as ReceiptId;
const invitationId = 'inv_1' as InvitationId;

/** One of every kind. A kind that is missing does not compile. */
const EVENTS: { readonly [Type in ConsentEvent['type']]: Extract<ConsentEvent, { type: Type }> } = {
  authorization_prepared: { type: 'authorization_prepared', authorizationId },
  authorization_pushed: { type: 'authorization_pushed', authorizationId },
  callback_received: { type: 'callback_received', authorizationId },
  authorization_lost: { type: 'authorization_lost', failure: 'as_unreachable' },
  denied: { type: 'denied' },
  failed: { type: 'failed', failure: 'as_client_rejected' },
  abandoned: { type: 'abandoned' },
  granted: { type: 'granted', authorizationId, receiptId, expiresAt: 1_000 },
  invited: { type: 'invited', invitationId },
  invitation_closed: { type: 'invitation_closed' },
  noticed: { type: 'noticed', days: 30 },
  redated: { type: 'redated', expiresAt: 2_000 },
  grant_lost: { type: 'grant_lost' },
  expired: { type: 'expired' },
  revoked: { type: 'revoked' },
  bank_ending: { type: 'bank_ending', progress: 'pending' },
};

/** Where an event leads from a status; nowhere means that it is refused. */
type Way = Partial<Record<ConsentEvent['type'], ConsentStatus>>;

const WHILE_CONNECTING: Way = {
  authorization_prepared: 'authorizing',
  authorization_lost: 'authorizing',
  denied: 'denied',
  failed: 'failed',
  abandoned: 'abandoned',
  granted: 'active',
  revoked: 'revoked',
};

const WAYS: Readonly<Record<ConsentStatus, Way>> = {
  requested: { ...WHILE_CONNECTING, authorization_pushed: 'requested', callback_received: 'requested' },
  authorizing: { ...WHILE_CONNECTING, authorization_pushed: 'authorizing', callback_received: 'authorizing' },
  active: {
    authorization_prepared: 'active',
    authorization_pushed: 'active',
    callback_received: 'active',
    authorization_lost: 'active',
    denied: 'active',
    failed: 'active',
    granted: 'active',
    invited: 'active',
    invitation_closed: 'active',
    noticed: 'active',
    redated: 'active',
    grant_lost: 'active',
    expired: 'expired',
    revoked: 'revoked',
    bank_ending: 'active',
  },
  expired: { bank_ending: 'expired' },
  revoked: { bank_ending: 'revoked' },
  denied: { bank_ending: 'denied' },
  abandoned: { bank_ending: 'abandoned' },
  failed: { bank_ending: 'failed' },
};

const STATUSES = Object.keys(WAYS) as ConsentStatus[];
const TYPES = Object.keys(EVENTS) as ConsentEvent['type'][];
const PAIRS = STATUSES.flatMap((status) => TYPES.map((type) => [status, type, WAYS[status][type]] as const));

function stateWith(status: ConsentStatus): ConsentState {
  return { ...INITIAL_STATE, status };
}

describe('a transition', () => {
  it.each(PAIRS.filter(([, , to]) => to === undefined))('from %s by %s is refused', (status, type) => {
    expect(() => transition(stateWith(status), EVENTS[type])).toThrow(TransitionError);
  });

  it.each(PAIRS.filter(([, , to]) => to !== undefined))(
    'from %s by %s leads to %s and leaves the old state as it was',
    (status, type, to) => {
      const before = Object.freeze(stateWith(status));
      expect(transition(before, EVENTS[type]).status).toBe(to);
      expect(before).toEqual(stateWith(status));
    },
  );
});

const after = (...types: (ConsentEvent['type'] | ConsentEvent)[]) =>
  types.map((each) => (typeof each === 'string' ? EVENTS[each] : each)).reduce(transition, INITIAL_STATE);

describe('the life of a consent', () => {
  it('goes from requested to active and ends expired, keeping its receipt', () => {
    expect(after('authorization_prepared')).toEqual({
      ...{ status: 'authorizing', nextAction: 'launch', stage: 'prepared', authorizationId },
    });
    expect(after('authorization_prepared', 'authorization_pushed').stage).toBe('pushed');
    const received = after('authorization_prepared', 'authorization_pushed', 'callback_received');
    expect(received).toMatchObject({ stage: 'exchanging', nextAction: 'none' });
    const active = transition(received, EVENTS.granted);
    expect(active).toEqual({
      ...{ status: 'active', nextAction: 'none', stage: 'none', receiptId, expiresAt: 1_000 },
      grantedBy: authorizationId,
    });
    expect(transition(active, EVENTS.expired)).toEqual({ ...active, status: 'expired', failure: 'consent_expired' });
    expect(transition(active, EVENTS.revoked)).toEqual({ ...active, status: 'revoked', failure: 'consent_revoked' });
  });

  it('offers another launch after a trip that was lost, and forgets why at the next', () => {
    const lost = after('authorization_prepared', 'authorization_pushed', 'authorization_lost');
    expect(lost).toEqual({
      ...{ status: 'authorizing', nextAction: 'launch', stage: 'none', failure: 'as_unreachable' },
    });
    expect(transition(lost, EVENTS.authorization_prepared)).not.toHaveProperty('failure');
    expect(transition(lost, EVENTS.granted)).not.toHaveProperty('failure');
  });

  it.each([
    ['denied', 'denied', 'none', 'consent_denied'],
    ['abandoned', 'abandoned', 'none', 'consent_abandoned'],
    ['failed', 'failed', 'contact_support', 'as_client_rejected'],
    ['revoked', 'revoked', 'none', 'consent_revoked'],
  ] as const)('before its first grant ends by %s and says what to do next', (event, status, nextAction, failure) => {
    expect(after('authorization_prepared', event)).toEqual({ status, nextAction, stage: 'none', failure });
  });

  it('that was revoked or expired keeps nothing of a link or a trip, and all that tells of it', () => {
    const ended = after('granted', 'invited', 'authorization_prepared', 'authorization_pushed', 'noticed', 'revoked');
    expect(ended).toEqual({
      ...{ status: 'revoked', nextAction: 'none', stage: 'none', failure: 'consent_revoked' },
      ...{ receiptId, expiresAt: 1_000, grantedBy: authorizationId, noticeDays: 30 },
    });
  });

  it('begins anew with a renewal: no notice, no lost grant, no link, no old failure', () => {
    const renewal = {
      ...EVENTS.granted,
      ...{ authorizationId: 'aut_2' as AuthorizationId, receiptId: 'rcp_2' as ReceiptId, expiresAt: 9_000 },
    };
    expect(after('granted', 'noticed', 'grant_lost', 'denied', 'invited', 'bank_ending', renewal)).toEqual({
      ...{ status: 'active', nextAction: 'none', stage: 'none' },
      ...{ grantedBy: 'aut_2', receiptId: 'rcp_2', expiresAt: 9_000 },
    });
  });

  it('tells how the bank takes its end', () => {
    expect(after('granted', 'revoked', 'bank_ending').bankEnding).toBe('pending');
    for (const progress of ['needs_operator', 'done'] as const) {
      expect(after('granted', 'expired', { type: 'bank_ending', progress })).toMatchObject({
        ...{ status: 'expired', bankEnding: progress },
      });
    }
  });
});

describe('an attempt to renew', () => {
  const RENEWING = after('granted', 'invited', 'authorization_prepared');
  const BEFALLING = [
    'authorization_prepared',
    'authorization_pushed',
    'callback_received',
    'authorization_lost',
    'denied',
    'failed',
    'invited',
    'invitation_closed',
    'noticed',
    'grant_lost',
    'bank_ending',
  ] as const;

  it.each(BEFALLING)('changes nothing of what the consent has, whatever befalls it: %s', (type) => {
    const { status, grantedBy, expiresAt, receiptId: receipt } = transition(RENEWING, EVENTS[type]);
    expect({ status, grantedBy, expiresAt, receipt }).toEqual({
      ...{ status: 'active', grantedBy: authorizationId, expiresAt: 1_000, receipt: receiptId },
    });
  });

  it.each([
    ['denied', 'consent_denied'],
    ['failed', 'as_client_rejected'],
  ] as const)('that is %s closes its link and says why', (type, failure) => {
    const state = transition(RENEWING, EVENTS[type]);
    expect(state).toMatchObject({ failure, stage: 'none', nextAction: 'none' });
    expect(state).not.toHaveProperty('invitationId');
    expect(state).not.toHaveProperty('authorizationId');
  });

  it('that is lost leaves its link open for another one, which forgets why', () => {
    const lost = transition(RENEWING, EVENTS.authorization_lost);
    expect(lost).toMatchObject({ invitationId, failure: 'as_unreachable', stage: 'none', nextAction: 'launch' });
    expect(transition(lost, EVENTS.authorization_prepared)).not.toHaveProperty('failure');
  });
});

describe('the advice to the application', () => {
  const earlier: ConsentEvent = { ...EVENTS.granted, grantExpiresAt: 500 };

  it.each<[string, (ConsentEvent['type'] | ConsentEvent)[], string]>([
    ['nothing, after a grant', ['granted'], 'none'],
    ['to renew, once a notice of its end was given', ['granted', 'noticed'], 'renew'],
    ['to reauthorize, once a notice of the grant’s earlier end was given', [earlier, 'noticed'], 'reauthorize'],
    ['to reauthorize, when the grant is lost', ['granted', 'grant_lost'], 'reauthorize'],
    ['to reauthorize, when the grant is lost after a notice', ['granted', 'noticed', 'grant_lost'], 'reauthorize'],
    ['to use the link, when one is open', ['granted', 'invited'], 'launch'],
    ['to use the link, whatever else is pressing', ['granted', 'noticed', 'grant_lost', 'invited'], 'launch'],
    ['to use the link again after a lost trip', ['granted', 'invited', 'authorization_lost'], 'launch'],
    ['to wait while an answer is worked on', ['granted', 'invited', 'callback_received'], 'none'],
    ['to renew again, when the link is closed', ['granted', 'noticed', 'invited', 'invitation_closed'], 'renew'],
    ['to renew again, when the person declined', ['granted', 'noticed', 'invited', 'denied'], 'renew'],
    ['to renew again, when the renewal failed', ['granted', 'noticed', 'invited', 'failed'], 'renew'],
    ['to reauthorize still, when the link is closed', ['granted', 'grant_lost', 'invited', 'denied'], 'reauthorize'],
    ['nothing, when the bank moved the end', ['granted', 'noticed', 'redated'], 'none'],
    ['nothing, when it is over', ['granted', 'noticed', 'invited', 'expired'], 'none'],
    ['nothing, when it is revoked', ['granted', 'grant_lost', 'revoked'], 'none'],
  ])('is %s', (_what, events, nextAction) => {
    expect(after(...events).nextAction).toBe(nextAction);
  });
});

describe('the deadline', () => {
  const granted = (expiresAt: number, grantExpiresAt?: number): ConsentEvent => ({
    ...EVENTS.granted,
    expiresAt,
    ...(grantExpiresAt !== undefined && { grantExpiresAt }),
  });

  it('is none before a grant', () => {
    expect(deadlineOf(INITIAL_STATE)).toBeUndefined();
  });

  it('is the earlier of the two clocks', () => {
    expect(deadlineOf(after(granted(100)))).toBe(100);
    expect(deadlineOf(after(granted(100, 60)))).toBe(60);
    expect(deadlineOf(after(granted(100, 160)))).toBe(100);
  });

  it.each([100, 160])('knows nothing of a grant that does not end before the consent (%i)', (grantExpiresAt) => {
    expect(after(granted(100, grantExpiresAt))).not.toHaveProperty('grantExpiresAt');
  });

  it('is the consent’s own once the grant is lost, and notices of the grant’s end do not count for it', () => {
    const lost = after(granted(100, 60), { type: 'noticed', days: 1 }, 'grant_lost');
    expect(deadlineOf(lost)).toBe(100);
    expect(lost).not.toHaveProperty('noticeDays');
  });

  it('that stays where it was keeps its notices when the grant is lost', () => {
    expect(after('granted', { type: 'noticed', days: 7 }, 'grant_lost').noticeDays).toBe(7);
  });

  it('that the bank moves begins without notices', () => {
    const moved = after(granted(100, 60), 'noticed', { type: 'redated', expiresAt: 200, grantExpiresAt: 60 });
    expect(moved).toMatchObject({ expiresAt: 200, grantExpiresAt: 60 });
    expect(moved).not.toHaveProperty('noticeDays');
    expect(after(granted(100, 60), { type: 'redated', expiresAt: 50, grantExpiresAt: 60 })).not.toHaveProperty(
      'grantExpiresAt',
    );
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

  it('because the institution is paused leaves the door open', () => {
    expect(eventTypes.institution_paused).toBe('authorization_lost');
  });

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
