/** A day in milliseconds. Durations here are counted in these, and never in calendar days: no bank and no policy means those. */
export const DAY_MS = 24 * 60 * 60 * 1000;
