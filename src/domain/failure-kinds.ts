/** Who must act when something goes wrong, and what they are told. */
export type FailureKind =
  /** A person or the bank said no: an outcome, not an error. */
  | 'refused'
  /** The caller's request cannot be right as it is. */
  | 'invalid'
  /** We or the bank must fix something; trying again does not help. */
  | 'misconfigured'
  /** Try later. */
  | 'unavailable'
  /** It may have happened: never blindly repeated. */
  | 'ambiguous'
  /** An invariant broke. */
  | 'bug';

export interface FailureDescription {
  readonly kind: FailureKind;
  /** HTTP status when the API answers with it. */
  readonly status: number;
  /** What happened, for an engineer; also the title of the problem document. */
  readonly title: string;
  /** What to do next. */
  readonly fix: string;
}

export function invalid(status: number, title: string, fix: string) {
  return { kind: 'invalid', status, title, fix } as const;
}
export function refused(title: string, fix: string) {
  return { kind: 'refused', status: 200, title, fix } as const;
}
export function misconfigured(title: string, fix: string) {
  return { kind: 'misconfigured', status: 502, title, fix } as const;
}
export function unavailable(title: string, fix: string) {
  return { kind: 'unavailable', status: 503, title, fix } as const;
}
export function ambiguous(title: string, fix: string) {
  return { kind: 'ambiguous', status: 202, title, fix } as const;
}
