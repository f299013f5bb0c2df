// The parser that Temporal's own durations go through; the package offers it at this path.
import { msToNumber } from '@temporalio/common/lib/time';
import type { StringValue } from '@temporalio/common';

/** Its parser knows years and words too, and takes a bare number for milliseconds: too easy to get wrong by a thousand. */
const FORM = /^\d{1,6}(s|m|h|d)$/;

/**
 * A duration as people type it: `90s`, `15m`, `24h`, `7d`.
 *
 * @returns milliseconds; undefined for anything else
 */
export function parseDuration(text: string): number | undefined {
  return FORM.test(text) ? msToNumber(text as StringValue) : undefined;
}
