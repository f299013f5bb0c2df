import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { ConsentState, ConsentStatus } from '../domain/consent';
import type { FailureCode } from '../domain/failures';
import type { DurationPolicy } from '../domain/grant';
import type { ApplicationId, AuthorizationId, ConsentId, InstitutionId } from '../domain/ids';
import type { ConsentTerms } from '../domain/terms';

/**
 * The messages of a `ConsentWorkflow`: everything the API may know of it. No message holds a secret in the clear and none holds
 * the person's name for themselves: histories are exported, replayed and shown.
 */
export const TASK_QUEUE = 'fdx-consent';
export const CONSENT_WORKFLOW = 'ConsentWorkflow';

export interface ConsentInput {
  /** Version of this structure. A running consent is continued by later code: only add fields, and raise this. */
  readonly version: 1;
  readonly consentId: ConsentId;
  readonly applicationId: ApplicationId;
  readonly institutionId: InstitutionId;
  readonly institutionName: string;
  readonly terms: ConsentTerms;
  /** Epoch milliseconds until which the person may authorize. */
  readonly authorizeBy: number;
  readonly policy: DurationPolicy;
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
}

export type LaunchOutcome =
  | { readonly kind: 'redirect'; readonly authorizationUrl: string; readonly expiresAt: number }
  /** The bank could not be reached; nothing changed, the person may press Continue again. */
  | { readonly kind: 'try_again'; readonly failure: FailureCode; readonly retryAfterSeconds: number }
  /** An answer of the bank is being worked on right now. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'too_often' }
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
