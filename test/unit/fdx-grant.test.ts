import type { ConsentTerms } from '../../src/domain/terms';
import { authorizationRequestFor } from '../../src/fdx/authorization-request';
import { readConsentGrant } from '../../src/fdx/consent-grant';
import { grantOfTokenResponse } from '../../src/fdx/token-response-grant';
import { bankWith } from './support/profile';

const ASKED: ConsentTerms = {
  durationType: 'TIME_BOUND',
  durationPeriod: 90,
  lookbackPeriod: 60,
  resources: [
    { resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS'] },
    { resourceType: 'CUSTOMER', dataClusters: ['CUSTOMER_CONTACT'] },
  ],
};

describe('a ConsentGrant', () => {
  const RESOURCES = [{ resourceType: 'ACCOUNT', resourceId: 'acc-1', dataClusters: ['TRANSACTIONS'] }];
  const read = (document: unknown) => readConsentGrant(document, 'consent_api', ASKED);

  it('is read whole', () => {
    const document = {
      id: 'c-1',
      status: 'ACTIVE',
      createdTime: '2026-01-01T00:00:00Z',
      expirationTime: '2026-04-01T00:00:00Z',
      durationType: 'TIME_BOUND',
      durationPeriod: 90,
      lookbackPeriod: 60,
      resources: RESOURCES,
      parties: [{ name: 'somebody' }],
    };
    expect(read(document)).toEqual({
      status: 'ACTIVE',
      granted: {
        source: 'consent_api',
        bankConsentId: 'c-1',
        resources: RESOURCES,
        durationType: 'TIME_BOUND',
        durationPeriod: 90,
        lookbackPeriod: 60,
        createdAt: Date.UTC(2026, 0, 1),
        expiresAt: Date.UTC(2026, 3, 1),
      },
    });
  });

  it('needs nothing but its resources; the duration type is then the one that was asked', () => {
    expect(read({ resources: [] })).toEqual({
      granted: { source: 'consent_api', resources: [], durationType: 'TIME_BOUND' },
    });
  });

  it.each([
    ['ONETIME', 'ONE_TIME'],
    ['ONE_TIME', 'ONE_TIME'],
    ['TIME_BASED', 'TIME_BOUND'],
    ['PERSISTENT', 'PERSISTENT'],
    ['of tomorrow', 'TIME_BOUND'],
    ['toString', 'TIME_BOUND'],
  ])('of durationType %s is %s', (said, meant) => {
    expect(read({ resources: [], durationType: said })?.granted.durationType).toBe(meant);
  });

  it.each([
    ['durationPeriod', 'ninety'],
    ['durationPeriod', -1],
    ['lookbackPeriod', 1.5],
    ['expirationTime', 'tomorrow'],
    ['createdTime', 42],
    ['id', ''],
    ['id', null],
  ])('with %s %j is read as if that had not been said', (name, value) => {
    expect(read({ resources: RESOURCES, [name]: value })).toEqual(read({ resources: RESOURCES }));
  });

  it('reads a number of days that came as text', () => {
    expect(read({ resources: [], durationPeriod: '30' })?.granted.durationPeriod).toBe(30);
  });

  it('keeps clusters it does not know: wider than asked must be seen', () => {
    const resources = [{ resourceType: 'ACCOUNT', dataClusters: ['A_CLUSTER_OF_TOMORROW'] }];
    expect(read({ resources })?.granted.resources).toEqual(resources);
  });

  it.each([
    undefined,
    null,
    'text',
    [],
    {},
    { resources: 'all' },
    { resources: [{ resourceType: 'HOUSE', dataClusters: [] }] },
  ])('%j is none', (document) => {
    expect(read(document)).toBeUndefined();
  });
});

describe('the grant of a token response', () => {
  const ALL = 'fdx:accountdetailed:read fdx:transactions:read fdx:customercontact:read';
  const clusters = (response: Parameters<typeof grantOfTokenResponse>[0], profile = bankWith()) => {
    const { source, resources } = grantOfTokenResponse(response, ASKED, profile);
    return [source, ...resources.flatMap(({ dataClusters }) => dataClusters)];
  };

  it.each(['consentRequest', 'consentGrant', 'consent'])('is told by authorization_details under %s', (name) => {
    const resources = [{ resourceType: 'ACCOUNT', dataClusters: ['TRANSACTIONS'] }];
    const authorizationDetails = [null, { type: 'payment' }, { type: 'fdx_v1.0', [name]: { resources } }];
    expect(clusters({ scope: ALL, authorizationDetails })).toEqual(['authorization_details', 'TRANSACTIONS']);
  });

  it('is told by the scope when the details cannot be read', () => {
    const authorizationDetails = [{ type: 'fdx_v1.0', consentRequest: 'yes' }, 'text'];
    expect(clusters({ scope: 'fdx:transactions:read', authorizationDetails })).toEqual(['scope', 'TRANSACTIONS']);
  });

  it('is what was asked when there is no scope at all (RFC 6749 §5.1)', () => {
    expect(clusters({})).toEqual(['scope', 'ACCOUNT_DETAILED', 'TRANSACTIONS', 'CUSTOMER_CONTACT']);
  });

  it('is nothing when the scope names nothing of it', () => {
    expect(clusters({ scope: 'openid' })).toEqual(['scope']);
  });

  it('holds a cluster only when all of its scopes came', () => {
    const profile = bankWith({ request: { clusterScopes: { TRANSACTIONS: ['tx:read', 'tx:history'] } } });
    expect(clusters({ scope: 'tx:read' }, profile)).toEqual(['scope']);
    expect(clusters({ scope: 'tx:history tx:read' }, profile)).toEqual(['scope', 'TRANSACTIONS']);
  });
});

describe('what is pushed to a bank', () => {
  it('is authorization_details of type fdx_v1.0 and the scopes that agree with them', () => {
    expect(authorizationRequestFor(ASKED, bankWith({ openid: true }))).toEqual({
      scope: 'openid offline_access fdx:accountdetailed:read fdx:transactions:read fdx:customercontact:read',
      authorizationDetails: [
        {
          type: 'fdx_v1.0',
          consentRequest: {
            durationType: 'TIME_BOUND',
            durationPeriod: 90,
            lookbackPeriod: 60,
            resources: ASKED.resources,
          },
        },
      ],
    });
  });

  it('is scopes only where the bank wants no details', () => {
    const request = authorizationRequestFor(ASKED, bankWith({ request: { form: 'scope', offlineAccess: false } }));
    expect(request).toEqual({ scope: 'fdx:accountdetailed:read fdx:transactions:read fdx:customercontact:read' });
  });

  it('is details only where the bank wants no scopes beside them', () => {
    const { scope } = authorizationRequestFor(ASKED, bankWith({ request: { scopesWithDetails: false } }));
    expect(scope).toBe('offline_access');
  });

  it('names each scope once, with the bank’s own names for clusters', () => {
    const request = { extraScopes: ['extra'], clusterScopes: { ACCOUNT_DETAILED: ['acc'], TRANSACTIONS: ['acc'] } };
    const { scope } = authorizationRequestFor(ASKED, bankWith({ request }));
    expect(scope).toBe('offline_access extra acc fdx:customercontact:read');
  });

  it('never names an account: choosing is the person’s', () => {
    expect(JSON.stringify(authorizationRequestFor(ASKED, bankWith()))).not.toContain('resourceId');
  });
});
