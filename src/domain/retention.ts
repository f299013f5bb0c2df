import { hasEnded, type BankEnding, type ConsentStatus } from './consent';
import { DAY_MS } from './days';

/** How long what is kept. */
export interface RetentionPolicy {
  /** From a consent's end until its personal data and secrets are destroyed. */
  readonly personalDataRetentionDays: number;
  /** From a consent's latest authorization until what proves it is removed. 12 CFR 1033.351(d): three years at least. */
  readonly evidenceRetentionDays: number;
  /** How long applications can read what they were told. */
  readonly eventRetentionDays: number;
}

/** What decides whether a consent may be purged. Instants are epoch milliseconds. */
export interface PurgeSubject {
  readonly status: ConsentStatus;
  readonly bankEnding?: BankEnding | undefined;
  /** There are tokens left with which the bank could be told of the end. */
  readonly hasTokens: boolean;
  /** A legal hold is in force. */
  readonly isHeld: boolean;
  readonly endedAt: number;
  readonly expiresAt?: number | undefined;
}

export type PurgeRuling = 'allowed' | 'not_ended' | 'held' | 'bank_first';

/**
 * A bank that is down for as long as this after personal data were due does not hold them up any longer: operators have been
 * asked long before, and a consent without an expiry would hold them for ever.
 */
const BANK_PATIENCE_DAYS = 30;

/**
 * Telling the bank comes before destroying what it takes to tell it, but not at any price: past the consent's own expiry the
 * grant ends at the bank by itself, and an operator who has taken over telephones.
 */
export function purgeRuling(subject: PurgeSubject, policy: RetentionPolicy, now: number): PurgeRuling {
  if (!hasEnded(subject.status)) return 'not_ended';
  if (subject.isHeld) return 'held';
  const waitsForBank = subject.bankEnding === 'pending' && subject.hasTokens;
  return waitsForBank && now < bankHoldsUntil(subject, policy) ? 'bank_first' : 'allowed';
}

function bankHoldsUntil({ endedAt, expiresAt = Infinity }: PurgeSubject, policy: RetentionPolicy): number {
  const days = policy.personalDataRetentionDays + BANK_PATIENCE_DAYS;
  return Math.min(expiresAt, endedAt + days * DAY_MS);
}

/** Until when evidence is kept, in epoch milliseconds. */
export function evidenceKeptUntil(latestAuthorizationAt: number, policy: RetentionPolicy): number {
  return latestAuthorizationAt + policy.evidenceRetentionDays * DAY_MS;
}
