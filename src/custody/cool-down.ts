import { ConsentFailure, type FailureCode } from '../domain/failures';

/** What keeps everybody from asking the bank now, as the row of a grant tells it: the failure, with the seconds that are left. */
export function coolingOf(row: {
  readonly refresh_failure: FailureCode | null;
  readonly cool_down_seconds: number | null;
}): ConsentFailure | undefined {
  const { refresh_failure: code, cool_down_seconds: left } = row;
  if (code === null || left === null || left <= 0) return undefined;
  return new ConsentFailure(code, 'the last refresh failed, and the next is not due yet.', Math.ceil(left));
}

/** A hiccup is over in a second; a bank that is down for hours is asked a dozen times an hour for each grant in use. */
const FIRST_SECONDS = 1;
const LONGEST_SECONDS = 300;
/** Grants that failed together do not come back together. */
const SPREAD = 0.2;

/**
 * How long after this failure nobody refreshes the grant, among all processes.
 *
 * @param before how many failures there were since the last success
 * @param chance from 0 to 1
 */
export function coolDownSeconds(before: number, retryAfterSeconds = 0, chance = Math.random()): number {
  const doubled = Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** before);
  const spread = doubled * (1 - SPREAD + 2 * SPREAD * chance);
  // What the bank says is the least (RFC 9110 §10.2.3); what we add keeps us from coming all at once.
  return retryAfterSeconds > spread ? retryAfterSeconds + FIRST_SECONDS * chance : spread;
}

/** Not the bank's: what is mended here is to be tried at once, and the bank was not asked. */
const OURS: ReadonlySet<FailureCode> = new Set([
  'signing_unavailable',
  'store_unavailable',
  'institution_misconfigured',
  'consent_expired',
]);

/** True for a failure after which the bank is left alone for a while. A grant that is lost is not asked for again at all. */
export function coolsDown({ code }: ConsentFailure): boolean {
  return code !== 'grant_lost' && !OURS.has(code);
}
