import type { AuthorizationId, InvitationId, ReceiptId } from './ids';
import { FAILURES, type FailureCode } from './failures';

/**
 * What a consent is: its states and the only way from one to the next.
 *
 * `requested → authorizing → active → expired | revoked`, or `denied | abandoned | failed` on the way. An active consent is
 * renewed by further trips to the bank without ceasing to be active.
 */
export const CONSENT_STATUSES = [
  'requested',
  'authorizing',
  'active',
  'expired',
  'revoked',
  'denied',
  'abandoned',
  'failed',
] as const;
export type ConsentStatus = (typeof CONSENT_STATUSES)[number];

/** How far the current trip to the bank has come. */
export type AuthorizationStage = 'none' | 'prepared' | 'pushed' | 'exchanging';

/** What the application should do next, machine-readable. */
export const NEXT_ACTIONS = ['none', 'launch', 'reauthorize', 'renew', 'contact_support'] as const;
export type NextAction = (typeof NEXT_ACTIONS)[number];

/** Whether the bank knows that we ended what it granted. */
export const BANK_ENDINGS = ['pending', 'done', 'needs_operator'] as const;
export type BankEnding = (typeof BANK_ENDINGS)[number];

export interface ConsentState {
  readonly status: ConsentStatus;
  readonly nextAction: NextAction;
  readonly stage: AuthorizationStage;
  /** The current trip to the bank. */
  readonly authorizationId?: AuthorizationId;
  /** Why the consent ended, or why the last trip to the bank did when the person may try again. */
  readonly failure?: FailureCode;
  readonly receiptId?: ReceiptId;
  /** When the consent ends, in epoch milliseconds. */
  readonly expiresAt?: number;
  /** When what the bank gave for it ends by itself, where that is known and may be earlier. Epoch milliseconds. */
  readonly grantExpiresAt?: number;
  /** The trip whose grant is in use. */
  readonly grantedBy?: AuthorizationId;
  /** The bank no longer honours the grant: no data until the person authorizes again. */
  readonly isGrantLost?: true;
  /** The link with which the person may authorize an active consent anew. */
  readonly invitationId?: InvitationId;
  /** The most urgent notice given about the deadline ahead, in days before it. */
  readonly noticeDays?: number;
  readonly bankEnding?: BankEnding;
}

/** The receipt by which a consent is active. */
export function receiptIdOf({ receiptId }: ConsentState): ReceiptId {
  if (receiptId === undefined) throw new Error('an active state names its receipt');
  return receiptId;
}

export type ConsentEvent =
  | { readonly type: 'authorization_prepared'; readonly authorizationId: AuthorizationId }
  | { readonly type: 'authorization_pushed'; readonly authorizationId: AuthorizationId }
  | { readonly type: 'callback_received'; readonly authorizationId: AuthorizationId }
  /** This trip ended without a grant, and the person may start another one. */
  | { readonly type: 'authorization_lost'; readonly failure: FailureCode }
  | { readonly type: 'denied' }
  | { readonly type: 'failed'; readonly failure: FailureCode }
  | { readonly type: 'abandoned' }
  | ({ readonly type: 'granted' } & NewGrant)
  /** The person may authorize anew: by this link. */
  | { readonly type: 'invited'; readonly invitationId: InvitationId }
  /** The link is no longer good: cancelled, or its time is over. */
  | { readonly type: 'invitation_closed' }
  | { readonly type: 'noticed'; readonly days: number }
  /** The bank changed the dates of what it granted. */
  | { readonly type: 'redated'; readonly expiresAt: number; readonly grantExpiresAt?: number }
  /** The bank no longer honours the grant; the consent itself has not ended. */
  | { readonly type: 'grant_lost' }
  | { readonly type: 'expired' }
  | { readonly type: 'revoked' }
  /** How telling the bank of the end goes. */
  | { readonly type: 'bank_ending'; readonly progress: BankEnding };

