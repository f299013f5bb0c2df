import type { GrantedConsent } from '../domain/grant';
import type { InstitutionProfile } from '../domain/institution';
import type { ConsentTerms } from '../domain/terms';
import { FDX_AUTHORIZATION_DETAILS_TYPE, scopesOfCluster } from './authorization-request';
import { readConsentGrant } from './consent-grant';

/** What a token response says was granted. */
interface GrantingResponse {
  readonly scope?: string;
  readonly authorizationDetails?: readonly unknown[];
}

/**
 * The grant as the token response tells it: `authorization_details` when the bank echoes them (RFC 9396 §7), else the scope.
 * A response without a scope grants what was asked (RFC 6749 §5.1).
 */
export function grantOfTokenResponse(
  response: GrantingResponse,
  asked: ConsentTerms,
  profile: InstitutionProfile,
): GrantedConsent {
  return grantOfDetails(response.authorizationDetails ?? [], asked) ?? grantOfScope(response.scope, asked, profile);
}

function grantOfDetails(details: readonly unknown[], asked: ConsentTerms): GrantedConsent | undefined {
  for (const detail of details) {
    if (typeof detail !== 'object' || detail === null) continue;
    const { type, consentRequest, consentGrant, consent } = detail as Record<string, unknown>;
    if (type !== FDX_AUTHORIZATION_DETAILS_TYPE) continue;
    // RFC 9396 leaves the granted form to the type, and FDX names none: providers echo under any of these.
    const read = readConsentGrant(consentGrant ?? consent ?? consentRequest, 'authorization_details', asked);
    if (read) return read.granted;
  }
  return undefined;
}

function grantOfScope(scope: string | undefined, asked: ConsentTerms, profile: InstitutionProfile): GrantedConsent {
  const granted = scope === undefined ? undefined : new Set(scope.split(' '));
  return {
    source: 'scope',
    resources: asked.resources.map(({ resourceType, dataClusters }) => ({
      resourceType,
      dataClusters: dataClusters.filter(
        (cluster) => !granted || scopesOfCluster(cluster, profile).every((each) => granted.has(each)),
      ),
    })),
    durationType: asked.durationType,
    ...(asked.durationPeriod !== undefined && { durationPeriod: asked.durationPeriod }),
    ...(asked.lookbackPeriod !== undefined && { lookbackPeriod: asked.lookbackPeriod }),
  };
}
