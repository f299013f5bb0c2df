import type { DataCluster } from '../domain/clusters';

/** What of a person's data can be asked for: the part of a path below `/v1/consents/{id}` here and below `fdx.baseUrl` at the bank. */
export interface DataResource {
  readonly path: string;
  /** Data of which one must be granted, as banks check it themselves. */
  readonly clusters: readonly DataCluster[];
  readonly parameters: readonly QueryParameter[];
  /** The member of the answer that must be a list. Lists come in pages. */
  readonly list?: string;
  /** History, which is never asked for without dates where the grant has a lookback. */
  readonly isHistory?: true;
  /** A file, as the bank has it, and not JSON. */
  readonly isDocument?: true;
}

export type QueryParameter = 'accountIds' | 'startTime' | 'endTime' | 'resultType' | 'limit' | 'cursor';

const ACCOUNT_CLUSTERS = ['ACCOUNT_BASIC', 'ACCOUNT_DETAILED', 'BALANCES', 'INVESTMENTS'] as const;
const PAGED = ['limit', 'cursor'] as const;
const HISTORY = ['startTime', 'endTime', ...PAGED] as const;

/** @see FDX API 6.x, Core: what is read, with which parameters */
export const DATA_RESOURCES = {
  accounts: {
    path: '/accounts',
    clusters: ACCOUNT_CLUSTERS,
    parameters: ['accountIds', 'resultType', ...HISTORY],
    list: 'accounts',
  },
  account: { path: '/accounts/:accountId', clusters: ACCOUNT_CLUSTERS, parameters: [] },
  transactions: {
    path: '/accounts/:accountId/transactions',
    clusters: ['TRANSACTIONS'],
    parameters: HISTORY,
    list: 'transactions',
    isHistory: true,
  },
  statements: {
    path: '/accounts/:accountId/statements',
    clusters: ['STATEMENTS'],
    parameters: HISTORY,
    list: 'statements',
    isHistory: true,
  },
  statement: {
    path: '/accounts/:accountId/statements/:statementId',
    clusters: ['STATEMENTS'],
    parameters: [],
    isDocument: true,
  },
  contact: { path: '/accounts/:accountId/contact', clusters: ['CUSTOMER_CONTACT'], parameters: [] },
  paymentNetworks: {
    path: '/accounts/:accountId/payment-networks',
    clusters: ['ACCOUNT_PAYMENTS', 'PAYMENT_SUPPORT'],
    parameters: PAGED,
    list: 'paymentNetworks',
  },
  customer: {
    path: '/customers/current',
    clusters: ['CUSTOMER_CONTACT', 'CUSTOMER_PERSONAL', 'SOCIAL_SECURITY_NUMBER'],
    parameters: [],
  },
} as const satisfies Record<string, DataResource>;

export type DataResourceName = keyof typeof DATA_RESOURCES;

export function dataResources(): readonly (readonly [DataResourceName, DataResource])[] {
  return Object.entries(DATA_RESOURCES) as [DataResourceName, DataResource][];
}

export function resourceOf(name: DataResourceName): DataResource {
  return DATA_RESOURCES[name];
}

/** The named segments of a resource's path. */
export interface PathParameters {
  readonly accountId?: string;
  readonly statementId?: string;
}

/** `/accounts/:accountId` as segments, with the ids in their places. */
export function segmentsOf({ path }: DataResource, ids: PathParameters): string[] {
  return path
    .slice(1)
    .split('/')
    .map((segment) => (segment.startsWith(':') ? (ids[segment.slice(1) as keyof PathParameters] ?? '') : segment));
}

/** The resource that a path below `/v1/consents/{id}` names, with the ids in it; undefined where there is none. */
export function resourceAt(
  path: string,
): { readonly name: DataResourceName; readonly ids: PathParameters } | undefined {
  const given = path.split('/');
  for (const [name, resource] of dataResources()) {
    const wanted = resource.path.split('/');
    const isSame = wanted.length === given.length && wanted.every((segment, index) => matches(segment, given[index]));
    if (!isSame) continue;
    const ids = wanted.flatMap((segment, index) =>
      segment.startsWith(':') ? [[segment.slice(1), decoded(given[index] ?? '')]] : [],
    );
    return { name, ids: Object.fromEntries(ids) as PathParameters };
  }
  return undefined;
}

function matches(wanted: string, given: string | undefined): boolean {
  return wanted.startsWith(':') ? given !== undefined && given !== '' : wanted === given;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Not percent-encoding: then it stands for itself.
    return segment;
  }
}
