/**
 * Milliseconds until the service may be asked again: a number of seconds or a date.
 *
 * @see RFC 9110 §10.2.3
 */
export function retryAfterMsOf(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

const FIRST_MS = 250;
const LONGEST_MS = 8_000;

/**
 * How long to wait before the next try: as long as the service said, else twice as long each time. With a random part, so that
 * clients that failed together do not come back together.
 */
export function backoffMs(triesMade: number, retryAfterMs: number | undefined): number {
  if (retryAfterMs !== undefined) return retryAfterMs + Math.random() * FIRST_MS;
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** (triesMade - 1));
  return ceiling / 2 + (Math.random() * ceiling) / 2;
}
