import type { JWK } from 'jose';
import { publishedKeys, type SigningKeyPurpose } from '../domain/signing-key';
import type { Log } from '../log';
import { framesOf } from '../stack-frames';
import type { Database } from '../store/database';
import { listSigningKeys, type SigningKey } from '../store/signing-keys';

/** What an API process publishes. Private halves never come here. */
export interface PublishedKeys {
  /** The public keys of a purpose, as of at most five seconds ago. */
  of(purpose: SigningKeyPurpose): Promise<readonly JWK[]>;
}

/** Less than what a new key waits at least before it signs (`planRotation`). */
const STALE_AFTER_MS = 5_000;

export function createPublishedKeys(database: Database, log: Log, clock: () => number = Date.now): PublishedKeys {
  let known: readonly SigningKey[] | undefined;
  let askedAt = -Infinity;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    try {
      known = await listSigningKeys(database);
    } catch (error) {
      // A bank that asks while our database is away gets what we know: keys are not less valid for it.
      if (!known) throw error;
      const name = error instanceof Error ? error.name : typeof error;
      log.warn({ name, frames: framesOf(error) }, 'the signing keys could not be read; publishing those known');
    }
  }

  function refresh(): Promise<void> {
    if (!reading) {
      askedAt = clock();
      reading = read().finally(() => {
        reading = undefined;
      });
    }
    return reading;
  }

  return {
    async of(purpose) {
      if (!known || reading || clock() - askedAt >= STALE_AFTER_MS) await refresh();
      const keys = (known ?? []).filter((key) => key.purpose === purpose);
      // A receipt must verify for years, whatever became of its key.
      const published = purpose === 'receipt' ? keys : publishedKeys(keys, clock());
      return published.map((key) => key.publicJwk);
    },
  };
}
