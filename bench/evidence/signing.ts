import { performance } from 'node:perf_hooks';
import { CompactSign, generateKeyPair } from 'jose';
import { canonicalJson } from '../../src/evidence/canonical';
import { sha256Of } from '../../src/evidence/verify/jws';
import { signCompact, type Signer } from '../../src/fapi/signer';
import { round } from '../statistics';
import type { SigningFigures } from './result';

/** As large as a receipt of one account with three clusters. */
const RECEIPT = {
  ...{ receiptVersion: 2, receiptId: `rcp_${'0'.repeat(32)}`, consentId: `cns_${'1'.repeat(32)}` },
  ...{
    authorizationId: `aut_${'2'.repeat(32)}`,
    bankConsentId: 'bank-consent-1',
    issuedAt: '2026-01-01T00:00:00.000Z',
  },
  ...{ createdTime: '2026-01-01T00:00:00.000Z', expirationDate: '2027-01-01T00:00:00.000Z' },
  parties: ['DATA_RECIPIENT', 'DATA_ACCESS_PLATFORM', 'DATA_PROVIDER'].map((type) => ({
    ...{ type, name: `A party that is a ${type}`, homeUri: 'https://party.example/' },
    registryReferences: [{ registry: 'GLEIF', registeredEntityName: 'Party Ltd', registeredEntityId: '3'.repeat(20) }],
  })),
  ...{ personPseudonym: '4'.repeat(43), purpose: 'See all your accounts in one place' },
  requested: {
    ...{ durationType: 'TIME_BOUND', durationPeriod: 365, lookbackPeriod: 90 },
    resources: [{ resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS', 'STATEMENTS'] }],
  },
  granted: {
    ...{ source: 'consent_api', durationType: 'TIME_BOUND', durationPeriod: 365, lookbackPeriod: 90 },
    resources: [
      {
        resourceType: 'ACCOUNT',
        resourceId: 'acc-1',
        dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS', 'STATEMENTS'],
      },
    ],
  },
  grantedScopes: [
    'openid',
    'offline_access',
    'fdx:accountdetailed:read',
    'fdx:transactions:read',
    'fdx:statements:read',
  ],
  disclosure: { disclosureId: `dsc_${'5'.repeat(32)}`, digest: '6'.repeat(43), language: 'en', template: 'default/1' },
  evidence: {
    ...{ issuer: 'https://bank.example', clientId: 'client-1', pkce: { codeChallenge: '7'.repeat(43) } },
    senderConstraint: { method: 'dpop', confirmation: { jkt: '8'.repeat(43) } },
  },
};

/** Signs receipts one after the other, beside jose over bytes that are there already; the two take turns. */
export async function measureSigning(signer: Signer, times: number, rounds: number): Promise<SigningFigures> {
  const { privateKey } = await generateKeyPair('ES256');
  const bytes = new TextEncoder().encode(canonicalJson(RECEIPT));
  const header = { typ: 'consent-receipt+jws', alg: 'ES256', kid: signer.kid };
  const bare = () => new CompactSign(bytes).setProtectedHeader(header).sign(privateKey);
  const full = async (): Promise<void> => {
    const canonical = new TextEncoder().encode(canonicalJson(RECEIPT));
    sha256Of(await signCompact(signer, { typ: header.typ }, canonical));
  };
  const spent = { bare: 0, full: 0 };
  await Promise.all([milliseconds(200, bare), milliseconds(200, full)]);
  for (let count = 0; count < rounds; count += 1) {
    spent.bare += await milliseconds(times / rounds, bare);
    spent.full += await milliseconds(times / rounds, full);
  }
  const [barePerSecond, perSecond] = [spent.bare, spent.full].map((ms) => Math.round((times / ms) * 1000));
  return {
    bytes: bytes.length,
    barePerSecond: barePerSecond ?? 0,
    perSecond: perSecond ?? 0,
    ratio: round(spent.bare / spent.full, 2),
  };
}

async function milliseconds(times: number, work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  for (let count = 0; count < times; count += 1) await work();
  return performance.now() - startedAt;
}
