import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { DataKey } from '../../src/store/vault';
import { round } from '../statistics';
import type { SealFigures } from './result';

export interface SealPlan {
  /** Of each kind, in this process. */
  times: number;
  concurrency: number;
}

/** Seals and opens what a grant's tokens are like, beside Node's own AES-256-GCM over the same bytes. */
export async function measureSealing(
  { times, concurrency }: SealPlan,
  tokens: object,
  { silent, writtenDown }: { readonly silent: DataKey; readonly writtenDown: DataKey },
): Promise<SealFigures> {
  const plaintext = Buffer.from(JSON.stringify(tokens));
  const key = randomBytes(32);
  const bareSealed = sealBare(key, plaintext);
  const sealed = await silent.seal('tokens', 'row', tokens);
  const bare = {
    sealsPerSecond: await perSecond(times, 1, () => Promise.resolve(sealBare(key, plaintext))),
    opensPerSecond: await perSecond(times, 1, () => Promise.resolve(openBare(key, bareSealed))),
  };
  const vault = {
    sealsPerSecond: await perSecond(times, 1, () => silent.seal('tokens', 'row', tokens)),
    opensPerSecond: await perSecond(times, 1, () => silent.open('tokens', 'row', sealed)),
  };
  const silentAtOnce = await perSecond(times, concurrency, () => silent.open('tokens', 'row', sealed));
  const sealedToo = await writtenDown.seal('tokens', 'row', tokens);
  const noted = await perSecond(times, concurrency, () => writtenDown.open('tokens', 'row', sealedToo));
  return {
    bytes: plaintext.length,
    bare,
    vault,
    atOnce: { concurrency, silentPerSecond: silentAtOnce, writtenDownPerSecond: noted },
    ratios: {
      seal: round(vault.sealsPerSecond / bare.sealsPerSecond, 2),
      open: round(vault.opensPerSecond / bare.opensPerSecond, 2),
      openWrittenDown: round(noted / silentAtOnce, 2),
    },
  };
}

async function perSecond(times: number, concurrency: number, work: () => Promise<unknown>): Promise<number> {
  for (let warm = 0; warm < 200; warm += 1) await work();
  let left = times;
  const keepGoing = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await work();
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: concurrency }, keepGoing));
  return Math.round((times / (performance.now() - startedAt)) * 1000);
}

interface BareSealed {
  nonce: Buffer;
  ciphertext: Buffer;
  tag: Buffer;
}

function sealBare(key: Buffer, plaintext: Buffer): BareSealed {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return { nonce, ciphertext, tag: cipher.getAuthTag() };
}

function openBare(key: Buffer, { nonce, ciphertext, tag }: BareSealed): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}
