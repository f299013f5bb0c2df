/** `client`: what we authenticate with at banks. `receipt`: what our receipts are signed with. */
export const SIGNING_KEY_PURPOSES = ['client', 'receipt'] as const;
export type SigningKeyPurpose = (typeof SIGNING_KEY_PURPOSES)[number];

/** `next`: published, signs later. `current`: signs. `retiring`: signs no more, still published. `withdrawn`: neither. */
export type SigningKeyState = 'next' | 'current' | 'retiring' | 'withdrawn';

/** When a key does what, in epoch milliseconds. It is published from the moment it exists. */
export interface SigningKeyTimes {
  readonly kid: string;
  readonly activatesAt: number;
  /** `null`: not yet decided, or never. */
  readonly withdrawsAt: number | null;
}

/**
 * The one key that signs at this moment, among the keys of one purpose and algorithm: the one that was activated last. When
 * none was by this clock, the first to come: our clock may be behind the one that the first key was dated by.
 */
export function currentKey<Key extends SigningKeyTimes>(keys: readonly Key[], now: number): Key | undefined {
  const inOrder = publishedKeys(keys, now).sort(byActivation);
  return inOrder.filter((key) => key.activatesAt <= now).at(-1) ?? inOrder[0];
}

/** The keys that somebody may need to verify a signature of ours. */
export function publishedKeys<Key extends SigningKeyTimes>(keys: readonly Key[], now: number): Key[] {
  return keys.filter(({ withdrawsAt }) => withdrawsAt === null || withdrawsAt > now);
}

export function stateOfKey<Key extends SigningKeyTimes>(
  key: Key,
  siblings: readonly Key[],
  now: number,
): SigningKeyState {
  if (key.withdrawsAt !== null && key.withdrawsAt <= now) return 'withdrawn';
  if (currentKey(siblings, now)?.kid === key.kid) return 'current';
  return key.activatesAt > now ? 'next' : 'retiring';
}

/** The key that waits to sign, if there is one. */
export function pendingKey<Key extends SigningKeyTimes>(keys: readonly Key[], now: number): Key | undefined {
  return keys.find((key) => stateOfKey(key, keys, now) === 'next');
}

export interface RotationWish {
  readonly purpose: SigningKeyPurpose;
  /** How long the new key is published before it signs. */
  readonly leadMs: number;
  /** How long the old key stays published after it has stopped signing. */
  readonly overlapMs: number;
}

export interface RotationPlan {
  readonly activatesAt: number;
  readonly withdrawals: readonly { readonly kid: string; readonly withdrawsAt: number }[];
}

/** Every API process publishes a new key within 5 s of its creation; none signs before. */
const PUBLISHED_WITHIN_MS = 10_000;

/** No lead and no overlap: a key has leaked, and is to stop at once whatever that breaks. */
export function isEmergency({ leadMs, overlapMs }: RotationWish): boolean {
  return leadMs === 0 && overlapMs === 0;
}

/** What the arrival of a new key means for the keys of the same purpose and algorithm. */
export function planRotation(keys: readonly SigningKeyTimes[], wish: RotationWish, now: number): RotationPlan {
  const emergency = isEmergency(wish);
  const current = currentKey(keys, now);
  const lead = emergency || !current ? 0 : Math.max(wish.leadMs, PUBLISHED_WITHIN_MS);
  const activatesAt = now + lead;
  const withdrawals = publishedKeys(keys, now).flatMap(({ kid, ...key }) => {
    const isPending = key.activatesAt > now && kid !== current?.kid;
    // It would come to sign after the new one. It has signed nothing, so nobody misses it.
    if (isPending) return [{ kid, withdrawsAt: now }];
    // A receipt is verified for years: its key stops signing and stays published.
    if (wish.purpose === 'receipt') return [];
    // Who had one key of ours may have had those before it.
    if (emergency) return [{ kid, withdrawsAt: now }];
    return kid === current?.kid ? [{ kid, withdrawsAt: activatesAt + wish.overlapMs }] : [];
  });
  return { activatesAt, withdrawals };
}

function byActivation(one: SigningKeyTimes, other: SigningKeyTimes): number {
  return one.activatesAt - other.activatesAt || (one.kid < other.kid ? -1 : 1);
}
