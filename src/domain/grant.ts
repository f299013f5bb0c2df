import { DAY_MS } from './days';
import { clustersOf, type ConsentTerms, type DurationType, type ResourceType } from './terms';
import type { DataCluster } from './clusters';

/** Where we learned what was granted, most authoritative first. */
export type GrantSource = 'consent_api' | 'authorization_details' | 'scope';

export interface GrantedResource {
  readonly resourceType: ResourceType;
  /** The bank's id of an account, customer or document; absent when the bank does not say. */
  readonly resourceId?: string;
  /** As the bank named them: one we do not know must still be seen as wider than asked. */
  readonly dataClusters: readonly string[];
}

/** What the bank gave for one authorization, as it said it. Instants are epoch milliseconds. */
export interface GrantedConsent {
  readonly source: GrantSource;
  /** The bank's own id of the consent, needed to read or revoke it there. */
  readonly bankConsentId?: string;
  readonly resources: readonly GrantedResource[];
  readonly durationType: DurationType;
  readonly durationPeriod?: number;
  readonly lookbackPeriod?: number;
  readonly createdAt?: number;
  readonly expiresAt?: number;
}

export interface ClusterDifference {
  readonly resourceType: ResourceType;
  readonly asked: readonly DataCluster[];
  readonly granted: readonly string[];
  /** Asked and not granted: the person or the bank said no. */
  readonly refused: readonly DataCluster[];
  /** Granted and never asked: not used (RFC 9396 §7 lets a server narrow; widening is a fault of the bank). */
  readonly wider: readonly string[];
}

/** Asked beside granted, per resource type and cluster. */
export interface GrantDifference {
  readonly outcome: 'in_full' | 'in_part' | 'wider';
  readonly clusters: readonly ClusterDifference[];
  readonly durationPeriod?: { readonly asked: number; readonly granted: number };
  readonly lookbackPeriod?: { readonly asked: number; readonly granted: number };
}

/** Compares what was asked with what was granted. A longer duration or lookback than asked counts as wider too. */
export function differenceOf(asked: ConsentTerms, granted: GrantedConsent): GrantDifference {
  const clusters = resourceTypesOf(asked, granted).map((type) => clusterDifference(type, asked, granted));
  const durationPeriod = periodDifference(asked.durationPeriod, granted.durationPeriod);
  const lookbackPeriod = periodDifference(asked.lookbackPeriod, granted.lookbackPeriod);
  const periods = [durationPeriod, lookbackPeriod].filter((period) => period !== undefined);

  const wider = clusters.some((each) => each.wider.length > 0) || periods.some((each) => each.granted > each.asked);
  const narrower = clusters.some((each) => each.refused.length > 0) || periods.length > 0;
  return {
    outcome: wider ? 'wider' : narrower ? 'in_part' : 'in_full',
    clusters,
    ...(durationPeriod && { durationPeriod }),
    ...(lookbackPeriod && { lookbackPeriod }),
  };
}

function resourceTypesOf(asked: ConsentTerms, granted: GrantedConsent): readonly ResourceType[] {
  return [...new Set([...asked.resources, ...granted.resources].map((resource) => resource.resourceType))];
}

function clusterDifference(type: ResourceType, asked: ConsentTerms, granted: GrantedConsent): ClusterDifference {
  const wanted = clustersOf(asked.resources.filter((resource) => resource.resourceType === type));
  const given = clustersOf(granted.resources.filter((resource) => resource.resourceType === type));
  // Providers file customer clusters under ACCOUNT and the other way round, so only a cluster
  // that was asked under no resource type at all is wider.
  const askedAnywhere: readonly string[] = clustersOf(asked.resources);
  const givenAnywhere = clustersOf(granted.resources);
  return {
    resourceType: type,
    asked: wanted,
    granted: given,
    refused: wanted.filter((cluster) => !givenAnywhere.includes(cluster)),
    wider: given.filter((cluster) => !askedAnywhere.includes(cluster)),
  };
}

function periodDifference(asked: number | undefined, granted: number | undefined) {
  if (asked === undefined || granted === undefined || asked === granted) return undefined;
  return { asked, granted };
}

export interface DurationPolicy {
  /** Longest life of a consent in days, whatever the bank says. 12 CFR 1033.421(b): at most one year. */
  readonly maxDurationDays: number;
  /** Longest life of a ONE_TIME consent in seconds, whatever the bank says. */
  readonly oneTimeLifetimeSeconds: number;
}

/**
 * The instant, in epoch milliseconds, from which the consent must not be used any more: the bank's own expiration, else the
 * granted or asked duration counted from the grant, never later than the policy allows.
 */
export function expirationOf(
  asked: ConsentTerms,
  granted: GrantedConsent,
  grantedAt: number,
  policy: DurationPolicy,
): number {
  const latest = grantedAt + policy.maxDurationDays * DAY_MS;
  const candidates = [latest];
  if (granted.expiresAt !== undefined) candidates.push(granted.expiresAt);
  if (granted.durationType === 'ONE_TIME') {
    candidates.push(grantedAt + policy.oneTimeLifetimeSeconds * 1000);
  }
  for (const days of [granted.durationPeriod, asked.durationPeriod]) {
    if (days !== undefined) candidates.push((granted.createdAt ?? grantedAt) + days * DAY_MS);
  }
  return Math.min(...candidates);
}

/** What may be used of a grant: nothing that was not asked for. */
export function narrowedTo(asked: ConsentTerms, granted: GrantedConsent): GrantedConsent {
  const clusters: readonly string[] = clustersOf(asked.resources);
  const resources = granted.resources
    .map((resource) => ({
      ...resource,
      dataClusters: resource.dataClusters.filter((cluster) => clusters.includes(cluster)),
    }))
    .filter(({ dataClusters }) => dataClusters.length > 0);
  return {
    ...granted,
    resources,
    ...(granted.durationPeriod !== undefined &&
      asked.durationPeriod !== undefined && {
        durationPeriod: Math.min(granted.durationPeriod, asked.durationPeriod),
      }),
    ...(granted.lookbackPeriod !== undefined &&
      asked.lookbackPeriod !== undefined && {
        lookbackPeriod: Math.min(granted.lookbackPeriod, asked.lookbackPeriod),
      }),
  };
}

/** Whether a bank says the same as before, in whatever order and from whatever source. */
export function sameGrant(one: GrantedConsent, other: GrantedConsent): boolean {
  return canonical(one) === canonical(other);
}

function canonical({ resources, durationType, durationPeriod, lookbackPeriod, expiresAt }: GrantedConsent): string {
  const granted = resources
    .map(({ resourceType, resourceId, dataClusters }) =>
      JSON.stringify([resourceType, resourceId ?? null, [...dataClusters].sort()]),
    )
    .sort();
  return JSON.stringify([granted, durationType, durationPeriod ?? null, lookbackPeriod ?? null, expiresAt ?? null]);
}
