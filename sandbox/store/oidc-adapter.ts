import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import type { RecordStore } from './records';

/** Models that die with their grant. Other records may mention a grant without belonging to it: interactions do. */
export const GRANT_MEMBERS = ['AccessToken', 'RefreshToken', 'AuthorizationCode'] as const;

const grantMembers: ReadonlySet<string> = new Set(GRANT_MEMBERS);

/** oidc-provider's storage contract, spoken to the bank's record store. */
export class OidcAdapter implements Adapter {
  readonly #store: RecordStore;
  readonly #kind: string;

  constructor(store: RecordStore, kind: string) {
    this.#store = store;
    this.#kind = kind;
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    await this.#store.save(this.#kind, id, payload, {
      expiresInSeconds: expiresIn,
      grantId: grantMembers.has(this.#kind) ? payload.grantId : undefined,
      uid: this.#kind === 'Session' ? payload.uid : undefined,
    });
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return (await this.#store.find(this.#kind, id)) as AdapterPayload | undefined;
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return (await this.#store.findByUid(this.#kind, uid)) as AdapterPayload | undefined;
  }

  /** The device flow is off. */
  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  /**
   * oidc-provider looks whether a code is used and then uses it, in two steps. Two exchanges at once would both pass
   * the look, so the step itself says no: RFC 6749 §4.1.2, a code MUST NOT be used more than once.
   */
  async consume(id: string): Promise<void> {
    if (await this.#store.consume(this.#kind, id, Math.floor(Date.now() / 1000))) return;
    if (this.#kind === 'PushedAuthorizationRequest') throw new errors.InvalidRequestUri('request_uri was already used');
    throw new errors.InvalidGrant('already consumed');
  }

  async destroy(id: string): Promise<void> {
    await this.#store.destroy(this.#kind, id);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.#store.destroyByGrant(this.#kind, grantId);
  }
}
