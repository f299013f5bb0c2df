import { calculateJwkThumbprint, importJWK, type CryptoKey } from 'jose';
import { materialOf, type EvidenceKey } from './bundle';
import { Fault } from './fault';

/** A key as a signature is checked with. */
export interface KnownKey {
  readonly alg: EvidenceKey['alg'];
  readonly key: CryptoKey;
}

export type KnownKeys = ReadonlyMap<string, KnownKey>;

/**
 * The keys of a bundle by their names, which are their RFC 7638 thumbprints: whoever compares a name has compared the key.
 *
 * @param trusted key material from elsewhere: then each key of the bundle must be there
 * @throws {Fault}
 */
export async function readKeys(keys: readonly EvidenceKey[], trusted?: ReadonlySet<string>): Promise<KnownKeys> {
  const known = new Map<string, KnownKey>();
  for (const [index, jwk] of keys.entries()) {
    const where = `keys.keys[${index}]`;
    if ((await calculateJwkThumbprint({ ...jwk })) !== jwk.kid) throw new Fault(where, 'its kid is not its thumbprint');
    if (known.has(jwk.kid)) throw new Fault(where, `${jwk.kid} is there twice`);
    if (trusted && !trusted.has(materialOf(jwk))) throw new Fault(where, `${jwk.kid} is not among the trusted keys`);
    const key = await importJWK({ ...jwk }, jwk.alg).catch(() => undefined);
    if (key === undefined || key instanceof Uint8Array) throw new Fault(where, 'is not a public key');
    known.set(jwk.kid, { alg: jwk.alg, key });
  }
  return known;
}
