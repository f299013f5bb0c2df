import type { Fault } from '../../sandbox/control/fault';
import { currentStack } from '../setup/stack-access';
import { Application } from './support/application';
import { ALICE, Journey, referenceOn } from './support/journey';
import { reserveBank } from './support/reservation';

const application = new Application(currentStack());
const bank = reserveBank(application.stack);

describe('a bank that cannot be reached when the person wants to go there', () => {
  const outages: [string, Fault][] = [
    ['breaks the connection', { kind: 'reset' }],
    ['answers 503', { kind: 'status', status: 503 }],
    ['asks us to slow down', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }],
    ['says temporarily_unavailable', { kind: 'oauth_error', status: 503, error: 'temporarily_unavailable' }],
  ];

  test.each(outages)('%s: the person is told to try again, and the same link works afterwards', async (_, fault) => {
    await bank.plant({ endpoint: 'par', fault });
    const journey = await Journey.begin(application);
    await journey.launch();
    expect(journey.browser.status).toBe(503);
    expect(referenceOn(journey.browser)).toBe('as_unreachable');
    expect(await journey.consent()).toMatchObject({
      status: 'authorizing',
      nextAction: 'launch',
      failure: { code: 'as_unreachable' },
    });

    await bank.heal();
    await journey.comeBack(await journey.authorize());
    const consent = await journey.consent();
    expect(consent.status).toBe('active');
    expect(consent.failure).toBeUndefined();
  });

  test('is bridged without a word when it lasts for one request', async () => {
    await bank.plant({ endpoint: 'par', fault: { kind: 'status', status: 502 }, times: 1 });
    const journey = await Journey.walk(application);
    expect((await journey.consent()).status).toBe('active');
    expect((await bank.requests('par')).map(({ status }) => status)).toEqual([502, 201]);
  });

  test('passes its Retry-After on to the person’s browser', async () => {
    await bank.plant({ endpoint: 'par', fault: { kind: 'status', status: 429, headers: { 'retry-after': '1' } } });
    const journey = await Journey.begin(application);
    await journey.browser.open(journey.launchUrl);
    const answer = await fetch(journey.launchUrl, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: await journey.browser.cookies.getCookieString(journey.launchUrl), accept: 'text/html' },
      body: new URLSearchParams({ disclosure: shownDigest(journey) }),
    });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
  });
});

test.each(['invalid_request', 'invalid_scope', 'invalid_client'])(
  'a pushed request that is refused with %s ends the consent: it is ours to repair, not the person’s to repeat',
  async (error) => {
    await bank.plant({ endpoint: 'par', fault: { kind: 'oauth_error', error } });
    const journey = await Journey.begin(application);
    await journey.launch();
    const code = error === 'invalid_client' ? 'as_client_rejected' : 'as_request_rejected';
    expect(await journey.consent()).toMatchObject({
      status: 'failed',
      nextAction: 'contact_support',
      failure: { code },
    });
    expect(await bank.requests('par')).toHaveLength(1);
    expect(journey.browser.status).toBe(200);
    expect(journey.browser.text).toContain('did not work');
    expect(journey.browser.page.querySelector('form')).toBeNull();
  },
);

