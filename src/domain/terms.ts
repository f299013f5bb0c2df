import type { DataCluster } from './clusters';

/** @see FDX API 6.x, ConsentDurationType */
export const DURATION_TYPES = ['ONE_TIME', 'PERSISTENT', 'TIME_BOUND'] as const;
export type DurationType = (typeof DURATION_TYPES)[number];

/** @see FDX API 6.x, ConsentResourceType */
export const RESOURCE_TYPES = ['ACCOUNT', 'CUSTOMER', 'DOCUMENT'] as const;
export type ResourceType = (typeof RESOURCE_TYPES)[number];

export interface RequestedResource {
  readonly resourceType: ResourceType;
  readonly dataClusters: readonly DataCluster[];
}

/** What the application asks of the bank on the person's behalf. */
export interface ConsentTerms {
  readonly durationType: DurationType;
  /** Days from the grant; only with TIME_BOUND. */
  readonly durationPeriod?: number;
  /** Days of history, counted back from the request. */
  readonly lookbackPeriod?: number;
  readonly resources: readonly RequestedResource[];
}

/** All clusters named in some resources, each once, in the order they first appear. */
export function clustersOf<Cluster extends string>(
  resources: readonly { readonly dataClusters: readonly Cluster[] }[],
): readonly Cluster[] {
  return [...new Set(resources.flatMap((resource) => resource.dataClusters))];
}

/** Whether two sets of terms ask for the same, in whatever order. */
export function sameTerms(one: ConsentTerms, other: ConsentTerms): boolean {
  return canonical(one) === canonical(other);
}

function canonical({ durationType, durationPeriod, lookbackPeriod, resources }: ConsentTerms): string {
  const asked = RESOURCE_TYPES.map((type) =>
    [...clustersOf(resources.filter(({ resourceType }) => resourceType === type))].sort(),
  );
  return JSON.stringify([durationType, durationPeriod ?? null, lookbackPeriod ?? null, asked]);
}
