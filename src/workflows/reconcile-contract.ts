import type { InstitutionId } from '../domain/ids';

/** What others may know of a `ReconcileWorkflow`. */
export const RECONCILE_WORKFLOW = 'ReconcileWorkflow';
/** With the time of its beginning behind it, where the schedule begins it. */
export const RECONCILE_WORKFLOW_ID = 'fdx-consent-reconcile';

export interface ReconcileInput {
  /** Version of this structure: only add fields, and raise this. */
  readonly version: 1;
  /** Institutions up to this one are done, and what came of them. */
  readonly after?: InstitutionId;
  readonly soFar?: ReconcileResult;
}

/** What one round over all institutions has brought. */
export interface ReconcileResult {
  /** Consents that their bank was asked about. */
  readonly checked: number;
  /** Of these, not as they are recorded here: their workflows were told. */
  readonly found: number;
  /** Of these, had no workflow to tell. */
  readonly untold: number;
  /** Institutions where something did not work; the next round tries again. */
  readonly troubled: number;
}
