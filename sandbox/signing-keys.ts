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
  if (stored) return stored;
  const keys: BankKeys = {
    jwks: { keys: [await signingKey('ES256'), await signingKey('PS256')] },
    cookieKeys: [randomBytes(32).toString('base64url')],
    dpopNonceSecret: randomBytes(32).toString('hex'),
  };
  await store.save(KIND, 'current', keys);
  return keys;
}

async function signingKey(alg: 'ES256' | 'PS256'): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg, use: 'sig', kid: `bank-${alg.toLowerCase()}` };
}
