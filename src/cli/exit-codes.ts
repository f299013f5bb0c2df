import type { FailureDescription } from '../domain/failure-kinds';

/** How the command ends, for scripts: docs/command-line.md. A number is never given another meaning. */
export const EXIT_CODES = {
  done: 0,
  /** It failed, or did its work and what it found is not well. */
  failed: 1,
  usage: 2,
  not_found: 3,
  /** What is there now does not allow it. */
  refused: 4,
  /** Something is away: try again. */
  unavailable: 5,
  /** Ours to mend. Of sysexits.h: EX_SOFTWARE. */
  bug: 70,
  /** Whoever read our output reads no more: 128 and the number of SIGPIPE, as for any program in a pipe. */
  unread: 141,
} as const;

export type Ending = keyof typeof EXIT_CODES;

/** Of one of our failures, by who must act next. */
export function endingOf({ kind, status }: Pick<FailureDescription, 'kind' | 'status'>): Ending {
  switch (kind) {
    case 'invalid':
      if (status === 404) return 'not_found';
      return status === 400 || status === 415 ? 'usage' : 'refused';
    case 'refused':
      return 'refused';
    case 'unavailable':
      return 'unavailable';
    case 'misconfigured':
    case 'ambiguous':
      return 'failed';
    case 'bug':
      return 'bug';
  }
}
