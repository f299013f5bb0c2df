import { randomUUID } from 'node:crypto';
import type { RecordStore } from '../store/records';
import type { Subscription, SubscriptionRequest } from './subscription';

const KIND = 'NotificationSubscription';

/** Who wants to hear of what. Two that say the same are two: such a client hears everything twice. */
export class SubscriptionBook {
  readonly #store: RecordStore;

  constructor(store: RecordStore) {
    this.#store = store;
  }

  async open(clientId: string, request: SubscriptionRequest): Promise<Subscription> {
    const subscription = { ...request, subscriptionId: randomUUID(), clientId };
    await this.#store.save(KIND, subscription.subscriptionId, subscription);
    return subscription;
  }

  /** `undefined` also for another client's: whether there is one is not ours to tell. */
  async find(clientId: string, id: string): Promise<Subscription | undefined> {
    const subscription = (await this.#store.find(KIND, id)) as Subscription | undefined;
    return subscription?.clientId === clientId ? subscription : undefined;
  }

  async list(): Promise<Subscription[]> {
    return (await this.#store.list(KIND)) as Subscription[];
  }

  async close({ subscriptionId }: Subscription): Promise<void> {
    await this.#store.destroy(KIND, subscriptionId);
  }
}
