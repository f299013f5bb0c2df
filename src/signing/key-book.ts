import { ConsentFailure } from '../domain/failures';
import {
  currentKey,
  pendingKey,
  publishedKeys,
  SIGNING_KEY_PURPOSES,
  type SigningKeyPurpose,
} from '../domain/signing-key';
import type { SignatureAlgorithm } from '../domain/institution';
import type { ClientKeys, Signer } from '../fapi/signer';
import type { Log } from '../log';
import { framesOf } from '../stack-frames';
import { openedFor } from '../store/opening-log';
import { listSigningKeys, type SigningKey } from '../store/signing-keys';
import { ALGORITHMS_OF, type KeyPlaces } from './key-materials';
import { signerOf, type OpenableSigner } from './signer-of';

/** The keys a process signs with. Follows the table while the process runs, and decides by the clock which key is the current. */
export interface KeyBook extends ClientKeys {
  /** Signs receipts now. */
  receiptSigner(): Signer;
  close(): void;
}

/** A rotation with a lead is known long before it matters; this is for the ones without. */
const REREAD_EVERY_MS = 30_000;
/** Somebody signs, so the answer matters now: what is older than this is read again behind their back. */
const STALE_AFTER_MS = 5_000;

/**
 * @param purposes what this process signs; keys of other purposes are never opened here
 * @throws when the keys cannot be read, or those that sign now cannot be opened
 */
export async function openKeyBook(
  parts: KeyPlaces & { readonly log: Log },
  purposes: readonly SigningKeyPurpose[] = SIGNING_KEY_PURPOSES,
): Promise<KeyBook> {
  const book = new WatchedKeyBook(parts, purposes);
  await book.read();
  await book.openCurrent();
  book.watch();
  return book;
}

class WatchedKeyBook implements KeyBook {
  readonly #parts: KeyPlaces & { readonly log: Log };
  readonly #purposes: readonly SigningKeyPurpose[];
  /** For the life of the process: a sealed key is opened once. */
  readonly #signers = new Map<string, OpenableSigner>();
  /** The key that signed last, by purpose and algorithm. */
  readonly #used = new Map<string, string>();
  #keys: readonly SigningKey[] = [];
  #askedAt = 0;
  #reading: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: KeyPlaces & { readonly log: Log }, purposes: readonly SigningKeyPurpose[]) {
    this.#parts = parts;
    this.#purposes = purposes;
  }

  current(algorithm: SignatureAlgorithm): Signer | undefined {
    return this.#currentOf('client', algorithm);
  }

  receiptSigner(): Signer {
    for (const algorithm of ALGORITHMS_OF.receipt) {
      const signer = this.#currentOf('receipt', algorithm);
      if (signer) return signer;
    }
    throw new Error('there is no receipt key here');
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  /** One reading at a time; whoever comes meanwhile gets its outcome. */
  read(): Promise<void> {
    if (!this.#reading) {
      this.#askedAt = Date.now();
      this.#reading = listSigningKeys(this.#parts.database)
        .then((keys) => {
          this.#keys = keys.filter(({ purpose }) => this.#purposes.includes(purpose));
          this.#forgetWithdrawn();
        })
        .finally(() => {
          this.#reading = undefined;
        });
    }
    return this.#reading;
  }

  /** Opens what signs now, so that a process which cannot sign does not start; and what signs next, so that nobody waits for it. */
  async openCurrent(): Promise<void> {
    const opening = this.#groups().map(async (keys) => {
      const now = Date.now();
      const current = currentKey(keys, now);
      if (current) this.#note(current);
      for (const key of [current, pendingKey(keys, now)]) if (key) await this.#signer(key).open();
    });
    await Promise.all(opening);
  }

  watch(): void {
    // Jittered, so that a hundred processes that were started together do not ask together.
    const delay = REREAD_EVERY_MS * (0.8 + 0.4 * Math.random());
    this.#timer = setTimeout(() => {
      void this.#readInBackground().then(() => {
        this.watch();
      });
    }, delay).unref();
  }

  #currentOf(purpose: SigningKeyPurpose, algorithm: SignatureAlgorithm): Signer | undefined {
    if (Date.now() - this.#askedAt >= STALE_AFTER_MS) void this.#readInBackground();
    const alike = this.#keys.filter((key) => groupOf(key) === groupOf({ purpose, algorithm }));
    const key = currentKey(alike, Date.now());
    if (!key) return undefined;
    this.#note(key);
    return this.#signer(key);
  }

  async #readInBackground(): Promise<void> {
    try {
      await openedFor(
        () => ({ openedBy: 'worker', reason: 'read the signing keys' }),
        async () => {
          await this.read();
          await this.openCurrent();
        },
      );
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error;
      // A failure of ours holds no secret, and says which key or which service it is about.
      const reason = error instanceof ConsentFailure ? error.message : framesOf(error);
      this.#parts.log.warn({ name, reason }, 'the signing keys could not be read or opened; those known go on');
    }
  }

  #signer(key: SigningKey): OpenableSigner {
    const known = this.#signers.get(key.kid);
    if (known) return known;
    const signer = signerOf(this.#parts, key);
    this.#signers.set(key.kid, signer);
    return signer;
  }

  #forgetWithdrawn(): void {
    const published = new Set(publishedKeys(this.#keys, Date.now()).map(({ kid }) => kid));
    for (const kid of this.#signers.keys()) if (!published.has(kid)) this.#signers.delete(kid);
  }

  #note(key: SigningKey): void {
    const { kid, purpose, algorithm, provider } = key;
    const before = this.#used.get(groupOf(key));
    if (before === kid) return;
    this.#used.set(groupOf(key), kid);
    this.#parts.log.info({ purpose, algorithm, provider, kid, before }, 'signing with this key from now on');
  }

  #groups(): SigningKey[][] {
    const groups = new Map<string, SigningKey[]>();
    for (const key of this.#keys) groups.set(groupOf(key), [...(groups.get(groupOf(key)) ?? []), key]);
    return [...groups.values()];
  }
}

function groupOf({ purpose, algorithm }: Pick<SigningKey, 'purpose' | 'algorithm'>): string {
  return `${purpose} ${algorithm}`;
}
