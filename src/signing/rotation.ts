import { currentKey, pendingKey, planRotation, type RotationPlan, type RotationWish } from '../domain/signing-key';
import type { SignatureAlgorithm } from '../domain/institution';
import {
  changeSigningKeys,
  destroyWithdrawnKeys,
  insertSigningKey,
  listSigningKeys,
  type NewSigningKey,
  type SigningKey,
} from '../store/signing-keys';
import { makeSigningKey, type KeyPlaces } from './key-materials';

export interface RotationRequest extends RotationWish {
  readonly algorithms: readonly SignatureAlgorithm[];
  readonly provider: string;
  /** Rotate although a key is waiting to sign already; that one is dropped. */
  readonly force: boolean;
}

export interface Rotated {
  readonly key: NewSigningKey;
  readonly plan: RotationPlan;
  /** The key that signs until then, if there is one. */
  readonly previous?: SigningKey;
}

/** A key is waiting to sign: another one now is more likely a mistake than a wish. */
export class RotationPending extends Error {
  override readonly name = 'RotationPending';

  constructor({ kid, purpose, algorithm, activatesAt }: SigningKey) {
    const when = new Date(activatesAt).toISOString();
    super(
      `A rotation is under way: the ${purpose} key ${kid} (${algorithm}) signs from ${when}. ` +
        'Wait for it, or drop that key with --force.',
    );
  }
}

/**
 * Makes new keys, publishes them at once, and writes down when they sign and when the old ones go. All of them or none.
 *
 * @throws {RotationPending} and then nothing was changed
 */
export async function rotateSigningKeys(places: KeyPlaces, request: RotationRequest): Promise<readonly Rotated[]> {
  const { purpose, algorithms, provider } = request;
  // Asked here too, so that a refusal leaves no unused key at a key service.
  refusePending(await listSigningKeys(places.database), request, Date.now());
  const made: NewSigningKey[] = [];
  for (const algorithm of algorithms) made.push(await makeSigningKey(places, provider, purpose, algorithm));
  return changeSigningKeys(places.database, async (transaction, keys, now) => {
    refusePending(keys, request, now);
    const rotated: Rotated[] = [];
    for (const key of made) {
      const alike = keysLike(keys, request, key.algorithm);
      const previous = currentKey(alike, now);
      const plan = planRotation(alike, request, now);
      await insertSigningKey(transaction, key, plan, now);
      rotated.push({ key, plan, ...(previous && { previous }) });
    }
    await destroyWithdrawnKeys(transaction, now);
    return rotated;
  });
}

function refusePending(keys: readonly SigningKey[], request: RotationRequest, now: number): void {
  if (request.force) return;
  for (const algorithm of request.algorithms) {
    const pending = pendingKey(keysLike(keys, request, algorithm), now);
    if (pending) throw new RotationPending(pending);
  }
}

function keysLike(
  keys: readonly SigningKey[],
  { purpose }: RotationRequest,
  algorithm: SignatureAlgorithm,
): readonly SigningKey[] {
  return keys.filter((key) => key.purpose === purpose && key.algorithm === algorithm);
}
