import { randomUUID } from 'node:crypto';
import type { ConsentId } from '../../../src/domain/ids';
import type { ResolveAll } from '../../../src/outbound/public-addresses';
import { findDelivery, listAttempts, listDeliveries } from '../../../src/store/webhook-deliveries';
import { findEndpoint, type EndpointRow } from '../../../src/store/webhook-endpoints';
import { createSecretBook } from '../../../src/store/webhook-secrets';
import type { DeliveryEvent } from '../../../src/webhooks/attempt';
import { ENDPOINT_BOUNDS, startDue, type Dispatching } from '../../../src/webhooks/dispatcher';
import { registerEndpoint, type RegisteredEndpoint, type WebhookHands } from '../../../src/webhooks/endpoints';
import { createWebhookSender, type WebhookSender } from '../../../src/webhooks/sender';
import { APPLICATION_ID, type OwnBooks } from './own-books';

interface StageOptions {
  readonly consents?: readonly ConsentId[];
  readonly ca?: string;
  readonly timeoutSeconds?: number;
  readonly allowPrivateAddresses?: boolean;
  readonly resolve?: ResolveAll;
  readonly proxyUrl?: string;
}

/** A dispatcher that is driven by hand, with a clock of its own: three days of retries take no time. */
export class WebhookStage {
  readonly events: DeliveryEvent[] = [];
  readonly sender: WebhookSender;
  readonly dispatching: Dispatching;
  readonly hands: WebhookHands;
  readonly underWay = new Set<Promise<void>>();
  readonly #consents: readonly ConsentId[];
  #ahead = 0;
  #told = 0;

  constructor(
    readonly books: OwnBooks,
    { timeoutSeconds = 1, allowPrivateAddresses = true, consents = [], ...options }: StageOptions = {},
  ) {
    this.#consents = consents;
    const { database, vault } = books;
    this.sender = createWebhookSender({ timeoutSeconds, allowPrivateAddresses, ...options });
    const secrets = createSecretBook({ database, vault });
    this.hands = { database, vault, sender: this.sender, secrets };
    this.dispatching = {
      database,
      secrets,
      sender: this.sender,
      clock: { aheadSeconds: () => this.#ahead },
      bounds: ENDPOINT_BOUNDS,
      timeoutSeconds,
      disableAfterDays: 5,
      logDays: 30,
      report: (event) => this.events.push(event),
    };
  }

  pass(seconds: number): void {
    this.#ahead += seconds;
  }

  register(url: string, eventTypes: readonly string[] = ['*']): Promise<RegisteredEndpoint> {
    return registerEndpoint(this.hands, APPLICATION_ID, { url, description: null, eventTypes });
  }

  async endpoint({ endpoint }: RegisteredEndpoint): Promise<EndpointRow> {
    const row = await findEndpoint(this.books.database, endpoint.id);
    if (!row) throw new Error('the endpoint is gone');
    return row;
  }

  /** Looks once, and waits for what was started. */
  async round(): Promise<number> {
    const started = await startDue(this.dispatching, this.underWay);
    await Promise.all(this.underWay);
    return started;
  }

  /** Round after round until nothing is due. */
  async drain(): Promise<void> {
    while ((await this.round()) > 0);
  }

  deliveries({ endpoint }: RegisteredEndpoint) {
    return listDeliveries(this.books.database, endpoint.id, { limit: 1_000 });
  }

  async log({ endpoint }: RegisteredEndpoint, id: string) {
    const attempts = await listAttempts(this.books.database, id);
    return { row: await findDelivery(this.books.database, endpoint.id, id), attempts };
  }

  /** How the last attempt of the only delivery ended. */
  async lastOutcome(registered: RegisteredEndpoint): Promise<string> {
    const [delivery] = await this.deliveries(registered);
    const attempts = await listAttempts(this.books.database, delivery?.id ?? '');
    const { status, failure } = attempts.at(-1) ?? {};
    return [failure ?? 'delivered', status].filter((each) => each != null).join(' ');
  }

  /** One event, of the next consent. @returns its id */
  async tell(): Promise<string> {
    const consentId = this.#consents[this.#told++ % this.#consents.length];
    if (consentId === undefined) throw new Error('there is no consent to tell of');
    await this.change(consentId, 1);
    const query = 'SELECT id FROM events WHERE consent_id = $1 ORDER BY version DESC LIMIT 1';
    const [event] = await this.books.run(query, [consentId]);
    return String(event?.['id']);
  }

  /** So many events of one consent, one transaction each. */
  async change(consentId: string, times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      await this.books.run('UPDATE consents SET receipt_id = $2 WHERE id = $1', [
        consentId,
        `rcp_${randomUUID().replaceAll('-', '')}`,
      ]);
    }
  }

  async forget(registered: RegisteredEndpoint): Promise<void> {
    await this.books.run('DELETE FROM webhook_endpoints WHERE id = $1', [registered.endpoint.id]);
  }

  close(): Promise<void> {
    return this.sender.close();
  }
}
