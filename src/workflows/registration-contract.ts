import { defineQuery } from '@temporalio/workflow';
import type { FailureCode } from '../domain/failures';
import type { InstitutionId } from '../domain/ids';
import type { RegistrationTerms } from '../domain/registration';

/** What others may know of a `RegistrationWorkflow`. As in `contract.ts`, no message holds a secret in the clear. */
export const REGISTRATION_WORKFLOW = 'RegistrationWorkflow';

export interface RegistrationInput {
  /** Version of this structure: only add fields, and raise this. */
  readonly version: 1;
  readonly institutionId: InstitutionId;
  readonly operation: RegistrationOperation;
}

export type RegistrationOperation =
  | {
      readonly kind: 'register';
      readonly terms: RegistrationTerms;
      /** What the bank gave us so that we may register (RFC 7591 §3), sealed by the vault. */
      readonly sealedInitialAccessToken?: string;
    }
  /** Without terms: those of the registration, with the profile as it is stored now. */
  | { readonly kind: 'update'; readonly terms?: RegistrationTerms }
  | {
      readonly kind: 'delete';
      /** Although consents there have not ended, and although the bank may not do its part. */
      readonly force: boolean;
    };

export interface RegistrationResult {
  readonly institutionId: InstitutionId;
  readonly outcome: 'registered' | 'updated' | 'deleted' | 'failed';
  readonly clientId?: string;
  /** What the bank registered otherwise than asked, in sentences. */
  readonly differences: readonly string[];
  /** Requests, of earlier operations too, whose answer was lost: each may have left a client at the bank that we do not know. */
  readonly possibleOrphans: number;
  readonly failure?: { readonly code: FailureCode; readonly detail: string };
  readonly steps: readonly RegistrationStep[];
}

export interface RegistrationStep {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly text: string;
}

/** What has happened so far, for whoever waits for the result. */
export const registrationSteps = defineQuery<readonly RegistrationStep[]>('registrationSteps');
