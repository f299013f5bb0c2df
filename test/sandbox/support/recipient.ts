import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Notification } from '../../../sandbox/notifications/notification';
import type { BankProcess } from './bank-process';
import type { FapiClient } from './fapi-client';

export interface Heard {
  path: string;
  headers: IncomingHttpHeaders;
  notification: Notification;
}

/** The application's own endpoint for notifications, on plain http as in development. */
export class Recipient {
  readonly heard: Heard[] = [];
  /** What the next ones are answered with, 204 once these are used up. `never`: the connection stays open, and silent. */
  readonly answers: (number | 'never')[] = [];

  private constructor(
    readonly server: Server,
    readonly url: string,
  ) {}

  static async open(): Promise<Recipient> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const recipient = new Recipient(server, `http://localhost:${(server.address() as { port: number }).port}`);
    server.on('request', (req, res) => {
      void text(req).then((body) => {
        const notification = JSON.parse(body) as Notification;
        recipient.heard.push({ path: req.url ?? '', headers: req.headers, notification });
        const status = recipient.answers.shift() ?? 204;
        if (status !== 'never') res.writeHead(status).end();
        server.emit('heard');
      });
    });
    return recipient;
  }

  get callbackUrl(): string {
    return `${this.url}/notifications`;
  }

  /** Resolves to them once there are so many about this consent. */
  async hears(consentId: string, count = 1): Promise<Heard[]> {
    for (;;) {
      const about = this.about(consentId);
      if (about.length >= count) return about;
      await once(this.server, 'heard');
    }
  }

  about(consentId: string): Heard[] {
    return this.heard.filter(({ notification }) => notification.notificationPayload.id === consentId);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

export const NOTIFICATION_SCOPE = 'fdx:notifications:subscribe';

export const subscription = (callbackUrl: string, changes: object = {}): object => ({
  type: 'CONSENT_REVOKED',
  category: 'CONSENT',
  callbackUrl,
  subscriber: { name: 'Budget Buddy', type: 'DATA_ACCESS_PLATFORM' },
  ...changes,
});

/** Subscribes to both types of event; resolves to the ids. */
export async function subscribe(client: FapiClient, callbackUrl: string): Promise<string[]> {
  const token = await client.clientCredentials(NOTIFICATION_SCOPE);
  const ids: string[] = [];
  for (const type of ['CONSENT_REVOKED', 'CONSENT_UPDATED']) {
    const body = subscription(callbackUrl, { type });
    const answer = await client.fdx(token, '/notification-subscriptions', { method: 'POST', body });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    ids.push(String(answer.body['subscriptionId']));
  }
  return ids;
}

interface Publication {
  clientId: string;
  notification: Notification;
  isLost: boolean;
  deliveries: { outcome: string; callbackUrl: string; attempts: { status: number | null; error?: string }[] }[];
}

/** What the bank has published about a consent, once nothing of it is on its way any more. */
export async function publicationsAbout(bank: BankProcess, consentId: string): Promise<Publication[]> {
  for (;;) {
    const { body } = await bank.control('GET', '/notifications');
    const about = (body as { notifications: Publication[] }).notifications.filter(
      ({ notification }) => notification.notificationPayload.id === consentId,
    );
    if (about.every(({ deliveries }) => deliveries.every(({ outcome }) => outcome !== 'pending'))) return about;
  }
}

/** Asks instead of waiting to be told. */
export async function polled(client: FapiClient, consentId: string): Promise<Notification[]> {
  const token = await client.clientCredentials(NOTIFICATION_SCOPE);
  const { body } = await client.fdx(token, '/notifications?limit=1000');
  return (body['notifications'] as Notification[]).filter(({ notificationPayload: { id } }) => id === consentId);
}
