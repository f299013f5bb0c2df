import type { AuthorizationId, ReceiptId } from './ids';
import { FAILURES, type FailureCode } from './failures';

/**
 * What a consent is: its states and the only way from one to the next.
 *
 * `requested → authorizing → active → expired | revoked`, or `denied | abandoned | failed` on the way.
 */
export type ConsentStatus =
  'requested' | 'authorizing' | 'active' | 'expired' | 'revoked' | 'denied' | 'abandoned' | 'failed';

/** How far the current trip to the bank has come. */
export type AuthorizationStage = 'none' | 'prepared' | 'pushed' | 'exchanging';

/** What the application should do next, machine-readable. */
export type NextAction = 'none' | 'launch' | 'reauthorize' | 'renew' | 'contact_support';

export interface ConsentState {
  readonly status: ConsentStatus;
  readonly nextAction: NextAction;
  readonly stage: AuthorizationStage;
  readonly authorizationId?: AuthorizationId;
  /** Why the consent ended, or why the last trip to the bank did when the person may try again. */
  readonly failure?: FailureCode;
  readonly receiptId?: ReceiptId;
  /** Epoch milliseconds. */
  readonly expiresAt?: number;
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
  | { readonly type: 'granted'; readonly receiptId: ReceiptId; readonly expiresAt: number }
  | { readonly type: 'expired' };

export const INITIAL_STATE: ConsentState = { status: 'requested', nextAction: 'launch', stage: 'none' };

/** An event that the current state does not allow: a bug of ours, never the person's or the bank's doing. */
export class TransitionError extends Error {
  override readonly name = 'TransitionError';
}

/** States from which nothing happens any more. */
export function hasEnded(status: ConsentStatus): boolean {
  return !awaitsAuthorization(status) && status !== 'active';
}

/** States in which the person may go to the bank. */
export function awaitsAuthorization(status: ConsentStatus): boolean {
  return status === 'requested' || status === 'authorizing';
}

/**
 * The state after `event`. Pure.
 *
 * @throws {TransitionError} when the state does not allow the event
 */
export function transition(state: ConsentState, event: ConsentEvent): ConsentState {
  const allowed = event.type === 'expired' ? state.status === 'active' : awaitsAuthorization(state.status);
  if (!allowed) throw new TransitionError(`a consent that is ${state.status} cannot become ${event.type}`);

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
      return { status: 'denied', nextAction: 'none', stage: 'none', failure: 'consent_denied' };
    case 'failed':
      return { status: 'failed', nextAction: 'contact_support', stage: 'none', failure: event.failure };
    case 'abandoned':
      return { status: 'abandoned', nextAction: 'none', stage: 'none', failure: 'consent_abandoned' };
    case 'granted':
      return {
        status: 'active',
        nextAction: 'none',
        stage: 'none',
        receiptId: event.receiptId,
        expiresAt: event.expiresAt,
      };
    case 'expired':
      return { ...state, status: 'expired', nextAction: 'none', failure: 'consent_expired' };
  }
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
