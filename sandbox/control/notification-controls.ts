import type { PublicationLog } from '../notifications/publication-log';
import type { SubscriptionBook } from '../notifications/subscription-book';
import type { ControlRoute } from './control-route';

interface NotificationControlParts {
  log: PublicationLog;
  subscriptions: SubscriptionBook;
}

/** Who wants to be told, what they were told, and what came of it. */
export const notificationControls = ({ log, subscriptions }: NotificationControlParts): ControlRoute[] => [
  {
    method: 'GET',
    path: /^\/notifications$/,
    handle: () => ({ status: 200, body: { notifications: log.read() } }),
  },
  {
    method: 'GET',
    path: /^\/subscriptions$/,
    handle: async () => ({ status: 200, body: { subscriptions: await subscriptions.list() } }),
  },
];
