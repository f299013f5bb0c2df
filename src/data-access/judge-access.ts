import { awaitsAuthorization, hasEnded } from '../domain/consent';
import { DAY_MS } from '../domain/days';
import { ConsentFailure } from '../domain/failures';
import type { GrantedConsent, GrantedResource } from '../domain/grant';
import { clustersOf } from '../domain/terms';
import { requireOpen } from '../institutions/pause';
import type { DataAccessRow } from '../store/data-access';
import { startOf, type DataQuery } from './data-query';
import type { DataResource, PathParameters } from './resources';

/** The trip to the bank with whose grant data may be read: what is left of the row once it has been judged. */
export type UsableAccess = DataAccessRow & { readonly granted: GrantedConsent };

/** How a consent stands, whether or not there is a grant. */
export type Standing = Pick<DataAccessRow, 'status' | 'revocation_requested_at' | 'is_past_its_date'>;

/**
 * Whether data may be read at all now. The row is read for each call: a revocation counts from its commit on.
 *
 * @throws {ConsentFailure} consent_not_connected, consent_ended, institution_paused, reauthorization_needed
 */
export function requireUsable(row: DataAccessRow): asserts row is UsableAccess {
  requireStanding(row);
  requireOpen(row);
  // The grant is lost, ended by itself, or gone: whatever it is, only the person can bring another one.
  if (!row.is_usable || row.granted === null) throw new ConsentFailure('reauthorization_needed');
}

/** @throws {ConsentFailure} consent_not_connected, consent_ended */
export function requireStanding({ status, revocation_requested_at, is_past_its_date }: Standing): void {
  if (revocation_requested_at !== null || is_past_its_date || hasEnded(status))
    throw new ConsentFailure('consent_ended');
  if (awaitsAuthorization(status)) throw new ConsentFailure('consent_not_connected');
}

/**
 * Whether the grant opens this resource. What it says is what counts, and not what was asked for.
 *
 * @throws {ConsentFailure} account_not_granted; cluster_not_granted, naming what is missing
 */
export function requireGranted(
  { resources }: Pick<GrantedConsent, 'resources'>,
  resource: DataResource,
  accountIds: readonly string[],
): void {
  for (const accountId of accountIds) requireAccount(resources, accountId);
  const reached = accountIds.length === 0 ? [resources] : accountIds.map((id) => reachedThrough(resources, id));
  const isGranted = reached.every((some) => {
    const granted = clustersOf(some);
    return resource.clusters.some((cluster) => granted.includes(cluster));
  });
  if (!isGranted) throw new ConsentFailure('cluster_not_granted', `it takes ${resource.clusters.join(' or ')}.`);
}

/** The accounts that a request is about, as far as it names them. */
export function accountsNamedBy({ accountId }: PathParameters, { accountIds }: DataQuery): readonly string[] {
  if (accountId !== undefined) return [accountId];
  return accountIds === undefined ? [] : accountIds.split(',');
}

/** Banks that name no account in a grant have the person choose among themselves: they know which, and we ask them. */
function requireAccount(resources: readonly GrantedResource[], accountId: string): void {
  const accounts = resources.filter(({ resourceType }) => resourceType === 'ACCOUNT');
  const isNamed = accounts.some(({ resourceId }) => resourceId === undefined || resourceId === accountId);
  if (accounts.length > 0 && !isNamed) throw new ConsentFailure('account_not_granted');
}

/** What is granted of one account. Providers file customer clusters under ACCOUNT and the other way round, so those count too. */
function reachedThrough(resources: readonly GrantedResource[], accountId: string): GrantedResource[] {
  return resources.filter(
    ({ resourceType, resourceId }) =>
      resourceType !== 'ACCOUNT' || resourceId === undefined || resourceId === accountId,
  );
}

/**
 * The query within the lookback of the grant. Where none was given dates are added: a bank that does not enforce what it granted
 * then gives no more than that.
 *
 * @param lookbackDays counted back from the request (FDX API 6.x, ConsentGrant)
 * @throws {ConsentFailure} lookback_exceeded, naming the first day
 */
export function withinLookback(
  resource: DataResource,
  query: DataQuery,
  lookbackDays: number | undefined,
  now: number,
): DataQuery {
  if (lookbackDays === undefined) return query;
  const firstDay = dayOf(now - lookbackDays * DAY_MS);
  if (query.startTime === undefined) {
    return resource.isHistory === true ? { ...query, startTime: firstDay, endTime: dayOf(now) } : query;
  }
  if (startOf(query.startTime) < startOf(firstDay))
    throw new ConsentFailure('lookback_exceeded', `from ${firstDay} on.`);
  return query;
}

/** In UTC. FDX has a date here, and banks that take instants take dates too. */
function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
