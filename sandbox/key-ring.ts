import { importJWK, type JWK as Key, type JWTPayload, SignJWT } from 'jose';
import type { JWK } from 'oidc-provider';
import type { BankBehaviour } from './behaviour';
import { type BankKeys, newSigningKeys, saveBankKeys } from './signing-keys';
import type { RecordStore } from './store/records';

interface KeyRingParts {
  keys: BankKeys;
  store: RecordStore;
  behaviour: Pick<BankBehaviour, 'sharedKeyId'>;
}

export interface SigningHeader {
  alg: string;
  /** Left out: the name of the key. `null`: no name at all. */
  kid?: string | null | undefined;
}

export const named = (kid: string | null | undefined): { kid?: string } => (typeof kid === 'string' ? { kid } : {});

/** The keys the bank signs with and publishes, newest first. */
export class KeyRing {
  readonly #parts: KeyRingParts;
  #keys: readonly JWK[];

  constructor(parts: KeyRingParts) {
    this.#parts = parts;
    this.#keys = parts.keys.jwks.keys;
  }

  /** False once the bank signs with other keys, or under other names, than those oidc-provider was built with. */
  get isAsBuilt(): boolean {
    return this.#keys === this.#parts.keys.jwks.keys && !this.#parts.behaviour.sharedKeyId;
  }

  /** RFC 7517 §5, public halves only. */
  get published(): { keys: object[] } {
    const keys = this.#keys.map((jwk) => ({ ...publicPart(jwk), kid: this.#keyIdOf(jwk) }));
    return { keys };
  }

  /** New keys from now on; the old ones stay published for signatures they made, or vanish at once. */
  async rotate({ keepOld }: { keepOld: boolean }): Promise<void> {
    const { keys, store } = this.#parts;
    this.#keys = [...(await newSigningKeys()), ...(keepOld ? this.#keys : [])];
    // What oidc-provider was built with stays in `keys`: after a restart it is built with what is stored here.
    await saveBankKeys(store, { ...keys, jwks: { keys: [...this.#keys] } });
  }

  async sign(payload: JWTPayload, { alg, kid }: SigningHeader): Promise<string> {
    const jwk = this.#keys.find((each) => each.alg === alg);
    if (!jwk) throw new Error(`the bank has no ${alg} key`);
    const signed = new SignJWT(payload).setProtectedHeader({
      alg,
      ...named(kid === undefined ? this.#keyIdOf(jwk) : kid),
    });
    return signed.sign(await importJWK(jwk as Key, alg));
  }

  /** RFC 7517 §4.5: keys of different types may share a name where an application takes them for alternatives. */
  #keyIdOf({ kid = '', alg = '' }: Pick<JWK, 'kid' | 'alg'>): string {
    return this.#parts.behaviour.sharedKeyId ? kid.replace(`-${alg.toLowerCase()}`, '') : kid;
  }
}

const publicPart = ({ kty, use, alg, crv, x, y, n, e }: JWK): object => ({ kty, use, alg, crv, x, y, n, e });
