import type { RecordStore } from '../store/records';
import { type Consent, type RevocationRequest, statusOf } from './consent';
import type { ConsentChange } from './consent-change';
import { type ConsentUpdate, updatedConsent } from './consent-update';
import { alignGrant, endGrant } from './oauth-grant';

const KIND = 'Consent';

/** Why nothing has changed. */
type Refusal = 'already_ended' | 'unknown';

export type RevocationOutcome = 'revoked' | Refusal;

type ChangeListener = (change: ConsentChange) => Promise<void>;

/** Every consent this bank has ever recorded: ended ones stay readable, as FDX and its user-experience guide want. */
export class ConsentBook {
  readonly #store: RecordStore;
  #announce: ChangeListener = () => Promise.resolve();

  constructor(store: RecordStore) {
    this.#store = store;
  }

  /** Called when a consent has changed, whoever changed it, and before whoever did is answered. */
  onChange(listener: ChangeListener): void {
    this.#announce = listener;
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

  /** The person has allowed it anew. */
  async renew(consent: Consent): Promise<void> {
    await this.record(consent);
    await this.#announce({ type: 'CONSENT_UPDATED', consent, initiator: 'INDIVIDUAL' });
  }

  /** The latest in force of one person to one application. */
  async findActive(personId: string, clientId: string): Promise<Consent | undefined> {
    const isWanted = (consent: Consent): boolean =>
      consent.personId === personId && consent.client.id === clientId && statusOf(consent) === 'ACTIVE';
    return (await this.list()).findLast(isWanted);
  }

  /** Ends the consent and, with it, the OAuth grant and every token that came of it; all of that later where it is told to. */
  async revoke(
    id: string,
    request: RevocationRequest,
    { silently = false, afterSeconds = 0 } = {},
  ): Promise<RevocationOutcome> {
    const consent = await this.#active(id);
    if (typeof consent === 'string') return consent;
    if (afterSeconds > 0) return this.#revokeLater(consent, request, afterSeconds);
    const updatedTime = new Date().toISOString();
    const revoked = { ...consent, updatedTime, pendingRevocation: undefined, revocation: { ...request, updatedTime } };
    await this.record(revoked);
    await endGrant(this.#store, id);
    const change = { type: 'CONSENT_REVOKED', consent: revoked, initiator: request.initiator } as const;
    if (!silently) await this.#announce(change);
    return 'revoked';
  }

  /** Ends it as its time would have, only now. */
  async expire(id: string): Promise<'expired' | Refusal> {
    const consent = await this.#active(id);
    if (typeof consent === 'string') return consent;
    const updatedTime = new Date().toISOString();
    const expired = { ...consent, updatedTime, expirationTime: updatedTime };
    await this.record(expired);
    await endGrant(this.#store, id);
    await this.#announce({ type: 'CONSENT_UPDATED', consent: expired, initiator: 'DATA_PROVIDER' });
    return 'expired';
  }

  /** The bank changes its dates, or shares less. */
  async update(id: string, update: ConsentUpdate): Promise<'updated' | 'not_granted' | Refusal> {
    const consent = await this.#active(id);
    if (typeof consent === 'string') return consent;
    const updated = updatedConsent(consent, update, new Date().toISOString());
    if (!updated) return 'not_granted';
    await Promise.all([this.record(updated), alignGrant(this.#store, updated)]);
    await this.#announce({ type: 'CONSENT_UPDATED', consent: updated, initiator: 'DATA_PROVIDER' });
    return 'updated';
  }

  /** Revocations that were pending when the bank stopped: they were answered with 204, and a bank keeps its word. */
  async resumeRevocations(): Promise<void> {
    for (const consent of await this.list()) {
      const { pendingRevocation: pending } = consent;
      if (pending) this.#revokeAt(consent.id, Date.parse(pending.takesEffectAt) - Date.now());
    }
  }

  /** Asked again in the meantime, it is as good as revoked, and stays at the time of the first. */
  async #revokeLater(consent: Consent, request: RevocationRequest, afterSeconds: number): Promise<'revoked'> {
    if (consent.pendingRevocation) return 'revoked';
    const takesEffectAt = new Date(Date.now() + afterSeconds * 1000).toISOString();
    await this.record({ ...consent, pendingRevocation: { request, takesEffectAt } });
    this.#revokeAt(consent.id, afterSeconds * 1000);
    return 'revoked';
  }

  #revokeAt(id: string, inMilliseconds: number): void {
    const revoke = async (): Promise<void> => {
      const pending = (await this.find(id))?.pendingRevocation;
      // Allowed anew in the meantime, or ended by another.
      if (pending) await this.revoke(id, pending.request);
    };
    setTimeout(() => {
      revoke().catch((error: unknown) => {
        console.warn(`pending revocation: ${String(error)}`);
      });
    }, inMilliseconds).unref();
  }

  async #active(id: string): Promise<Consent | Refusal> {
    const consent = await this.find(id);
    if (!consent) return 'unknown';
    return statusOf(consent) === 'ACTIVE' ? consent : 'already_ended';
  }
}
