import type { RecordStore } from '../store/records';
import type { Notification } from './notification';

const KIND = 'Notification';

/** Longer than any application should need to come by and ask. */
const KEPT_IN_SECONDS = 30 * 86_400;

interface NotificationRecord {
  clientId: string;
  /** Their order, also of those of one moment, and whatever the bank takes the time to be. */
  sequence: number;
  notification: Notification;
}

/** What has been published, for those who ask instead of subscribing. */
export class NotificationBook {
  readonly #store: RecordStore;
  #latest = 0;

  constructor(store: RecordStore) {
    this.#store = store;
  }

  async record(clientId: string, notification: Notification): Promise<void> {
    // Goes on behind those of the process before this one, since milliseconds are few and this is their thousandfold.
    this.#latest = Math.max(this.#latest + 1, Date.now() * 1000);
    const record: NotificationRecord = { clientId, sequence: this.#latest, notification };
    await this.#store.save(KIND, notification.notificationId, record, { expiresInSeconds: KEPT_IN_SECONDS });
  }

  /** Of one client's consents, newest last. */
  async listFor(clientId: string): Promise<Notification[]> {
    const records = (await this.#store.list(KIND)) as NotificationRecord[];
    return records
      .filter((record) => record.clientId === clientId)
      .sort((one, other) => one.sequence - other.sequence)
      .map(({ notification }) => notification);
  }
}
