import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { ConsentState, ConsentStatus } from '../domain/consent';
import type { EndingCause, Revocation } from '../domain/ending';
import type { FailureCode } from '../domain/failures';
import type { DurationPolicy, GrantDifference, GrantedConsent } from '../domain/grant';
import type { ApplicationId, AuthorizationId, ConsentId, InstitutionId, InvitationId } from '../domain/ids';
import type { InvitationReason } from '../domain/invitation';
import type { ConsentTerms } from '../domain/terms';

/**
 * The messages of a `ConsentWorkflow`: everything the API may know of it. No message holds a secret in the clear and none holds
 * the person's name for themselves: histories are exported, replayed and shown.
 */
export const TASK_QUEUE = 'fdx-consent';
export const CONSENT_WORKFLOW = 'ConsentWorkflow';

export interface ConsentInput {
  /**
   * Version of this structure. A running consent is continued by later code: only add fields, and raise this. Since 2 a consent
   * lives beyond its first grant; one that was started before joins in when it next wakes.
   */
  readonly version: 1 | 2;
  readonly consentId: ConsentId;
  readonly applicationId: ApplicationId;
  readonly institutionId: InstitutionId;
  readonly institutionName: string;
  /** What was asked for at first; terms that were changed since are in `life`. */
  readonly terms: ConsentTerms;
  /** Epoch milliseconds until which the person may authorize for the first time. */
  readonly authorizeBy: number;
  readonly policy: DurationPolicy & Partial<LifePolicy>;
  /** Where the run before this one stopped, or a consent that lost its workflow. */
  readonly life?: ConsentLife;
}

/** What operators decide about the year after. */
export interface LifePolicy {
  /** Days before the deadline at which a notice is given. */
  readonly noticeDays: readonly number[];
  /** How long a bank is told of an end again and again before an operator is asked. */
  readonly revocationPatienceDays: number;
  /** Days from the end until secrets that are left and personal data are destroyed. */
  readonly personalDataRetentionDays: number;
  /** Events after which a run hands over to a new one, even before the server suggests it. */
  readonly eventsPerRun: number;
}

/** Everything a run hands to the next one. Bounded, whatever the consent has lived through. */
export interface ConsentLife {
  readonly state: ConsentState;
  /** Terms in force, once they differ from those asked for at first. */
  readonly terms?: ConsentTerms;
  /** What the bank granted, for the card. */
  readonly grant?: { readonly granted: GrantedConsent; readonly difference: GrantDifference };
  /** When the deadline became known, in epoch milliseconds. */
  readonly deadlineKnownSince?: number;
  readonly invitation?: OpenInvitation;
  /** How often the person asked to be sent to the bank with the link at hand. */
  readonly launches: number;
  /** Trips that were begun and can still be answered. */
  readonly trips: readonly Trip[];
  /** Answers, reports and wishes that have come and wait for their turn. */
  readonly answers: readonly CallbackAnswer[];
  readonly reports: readonly BankReport[];
  readonly revocation?: Revocation;
  readonly isUsedUp?: boolean;
  readonly isReminded?: boolean;
  /** Grants that the bank has still to be told of. */
  readonly endings: readonly GrantEnding[];
  /** When the consent ended, in epoch milliseconds. */
  readonly endedAt?: number;
  readonly story: readonly string[];
}

/** One trip to the bank, and the link it began with; without one it was the first. */
export interface Trip {
  readonly authorizationId: AuthorizationId;
  readonly invitationId?: InvitationId;
  readonly terms: ConsentTerms;
  readonly isAnswered: boolean;
}

export interface GrantEnding {
  readonly authorizationId: AuthorizationId;
  readonly cause: EndingCause;
  readonly revocation: Revocation;
  /** When we began to tell the bank, or an operator last asked for it; epoch milliseconds. */
  readonly since: number;
  /** The bank did not take it for days; a person is asked. */
  readonly needsOperator?: true;
}

export interface ConsentResult {
  readonly consentId: ConsentId;
  readonly status: ConsentStatus;
}

/** The person agreed to the disclosure and wants to go to the bank. */
export interface LaunchRequest {
  /** Hash of the cookie that binds the browser, in hex. */
  readonly browserHash: string;
  /** Epoch milliseconds. */
  readonly agreedAt: number;
  /** SHA-256 of the disclosure the person saw, base64url. */
  readonly disclosureDigest: string;
  /** What is written down of it. Absent in messages of versions that wrote down the digest only. */
  readonly agreementId?: string;
  /** The link that the person came by. Absent in messages of versions that knew one link only. */
  readonly invitationId?: InvitationId;
}