export interface NewGrant {
  readonly authorizationId: AuthorizationId;
  readonly receiptId: ReceiptId;
  readonly expiresAt: number;
  readonly grantExpiresAt?: number;
}

export const INITIAL_STATE: ConsentState = { status: 'requested', nextAction: 'launch', stage: 'none' };

/** An event that the current state does not allow: a bug of ours, never the person's or the bank's doing. */
export class TransitionError extends Error {
  override readonly name = 'TransitionError';
}

/** States from which nothing comes back. The bank may still have to be told. */
export function hasEnded(status: ConsentStatus): boolean {
  return !awaitsAuthorization(status) && status !== 'active';
}

/** States before the first grant, in which the person may go to the bank. */
export function awaitsAuthorization(status: ConsentStatus): boolean {
  return status === 'requested' || status === 'authorizing';
}

/** The instant at which the earlier of the two clocks runs out: the consent's own, or that of what the bank gave for it. */
export function deadlineOf({ expiresAt, grantExpiresAt, isGrantLost }: ConsentState): number | undefined {
  // A grant that is lost has no clock any more.
  if (expiresAt === undefined || grantExpiresAt === undefined || isGrantLost === true) return expiresAt;
  return Math.min(expiresAt, grantExpiresAt);
}

/**
 * The state after `event`. Pure.
 *
 * @throws {TransitionError} when the state does not allow the event
 */
export function transition(state: ConsentState, event: ConsentEvent): ConsentState {
  const next = awaitsAuthorization(state.status)
    ? whileConnecting(state, event)
    : state.status === 'active'
      ? whileActive(state, event)
      : whenEnded(state, event);
  if (!next) throw new TransitionError(`a consent that is ${state.status} cannot become ${event.type}`);
  return next;
}

function whileConnecting(state: ConsentState, event: ConsentEvent): ConsentState | undefined {
  switch (event.type) {
    case 'authorization_prepared':
      return { status: 'authorizing', nextAction: 'launch', stage: 'prepared', authorizationId: event.authorizationId };
    case 'authorization_pushed':
      return { ...state, stage: 'pushed', authorizationId: event.authorizationId };
    case 'callback_received':
      return { ...state, nextAction: 'none', stage: 'exchanging', authorizationId: event.authorizationId };
    case 'authorization_lost':
      return { status: 'authorizing', nextAction: 'launch', stage: 'none', failure: event.failure };
    case 'denied':
      return ended('denied', 'consent_denied');
    case 'failed':
      return { ...ended('failed', event.failure), nextAction: 'contact_support' };
    case 'abandoned':
      return ended('abandoned', 'consent_abandoned');
    case 'revoked':
      return ended('revoked', 'consent_revoked');
    case 'granted':
      return activeBy(event);
    case 'invited':
    case 'invitation_closed':
    case 'noticed':
    case 'redated':
    case 'grant_lost':
    case 'expired':
    case 'bank_ending':
      return undefined;
  }
}

/** Nothing that befalls a trip changes what the consent already has: until a new grant is proven, the old one works. */
function whileActive(state: ConsentState, event: ConsentEvent): ConsentState | undefined {
  switch (event.type) {
    case 'authorization_prepared':
      return advised({ ...without(state, 'failure'), stage: 'prepared', authorizationId: event.authorizationId });
    case 'authorization_pushed':
      return { ...state, stage: 'pushed', authorizationId: event.authorizationId };
    case 'callback_received':
      return { ...state, nextAction: 'none', stage: 'exchanging', authorizationId: event.authorizationId };
    case 'authorization_lost':
      return advised({ ...withoutTrip(state), failure: event.failure });
    case 'denied':
      return advised({ ...without(withoutTrip(state), 'invitationId'), failure: 'consent_denied' });
    case 'failed':
      return advised({ ...without(withoutTrip(state), 'invitationId'), failure: event.failure });
    case 'granted':
      return activeBy(event);
    case 'invited':
      return advised({ ...without(state, 'failure'), invitationId: event.invitationId });
    case 'invitation_closed':
      return advised(without(withoutTrip(state), 'invitationId'));
    case 'noticed':
      return advised({ ...state, noticeDays: event.days });
    case 'redated':
      return advised({ ...without(state, 'noticeDays', 'grantExpiresAt'), ...datesOf(event) });
    case 'grant_lost':
      return lostFrom(state);
    case 'expired':
      return { ...endedFrom(state, 'expired'), failure: 'consent_expired' };
    case 'revoked':
      return { ...endedFrom(state, 'revoked'), failure: 'consent_revoked' };
    case 'bank_ending':
      return { ...state, bankEnding: event.progress };
    case 'abandoned':
      return undefined;
  }
}

