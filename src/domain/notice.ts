import { DAY_MS } from './days';

/** FDX's guidelines ask for a reminder at least 30 days before the end. The notice at the end itself is not one of these. */
export const DEFAULT_NOTICE_DAYS: readonly number[] = [30, 14, 7, 1];

/** What the notices of one deadline depend on. Instants are epoch milliseconds. */
export interface NoticePlan {
  readonly deadline: number;
  /** When the deadline became known: no notice is due before anybody could know of it. */
  readonly knownSince: number;
  /** Days before the deadline. */
  readonly days: readonly number[];
  /** The most urgent notice that was given. */
  readonly given?: number | undefined;
}

/**
 * Nobody needs to hear of an end in the hour in which they agreed to it. It is also more than the clocks of a bank and ours are
 * apart, so that a consent for thirty days does not begin with the notice that thirty are left.
 */
const SETTLING_MS = 60 * 60 * 1000;

/** Notices still to be given, earliest first. One whose time came before the deadline was known is none. */
function outstanding({ deadline, knownSince, days, given = Infinity }: NoticePlan): readonly number[] {
  return days
    .filter((each) => each < given && instantOf(deadline, each) > knownSince + SETTLING_MS)
    .sort((left, right) => right - left);
}

/** The notice to give now: of several that are due, because nobody was awake, only the most urgent. */
export function dueNotice(plan: NoticePlan, now: number): number | undefined {
  return outstanding(plan)
    .filter((days) => instantOf(plan.deadline, days) <= now)
    .at(-1);
}

/** When the next notice comes due, in epoch milliseconds. */
export function nextNoticeAt(plan: NoticePlan): number | undefined {
  const [next] = outstanding(plan);
  return next === undefined ? undefined : instantOf(plan.deadline, next);
}

function instantOf(deadline: number, days: number): number {
  return deadline - days * DAY_MS;
}
