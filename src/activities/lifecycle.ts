import type { ConsentState } from '../domain/consent';
import type { Revocation } from '../domain/ending';
import type { FailureCode } from '../domain/failures';
import type { GrantDifference, GrantedConsent } from '../domain/grant';
import type { AuthorizationId, ConsentId } from '../domain/ids';
import { findConsent } from '../store/consents';
import { endConsent } from '../store/destruction';
import { insertNotice, recordGrantChange, recordState, type ClosedInvitation } from '../store/life';
import { openOperatorTask } from '../store/operator-tasks';
import type { ActivityDependencies } from './dependencies';
import { endGrantAtBank, type EndGrantInput } from './end-grant';
import { purgeConsent } from './purge';
import { reviewGrant, type GrantReview, type ReviewInput } from './review-grant';

interface OfConsent {
  readonly consentId: ConsentId;
  /** The state to write down. */
  readonly state: ConsentState;
}

interface Conclusion extends OfConsent {
  /** Absent in consents of an earlier version, whose banks were not told. */
  readonly bankIsTold?: boolean;
  readonly revocation?: Revocation;
  readonly purgeAfterDays?: number;
}

/** The steps of a consent's life that no trip to the bank belongs to. */
export interface LifecycleActivities {
  recordState(input: OfConsent & { readonly closes?: ClosedInvitation }): Promise<void>;
  giveNotice(input: OfConsent & { readonly deadline: number; readonly days: number }): Promise<void>;
  /** Ends the consent here: no token is used any more. @returns grants that the bank has still to be told of */
  concludeConsent(input: Conclusion): Promise<{ readonly grantsToEnd: readonly AuthorizationId[] }>;
  endGrantAtBank(input: EndGrantInput): Promise<void>;
  openOperatorTask(input: {
    readonly consentId: ConsentId;
    readonly authorizationId: AuthorizationId;
    readonly failure: FailureCode;
    readonly state?: ConsentState;
  }): Promise<void>;
  reviewGrant(input: ReviewInput): Promise<GrantReview>;
  recordGrantChange(
    input: OfConsent & {
      readonly authorizationId: AuthorizationId;
      readonly granted: GrantedConsent;
      readonly difference: GrantDifference;
    },
  ): Promise<void>;
  purgeConsent(input: { readonly consentId: ConsentId }): Promise<{ readonly certificateId: string }>;
}

export function createLifecycleActivities(deps: ActivityDependencies): LifecycleActivities {
  const { database } = deps;
  return {
    recordState: ({ consentId, state, closes }) => recordState(database, consentId, state, closes),
    giveNotice: ({ consentId, deadline, days, state }) =>
      insertNotice(database, { consentId, deadline: new Date(deadline), days, state }),
    async concludeConsent(input) {
      return { grantsToEnd: await endConsent(database, input) };
    },
    endGrantAtBank: (input) => endGrantAtBank(deps, input),
    async openOperatorTask({ consentId, authorizationId, failure, state }) {
      const consent = await findConsent(database, consentId);
      if (!consent) return;
      const { institution_id: institutionId } = consent;
      const kind = 'grant_ending_failed';
      await openOperatorTask(database, { kind, consentId, authorizationId, institutionId, failure });
      if (state) await recordState(database, consentId, state);
    },
    reviewGrant: (input) => reviewGrant(deps, input),
    recordGrantChange: ({ consentId, granted, difference, state }) =>
      recordGrantChange(database, consentId, { granted, difference }, state),
    purgeConsent: (input) => purgeConsent(deps, input),
  };
}
