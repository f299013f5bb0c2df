import { decodeJwt } from 'jose';
import { currentStack } from '../setup/stack-access';
import { Application, CLUSTERS } from './support/application';
import { ALICE, Journey } from './support/journey';
import { reserveBank } from './support/reservation';

const application = new Application(currentStack());
const bank = reserveBank(application.stack);

const INSTITUTIONS = [
  { institutionId: 'sandbox-bank', source: 'consent_api' },
  { institutionId: 'sandbox-bank-scopes', source: 'scope' },
  { institutionId: 'sandbox-bank-signed', source: 'consent_api' },
  { institutionId: 'sandbox-bank-mtls', source: 'consent_api' },
  { institutionId: 'sandbox-bank-mtls-dpop', source: 'scope' },
  { institutionId: 'sandbox-bank-jwt-mtls', source: 'consent_api' },
];

describe.each(INSTITUTIONS)('at $institutionId', ({ institutionId, source }) => {
  test('a person who shares everything leaves an active consent, granted in full', async () => {
    const journey = await Journey.walk(application, { institutionId });
    const consent = await journey.consent();
    expect(consent).toMatchObject({
      status: 'active',
      nextAction: 'none',
      granted: { source },
      difference: { outcome: 'in_full' },
      dataAccess: { outcome: 'proven', accounts: 5 },
      receiptId: expect.stringMatching(/^rcp_[0-9a-f]{32}$/) as string,
    });
    expect(consent.failure).toBeUndefined();
    expect([...new Set(consent.granted?.resources.flatMap((resource) => resource.dataClusters))].sort()).toEqual(
      [...CLUSTERS].sort(),
    );
  });

  test('what the person refuses is named in the difference, by resource and cluster', async () => {
    const choices = { ...ALICE, accounts: ['Everyday Checking'], refuseClusters: ['STATEMENTS', 'CUSTOMER_CONTACT'] };
    const journey = await Journey.walk(application, { institutionId }, choices);
    const consent = await journey.consent();
    expect(consent.status).toBe('active');
    expect(consent.difference?.outcome).toBe('in_part');
    expect(consent.difference?.clusters).toEqual([
      {
        resourceType: 'ACCOUNT',
        asked: ['ACCOUNT_DETAILED', 'TRANSACTIONS', 'STATEMENTS'],
        granted: ['ACCOUNT_DETAILED', 'TRANSACTIONS'],
        refused: ['STATEMENTS'],
        wider: [],
      },
      {
        resourceType: 'CUSTOMER',
        asked: ['CUSTOMER_CONTACT'],
        granted: [],
        refused: ['CUSTOMER_CONTACT'],
        wider: [],
      },
    ]);
    expect(consent.dataAccess).toEqual({ outcome: 'proven', accounts: 1 });
    expect(journey.browser.text).toContain('Account statements (not shared)');
  });

  test('a person who declines leaves a denied consent, no token request and no way back in', async () => {
    const journey = await Journey.walk(application, { institutionId }, { ...ALICE, decision: 'deny' });
    expect(await journey.consent()).toMatchObject({
      status: 'denied',
      nextAction: 'none',
      failure: { code: 'consent_denied' },
    });
    expect(journey.browser.text).toContain('Nothing was shared');
    expect(await bank.requests('token')).toEqual([]);
    expect((await application.call(`/v1/consents/${journey.consentId}/receipt`)).status).toBe(404);
    await journey.browser.open(journey.launchUrl);
    expect(journey.browser.page.querySelector('form')).toBeNull();
  });

  test('the browser carries a client id and a reference to the pushed request, and nothing else (RFC 9126)', async () => {
    const journey = await Journey.begin(application, { institutionId });
    const bankUrl = new URL(await journey.launch());
    expect([...bankUrl.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
    await journey.decide(bankUrl.href);
    const entrances = (await bank.requests('authorize')).filter(({ path }) => path === '/authorize');
    expect(entrances.map(({ queryParameters }) => [...queryParameters].sort())).toEqual([['client_id', 'request_uri']]);
  });
});

const pushedParameters = async (): Promise<string[]> => {
  const [pushed] = (await bank.requests('par')).filter(({ status }) => status === 201);
  return pushed?.bodyParameters ?? [];
};

test('the first institution is asked with authorization details and a nonce, PKCE and a state', async () => {
  await (await Journey.begin(application)).launch();
  expect(await pushedParameters()).toEqual(
    expect.arrayContaining(['authorization_details', 'nonce', 'state', 'code_challenge', 'code_challenge_method']),
  );
});

test('the second institution is asked by scope, without a nonce that no ID token would bring back', async () => {
  await (await Journey.begin(application, { institutionId: 'sandbox-bank-scopes' })).launch();
  const parameters = await pushedParameters();
  expect(parameters).toEqual(expect.arrayContaining(['scope', 'state', 'code_challenge', 'code_challenge_method']));
  expect(parameters).not.toContain('authorization_details');
  expect(parameters).not.toContain('nonce');
});

test('the third institution is asked with one signed request, and nothing beside it (RFC 9101)', async () => {
  await (await Journey.begin(application, { institutionId: 'sandbox-bank-signed' })).launch();
  const parameters = await pushedParameters();
  expect(parameters).toEqual(expect.arrayContaining(['client_id', 'request']));
  expect(parameters).not.toContain('scope');
  expect(parameters).not.toContain('state');
});

test('where answers are signed, a plain one is refused and no code is spent', async () => {
  const journey = await Journey.begin(application, { institutionId: 'sandbox-bank-signed' });
  const signed = new URL(await journey.decide(await journey.launch()));
  const { state } = decodeJwt<{ state: string }>(signed.searchParams.get('response') ?? '');
  const plain = new URL(signed.origin + signed.pathname);
  plain.search = new URLSearchParams({ code: 'stolen', state, iss: application.stack.urls.bank }).toString();
  await journey.browser.open(plain.href);
  expect(journey.browser.status).toBe(400);
  expect(await bank.requests('token')).toEqual([]);
});

test('an answer whose signature does not hold is refused, no code is spent, and the person may start again', async () => {
  const journey = await Journey.begin(application, { institutionId: 'sandbox-bank-signed' });
  const answer = new URL(await journey.decide(await journey.launch()));
  const [header, payload, signature = ''] = (answer.searchParams.get('response') ?? '').split('.');
  const altered = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
  answer.searchParams.set('response', [header, payload, altered].join('.'));
  await journey.browser.open(answer.href);
  expect(await journey.consent()).toMatchObject({
    status: 'authorizing',
    nextAction: 'launch',
    failure: { code: 'authorization_response_invalid' },
  });
  expect(await bank.requests('token')).toEqual([]);
});

test('after success the person lands on the registered returnUrl, which is told the consent and its status', async () => {
  const { returnUrl } = application;
  const journey = await Journey.walk(application, { returnUrl });
  const landed = new URL(journey.browser.currentUrl);
  expect(landed.origin + landed.pathname).toBe(returnUrl);
  expect(Object.fromEntries(landed.searchParams)).toEqual({ consentId: journey.consentId, status: 'active' });
});

test('a person who declines lands there too, with the status that says so', async () => {
  const { returnUrl } = application;
  const journey = await Journey.walk(application, { returnUrl }, { ...ALICE, decision: 'deny' });
  const landed = new URL(journey.browser.currentUrl);
  expect(Object.fromEntries(landed.searchParams)).toEqual({ consentId: journey.consentId, status: 'denied' });
});

test('without a returnUrl the person reads on our page what was shared, until when, and the receipt', async () => {
  const journey = await Journey.walk(application);
  const { receiptId, expirationDate } = await journey.consent();
  expect(journey.browser.text).toContain('Sandbox Bank is connected');
  expect(journey.browser.text).toContain(receiptId ?? '?');
  const until = journey.browser.page.querySelector('time');
  expect(until?.getAttribute('datetime')).toBe(expirationDate);
  expect(until?.textContent).toMatch(/^[A-Z][a-z]+ \d{1,2}, \d{4}$/);
  expect(journey.browser.text).toContain('5 accounts');
});

test('two consents at once do not see each other', async () => {
  const [alice, bob] = await Promise.all([
    Journey.walk(application),
    Journey.walk(application, {}, { username: 'bob', accounts: 'all' }),
  ]);
  const accountsOf = async (journey: Journey): Promise<string[]> =>
    (await journey.consent()).granted?.resources.flatMap(({ resourceId = '' }) => resourceId) ?? [];
  const [ofAlice, ofBob] = await Promise.all([accountsOf(alice), accountsOf(bob)]);
  expect(ofBob.filter((id) => ofAlice.includes(id))).toEqual([]);
  expect(await Promise.all([alice.consent(), bob.consent()])).toMatchObject([
    { status: 'active' },
    { status: 'active' },
  ]);
});
