import { CLUSTERS, type DataCluster } from '../domain/clusters';
import type { InstitutionProfile } from '../domain/institution';
import { clustersOf, type ConsentTerms } from '../domain/terms';

/** @see FDX API 6.x, Consent: the `type` of its authorization details */
export const FDX_AUTHORIZATION_DETAILS_TYPE = 'fdx_v1.0';

/**
 * What we push for some terms at this institution. Scopes and clusters are derived from the same terms: a provider answers
 * `invalid_scope` when they disagree.
 */
export function authorizationRequestFor(
  terms: ConsentTerms,
  profile: InstitutionProfile,
): { scope: string; authorizationDetails?: readonly unknown[] } {
  const withDetails = profile.request.form === 'authorization_details';
  const clusterScopes = !withDetails || profile.request.scopesWithDetails ? scopesOf(terms, profile) : [];
  const scopes = [
    ...(profile.openid ? ['openid'] : []),
    ...(profile.request.offlineAccess ? ['offline_access'] : []),
    ...profile.request.extraScopes,
    ...clusterScopes,
  ];
  return {
    scope: [...new Set(scopes)].join(' '),
    ...(withDetails && { authorizationDetails: [authorizationDetail(terms)] }),
  };
}

/** The scopes that stand for a cluster at this institution. */
export function scopesOfCluster(cluster: DataCluster, profile: InstitutionProfile): readonly string[] {
  return profile.request.clusterScopes[cluster] ?? CLUSTERS[cluster].scopes;
}

function scopesOf(terms: ConsentTerms, profile: InstitutionProfile): readonly string[] {
  return clustersOf(terms.resources).flatMap((cluster) => scopesOfCluster(cluster, profile));
}

/** RFC 9396 §2. No `resourceId`: which accounts is the person's choice at the bank. */
function authorizationDetail(terms: ConsentTerms) {
  return {
    type: FDX_AUTHORIZATION_DETAILS_TYPE,
    consentRequest: {
      durationType: terms.durationType,
      ...(terms.durationPeriod !== undefined && { durationPeriod: terms.durationPeriod }),
      ...(terms.lookbackPeriod !== undefined && { lookbackPeriod: terms.lookbackPeriod }),
      resources: terms.resources,
    },
  };
}
