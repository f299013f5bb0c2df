import type { FailureCode } from '../domain/failures';
import type { InstitutionId } from '../domain/ids';
import type { InstitutionProfile } from '../domain/institution';
import { currentProfile } from '../institutions/current-profile';
import { needsUpkeep, subscriptionsOf } from '../notifications/subscription-plan';
import { listSubscriptions } from '../store/notification-subscriptions';
import { hasDueConsents, listOpenInstitutions } from '../store/reconcile';
import type { ActivityDependencies } from './dependencies';
import { keepSubscriptions, pollNotifications } from './notifications';
import { reconcileInstitution, type ReconciledBatch } from './reconcile-institution';
import { reviewGrant } from './review-grant';

/** What is to be done at one institution in this round. */
export interface Errand {
  readonly institutionId: InstitutionId;
  readonly keepsSubscriptions: boolean;
  readonly polls: boolean;
  readonly reconciles: boolean;
}

export interface ErrandPage {
  readonly errands: readonly Errand[];
  /** Where to go on; absent on the last page. */
  readonly next?: InstitutionId;
}

interface Subject {
  readonly institutionId: InstitutionId;
}

/** The steps of a round that asks banks what they have not told us. Each may run again: it goes on with what is due then. */
export interface ReconcileActivities {
  listErrands(input: { readonly after?: InstitutionId; readonly limit: number }): Promise<ErrandPage>;
  keepSubscriptions(input: Subject): Promise<{ readonly failure?: FailureCode }>;
  pollNotifications(input: Subject): Promise<{ readonly taken: number }>;
  reconcileInstitution(input: Subject): Promise<ReconciledBatch>;
}

export function createReconcileActivities(deps: ActivityDependencies, review = reviewGrant): ReconcileActivities {
  return {
    listErrands: (input) => listErrands(deps, input),
    keepSubscriptions: ({ institutionId }) => keepSubscriptions(deps, institutionId),
    pollNotifications: ({ institutionId }) => pollNotifications(deps, institutionId),
    reconcileInstitution: ({ institutionId }) => reconcileInstitution(deps, institutionId, review),
  };
}

/** Institutions that are offered and not paused and have something to be done. */
async function listErrands(
  deps: ActivityDependencies,
  { after, limit }: { readonly after?: InstitutionId; readonly limit: number },
): Promise<ErrandPage> {
  const institutions = await listOpenInstitutions(deps.database, after, limit);
  const errands: Errand[] = [];
  for (const { id, profile: stored, has_subscriptions: hasSubscriptions } of institutions) {
    const profile = currentProfile(stored);
    if (!profile) continue;
    const errand = {
      institutionId: id,
      keepsSubscriptions: await needsSubscriptionUpkeep(deps, profile, Boolean(hasSubscriptions)),
      polls: profile.notifications.mode === 'poll',
      reconciles:
        profile.reconcile.everyHours > 0 && (await hasDueConsents(deps.database, id, profile.reconcile.everyHours)),
    };
    if (errand.keepsSubscriptions || errand.polls || errand.reconciles) errands.push(errand);
  }
  const last = institutions.length < limit ? undefined : institutions.at(-1)?.id;
  return { errands, ...(last !== undefined && { next: last }) };
}

async function needsSubscriptionUpkeep(
  { database, notificationsUrl }: ActivityDependencies,
  profile: InstitutionProfile,
  hasSubscriptions: boolean,
): Promise<boolean> {
  if (profile.notifications.mode !== 'subscribe' && !hasSubscriptions) return false;
  const rows = await listSubscriptions(database, profile.id);
  return subscriptionsOf(profile, rows, notificationsUrl).some((view) => needsUpkeep(view, Date.now()));
}
