/** The FDX v6 data clusters: what a scope is called on the wire and what a person reads on the consent page. */

export const CLUSTERS = {
  ACCOUNT_BASIC: { scopes: ['fdx:accountbasic:read'], label: 'Account identifying information' },
  ACCOUNT_DETAILED: { scopes: ['fdx:accountdetailed:read'], label: 'Account summary information' },
  ACCOUNT_PAYMENTS: { scopes: ['fdx:accountpayments:read'], label: 'Account numbers' },
  BALANCES: { scopes: ['fdx:balances:read'], label: 'Account balances' },
  BILLS: { scopes: ['fdx:bills:read'], label: 'Account billing information' },
  CUSTOMER_CONTACT: { scopes: ['fdx:customercontact:read'], label: 'Account contact details' },
  CUSTOMER_PERSONAL: { scopes: ['fdx:customerpersonal:read'], label: 'Sensitive personal information' },
  IMAGES: { scopes: ['fdx:images:read'], label: 'Check images' },
  INVESTMENTS: { scopes: ['fdx:investments:read'], label: 'Investment account holding details' },
  NOTIFICATIONS: {
    scopes: ['fdx:notifications:publish', 'fdx:notifications:subscribe'],
    label: 'Notices about changes to your accounts',
  },
  PAYMENT_SUPPORT: { scopes: ['fdx:paymentsupport:read'], label: 'Account numbers' },
  REWARDS: { scopes: ['fdx:rewards:read'], label: 'Reward program information' },
  SCHEDULED_PAYMENTS: { scopes: ['fdx:scheduledpayments:read'], label: 'Scheduled payment information' },
  SOCIAL_SECURITY_NUMBER: { scopes: ['fdx:socialsecurity:read'], label: 'Social security number' },
  STATEMENTS: { scopes: ['fdx:statements:read'], label: 'Account statements' },
  TAX: { scopes: ['fdx:tax:read'], label: 'Tax form data' },
  TERMS_AND_CONDITIONS: { scopes: ['fdx:termsconditions:read'], label: 'Account terms and conditions' },
  TRANSACTIONS: { scopes: ['fdx:transactions:read'], label: 'Transaction data' },
  TRANSFERS: { scopes: ['fdx:transfers:read', 'fdx:transfers:write'], label: 'Transfer information' },
} as const satisfies Record<string, { scopes: readonly string[]; label: string }>;

export type Cluster = keyof typeof CLUSTERS;

export const clusterNames = Object.keys(CLUSTERS) as [Cluster, ...Cluster[]];

/** Clusters about the person rather than about one account, for requests that arrive as plain scopes. */
const customerClusters: ReadonlySet<Cluster> = new Set<Cluster>([
  'CUSTOMER_CONTACT',
  'CUSTOMER_PERSONAL',
  'SOCIAL_SECURITY_NUMBER',
]);

const clusterByScope = new Map<string, Cluster>(
  clusterNames.flatMap((name) => CLUSTERS[name].scopes.map((scope): [string, Cluster] => [scope, name])),
);

export const clusterScopes: readonly string[] = [...clusterByScope.keys()];

/** Scopes of the FDX consent API: an application's own errand, so only client credentials may carry them. */
export const CONSENT_SCOPES = { read: 'fdx:consents:read', manage: 'fdx:consents:manage' } as const;

/**
 * The scope of event notifications. It is one of the NOTIFICATIONS cluster too, but subscribing is an application's own errand:
 * of this one only client credentials are of use.
 */
export const NOTIFICATION_SCOPE = 'fdx:notifications:subscribe';

/** What an application may do on its own behalf, without any person. */
export const APPLICATION_SCOPES: readonly string[] = [...Object.values(CONSENT_SCOPES), NOTIFICATION_SCOPE];

/** Scopes of grant management (draft) §6.1, for client credentials and for a person's token alike. */
export const GRANT_SCOPES = { query: 'grant_management_query', revoke: 'grant_management_revoke' } as const;

export const isGrantScope = (scope: string): boolean => Object.values<string>(GRANT_SCOPES).includes(scope);

export const clusterOfScope = (scope: string): Cluster | undefined => clusterByScope.get(scope);

export const describesCustomer = (cluster: Cluster): boolean => customerClusters.has(cluster);

export const labelOf = (cluster: Cluster): string => CLUSTERS[cluster].label;

export const scopesOf = (clusters: Iterable<Cluster>): string[] =>
  [...clusters].flatMap((name) => CLUSTERS[name].scopes);
