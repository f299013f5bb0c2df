import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import type { JWK } from 'oidc-provider';
import type { RecordStore } from './store/records';

const KIND = 'BankKeys';

/** The bank's own secrets. Kept in the store, so that a restarted bank is the same bank to its clients. */
export interface BankKeys {
  jwks: { keys: JWK[] };
  /** Signs the bank's cookies. */
  cookieKeys: string[];
  /** 32 bytes, hex: the nonces of DPoP proofs are derived from it. */
  dpopNonceSecret: string;
}

export async function loadBankKeys(store: RecordStore): Promise<BankKeys> {
  const stored = (await store.find(KIND, 'current')) as BankKeys | undefined;
  const present = stored?.jwks.keys ?? [];
  const missing = ALGORITHMS.filter((alg) => !present.some((key) => key.alg === alg));
  if (stored && missing.length === 0) return stored;
  const keys: BankKeys = {
    // A bank of an earlier version gains what this one has more.
    jwks: { keys: [...present, ...(await newSigningKeys(missing))] },
    cookieKeys: stored?.cookieKeys ?? [randomBytes(32).toString('base64url')],
    dpopNonceSecret: stored?.dpopNonceSecret ?? randomBytes(32).toString('hex'),
  };
  await saveBankKeys(store, keys);
  return keys;
}

const ALGORITHMS = ['ES256', 'PS256', 'EdDSA'] as const;
type Algorithm = (typeof ALGORITHMS)[number];

export const saveBankKeys = (store: RecordStore, keys: BankKeys): Promise<void> => store.save(KIND, 'current', keys);

/** One key of each kind, named after what is new about them and what they sign with: `bank-es256-1f0c9a`. */
export async function newSigningKeys(algorithms: readonly Algorithm[] = ALGORITHMS): Promise<JWK[]> {
  const generation = randomBytes(3).toString('hex');
  return Promise.all(algorithms.map((algorithm) => signingKey(algorithm, generation)));
}

async function signingKey(alg: Algorithm, generation: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg, use: 'sig', kid: `bank-${alg.toLowerCase()}-${generation}` };
}
