import { z } from 'zod';
import type { ConsentId } from '../domain/ids';
import type { Database } from '../store/database';
import { evidenceKeyOf } from '../store/evidence-keys';
import type { Vault } from '../store/vault';

/** A name as it was typed, and the salt of the digest that events hold of it: `digestOf({ name, salt })`. */
export interface TypedName {
  readonly name: string;
  readonly salt: string;
}

const schema = z.strictObject({ name: z.string(), salt: z.string() });

/**
 * Opens the names that a person typed; each opening is written down.
 *
 * @param sealed by agreement
 * @throws {VaultError} when the evidence key is not here
 * @throws {ConsentFailure} vault_unavailable
 */
export async function openTypedNames(
  database: Database,
  vault: Vault,
  consentId: ConsentId,
  sealed: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, TypedName>> {
  const key = await evidenceKeyOf(database, vault, consentId);
  const names = new Map<string, TypedName>();
  for (const [agreement, jwe] of sealed)
    names.set(agreement, schema.parse(await key.open('typed-name', agreement, jwe)));
  return names;
}
