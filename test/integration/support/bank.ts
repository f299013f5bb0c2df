import type { BankBehaviour } from '../../../sandbox/behaviour';
import type { Consent, ConsentStatus } from '../../../sandbox/consents/consent';
import type { Endpoint } from '../../../sandbox/control/endpoints';
import type { FaultRuleRequest } from '../../../sandbox/control/fault';
import type { JournalEntry, SeenAddress } from '../../../sandbox/control/journal';
import type { StackDescription } from '../../../scripts/dev/stack-description';
import { until } from './until';

/** A consent as the bank itself has it. */
export type ConsentAtBank = Consent & { readonly status: ConsentStatus };

/** The test's hand inside the sandbox bank: faults to plant, and its journal of what was asked of it. */
export class Bank {
  readonly #controlUrl: string;

  constructor({ urls }: Pick<StackDescription, 'urls'>) {
    this.#controlUrl = urls.bankControl;
  }

  async plant(rule: FaultRuleRequest): Promise<void> {
    await this.#call('POST', '/faults', rule);
  }

  /** No faults, and the traits it started with. */
  async heal(): Promise<void> {
    await this.#call('DELETE', '/faults');
    await this.#call('DELETE', '/behaviour');
  }

  /** Switches lasting traits, until the next `heal`; the others stay as they are. */
  async behave(changes: Partial<BankBehaviour>): Promise<void> {
    await this.#call('PUT', '/behaviour', changes);
  }

  /** New keys sign from now on; the old ones stay published or vanish. */
  async changeKeys(options: { keepOld: boolean }): Promise<void> {
    await this.#call('POST', '/keys/rotate', options);
  }

  /** As it started, with an empty journal. */
  async reset(): Promise<void> {
    await this.heal();
    await this.#call('DELETE', '/requests');
  }

  /** The requests to one endpoint since the last reset, oldest first. */
  async requests(endpoint: Endpoint): Promise<JournalEntry[]> {
    const { requests } = (await this.#call('GET', `/requests?endpoint=${endpoint}`)) as { requests: JournalEntry[] };
    return requests;
  }

  /** Every address that was asked for since the bank started, with its query and its Referer. */
  async addresses(): Promise<SeenAddress[]> {
    return ((await this.#call('GET', '/addresses')) as { addresses: SeenAddress[] }).addresses;
  }

  async consent(bankConsentId: string | null | undefined): Promise<ConsentAtBank> {
    const { consents } = (await this.#call('GET', '/consents')) as { consents: ConsentAtBank[] };
    const found = consents.find(({ id }) => id === bankConsentId);
    if (!found) throw new Error(`the bank has no consent ${bankConsentId ?? '(nothing)'}`);
    return found;
  }

  /** The consent once the bank has it as ended, by whomever. */
  async ended(bankConsentId: string | null | undefined, withinMs?: number): Promise<ConsentAtBank> {
    const look = async (): Promise<ConsentAtBank | undefined> => {
      const consent = await this.consent(bankConsentId);
      return consent.status === 'ACTIVE' ? undefined : consent;
    };
    return until(`the end of ${bankConsentId ?? '(nothing)'} at the bank`, look, withinMs);
  }

  /** The person, at the bank. Silently: nobody is told. */
  async revoke(bankConsentId: string, options: { silently?: boolean } = {}): Promise<void> {
    await this.#call('POST', `/consents/${bankConsentId}/revoke`, options);
  }

  /** The bank moves the end, or shares these clusters only. */
  async update(
    bankConsentId: string,
    changes: { expirationTime?: string; dataClusters?: readonly string[] },
  ): Promise<void> {
    await this.#call('POST', `/consents/${bankConsentId}/update`, changes);
  }

  async expire(bankConsentId: string): Promise<void> {
    await this.#call('POST', `/consents/${bankConsentId}/expire`);
  }

  async subscriptions(): Promise<{ type: string }[]> {
    return ((await this.#call('GET', '/subscriptions')) as { subscriptions: { type: string }[] }).subscriptions;
  }

  /** What came of telling applications about this consent. */
  async deliveriesOf(bankConsentId: string): Promise<string[]> {
    const { notifications } = (await this.#call('GET', '/notifications')) as {
      notifications: { notification: { notificationPayload: { id: string } }; deliveries: { outcome: string }[] }[];
    };
    return notifications
      .filter(({ notification }) => notification.notificationPayload.id === bankConsentId)
      .flatMap(({ deliveries }) => deliveries.map(({ outcome }) => outcome));
  }

  /**
   * How often a code was sent for good. A first request that is answered 400 and sent again is the DPoP nonce at work: the
   * server turns it away before it looks at the code (RFC 9449 §8).
   */
  async codesSent(): Promise<number> {
    const requests = await this.requests('token');
    const [first, ...more] = requests.filter(({ bodyParameters }) => bodyParameters.includes('code'));
    if (!first) return 0;
    return first.status === 400 && more.length > 0 ? more.length : more.length + 1;
  }

  async #call(method: string, target: string, body?: object): Promise<unknown> {
    const response = await fetch(this.#controlUrl + target, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`the bank's control answered ${response.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}
