import type { BankBehaviour } from '../../sandbox/behaviour';
import type { Endpoint } from '../../sandbox/control/endpoints';
import type { FaultRuleRequest } from '../../sandbox/control/fault';
import type { JournalEntry } from '../../sandbox/control/journal';

/** A consent as the bank has it. */
export interface BankConsent {
  id: string;
  status: 'ACTIVE' | 'EXPIRED' | 'REVOKED';
  createdTime: string;
  expirationTime?: string;
}

interface Publication {
  notification: { type: string; notificationPayload: { id: string } };
  deliveries: { outcome: string }[];
}

/** The sandbox bank's control port: what happens there without us, and what it has seen of us. */
export class BankControl {
  constructor(private readonly controlUrl: string) {}

  /** Oldest first. */
  async consents(): Promise<BankConsent[]> {
    const { consents } = await this.#call<{ consents: BankConsent[] }>('GET', '/consents');
    return consents.sort((one, other) => one.createdTime.localeCompare(other.createdTime));
  }

  /** The person takes the consent back at the bank, which publishes that. */
  async revoke(consentId: string): Promise<void> {
    await this.#call('POST', `/consents/${consentId}/revoke`, {});
  }

  async update(consentId: string, changes: { expirationTime?: string; dataClusters?: string[] }): Promise<void> {
    await this.#call('POST', `/consents/${consentId}/update`, changes);
  }

  async subscriptions(): Promise<{ type: string; clientId: string }[]> {
    const { subscriptions } = await this.#call<{ subscriptions: { type: string; clientId: string }[] }>(
      'GET',
      '/subscriptions',
    );
    return subscriptions;
  }

  /** Whether each revocation there was told to whoever has subscribed, one way or the other. */
  async hasSpoken(): Promise<boolean> {
    const { notifications } = await this.#call<{ notifications: Publication[] }>('GET', '/notifications');
    const told = notifications.filter(
      ({ deliveries }) => deliveries.length > 0 && deliveries.every(({ outcome }) => outcome !== 'pending'),
    );
    const revoked = (await this.consents()).filter(({ status }) => status === 'REVOKED');
    return revoked.every(({ id }) => told.some(({ notification }) => notification.notificationPayload.id === id));
  }

  async requests(endpoint: Endpoint): Promise<JournalEntry[]> {
    return (await this.#call<{ requests: JournalEntry[] }>('GET', `/requests?endpoint=${endpoint}`)).requests;
  }

  async forgetRequests(): Promise<void> {
    await this.#call('DELETE', '/requests');
  }

  async plant(fault: FaultRuleRequest): Promise<void> {
    await this.#call('POST', '/faults', fault);
  }

  async heal(): Promise<void> {
    await this.#call('DELETE', '/faults');
  }

  async behave(changes: Partial<BankBehaviour>): Promise<void> {
    await this.#call('PUT', '/behaviour', changes);
  }

  async #call<Answer = unknown>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(this.controlUrl + path, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
      signal: AbortSignal.timeout(10_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} at the bank's control port: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }
}