export type LaunchOutcome =
  | { readonly kind: 'redirect'; readonly authorizationUrl: string; readonly expiresAt: number }
  /** The bank could not be reached; nothing changed, the person may press Continue again. */
  | { readonly kind: 'try_again'; readonly failure: FailureCode; readonly retryAfterSeconds: number }
  /** An answer of the bank is being worked on right now. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'too_often' }
  /** The link is no longer good; the consent may well be. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'ended'; readonly status: ConsentStatus; readonly failure?: FailureCode };

/** An update and not a signal: the browser waits for the bank's address, and a consent that has ended must say so. */
export const launch = defineUpdate<LaunchOutcome, [LaunchRequest]>('launch');

/** The bank's answer, after the API has compared browser, `state` and `iss`. */
export interface CallbackAnswer {
  readonly authorizationId: AuthorizationId;
  readonly answer:
    | { readonly kind: 'code'; /** The code, sealed by the vault for this consent. */ readonly sealedCode: string }
    | { readonly kind: 'error'; /** OAuth error name, RFC 6749 §4.1.2.1. */ readonly error: string };
}

/** A signal and not an update: once the server has it, the browser may vanish and nothing is lost. */
export const callback = defineSignal<[CallbackAnswer]>('callback');

/** A link with which the person may authorize an active consent anew. */
export interface OpenInvitation {
  readonly invitationId: InvitationId;
  readonly reason: Exclude<InvitationReason, 'connect'>;
  readonly terms: ConsentTerms;
  /** Epoch milliseconds. */
  readonly authorizeBy: number;
}

export type InvitationAnswer =
  | { readonly kind: 'open'; readonly invitationId: InvitationId }
  /** Another one is open, on the same terms or on others. */
  | { readonly kind: 'open_already'; readonly invitationId: InvitationId; readonly hasSameTerms: boolean }
  | { readonly kind: 'not_active'; readonly status: ConsentStatus };

/** An update and not a signal: of two that arrive together one is told of the other. */
export const invite = defineUpdate<InvitationAnswer, [OpenInvitation]>('invite');

/** Takes the link back; `closed` also when it was closed before. */
export const cancelInvitation = defineUpdate<'closed' | 'busy', [InvitationId]>('cancelInvitation');

/** A signal: the database knows already and no token can be used any more; the workflow sees to the rest. */
export const revoke = defineSignal<[Revocation]>('revoke');

/** Something says that a grant at the bank is not what it was. */
export interface BankReport {
  /** The grant it is about, where that is known; the one in use otherwise. */
  readonly authorizationId?: AuthorizationId;
  readonly source: 'notification' | 'poll' | 'reconcile' | 'refresh' | 'data_access' | 'operator';
  /** The bank itself says, where we know it by its signature or connection, that the consent was revoked. */
  readonly says?: 'revoked';
}

/** A signal, and only a hint: the bank is asked before anything is believed. Many at once are one question. */
export const bankReported = defineSignal<[BankReport]>('bankReported');

/** The data of a ONE_TIME consent was read: it has served its purpose. */
export const usedUp = defineSignal('usedUp');

/** An operator wants the notice of the deadline ahead to be given now. */
export const remind = defineSignal('remind');

/** An operator wants the bank to be told of an end again, now. */
export const retryEnding = defineSignal('retryEnding');

/** Where the consent stands, for operators; the API reads its own table. */
export const currentState = defineQuery<ConsentState>('currentState');

/** For finding consents in the Temporal UI. Nothing personal: search attributes are stored in the clear. */
export const SEARCH_ATTRIBUTES = {
  status: defineSearchAttributeKey('ConsentStatus', SearchAttributeType.KEYWORD),
  institutionId: defineSearchAttributeKey('InstitutionId', SearchAttributeType.KEYWORD),
  applicationId: defineSearchAttributeKey('ApplicationId', SearchAttributeType.KEYWORD),
  nextAction: defineSearchAttributeKey('NextAction', SearchAttributeType.KEYWORD),
  expiresAt: defineSearchAttributeKey('ConsentExpiresAt', SearchAttributeType.DATETIME),
} as const;

/** Visibility query for consents that run: one that has ended has nobody to be told anything. */
export const RUNNING_CONSENTS = `WorkflowType = '${CONSENT_WORKFLOW}' AND ExecutionStatus = 'Running'`;
