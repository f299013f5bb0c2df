import { importJWK, type CryptoKey, type JWK } from 'jose';
import { publicMembersOf } from './public-key';

/** A grant's key as a handle that signs and cannot be exported. */
export interface SenderKeyPair {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/** A call for data costs a few milliseconds, and importing its key half of one. */
const KEPT = 1_000;
/** A grant that is over leaves nothing behind for longer than this. */
const KEPT_FOR_MS = 10 * 60_000;

const kept = new Map<string, Promise<SenderKeyPair>>();

/** Imports the key of a grant, or takes what was imported for an earlier request with it. */
export function importSenderKey(jwk: JWK): Promise<SenderKeyPair> {
  const name = JSON.stringify([jwk.alg, publicMembersOf(jwk)]);
  const known = kept.get(name);
  if (known) return known;
  const importing = importPair(jwk);
  const [oldest] = kept.keys();
  if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(name, importing);
  const forget = (): void => {
    if (kept.get(name) === importing) kept.delete(name);
  };
  setTimeout(forget, KEPT_FOR_MS).unref();
  importing.catch(forget);
  return importing;
}

async function importPair(jwk: JWK): Promise<SenderKeyPair> {
  const algorithm = jwk.alg ?? 'ES256';
  const [privateKey, publicKey] = await Promise.all([
    importJWK(jwk, algorithm, { extractable: false }),
    importJWK(publicMembersOf(jwk), algorithm, { extractable: true }),
  ]);
  if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array) throw new Error('not an asymmetric key');
  return { privateKey, publicKey };
}
