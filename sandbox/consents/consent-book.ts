import { GRANT_MEMBERS } from '../store/oidc-adapter';
import type { RecordStore } from '../store/records';
import { type Consent, type RevocationRequest, statusOf } from './consent';

const KIND = 'Consent';

export type RevocationOutcome = 'revoked' | 'already_ended' | 'unknown';

/** Every consent this bank has ever recorded: ended ones stay readable, as FDX and its user-experience guide want. */
export class ConsentBook {
  readonly #store: RecordStore;

  constructor(store: RecordStore) {
    this.#store = store;
  }

  async record(consent: Consent): Promise<void> {
    await this.#store.save(KIND, consent.id, consent);
  }

  async find(id: string): Promise<Consent | undefined> {
    return (await this.#store.find(KIND, id)) as Consent | undefined;
  }

  async list(): Promise<Consent[]> {
    const consents = (await this.#store.list(KIND)) as Consent[];
    return consents.sort((one, other) => one.createdTime.localeCompare(other.createdTime));
  }

  /** Ends the consent and, with it, the OAuth grant and every token that came of it. */
  async revoke(id: string, request: RevocationRequest): Promise<RevocationOutcome> {
    const consent = await this.find(id);
    if (!consent) return 'unknown';
    if (statusOf(consent) !== 'ACTIVE') return 'already_ended';
    const updatedTime = new Date().toISOString();
    await this.record({ ...consent, updatedTime, revocation: { ...request, updatedTime } });
    await Promise.all([
      this.#store.destroy('Grant', id),
      ...GRANT_MEMBERS.map((kind) => this.#store.destroyByGrant(kind, id)),
    ]);
    return 'revoked';
  }
}
