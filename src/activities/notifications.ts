import { ConsentFailure, type FailureCode } from '../domain/failures';
import type { InstitutionId } from '../domain/ids';
import type { InstitutionProfile } from '../domain/institution';
import type { AuthorizedFetch } from '../fdx/client';
import { hasSubscription, listNotifications, subscribe, unsubscribe } from '../fdx/notifications';
import { currentProfile } from '../institutions/current-profile';
import { readNotification, takeInPolled } from '../notifications/inbox';
import { needsUpkeep, subscriptionsOf, type SubscriptionView } from '../notifications/subscription-plan';
import { forgetSubscription, listSubscriptions, noteSubscription } from '../store/notification-subscriptions';
import { findOpenInstitution } from '../store/reconcile';
import type { ActivityDependencies } from './dependencies';
import { whileAlive } from './while-alive';

/** An institution with a fetch for what is our own business there, and no person's. */
interface OwnBusiness {
  readonly profile: InstitutionProfile;
  readonly fetch: AuthorizedFetch;
}

/**
 * Brings our subscriptions at a bank in line with its profile and our address, and looks now and then whether it still has them.
 *
 * A bank whose answer to a subscription was lost may have made one that we do not know of, and FDX has no list to ask for: we
 * subscribe again, and hear everything twice, which is taken in once.
 *
 * @returns the failure of the last subscription that could not be kept; it is noted beside it
 */
export async function keepSubscriptions(
  deps: ActivityDependencies,
  id: InstitutionId,
): Promise<{ readonly failure?: FailureCode }> {
  const business = await ownBusinessAt(deps, id);
  if (!business) return {};
  const rows = await listSubscriptions(deps.database, id);
  const views = subscriptionsOf(business.profile, rows, deps.notificationsUrl);
  let failure: FailureCode | undefined;
  for (const view of views.filter((each) => needsUpkeep(each, Date.now()))) {
    try {
      await keepSubscription(deps, business, view);
    } catch (error) {
      if (!(error instanceof ConsentFailure)) throw error;
      failure = error.code;
      await noteFailure(deps, id, view, error.code);
    }
  }
  return failure === undefined ? {} : { failure };
}

async function keepSubscription(
  { database, notificationsUrl: callbackUrl, aggregator }: ActivityDependencies,
  { profile, fetch }: OwnBusiness,
  { type, state, isWanted, row }: SubscriptionView,
): Promise<void> {
  const known = row?.subscription_id ?? undefined;
  if (known !== undefined && state === 'subscribed' && (await hasSubscription(profile, fetch, known))) {
    await noteSubscription(database, profile.id, { type, callbackUrl, subscriptionId: known });
    return;
  }
  if (state === 'outdated') {
    if (known !== undefined) await unsubscribe(profile, fetch, known);
    await forgetSubscription(database, profile.id, type);
  }
  if (!isWanted) return;
  const subscriptionId = await subscribe(profile, fetch, { type, callbackUrl, subscriberName: aggregator.name });
  await noteSubscription(database, profile.id, { type, callbackUrl, subscriptionId });
}

async function noteFailure(
  { database, notificationsUrl }: ActivityDependencies,
  id: InstitutionId,
  { type, row }: SubscriptionView,
  failure: FailureCode,
): Promise<void> {
  // What is known of it stays: the next round goes on from there.
  const known = (await listSubscriptions(database, id)).find((each) => each.type === type);
  await noteSubscription(database, id, {
    type,
    callbackUrl: known?.callback_url ?? row?.callback_url ?? notificationsUrl,
    subscriptionId: known?.subscription_id ?? null,
    failure,
  });
}

/**
 * Asks a bank for its notifications and stores those that are new. Workflows are told of them by the sweep of the API.
 *
 * @throws {ConsentFailure} fdx_unreachable, fdx_rate_limited, fdx_request_rejected, fdx_response_invalid and those of a token
 */
export async function pollNotifications(
  deps: ActivityDependencies,
  id: InstitutionId,
): Promise<{ readonly taken: number }> {
  return whileAlive(async () => {
    const business = await ownBusinessAt(deps, id);
    let taken = 0;
    if (business?.profile.notifications.mode !== 'poll') return { taken };
    for await (const page of listNotifications(business.profile, business.fetch)) {
      // One that cannot be read is the bank's fault; the others of its page are still good.
      const readable = page.map(readNotification).flatMap((each) => ('faults' in each ? [] : [each]));
      taken += await takeInPolled(deps.database, id, readable);
    }
    return { taken };
  });
}

async function ownBusinessAt(deps: ActivityDependencies, id: InstitutionId): Promise<OwnBusiness | undefined> {
  const institution = await findOpenInstitution(deps.database, id);
  const profile = institution && currentProfile(institution.profile);
  if (!institution || !profile) return undefined;
  const client = deps.institutions.for(profile, institution.revision);
  let token: ReturnType<typeof client.clientCredentialsToken> | undefined;
  return {
    profile,
    // One token for all of it, and none when nothing is asked.
    fetch: async (url, request) => {
      token ??= client.clientCredentialsToken(profile.notifications.scope);
      return client.fetchWithToken(await token, url, request);
    },
  };
}
