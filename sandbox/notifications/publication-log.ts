import type { Notification } from './notification';
import type { Subscription } from './subscription';

export interface DeliveryAttempt {
  at: string;
  /** `null` where no answer came; `error` then says why. */
  status: number | null;
  error?: string;
}

/** One notification on its way to one callback URL. Refused: the answer said that trying again is of no use. */
export interface Delivery {
  subscriptionId: string;
  callbackUrl: string;
  outcome: 'pending' | 'delivered' | 'refused' | 'failed';
  attempts: DeliveryAttempt[];
}

export interface Publication {
  clientId: string;
  notification: Notification;
  /** By the behaviour `publishNotifications`: nobody hears of it. */
  isLost: boolean;
  deliveries: Delivery[];
}

const LONGEST_MEMORY = 1000;

/** The last thousand notifications since the bank started, for tests to look at. */
export class PublicationLog {
  #publications: Publication[] = [];

  open(clientId: string, notification: Notification, { isLost }: { isLost: boolean }): Publication {
    const publication: Publication = { clientId, notification, isLost, deliveries: [] };
    this.#publications.push(publication);
    if (this.#publications.length > LONGEST_MEMORY) this.#publications = this.#publications.slice(-LONGEST_MEMORY);
    return publication;
  }

  read(): readonly Publication[] {
    return this.#publications;
  }
}

/** Filled in as it goes, as the journal of requests is. */
export function openDelivery(publication: Publication, { subscriptionId, callbackUrl }: Subscription): Delivery {
  const delivery: Delivery = { subscriptionId, callbackUrl, outcome: 'pending', attempts: [] };
  publication.deliveries.push(delivery);
  return delivery;
}
