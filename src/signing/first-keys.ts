import { planRotation, publishedKeys, SIGNING_KEY_PURPOSES } from '../domain/signing-key';
import type { Database } from '../store/database';
import {
  changeSigningKeys,
  insertSigningKey,
  listSigningKeys,
  LOCAL_PROVIDER,
  type NewSigningKey,
  type SigningKey,
} from '../store/signing-keys';
import type { Vault } from '../store/vault';
import { ALGORITHMS_OF, makeSigningKey } from './key-materials';

/** Makes the keys that there are none of yet. Processes that start together agree on the first one stored. */
export async function ensureSigningKeys(database: Database, vault: Vault): Promise<void> {
  const known = await listSigningKeys(database);
  const places = { database, vault, keyServices: new Map() };
  for (const purpose of SIGNING_KEY_PURPOSES) {
    for (const algorithm of ALGORITHMS_OF[purpose]) {
      if (hasKeyLike({ purpose, algorithm }, known)) continue;
      // Made before anything is locked: an RSA key takes a good part of a second.
      const key = await makeSigningKey(places, LOCAL_PROVIDER, purpose, algorithm);
      await insertUnlessPresent(database, key);
    }
  }
}

function insertUnlessPresent(database: Database, key: NewSigningKey): Promise<void> {
  return changeSigningKeys(database, async (transaction, keys, now) => {
    if (hasKeyLike(key, keys)) return;
    const plan = planRotation([], { purpose: key.purpose, leadMs: 0, overlapMs: 0 }, now);
    await insertSigningKey(transaction, key, plan, now);
  });
}

function hasKeyLike(wanted: Pick<SigningKey, 'purpose' | 'algorithm'>, keys: readonly SigningKey[]): boolean {
  const alike = keys.filter(({ purpose, algorithm }) => purpose === wanted.purpose && algorithm === wanted.algorithm);
  return publishedKeys(alike, Date.now()).length > 0;
}