function whenEnded(state: ConsentState, event: ConsentEvent): ConsentState | undefined {
  return event.type === 'bank_ending' ? { ...state, bankEnding: event.progress } : undefined;
}

function activeBy(grant: NewGrant): ConsentState {
  return {
    status: 'active',
    nextAction: 'none',
    stage: 'none',
    grantedBy: grant.authorizationId,
    receiptId: grant.receiptId,
    ...datesOf(grant),
  };
}

function datesOf({ expiresAt, grantExpiresAt }: Pick<NewGrant, 'expiresAt' | 'grantExpiresAt'>) {
  // A grant that outlives the consent sets no date of its own.
  const isEarlier = grantExpiresAt !== undefined && grantExpiresAt < expiresAt;
  return { expiresAt, ...(isEarlier && { grantExpiresAt }) };
}

function ended(status: ConsentStatus, failure: FailureCode): ConsentState {
  return { status, nextAction: 'none', stage: 'none', failure };
}

/** Keeps what tells of the consent's life: its receipt, its dates, its grant. */
function endedFrom(state: ConsentState, status: ConsentStatus): ConsentState {
  return { ...without(withoutTrip(state), 'invitationId'), status, nextAction: 'none' };
}

/** Notices that were given of the grant's end say nothing of the consent's own, which lies ahead now. */
function lostFrom(state: ConsentState): ConsentState {
  const lost: ConsentState = { ...state, isGrantLost: true };
  return advised(deadlineOf(lost) === deadlineOf(state) ? lost : without(lost, 'noticeDays'));
}

function withoutTrip(state: ConsentState): ConsentState {
  return { ...without(state, 'authorizationId'), stage: 'none' };
}

/** What of a state need not be there. */
type Optional = {
  [Name in keyof ConsentState]-?: undefined extends ConsentState[Name] ? Name : never;
}[keyof ConsentState];

function without(state: ConsentState, ...names: readonly Optional[]): ConsentState {
  const dropped: readonly string[] = names;
  return Object.fromEntries(
    Object.entries(state).filter(([name]) => !dropped.includes(name)),
  ) as object as ConsentState;
}

/** What the application of an active consent should do: what is most pressing of all that the state says. */
function advised(state: ConsentState): ConsentState {
  return { ...state, nextAction: adviceFor(state) };
}

function adviceFor(state: ConsentState): NextAction {
  if (state.invitationId !== undefined) return 'launch';
  if (state.isGrantLost === true) return 'reauthorize';
  if (state.noticeDays === undefined) return 'none';
  // The consent would go on, and only the bank wants to see the person again.
  return deadlineOf(state) === state.expiresAt ? 'renew' : 'reauthorize';
}

/**
 * What a failed trip to the bank means for the consent: an outage, a refused or spent code and a lost answer leave the door
 * open for another trip; a misconfiguration does not heal by trying.
 */
export function eventOfFailure(failure: FailureCode): ConsentEvent {
  const mayTryAgain: readonly FailureCode[] = [
    'code_exchange_refused',
    'as_authorization_error',
    'authorization_response_invalid',
  ];
  const { kind } = FAILURES[failure];
  if (failure === 'consent_denied') return { type: 'denied' };
  if (kind === 'unavailable' || kind === 'ambiguous' || mayTryAgain.includes(failure)) {
    return { type: 'authorization_lost', failure };
  }
  return { type: 'failed', failure };
}
