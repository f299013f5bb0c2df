import { DAY_MS } from '../domain/days';
import { lengthText } from '../domain/length-text';

/** Whole days from now until an instant; negative when it is over. */
export function daysUntil(instant: Date, now: number = Date.now()): number {
  return Math.floor((instant.getTime() - now) / DAY_MS);
}

/** How long ago, as people say it: `40 s`, `3 min`, `5 h`, `12 d`. */
export function ago(instant: Date, now: number = Date.now()): string {
  return lengthText(Math.max(0, now - instant.getTime()));
}
