/**
 * FDX v6 data clusters: what a person can share, the OAuth scopes that go with it and the words a person reads.
 *
 * @see FDX API 6.x, Consent: DataCluster; FDX User Experience Guidelines for the labels
 */
interface ClusterDescription {
  /** FDX API version that introduced it. */
  readonly since: string;
  readonly scopes: readonly string[];
  /** What a person reads on a disclosure. */
  readonly label: string;
}

export const CLUSTERS = {
  ACCOUNT_BASIC: { since: '6.0', scopes: ['fdx:accountbasic:read'], label: 'Account identifying information' },
  ACCOUNT_DETAILED: { since: '6.0', scopes: ['fdx:accountdetailed:read'], label: 'Account summary information' },
  /** Deprecated since 6.1 in favour of PAYMENT_SUPPORT; providers still grant it. */
  ACCOUNT_PAYMENTS: { since: '6.0', scopes: ['fdx:accountpayments:read'], label: 'Account numbers' },
  BALANCES: { since: '6.4', scopes: ['fdx:balances:read'], label: 'Account balances' },
  BILLS: { since: '6.2', scopes: ['fdx:bills:read'], label: 'Account billing information' },
  CUSTOMER_CONTACT: { since: '6.0', scopes: ['fdx:customercontact:read'], label: 'Account contact details' },
  CUSTOMER_PERSONAL: { since: '6.0', scopes: ['fdx:customerpersonal:read'], label: 'Sensitive personal information' },
  IMAGES: { since: '6.2', scopes: ['fdx:images:read'], label: 'Check images' },
  INVESTMENTS: { since: '6.0', scopes: ['fdx:investments:read'], label: 'Investment account holding details' },
  NOTIFICATIONS: {
    since: '6.2',
    scopes: ['fdx:notifications:publish', 'fdx:notifications:subscribe'],
    label: 'Notifications about your accounts',
  },
  PAYMENT_SUPPORT: { since: '6.2', scopes: ['fdx:paymentsupport:read'], label: 'Account numbers' },
  REWARDS: { since: '6.2', scopes: ['fdx:rewards:read'], label: 'Reward program information' },
  SCHEDULED_PAYMENTS: { since: '6.4', scopes: ['fdx:scheduledpayments:read'], label: 'Scheduled payment information' },
  SOCIAL_SECURITY_NUMBER: { since: '6.4', scopes: ['fdx:socialsecurity:read'], label: 'Social security number' },
  STATEMENTS: { since: '6.0', scopes: ['fdx:statements:read'], label: 'Account statements' },
  TAX: { since: '6.2', scopes: ['fdx:tax:read'], label: 'Tax form data' },
  TERMS_AND_CONDITIONS: { since: '6.4', scopes: ['fdx:termsconditions:read'], label: 'Account terms and conditions' },
  TRANSACTIONS: { since: '6.0', scopes: ['fdx:transactions:read'], label: 'Transaction data' },
  TRANSFERS: { since: '6.4', scopes: ['fdx:transfers:read', 'fdx:transfers:write'], label: 'Transfer information' },
} as const satisfies Record<string, ClusterDescription>;

export type DataCluster = keyof typeof CLUSTERS;

export const DATA_CLUSTERS = Object.keys(CLUSTERS) as [DataCluster, ...DataCluster[]];

export function isDataCluster(name: string): name is DataCluster {
  return Object.hasOwn(CLUSTERS, name);
}

/** What a person reads for a cluster. One that we do not know is called as the bank calls it. */
export function labelOf(cluster: string): string {
  return isDataCluster(cluster) ? CLUSTERS[cluster].label : cluster;
}

/** The same for several, each thing once: two clusters may have one label. */
export function labelsOf(clusters: readonly string[]): readonly string[] {
  return [...new Set(clusters.map(labelOf))];
}

/** Clusters that are answered about a person rather than about one of their accounts. */
const CUSTOMER_CLUSTERS: ReadonlySet<DataCluster> = new Set(['CUSTOMER_CONTACT', 'CUSTOMER_PERSONAL', 'NOTIFICATIONS']);

/** True when `GET /accounts` must succeed with a grant of this cluster. */
export function coversAccounts(cluster: DataCluster): boolean {
  return !CUSTOMER_CLUSTERS.has(cluster);
}