describe('an exchange that brings no tokens', () => {
  test.each<[string, Fault, string]>([
    ['is refused', { kind: 'oauth_error', error: 'invalid_grant' }, 'code_exchange_refused'],
    ['breaks with a 500', { kind: 'status', status: 500 }, 'code_exchange_unknown'],
    ['breaks with a 503', { kind: 'status', status: 503 }, 'code_exchange_unknown'],
    ['never arrives', { kind: 'reset' }, 'code_exchange_unknown'],
    ['loses its answer', { kind: 'answer_lost' }, 'code_exchange_unknown'],
  ])('because it %s: the code is sent once, and the person’s second trip succeeds', async (_, fault, code) => {
    await bank.plant({ endpoint: 'token', fault });
    const journey = await Journey.walk(application);
    expect(await journey.consent()).toMatchObject({ status: 'authorizing', nextAction: 'launch', failure: { code } });
    expect(await bank.codesSent()).toBe(1);
    // Back on our page, which says what happened and offers the next trip.
    expect(journey.browser.currentUrl).toBe(journey.launchUrl);
    expect(journey.browser.page.querySelector('[role=status]')?.textContent).toBeTruthy();

    await bank.reset();
    await journey.comeBack(await journey.decide(await journey.pressContinue(), ALICE));
    expect(await journey.consent()).toMatchObject({ status: 'active', difference: { outcome: 'in_full' } });
    expect(await bank.codesSent()).toBe(1);
  });

  test('because we are not its client any more ends the consent', async () => {
    await bank.plant({ endpoint: 'token', fault: { kind: 'oauth_error', status: 401, error: 'invalid_client' } });
    const journey = await Journey.walk(application);
    expect(await journey.consent()).toMatchObject({ status: 'failed', failure: { code: 'as_client_rejected' } });
  });

  test.each<[string, Fault]>([
    ['another nonce', { kind: 'forge_id_token', set: { nonce: 'somebody-elses' } }],
    ['another issuer', { kind: 'forge_id_token', set: { iss: 'https://elsewhere.example' } }],
    ['another audience', { kind: 'forge_id_token', set: { aud: 'somebody-else' } }],
    ['a stranger’s signature', { kind: 'forge_id_token', signedBy: 'stranger' }],
    ['no signature', { kind: 'forge_id_token', signedBy: 'nobody' }],
  ])('because its ID token has %s is never used (OpenID Connect Core §3.1.3.7)', async (_, fault) => {
    await bank.plant({ endpoint: 'token', fault });
    const journey = await Journey.walk(application);
    const consent = await journey.consent();
    expect(consent).toMatchObject({ status: 'failed', failure: { code: 'id_token_invalid' } });
    expect(consent.granted).toBeUndefined();
    expect(await bank.requests('fdx')).toEqual([]);
  });
});

test('a consent API that is down for a moment delays the outcome and does not change it', async () => {
  await bank.plant({ endpoint: 'consents', fault: { kind: 'status', status: 503 }, times: 4 });
  const journey = await Journey.walk(application);
  const consent = await journey.reaches('active');
  expect(consent).toMatchObject({ granted: { source: 'consent_api' }, difference: { outcome: 'in_full' } });
  expect(await bank.codesSent()).toBe(1);
});

test('a bank that grants more than was asked gets no use of its grant', async () => {
  const resources = [{ resourceType: 'ACCOUNT', resourceId: 'a', dataClusters: ['ACCOUNT_DETAILED', 'TAX'] }];
  await bank.plant({ endpoint: 'consents', fault: { kind: 'rewrite_json', set: { resources } } });
  const journey = await Journey.walk(application);
  expect(await journey.consent()).toMatchObject({ status: 'failed', failure: { code: 'grant_wider_than_asked' } });
  expect(await bank.requests('accounts')).toEqual([]);
});

test('accounts that do not answer leave the grant standing, and the consent says so', async () => {
  await bank.plant({ endpoint: 'accounts', fault: { kind: 'status', status: 503 } });
  const journey = await Journey.walk(application);
  expect(await journey.consent()).toMatchObject({ status: 'active', dataAccess: { outcome: 'unreachable' } });
});

test.each([
  ['publishes the old ones beside them', true],
  ['has withdrawn the old ones', false],
])('a bank that has changed its keys and %s is no trouble: they are read once more', async (_, keepOld) => {
  await Journey.walk(application);
  await bank.changeKeys({ keepOld });
  const journey = await Journey.walk(application);
  expect((await journey.consent()).status).toBe('active');
  expect(await bank.codesSent()).toBe(2);
});

test.each([
  ['in the ID token', 'id_token', 'consent_api'],
  ['as grant_id', 'grant_id', 'consent_api'],
  ['nowhere: then its token response speaks for it', 'nowhere', 'authorization_details'],
] as const)('a bank may tell its id of the consent %s', async (_, consentIdIn, source) => {
  await bank.behave({ consentIdIn });
  const journey = await Journey.walk(application);
  expect(await journey.consent()).toMatchObject({ status: 'active', granted: { source } });
});

/** What the form of the link's page sends with it. */
function shownDigest({ browser }: Journey): string {
  return browser.page.querySelector('input[name=disclosure]')?.getAttribute('value') ?? '';
}
