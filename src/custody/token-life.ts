/** When an access token came and when it ends, in epoch milliseconds. */
export interface TokenLife {
  readonly obtainedAt: number;
  /** `null` where the bank did not say (RFC 6749 §5.1): believed until it refuses. */
  readonly endsAt: number | null;
}

/** As the row of a grant tells it. */
export function lifeOf(row: {
  readonly refreshed_at: Date | null;
  readonly tokens_since: Date | null;
  readonly access_expires_at: Date | null;
}): TokenLife {
  const obtainedAt = row.refreshed_at ?? row.tokens_since;
  return { obtainedAt: obtainedAt?.getTime() ?? 0, endsAt: row.access_expires_at?.getTime() ?? null };
}

/** `good`: used. `ending`: used, and refreshed meanwhile. `ended`: over, or so soon that it could end on its way to the bank. */
export type TokenPhase = 'good' | 'ending' | 'ended';

/** Enough for a request to a slow bank; a token that lives for a minute cannot spare so much. */
const LAST = { milliseconds: 30_000, share: 1 / 4 };
/** Enough for several attempts at a bank that stumbles. */
const EARLY = { milliseconds: 120_000, share: 1 / 3 };
/** The least of the early time that is used: beginning at its very end would leave nobody time to refresh. */
const LEAST_EARLINESS = 0.5;
/** Less than this is spent on the way. */
const ON_THE_WAY_MS = 2_000;

/** @param earliness how much of the early time to use, from `earlinessOf` */
export function phaseOf({ obtainedAt, endsAt }: TokenLife, earliness: number, now: number): TokenPhase {
  if (endsAt === null) return 'good';
  const life = Math.max(0, endsAt - obtainedAt);
  const last = Math.min(LAST.milliseconds, life * LAST.share);
  const early = Math.min(EARLY.milliseconds, life * EARLY.share);
  const left = endsAt - now;
  if (left <= last || left <= ON_THE_WAY_MS) return 'ended';
  return left <= last + (early - last) * earliness ? 'ending' : 'good';
}

/** Whether the bank would still take it, although it is time for another. */
export function stillWorks({ endsAt }: Pick<TokenLife, 'endsAt'>, now: number): boolean {
  return endsAt === null || endsAt > now + ON_THE_WAY_MS;
}

/**
 * How early this process refreshes this grant: another share for each pair, so that neither the processes come together nor the
 * grants that were made together.
 */
export function earlinessOf(grant: string, process: number): number {
  // FNV-1a: spreads, and hides nothing.
  let hash = 0x811c9dc5 ^ process;
  for (const character of grant) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return LEAST_EARLINESS + (1 - LEAST_EARLINESS) * ((hash >>> 0) / 2 ** 32);
}
