import { type AuthorizationDetail, errors } from 'oidc-provider';
import { z } from 'zod';
import { type Cluster, clusterNames, clusterOfScope, describesCustomer, scopesOf } from '../clusters';

/** RFC 9396 §2: the `type` whose value is `{"type":"fdx_v1.0","consentRequest":{…}}`. */
export const FDX_DETAILS_TYPE = 'fdx_v1.0';

export type DurationType = 'ONE_TIME' | 'PERSISTENT' | 'TIME_BOUND';

/** What an application asks of a person, however it was written: as authorization_details or as plain scopes. */
export interface ConsentRequest {
  askedBy: 'authorization_details' | 'scope';
  durationType: DurationType;
  durationPeriodInDays?: number | undefined;
  lookbackPeriodInDays?: number | undefined;
  accountClusters: Cluster[];
  customerClusters: Cluster[];
}

/** 12 CFR 1033.421: at most one year from the latest authorization. */
const LONGEST_DURATION_IN_DAYS = 366;
const LONGEST_LOOKBACK_IN_DAYS = 3650;
/** Plain scopes say nothing about time; this bank then assumes the longest a US bank may. */
const DURATION_OF_PLAIN_SCOPES_IN_DAYS = 365;

const days = (longest: number) => z.int().min(1).max(longest);

// RFC 9396 §5: unknown fields, wrong types and missing fields are all refused, hence strict objects all the way down.
const detail = z
  .strictObject({
    type: z.literal(FDX_DETAILS_TYPE),
    locations: z.array(z.url()).optional(),
    consentRequest: z.strictObject({
      durationType: z.enum(['ONE_TIME', 'PERSISTENT', 'TIME_BOUND']),
      durationPeriod: days(LONGEST_DURATION_IN_DAYS).optional(),
      lookbackPeriod: days(LONGEST_LOOKBACK_IN_DAYS).optional(),
      resources: z
        .array(
          z.strictObject({
            // DOCUMENT exists in FDX, but this bank keeps none. A resourceId is the bank's to choose, never asked for.
            resourceType: z.enum(['ACCOUNT', 'CUSTOMER']),
            dataClusters: z.array(z.enum(clusterNames)).min(1),
          }),
        )
        .min(1),
    }),
  })
  .superRefine(({ consentRequest: { durationType, durationPeriod } }, context) => {
    const path = ['consentRequest', 'durationPeriod'];
    if (durationType === 'TIME_BOUND' && durationPeriod === undefined) {
      context.addIssue({ code: 'custom', path, message: 'TIME_BOUND needs a durationPeriod in days' });
    }
    if (durationType !== 'TIME_BOUND' && durationPeriod !== undefined) {
      context.addIssue({ code: 'custom', path, message: `${durationType} has no durationPeriod` });
    }
  });

/** @throws invalid_authorization_details, RFC 9396 §5 */
export function parseAuthorizationDetail(value: AuthorizationDetail): ConsentRequest {
  const parsed = detail.safeParse(value);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'detail'}: ${issue.message}`);
    // RFC 6749 §5.2 keeps double quotes and backslashes out of error_description; zod quotes values with them.
    throw new errors.InvalidAuthorizationDetails(faults.join('; ').replaceAll('"', "'").replaceAll('\\', ''));
  }
  const { durationType, durationPeriod, lookbackPeriod, resources } = parsed.data.consentRequest;
  const clustersOf = (type: 'ACCOUNT' | 'CUSTOMER'): Cluster[] =>
    unique(resources.filter((each) => each.resourceType === type).flatMap((each) => each.dataClusters));
  return {
    askedBy: 'authorization_details',
    durationType,
    durationPeriodInDays: durationPeriod,
    lookbackPeriodInDays: lookbackPeriod,
    accountClusters: clustersOf('ACCOUNT'),
    customerClusters: clustersOf('CUSTOMER'),
  };
}

/** The request of an authorization: its details where there are some, else what its scopes amount to. */
export function consentRequestOf(parameters: { authorization_details?: unknown; scope?: unknown }): ConsentRequest {
  const details = authorizationDetailsOf(parameters.authorization_details);
  if (details[0]) return parseAuthorizationDetail(details[0]);
  const clusters = clustersOfScope(parameters.scope);
  return {
    askedBy: 'scope',
    durationType: 'TIME_BOUND',
    durationPeriodInDays: DURATION_OF_PLAIN_SCOPES_IN_DAYS,
    accountClusters: clusters.filter((cluster) => !describesCustomer(cluster)),
    customerClusters: clusters.filter(describesCustomer),
  };
}

/**
 * Checks one detail against the request around it.
 * @throws invalid_authorization_details when there are several details, or a faulty one
 * @throws invalid_scope when FDX scopes are asked for too and do not say the same as the clusters
 */
export function checkAuthorizationDetail(
  value: AuthorizationDetail,
  parameters: { authorization_details?: unknown; scope?: unknown },
): void {
  const request = parseAuthorizationDetail(value);
  if (authorizationDetailsOf(parameters.authorization_details).length > 1) {
    throw new errors.InvalidAuthorizationDetails(`one ${FDX_DETAILS_TYPE} detail per authorization`);
  }
  const named = scopeTokens(parameters.scope).filter((scope) => clusterOfScope(scope));
  if (named.length === 0) return;
  const agreed = new Set<string>(scopesOf([...request.accountClusters, ...request.customerClusters]));
  const stray = named.find((scope) => !agreed.has(scope));
  if (stray) throw new errors.InvalidScope('scope names a cluster that authorization_details does not', stray);
  const missing = [...request.accountClusters, ...request.customerClusters].find(
    (cluster) => !named.some((scope) => clusterOfScope(scope) === cluster),
  );
  if (missing) throw new errors.InvalidScope(`authorization_details names ${missing}, scope does not`, named.join(' '));
}

export const scopeTokens = (scope: unknown): string[] =>
  typeof scope === 'string' ? scope.split(' ').filter((token) => token !== '') : [];

export const clustersOfScope = (scope: unknown): Cluster[] =>
  unique(scopeTokens(scope).flatMap((token) => clusterOfScope(token) ?? []));

function authorizationDetailsOf(parameter: unknown): AuthorizationDetail[] {
  if (parameter === undefined) return [];
  const details: unknown = typeof parameter === 'string' ? JSON.parse(parameter) : parameter;
  return Array.isArray(details) ? (details as AuthorizationDetail[]) : [];
}

const unique = <Item>(items: Item[]): Item[] => [...new Set(items)];
