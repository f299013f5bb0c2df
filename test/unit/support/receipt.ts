import { consentReceiptOf, type ReceiptFacts } from '../../../src/evidence/consent-receipt';
import type { ConsentReceipt } from '../../../src/evidence/receipt-schema';
import { bankWith } from './profile';

const SHA256 = 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg';
const id = (prefix: string) => `${prefix}_${'0'.repeat(31)}1`;

/** Everything that may be known of an authorization. */
export const FACTS: ReceiptFacts = {
  receiptId: id('rcp'),
  supersedes: id('rcp').replace(/1$/, '0'),
  consentId: id('cns'),
  authorizationId: id('aut'),
  issuedAt: new Date('2026-03-01T12:00:03Z'),
  expiresAt: Date.parse('2027-03-01T12:00:02.250Z'),
  application: {
    name: 'Budget Bee',
    homeUri: 'https://budget-bee.example',
    registryReferences: [{ registry: 'GLEIF', registeredEntityName: 'Budget Bee, Inc.', registeredEntityId: '5493' }],
  },
  aggregator: { name: 'FDX Consent' },
  profile: bankWith(),
  personPseudonym: 'q3Jr',
  purpose: 'See all your accounts',
  requested: {
    durationType: 'TIME_BOUND',
    durationPeriod: 365,
    lookbackPeriod: 90,
    resources: [
      { resourceType: 'ACCOUNT', dataClusters: ['TRANSACTIONS', 'STATEMENTS'] },
      { resourceType: 'CUSTOMER', dataClusters: ['CUSTOMER_PERSONAL'] },
    ],
  },
  granted: {
    source: 'consent_api',
    bankConsentId: 'bank-7',
    durationType: 'TIME_BOUND',
    durationPeriod: 365,
    lookbackPeriod: 90,
    createdAt: Date.parse('2026-03-01T12:00:01Z'),
    resources: [
      { resourceType: 'ACCOUNT', resourceId: 'acc-1', dataClusters: ['TRANSACTIONS'] },
      { resourceType: 'CUSTOMER', dataClusters: ['CUSTOMER_PERSONAL'] },
    ],
  },
  difference: {
    outcome: 'in_part',
    clusters: [
      {
        resourceType: 'ACCOUNT',
        asked: ['TRANSACTIONS', 'STATEMENTS'],
        granted: ['TRANSACTIONS'],
        refused: ['STATEMENTS'],
        wider: [],
      },
    ],
  },
  grantedScopes: ['openid', 'fdx:transactions:read'],
  disclosure: {
    digest: SHA256,
    agreedAt: new Date('2026-03-01T11:58:00.500Z'),
    shown: { id: id('dsc'), language: 'en-US', template: 'default/en/1', source: 'template' },
    agreement: { id: id('agr'), method: 'typed_name', nameDigest: SHA256 },
  },
  authorization: {
    pushedAt: new Date('2026-03-01T11:59:00Z'),
    requestDigest: SHA256,
    codeChallenge: SHA256,
    responseIssuer: 'https://bank.example',
    receivedAt: new Date('2026-03-01T12:00:00Z'),
    tokensIssuedAt: new Date('2026-03-01T12:00:01Z'),
    authenticatedAt: new Date('2026-03-01T11:59:30Z'),
    acr: 'urn:bank:sca',
    senderThumbprint: SHA256,
  },
};

export function receiptWith(changes: Partial<ReceiptFacts> = {}): ConsentReceipt {
  return consentReceiptOf({ ...FACTS, ...changes });
}

/** A receipt as it was written before version 2. */
export const FIRST_RECEIPT = {
  receiptId: id('rcp'),
  receiptVersion: 1,
  consentId: id('cns'),
  bankConsentId: 'bank-7',
  issuedAt: '2025-11-01T12:00:00.000Z',
  parties: [
    { type: 'DATA_RECIPIENT', name: 'Budget Bee' },
    { type: 'DATA_ACCESS_PLATFORM', name: 'FDX Consent' },
    { type: 'DATA_PROVIDER', name: 'Bank' },
  ],
  personPseudonym: 'q3Jr',
  purpose: 'See all your accounts',
  requested: FACTS.requested,
  granted: {
    source: 'scope',
    durationType: 'TIME_BOUND',
    resources: [{ resourceType: 'ACCOUNT', dataClusters: ['TRANSACTIONS'] }],
  },
  difference: FACTS.difference,
  expirationDate: '2026-11-01T12:00:00.000Z',
  evidence: {
    issuer: 'https://bank.example',
    clientId: 'client',
    agreedAt: '2025-11-01T11:58:00.000Z',
    disclosureDigest: SHA256,
    codeChallenge: SHA256,
    senderKeyThumbprint: SHA256,
  },
};
