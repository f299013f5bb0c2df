import { NOTIFICATION_SCOPE } from '../clusters';
import type { NotificationBook } from '../notifications/notification-book';
import { type Subscription, subscriptionRequest } from '../notifications/subscription';
import type { SubscriptionBook } from '../notifications/subscription-book';
import { invalidInput, noDataFound, notAuthorized } from './fdx-fault';
import { type FdxAnswer, type FdxRequest, type FdxRoute, ok } from './fdx-request';
import { pageOf } from './paging';

export interface NotificationRouteParts {
  subscriptions: SubscriptionBook;
  notifications: NotificationBook;
}

/** FDX event notifications: to be told, or to come and ask. Both are an application's own errand. */
export function notificationRoutes({ subscriptions, notifications }: NotificationRouteParts): FdxRoute[] {
  async function subscribe(request: FdxRequest): Promise<FdxAnswer> {
    const clientId = subscriberOf(request);
    const body = subscriptionRequest.safeParse(request.body);
    if (!body.success) throw invalidInput(body.error.issues.map((issue) => issue.path.join('.') || 'body').join(', '));
    return { status: 201, json: viewOf(await subscriptions.open(clientId, body.data)) };
  }

  async function ownSubscription(request: FdxRequest): Promise<Subscription> {
    const found = await subscriptions.find(subscriberOf(request), request.parameters['subscriptionId'] ?? '');
    if (!found) throw noDataFound('no such subscription');
    return found;
  }

  async function readSubscription(request: FdxRequest): Promise<FdxAnswer> {
    return ok(viewOf(await ownSubscription(request)));
  }

  async function unsubscribe(request: FdxRequest): Promise<FdxAnswer> {
    await subscriptions.close(await ownSubscription(request));
    return { status: 204 };
  }

  async function listNotifications(request: FdxRequest): Promise<FdxAnswer> {
    const all = await notifications.listFor(subscriberOf(request));
    const { items, paging } = pageOf(all, request);
    return ok({ ...paging, notifications: items });
  }

  const subscription = '/notification-subscriptions/:subscriptionId';
  return [
    { method: 'POST', path: '/notification-subscriptions', handle: subscribe },
    { method: 'GET', path: subscription, handle: readSubscription },
    { method: 'DELETE', path: subscription, handle: unsubscribe },
    { method: 'GET', path: '/notifications', handle: listNotifications },
  ];
}

/** @throws 403/602 for a person's token, and without the scope */
function subscriberOf({ caller }: FdxRequest): string {
  if (caller.kind === 'person') throw notAuthorized("the application's own token is needed");
  if (!caller.scopes.has(NOTIFICATION_SCOPE)) throw notAuthorized(`scope ${NOTIFICATION_SCOPE} is missing`);
  return caller.clientId;
}

/** All of it but whose it is, which the caller knows. */
const viewOf = (subscription: Subscription): object => ({ ...subscription, clientId: undefined });
