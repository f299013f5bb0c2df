/** What others may know of the `ErasureWorkflow`. */
export const ERASURE_WORKFLOW = 'ErasureWorkflow';

export interface ErasureRequest {
  readonly version: 1;
  readonly consentId: string;
  /** `operator:<key>` or `cli:<account>`. */
  readonly requestedBy: string;
  /** The HTTP request, where one asked. */
  readonly requestId?: string | undefined;
}

export interface ErasureResult {
  /** The deletion certificate that speaks of all that was destroyed. */
  readonly certificateId: string;
}

/** One at a time for a consent; whoever asks meanwhile joins it. */
export function erasureWorkflowId(consentId: string): string {
  return `erasure/${consentId}`;
}
