import type { Account } from './account';
import { habitsOf, type Movement } from './habits';

export interface Transaction extends Movement {
  id: string;
  account: Account;
  /** ISO 8601, UTC. */
  at: string;
}

/** The bank keeps a year: what is older is on paper. */
export const HISTORY_IN_DAYS = 365;

const MILLISECONDS_PER_DAY = 86_400_000;

/** Cached by account and day: a past day never changes, and drawing it costs more than remembering it. */
const cache = new Map<string, Transaction[]>();

/** The account's transactions in [from, to], newest first. */
export function transactionsBetween(account: Account, from: Date, to: Date, now = new Date()): Transaction[] {
  const oldest = new Date(now.getTime() - HISTORY_IN_DAYS * MILLISECONDS_PER_DAY);
  const first = startOfDay(from < oldest ? oldest : from);
  const last = to > now ? now : to;
  const found: Transaction[] = [];
  for (let day = startOfDay(last); day >= first; day -= MILLISECONDS_PER_DAY) {
    found.push(...transactionsOn(account, new Date(day)));
  }
  const [fromTime, lastTime] = [from.toISOString(), last.toISOString()];
  return found.filter((each) => each.at >= fromTime && each.at <= lastTime);
}

function transactionsOn(account: Account, day: Date): Transaction[] {
  const date = day.toISOString().slice(0, 10);
  const key = `${account.id} ${date}`;
  const known = cache.get(key);
  if (known) return known;
  const drawn = habitsOf(account, day).map((movement, index): Transaction => {
    const hour = String(8 + (index % 12)).padStart(2, '0');
    return {
      ...movement,
      account,
      id: `${account.id}-${date.replaceAll('-', '')}-${index + 1}`,
      at: `${date}T${hour}:30:00.000Z`,
    };
  });
  drawn.reverse();
  cache.set(key, drawn);
  return drawn;
}

const startOfDay = (date: Date): number => Math.floor(date.getTime() / MILLISECONDS_PER_DAY) * MILLISECONDS_PER_DAY;
