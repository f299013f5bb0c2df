import type { AuthorizationActivities } from '../../../src/activities/authorization';
import type { LifecycleActivities } from '../../../src/activities/lifecycle';
import { hasEnded, receiptIdOf, type ConsentState } from '../../../src/domain/consent';
import type { GrantedConsent } from '../../../src/domain/grant';
import type { ConsentTerms } from '../../../src/domain/terms';
import { GrantBooks } from './grant-books';

export type Activities = AuthorizationActivities & LifecycleActivities;

/** The outside world of a consent: every activity a jest function that succeeds unless a test says otherwise. */
export type ActivityFakes = { readonly [Name in keyof Activities]: jest.MockedFunction<Activities[Name]> };

export const TERMS: ConsentTerms = {
  durationType: 'TIME_BOUND',
  durationPeriod: 365,
  lookbackPeriod: 60,
  resources: [
    { resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS'] },
    { resourceType: 'CUSTOMER', dataClusters: ['CUSTOMER_CONTACT'] },
  ],
};

/** All of {@link TERMS}, as a bank's consent API would say it. */
export const GRANT: GrantedConsent = {
  source: 'consent_api',
  bankConsentId: 'bank-consent-1',
  durationType: 'TIME_BOUND',
  durationPeriod: 365,
  lookbackPeriod: 60,
  resources: [
    { resourceType: 'ACCOUNT', resourceId: 'acc-1', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS'] },
    { resourceType: 'CUSTOMER', resourceId: 'cust-1', dataClusters: ['CUSTOMER_CONTACT'] },
  ],
};

export function createFakes(now: () => Promise<number>, books = new GrantBooks()): ActivityFakes {
  const succeeding = activitiesThatSucceed(now, books);
  return {
    prepareAuthorization: jest.fn(succeeding.prepareAuthorization),
    pushAuthorizationRequest: jest.fn(succeeding.pushAuthorizationRequest),
    exchangeCode: jest.fn(succeeding.exchangeCode),
    readGrant: jest.fn(succeeding.readGrant),
    proveDataAccess: jest.fn(succeeding.proveDataAccess),
    recordReceipt: jest.fn(succeeding.recordReceipt),
    recordLostAuthorization: jest.fn(succeeding.recordLostAuthorization),
    recordState: jest.fn(succeeding.recordState),
    giveNotice: jest.fn(succeeding.giveNotice),
    concludeConsent: jest.fn(succeeding.concludeConsent),
    endGrantAtBank: jest.fn(succeeding.endGrantAtBank),
    openOperatorTask: jest.fn(succeeding.openOperatorTask),
    reviewGrant: jest.fn(succeeding.reviewGrant),
    recordGrantChange: jest.fn(succeeding.recordGrantChange),
    purgeConsent: jest.fn(succeeding.purgeConsent),
  };
}

type Functions = {
  readonly [Name in keyof Activities]: (...input: Parameters<Activities[Name]>) => ReturnType<Activities[Name]>;
};

function activitiesThatSucceed(now: () => Promise<number>, books: GrantBooks): Functions {
  const succeed = () => Promise.resolve();
  return {
    prepareAuthorization: succeed,
    pushAuthorizationRequest: async ({ authorizationId }) => ({
      authorizationUrl: authorizationUrlOf(authorizationId),
      expiresAt: (await now()) + 60_000,
    }),
    exchangeCode: ({ consentId, authorizationId }) => {
      books.open(consentId, authorizationId);
      return succeed();
    },
    readGrant: async () => ({ granted: GRANT, grantedAt: await now() }),
    proveDataAccess: () => Promise.resolve({ outcome: 'proven', accounts: 1 }),
    recordReceipt: ({ state }) => Promise.resolve(receiptIdOf(state)),
    recordLostAuthorization: ({ consentId, authorizationId, state }) => {
      const open = books.of(consentId);
      return Promise.resolve({
        grantsToEnd: hasEnded(state.status) ? open : open.filter((each) => each === authorizationId),
      });
    },
    recordState: succeed,
    giveNotice: succeed,
    concludeConsent: ({ consentId }) => Promise.resolve({ grantsToEnd: books.of(consentId) }),
    endGrantAtBank: ({ authorizationId }) => {
      books.close(authorizationId);
      return succeed();
    },
    openOperatorTask: succeed,
    reviewGrant: () => Promise.resolve({ verdict: 'as_recorded' }),
    recordGrantChange: succeed,
    purgeConsent: () => Promise.resolve({ certificateId: 'del_1' }),
  };
}

export function authorizationUrlOf(authorizationId: string): string {
  return `https://bank.example/authorize?client_id=us&request_uri=urn:example:${authorizationId}`;
}

/** Registers activities that go to whatever fakes stand at the moment, and keeps the states that were written down. */
export function delegating(fakes: () => ActivityFakes, written: (state: ConsentState) => void): Activities {
  const names = Object.keys(createFakes(() => Promise.resolve(0))) as (keyof Activities)[];
  const entries = names.map((name) => [
    name,
    async (input: { readonly state?: ConsentState }) => {
      const result = await (fakes()[name] as (input: unknown) => Promise<unknown>)(input);
      if (input.state) written(input.state);
      return result;
    },
  ]);
  return Object.fromEntries(entries) as Activities;
}
