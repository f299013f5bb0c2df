import { randomUUID } from 'node:crypto';
import type { Grant } from 'oidc-provider';
import { type Cluster, clusterOfScope, isGrantScope } from '../clusters';
import { type Consent, grantedDetail, lifeInSeconds } from '../consents/consent';
import { type ConsentRequest, scopeTokens } from '../consents/consent-request';
import { accountsOf, type Person } from '../people/person';

export type Decision =
  | { kind: 'denied' }
  | { kind: 'incomplete'; fault: string; chosen: { clusters: string[]; accounts: string[] } }
  | { kind: 'allowed'; open: (grant: Grant, terms: GrantTerms) => { consent: Consent; grant: Grant } };

export interface GrantTerms {
  client: Consent['client'];
  codeChallenge: string;
  /** The scopes asked for, as one string. */
  scope: unknown;
  /** The resource they are scopes of. */
  resource: string;
  grantManagementAction: unknown;
  hasOwnAccountIds: boolean;
  /** The consent that this one takes the place of, under its id. */
  renewed: Consent | undefined;
}

/** Reads the consent form: the person may narrow what was asked, never widen it. */
export function decide(form: Record<string, unknown>, request: ConsentRequest, person: Person): Decision {
  if (form['decision'] !== 'allow') return { kind: 'denied' };
  const chosen = { clusters: valuesOf(form['cluster']), accounts: valuesOf(form['account']) };
  const isChosen = (cluster: Cluster): boolean => chosen.clusters.includes(cluster);
  const accountClusters = request.accountClusters.filter(isChosen);
  const customerClusters = request.customerClusters.filter(isChosen);
  const accountIds = accountsOf(person.id)
    .map((account) => account.id)
    .filter((id) => chosen.accounts.includes(id));

  if (accountClusters.length + customerClusters.length === 0) {
    return { kind: 'incomplete', chosen, fault: 'Choose at least one kind of data, or deny.' };
  }
  if (accountClusters.length > 0 && accountIds.length === 0) {
    return { kind: 'incomplete', chosen, fault: 'Choose at least one account, or deny.' };
  }
  const granted = { accountClusters, customerClusters, accountIds: accountClusters.length > 0 ? accountIds : [] };
  return {
    kind: 'allowed',
    open: (grant, terms) => {
      const consent = consentOf(request, granted, person, terms);
      openGrant(grant, consent, request, terms);
      return { consent, grant };
    },
  };
}

function consentOf(
  request: ConsentRequest,
  granted: Pick<Consent, 'accountClusters' | 'customerClusters' | 'accountIds'>,
  person: Person,
  terms: GrantTerms,
): Consent {
  const now = new Date();
  const { renewed } = terms;
  const { durationType, durationPeriodInDays, lookbackPeriodInDays } = request;
  const expires = new Date(now.getTime() + lifeInSeconds(request) * 1000);
  return {
    id: renewed?.id ?? randomUUID(),
    personId: person.id,
    client: terms.client,
    codeChallenge: terms.codeChallenge,
    durationType,
    durationPeriodInDays,
    lookbackPeriodInDays,
    ...granted,
    createdTime: renewed?.createdTime ?? now.toISOString(),
    updatedTime: now.toISOString(),
    isManaged: renewed ? renewed.isManaged : terms.grantManagementAction === 'create',
    hasOwnAccountIds: renewed ? renewed.hasOwnAccountIds : terms.hasOwnAccountIds,
    expirationTime: durationType === 'PERSISTENT' ? undefined : expires.toISOString(),
  };
}

/** The OAuth side of the same consent: same id, same life, and only the scopes of clusters that were not refused. */
function openGrant(grant: Grant, consent: Consent, request: ConsentRequest, terms: GrantTerms): void {
  // oidc-provider's models take their id and their life from these; its types only know the usual ones.
  Object.assign(grant, { jti: consent.id, expiresIn: lifeInSeconds(consent) });
  const granted = new Set([...consent.accountClusters, ...consent.customerClusters]);
  for (const scope of scopeTokens(terms.scope)) {
    const cluster = clusterOfScope(scope);
    if (isGrantScope(scope)) grant.addResourceScope(terms.resource, scope);
    else if (!cluster) grant.addOIDCScope(scope);
    else if (granted.has(cluster)) grant.addResourceScope(terms.resource, scope);
    else grant.rejectResourceScope(terms.resource, scope);
  }
  if (request.askedBy === 'authorization_details') grant.addRar(grantedDetail(consent));
}

const valuesOf = (field: unknown): string[] =>
  (Array.isArray(field) ? field : [field]).filter((value): value is string => typeof value === 'string');
