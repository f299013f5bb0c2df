import type { AdapterPayload } from 'oidc-provider';
import { clusterOfScope } from '../clusters';
import { GRANT_MEMBERS, OidcAdapter } from '../store/oidc-adapter';
import type { RecordStore } from '../store/records';
import { type Consent, grantedDetail, LONGEST_LIFE_IN_SECONDS } from './consent';

/** The grant, and with it every token that came of it: refresh tokens are then refused with invalid_grant. */
export async function endGrant(store: RecordStore, id: string): Promise<void> {
  await Promise.all([store.destroy('Grant', id), ...GRANT_MEMBERS.map((kind) => store.destroyByGrant(kind, id))]);
}

/** The OAuth side of a consent that has become another one: the same life, and the scopes of what is still granted. */
export async function alignGrant(store: RecordStore, consent: Consent): Promise<void> {
  const grants = new OidcAdapter(store, 'Grant');
  const grant = (await grants.find(consent.id)) as GrantPayload | undefined;
  if (!grant) return;
  const now = Date.now();
  const end = consent.expirationTime === undefined ? Infinity : Date.parse(consent.expirationTime);
  const lifeInSeconds = Math.min(LONGEST_LIFE_IN_SECONDS, Math.max(1, Math.ceil((end - now) / 1000)));
  const aligned: GrantPayload = {
    ...grant,
    exp: Math.floor(now / 1000) + lifeInSeconds,
    resources: stillGranted(grant.resources, consent),
    rar: grant.rar && [grantedDetail(consent)],
  };
  await grants.upsert(consent.id, aligned, lifeInSeconds);
}

/** What oidc-provider's types leave out of a grant as it is stored: scopes, by the resource they are for. */
type GrantPayload = AdapterPayload & { resources?: Record<string, string> | undefined };

function stillGranted(resources: GrantPayload['resources'], consent: Consent): GrantPayload['resources'] {
  const granted = new Set([...consent.accountClusters, ...consent.customerClusters]);
  const isGranted = (scope: string): boolean => {
    const cluster = clusterOfScope(scope);
    return cluster === undefined || granted.has(cluster);
  };
  return (
    resources &&
    Object.fromEntries(
      Object.entries(resources).map(([resource, scope]) => [resource, scope.split(' ').filter(isGranted).join(' ')]),
    )
  );
}
