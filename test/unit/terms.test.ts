import { clustersOf, sameTerms, type ConsentTerms } from '../../src/domain/terms';

const TERMS: ConsentTerms = {
  durationType: 'TIME_BOUND',
  durationPeriod: 365,
  lookbackPeriod: 60,
  resources: [
    { resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS'] },
    { resourceType: 'CUSTOMER', dataClusters: ['CUSTOMER_CONTACT'] },
  ],
};

describe('two sets of terms', () => {
  it('are the same in whatever order they name resources and clusters, and however often', () => {
    const resources: ConsentTerms['resources'] = [
      { resourceType: 'CUSTOMER', dataClusters: ['CUSTOMER_CONTACT', 'CUSTOMER_CONTACT'] },
      { resourceType: 'ACCOUNT', dataClusters: ['TRANSACTIONS'] },
      { resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_DETAILED'] },
    ];
    expect(sameTerms(TERMS, { ...TERMS, resources })).toBe(true);
  });

  it.each<[string, ConsentTerms]>([
    ['duration type', { ...TERMS, durationType: 'PERSISTENT' }],
    ['duration', { ...TERMS, durationPeriod: 364 }],
    ['lookback', { ...TERMS, lookbackPeriod: 61 }],
    ['clusters', { ...TERMS, resources: TERMS.resources.slice(0, 1) }],
    ['resource type', { ...TERMS, resources: [{ resourceType: 'DOCUMENT', dataClusters: ['TRANSACTIONS'] }] }],
  ])('of another %s are others', (_what, other) => {
    expect(sameTerms(TERMS, other)).toBe(false);
    expect(sameTerms(other, TERMS)).toBe(false);
  });

  it('of which one does not name a period are others', () => {
    const { durationType, durationPeriod, resources } = TERMS;
    const unnamed = { durationType, durationPeriod, resources } as ConsentTerms;
    expect(sameTerms(TERMS, unnamed)).toBe(false);
    expect(sameTerms(unnamed, unnamed)).toBe(true);
  });
});

describe('the clusters of resources', () => {
  it('are each named once, in the order in which they first appear', () => {
    expect(clustersOf([{ dataClusters: ['TAX', 'BILLS'] }, { dataClusters: ['BILLS', 'REWARDS', 'TAX'] }])).toEqual([
      'TAX',
      'BILLS',
      'REWARDS',
    ]);
    expect(clustersOf([])).toEqual([]);
  });
});
