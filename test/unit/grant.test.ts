import { differenceOf, expirationOf, narrowedTo, sameGrant, type GrantedConsent } from '../../src/domain/grant';
import type { ConsentTerms } from '../../src/domain/terms';

const ASKED: ConsentTerms = {
  durationType: 'TIME_BOUND',
  durationPeriod: 90,
  lookbackPeriod: 60,
  resources: [
    { resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS'] },
    { resourceType: 'CUSTOMER', dataClusters: ['CUSTOMER_CONTACT'] },
  ],
};

const IN_FULL: GrantedConsent = {
  source: 'consent_api',
  durationType: 'TIME_BOUND',
  durationPeriod: 90,
  lookbackPeriod: 60,
  resources: ASKED.resources,
};

/** The same without periods. */
const UNBOUND: ConsentTerms = { durationType: 'TIME_BOUND', resources: ASKED.resources };
const SILENT: GrantedConsent = { source: 'consent_api', durationType: 'TIME_BOUND', resources: ASKED.resources };

describe('asked beside granted', () => {
  it('is in full when every cluster and period is as asked', () => {
    expect(differenceOf(ASKED, IN_FULL)).toEqual({
      outcome: 'in_full',
      clusters: [
        {
          resourceType: 'ACCOUNT',
          asked: ['ACCOUNT_DETAILED', 'TRANSACTIONS'],
          granted: ['ACCOUNT_DETAILED', 'TRANSACTIONS'],
          refused: [],
          wider: [],
        },
        {
          resourceType: 'CUSTOMER',
          asked: ['CUSTOMER_CONTACT'],
          granted: ['CUSTOMER_CONTACT'],
          refused: [],
          wider: [],
        },
      ],
    });
  });

  it('is in full when a cluster is spread over several accounts', () => {
    const resources = [
      { resourceType: 'ACCOUNT', resourceId: 'a', dataClusters: ['ACCOUNT_DETAILED'] },
      { resourceType: 'ACCOUNT', resourceId: 'b', dataClusters: ['TRANSACTIONS', 'ACCOUNT_DETAILED'] },
      { resourceType: 'CUSTOMER', dataClusters: ['CUSTOMER_CONTACT'] },
    ] as const;
    expect(differenceOf(ASKED, { ...IN_FULL, resources }).outcome).toBe('in_full');
  });

  it('names what was refused, per resource type', () => {
    const resources = [{ resourceType: 'ACCOUNT', dataClusters: ['TRANSACTIONS'] }] as const;
    const difference = differenceOf(ASKED, { ...IN_FULL, resources });
    expect(difference.outcome).toBe('in_part');
    expect(difference.clusters.map(({ resourceType, refused }) => [resourceType, refused])).toEqual([
      ['ACCOUNT', ['ACCOUNT_DETAILED']],
      ['CUSTOMER', ['CUSTOMER_CONTACT']],
    ]);
  });

  it.each(['TAX', 'A_CLUSTER_OF_TOMORROW'])('is wider when %s came that nobody asked for', (name) => {
    const resources = [...ASKED.resources, { resourceType: 'DOCUMENT', dataClusters: [name] }] as const;
    const difference = differenceOf(ASKED, { ...IN_FULL, resources });
    expect(difference.outcome).toBe('wider');
    expect(difference.clusters.at(-1)).toEqual({
      resourceType: 'DOCUMENT',
      asked: [],
      granted: [name],
      refused: [],
      wider: [name],
    });
  });

  it('is wider even when something else was refused', () => {
    const resources = [{ resourceType: 'ACCOUNT', dataClusters: ['TRANSACTIONS', 'TAX'] }] as const;
    expect(differenceOf(ASKED, { ...IN_FULL, resources }).outcome).toBe('wider');
  });

  it('is not wider when a bank files a cluster under another resource type', () => {
    const resources = [
      { resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS', 'CUSTOMER_CONTACT'] },
    ] as const;
    const difference = differenceOf(ASKED, { ...IN_FULL, resources });
    expect(difference.outcome).toBe('in_full');
  });

  it.each([
    ['durationPeriod', 30, 'in_part'],
    ['durationPeriod', 91, 'wider'],
    ['lookbackPeriod', 30, 'in_part'],
    ['lookbackPeriod', 61, 'wider'],
  ] as const)('tells a %s of %i days (%s)', (name, granted, outcome) => {
    const difference = differenceOf(ASKED, { ...IN_FULL, [name]: granted });
    expect(difference.outcome).toBe(outcome);
    expect(difference[name]).toEqual({ asked: ASKED[name], granted });
  });

  it('says nothing about periods that one side did not name', () => {
    expect(differenceOf(ASKED, SILENT)).toMatchObject({ outcome: 'in_full' });
    expect(differenceOf(ASKED, SILENT)).not.toHaveProperty('durationPeriod');
    expect(differenceOf(UNBOUND, IN_FULL)).toMatchObject({ outcome: 'in_full' });
  });

  it('is in part when nothing at all was granted', () => {
    expect(differenceOf(ASKED, { ...IN_FULL, resources: [] }).outcome).toBe('in_part');
  });
});

describe('the expiration', () => {
  const DAY_MS = 24 * 60 * 60 * 1000;
  const GRANTED_AT = Date.UTC(2026, 0, 1);
  const POLICY = { maxDurationDays: 365, oneTimeLifetimeSeconds: 3_600 };
  const days = (asked: ConsentTerms, granted: GrantedConsent) =>
    (expirationOf(asked, granted, GRANTED_AT, POLICY) - GRANTED_AT) / DAY_MS;

  it('is the one that the bank names', () => {
    expect(days(UNBOUND, { ...SILENT, expiresAt: GRANTED_AT + 10 * DAY_MS })).toBe(10);
  });

  it('is counted from the grant when the bank names a duration', () => {
    expect(days(UNBOUND, { ...SILENT, durationPeriod: 30 })).toBe(30);
  });

  it('is counted from when the bank created its consent, if it says when', () => {
    expect(days(UNBOUND, { ...SILENT, durationPeriod: 30, createdAt: GRANTED_AT - DAY_MS })).toBe(29);
  });

  it('is never later than what was asked, whatever the bank says', () => {
    expect(days(ASKED, { ...SILENT, durationPeriod: 300, expiresAt: GRANTED_AT + 300 * DAY_MS })).toBe(90);
  });

  it('is never later than policy allows (12 CFR 1033.421(b))', () => {
    expect(days(UNBOUND, { ...SILENT, durationType: 'PERSISTENT' })).toBe(365);
    expect(days(UNBOUND, { ...SILENT, durationPeriod: 4_000, expiresAt: GRANTED_AT + 4_000 * DAY_MS })).toBe(365);
  });

  it('of a ONE_TIME grant is an hour, whatever the bank says, and sooner when the bank says sooner', () => {
    expect(days(UNBOUND, { ...SILENT, durationType: 'ONE_TIME' })).toBe(1 / 24);
    expect(days(UNBOUND, { ...SILENT, durationType: 'ONE_TIME', expiresAt: GRANTED_AT + DAY_MS })).toBe(1 / 24);
    expect(days(UNBOUND, { ...SILENT, durationType: 'ONE_TIME', expiresAt: GRANTED_AT + DAY_MS / 48 })).toBe(1 / 48);
  });

  it('that already passed at the bank is told as it is', () => {
    expect(days(ASKED, { ...IN_FULL, expiresAt: GRANTED_AT - DAY_MS })).toBe(-1);
  });
});

describe('what may be used of a grant', () => {
  it('is all of one that was asked for', () => {
    expect(narrowedTo(ASKED, IN_FULL)).toEqual(IN_FULL);
  });

  it('is nothing that was not asked for: no cluster, no resource of only such, no longer period', () => {
    const wider: GrantedConsent = {
      ...IN_FULL,
      durationPeriod: 365,
      lookbackPeriod: 3_650,
      resources: [
        { resourceType: 'ACCOUNT', resourceId: 'a', dataClusters: ['TRANSACTIONS', 'REWARDS'] },
        { resourceType: 'DOCUMENT', dataClusters: ['TAX'] },
      ],
    };
    const used = narrowedTo(ASKED, wider);
    expect(used).toEqual({
      ...IN_FULL,
      resources: [{ resourceType: 'ACCOUNT', resourceId: 'a', dataClusters: ['TRANSACTIONS'] }],
    });
    expect(differenceOf(ASKED, used).outcome).not.toBe('wider');
  });

  it('stays as narrow as it was granted', () => {
    const narrow = { ...IN_FULL, durationPeriod: 10, lookbackPeriod: 5 };
    expect(narrowedTo(ASKED, narrow)).toMatchObject({ durationPeriod: 10, lookbackPeriod: 5 });
    expect(narrowedTo(ASKED, SILENT)).not.toHaveProperty('durationPeriod');
  });
});

describe('a bank that is asked again', () => {
  const LISTED: GrantedConsent = {
    ...IN_FULL,
    expiresAt: 1_000,
    resources: [
      { resourceType: 'ACCOUNT', resourceId: 'a', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS'] },
      { resourceType: 'ACCOUNT', resourceId: 'b', dataClusters: ['TRANSACTIONS'] },
    ],
  };

  it('says the same in whatever order, and from whatever source', () => {
    const resources = LISTED.resources
      .map((each) => ({ ...each, dataClusters: [...each.dataClusters].reverse() }))
      .reverse();
    expect(sameGrant(LISTED, { ...LISTED, source: 'scope', createdAt: 5, bankConsentId: 'other', resources })).toBe(
      true,
    );
  });

  it.each<[string, Partial<GrantedConsent>]>([
    ['end', { expiresAt: 2_000 }],
    ['duration', { durationPeriod: 30 }],
    ['lookback', { lookbackPeriod: 30 }],
    ['duration type', { durationType: 'PERSISTENT' }],
    ['set of accounts', { resources: LISTED.resources.slice(1) }],
    ['set of clusters', { resources: [{ resourceType: 'ACCOUNT', resourceId: 'a', dataClusters: ['TRANSACTIONS'] }] }],
  ])('with another %s says something else', (_what, change) => {
    expect(sameGrant(LISTED, { ...LISTED, ...change })).toBe(false);
  });
});
