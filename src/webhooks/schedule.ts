const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * How long after each failure the next attempt is made: as Standard Webhooks suggests ("Deliverability and reliability"), ten attempts
 * in a little more than three days.
 */
export const RETRY_AFTER_SECONDS: readonly number[] = [
  5,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** What failed together is not tried together. */
const JITTER = 0.2;
/** Whoever asks for more is asked again all the same. */
const LONGEST_RETRY_AFTER_SECONDS = 24 * HOUR;

/**
 * When to try again; undefined when it was tried for as long as it is worth.
 *
 * @param failures before this one
 * @param askedFor Retry-After, in seconds
 * @param random from 0 to 1
 */
export function nextAttemptAfter(failures: number, askedFor = 0, random = Math.random()): number | undefined {
  const seconds = RETRY_AFTER_SECONDS[failures];
  if (seconds === undefined) return undefined;
  return Math.max(seconds * (1 - JITTER + 2 * JITTER * random), Math.min(askedFor, LONGEST_RETRY_AFTER_SECONDS));
}

/** Retry-After as seconds (RFC 9110 §10.2.3): a number or a date; 0 for anything else. */
export function retryAfterOf(header: string | undefined, now = Date.now()): number {
  if (header === undefined) return 0;
  if (/^\d{1,9}$/.test(header)) return Math.min(Number(header), LONGEST_RETRY_AFTER_SECONDS);
  // IMF-fixdate: other forms are obsolete, and a lenient parser makes a date of anything.
  const at = /^[A-Z][a-z]{2}, \d\d /.test(header) ? Date.parse(header) : NaN;
  return Number.isNaN(at) ? 0 : Math.min(Math.max(0, (at - now) / 1_000), LONGEST_RETRY_AFTER_SECONDS);
}
