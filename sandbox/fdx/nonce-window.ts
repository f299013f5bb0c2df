import { hkdfSync, timingSafeEqual } from 'node:crypto';

const STEP_IN_SECONDS = 60;

/**
 * Nonces for DPoP proofs that need no memory: each minute has one, derived from the bank's secret.
 *
 * The derivation is the one oidc-provider uses at the authorization server. Clients keep nonces per origin (RFC 9449
 * §8), and AS and FDX API share one here: with two different windows every change of endpoint would cost a retry.
 */
export class NonceWindow {
  readonly #secret: Buffer;
  #step = -1;
  #nonces: readonly Buffer[] = [];

  constructor(secret: Buffer) {
    this.#secret = secret;
  }

  /** The nonce of the coming minute: the longest-lived one that is accepted now. */
  get next(): string {
    return this.#current()[3]?.toString() ?? '';
  }

  /** All that will still be accepted in a minute. */
  get lasting(): readonly string[] {
    return this.#current()
      .slice(1)
      .map((nonce) => nonce.toString());
  }

  /** Two minutes either way. */
  accepts(nonce: string): boolean {
    const offered = Buffer.from(nonce);
    return this.#current().some((each) => each.length === offered.length && timingSafeEqual(each, offered));
  }

  #current(): readonly Buffer[] {
    const step = Math.floor(Date.now() / 1000 / STEP_IN_SECONDS);
    if (step !== this.#step) {
      this.#step = step;
      this.#nonces = [-2, -1, 0, 1, 2].map((offset) => this.#nonceOf(step + offset));
    }
    return this.#nonces;
  }

  #nonceOf(step: number): Buffer {
    const salt = Buffer.alloc(8);
    salt.writeUInt32BE(step, 4);
    return Buffer.from(Buffer.from(hkdfSync('sha256', this.#secret, salt, 'DPoP', 32)).toString('base64url'));
  }
}
