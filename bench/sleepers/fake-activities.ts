import { receiptIdOf } from '../../src/domain/consent';
import type { AuthorizationActivities } from '../../src/activities/authorization';
import type { LifecycleActivities } from '../../src/activities/lifecycle';
import type { GrantedConsent } from '../../src/domain/grant';

type Activities = AuthorizationActivities & LifecycleActivities;

/** What Alice gives at the sandbox bank, as its consent API says it. */
const GRANT: GrantedConsent = {
  source: 'consent_api',
  bankConsentId: 'e3e97c42-f617-4bbf-93a8-b8a82766465b',
  durationType: 'TIME_BOUND',
  durationPeriod: 365,
  lookbackPeriod: 90,
  resources: [
    { resourceType: 'ACCOUNT', resourceId: 'acc-alice-1', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS'] },
    { resourceType: 'ACCOUNT', resourceId: 'acc-alice-2', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS'] },
    { resourceType: 'CUSTOMER', resourceId: 'alice', dataClusters: ['CUSTOMER_CONTACT'] },
  ],
};

export interface Counters {
  asleep: number;
  reviewed: number;
}

/** No bank and no database: results of the size that the real ones have, at once. */
export function fakeActivities(counters: Counters): Activities {
  const succeed = () => Promise.resolve();
  return {
    prepareAuthorization: succeed,
    pushAuthorizationRequest: ({ authorizationId }) =>
      Promise.resolve({
        authorizationUrl: `https://localhost:9443/authorize?client_id=fdx-consent-dev&request_uri=urn:example:${authorizationId}`,
        expiresAt: Date.now() + 60_000,
      }),
    exchangeCode: succeed,
    readGrant: () => Promise.resolve({ granted: { ...GRANT, createdAt: Date.now() }, grantedAt: Date.now() }),
    proveDataAccess: () => Promise.resolve({ outcome: 'proven', accounts: 2 }),
    recordReceipt: ({ state }) => {
      counters.asleep += 1;
      return Promise.resolve(receiptIdOf(state));
    },
    recordLostAuthorization: () => Promise.resolve({ grantsToEnd: [] }),
    recordState: succeed,
    giveNotice: succeed,
    concludeConsent: () => Promise.resolve({ grantsToEnd: [] }),
    endGrantAtBank: succeed,
    openOperatorTask: succeed,
    reviewGrant: () => {
      counters.reviewed += 1;
      return Promise.resolve({ verdict: 'as_recorded' });
    },
    recordGrantChange: succeed,
    purgeConsent: () => Promise.resolve({ certificateId: 'del_1' }),
  };
}
