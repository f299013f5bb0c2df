import { DAY_MS } from '../domain/days';

/** Whole days from now until an instant; negative when it is over. */
export function daysUntil(instant: Date, now: number = Date.now()): number {
  return Math.floor((instant.getTime() - now) / DAY_MS);
}

/** How long ago, as people say it: `40 s`, `3 min`, `5 h`, `12 d`. */
export function ago(instant: Date, now: number = Date.now()): string {
  return lengthOf(Math.max(0, now - instant.getTime()));
}

export function lengthOf(ms: number): string {
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return ms < 2 * DAY_MS ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / DAY_MS)} d`;
}
