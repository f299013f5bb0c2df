/** What an application asks for: the part of the product's request body that reaches the bank. */
export interface Terms {
  durationType: string;
  durationPeriod: number;
  lookbackPeriod: number;
  resources: { resourceType: string; dataClusters: string[] }[];
}

/** FDX v6: the scope of each cluster that the benchmark asks for. */
const SCOPES: Readonly<Record<string, string>> = {
  ACCOUNT_DETAILED: 'fdx:accountdetailed:read',
  TRANSACTIONS: 'fdx:transactions:read',
  STATEMENTS: 'fdx:statements:read',
  CUSTOMER_CONTACT: 'fdx:customercontact:read',
};

/** RFC 9396 details and the scopes beside them, as the product asks this bank too. */
export function authorizationRequest(terms: Terms): { scope: string; authorization_details: string } {
  const { durationType, durationPeriod, lookbackPeriod, resources } = terms;
  const scopes = resources.flatMap(({ dataClusters }) => dataClusters.map((cluster) => SCOPES[cluster] ?? cluster));
  const consentRequest = { durationType, durationPeriod, lookbackPeriod, resources };
  return {
    scope: ['openid', 'offline_access', ...scopes].join(' '),
    authorization_details: JSON.stringify([{ type: 'fdx_v1.0', consentRequest }]),
  };
}
