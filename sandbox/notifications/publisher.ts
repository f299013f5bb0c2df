import type { BankBehaviour } from '../behaviour';
import type { ConsentChange } from '../consents/consent-change';
import { writeLog } from '../request-log';
import { deliver } from './delivery';
import { type Notification, notificationOf } from './notification';
import type { NotificationBook } from './notification-book';
import { openDelivery, type Publication, type PublicationLog } from './publication-log';
import { publisherAssertion, type PublisherIdentity } from './publisher-assertion';
import { type Subscription, wants } from './subscription';
import type { SubscriptionBook } from './subscription-book';

export interface PublisherParts extends PublisherIdentity {
  bankName: string;
  behaviour: BankBehaviour;
  subscriptions: SubscriptionBook;
  notifications: NotificationBook;
  log: PublicationLog;
}

/** Tells applications what has become of their consents. */
export class Publisher {
  readonly #parts: PublisherParts;
  readonly #stopping = new AbortController();

  constructor(parts: PublisherParts) {
    this.#parts = parts;
  }

  /** Resolves once it can be asked for. Sending it to those who subscribed takes its time, and nobody waits for that. */
  async publish(change: ConsentChange): Promise<void> {
    const { bankName, behaviour, notifications, subscriptions, log } = this.#parts;
    const notification = notificationOf(change, bankName);
    const clientId = change.consent.client.id;
    const isLost = !behaviour.publishNotifications;
    const publication = log.open(clientId, notification, { isLost });
    if (isLost) return;
    await notifications.record(clientId, notification);
    for (const subscription of await subscriptions.list()) {
      if (subscription.clientId === clientId && wants(subscription, notification)) {
        void this.#send(notification, subscription, publication);
      }
    }
  }

  /** What is on its way is given up: who has missed it can ask. */
  stop(): void {
    this.#stopping.abort();
  }

  /** Never rejects. */
  async #send(notification: Notification, subscription: Subscription, publication: Publication): Promise<void> {
    const copies = this.#parts.behaviour.duplicateNotifications ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const delivery = openDelivery(publication, subscription);
      const { callbackUrl } = subscription;
      try {
        await deliver(notification, delivery, {
          authenticate: () => publisherAssertion(callbackUrl, this.#parts),
          stopping: this.#stopping.signal,
        });
      } catch {
        // Stopped in the middle of a pause.
        delivery.outcome = 'failed';
      }
      const { outcome, attempts } = delivery;
      const { notificationId } = notification;
      // Of the URL only the origin: the rest of it may be what the application recognizes the bank by.
      const to = new URL(callbackUrl).origin;
      if (outcome !== 'delivered') writeLog('notification', { notificationId, to, outcome, attempts });
    }
  }
}
