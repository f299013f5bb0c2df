import type { Fault } from '../../sandbox/control/fault';
import { PersonBrowser } from '../../sandbox/person';
import { currentStack } from '../setup/stack-access';
import { Application } from './support/application';
import { Grants } from './support/grants';
import { ALICE, Journey, referenceOn } from './support/journey';
import { reserveBank } from './support/reservation';
import { until } from './support/until';

const application = new Application(currentStack());
const { urls } = application.stack;
const bank = reserveBank(application.stack);

/** A refused callback: its page and code, no token request, and the consent exactly as it was. */
async function expectRefused(journey: Journey, code: string, open: () => Promise<PersonBrowser>): Promise<void> {
  const before = await journey.consent();
  const browser = await open();
  expect([browser.status, referenceOn(browser)]).toEqual([statusOf(code), code]);
  expect(browser.page.querySelectorAll('h1')).toHaveLength(1);
  expect(await journey.consent()).toEqual(before);
  expect(await bank.requests('token')).toEqual([]);
}

function statusOf(code: string): number {
  return code === 'callback_browser_mismatch' ? 403 : 400;
}

function changed(callbackUrl: string, change: (parameters: URLSearchParams) => void): string {
  const url = new URL(callbackUrl);
  change(url.searchParams);
  return url.href;
}

describe('a callback that the bank itself spoiled', () => {
  const spoilt: [string, Omit<Extract<Fault, { kind: 'rewrite_callback' }>, 'kind'>, string][] = [
    ['a wrong state', { set: { state: 'of-somebody-else' } }, 'callback_state_unknown'],
    ['no state', { remove: ['state'] }, 'callback_state_unknown'],
    ['two states', { duplicate: ['state'] }, 'callback_state_unknown'],
    ['a wrong iss', { set: { iss: 'https://mix-up.example' } }, 'callback_issuer_mismatch'],
    ['an iss that differs by a slash', { set: { iss: `${urls.bank}/` } }, 'callback_issuer_mismatch'],
    ['no iss', { remove: ['iss'] }, 'callback_issuer_mismatch'],
    ['two iss', { duplicate: ['iss'] }, 'callback_invalid'],
    ['no code', { remove: ['code'] }, 'callback_invalid'],
    ['two codes', { duplicate: ['code'] }, 'callback_invalid'],
    ['a code and an error', { set: { error: 'access_denied' } }, 'callback_invalid'],
  ];

  test.each(spoilt)('with %s changes nothing and spends no code', async (_, change, code) => {
    await bank.plant({ endpoint: 'authorize', fault: { kind: 'rewrite_callback', ...change } });
    const journey = await Journey.begin(application);
    const callbackUrl = await journey.authorize();
    await expectRefused(journey, code, () => journey.comeBack(callbackUrl));

    // The way on: another trip from the same link.
    await bank.heal();
    await journey.comeBack(await journey.authorize());
    expect((await journey.consent()).status).toBe('active');
  });
});

describe('a callback from elsewhere', () => {
  test.each<[string, (parameters: URLSearchParams) => void, string]>([
    [
      'an empty query',
      (query) => {
        for (const name of [...query.keys()]) query.delete(name);
      },
      'callback_state_unknown',
    ],
    [
      'an empty state',
      (query) => {
        query.set('state', '');
      },
      'callback_invalid',
    ],
    [
      'NUL in the state',
      (query) => {
        query.set('state', 'a\0b');
      },
      'callback_invalid',
    ],
    [
      'a state of 5,000 characters',
      (query) => {
        query.set('state', 'a'.repeat(5_000));
      },
      'callback_invalid',
    ],
    [
      'a code of 9,000 characters',
      (query) => {
        query.set('code', 'a'.repeat(9_000));
      },
      'callback_invalid',
    ],
    [
      'a code that is not ASCII',
      (query) => {
        query.set('code', 'ключ');
      },
      'callback_invalid',
    ],
    [
      'state as an object',
      (query) => {
        query.append('state[a]', 'b');
        query.delete('state');
      },
      'callback_state_unknown',
    ],
  ])('with %s is refused with a page', async (_, change, code) => {
    const journey = await Journey.begin(application);
    const callbackUrl = await journey.authorize();
    await expectRefused(journey, code, () => journey.comeBack(changed(callbackUrl, change)));
  });

  test('in a browser that never opened the link is refused, and the person’s own still succeeds', async () => {
    const journey = await Journey.begin(application);
    const callbackUrl = await journey.authorize();
    await expectRefused(journey, 'callback_browser_mismatch', () => new PersonBrowser().open(callbackUrl));
    await journey.comeBack(callbackUrl);
    expect((await journey.consent()).status).toBe('active');
  });

  test('in the browser of somebody else who is on the way too is refused (RFC 6749 §10.12)', async () => {
    const [mine, theirs] = [await Journey.begin(application), await Journey.begin(application)];
    await theirs.launch();
    const callbackUrl = await mine.authorize();
    await expectRefused(mine, 'callback_browser_mismatch', () => theirs.browser.open(callbackUrl));
    expect(await theirs.consent()).toMatchObject({ status: 'authorizing' });
  });

  test('as JSON is answered with a problem document', async () => {
    const response = await fetch(`${urls.api}/callback?state=unknown&code=x`, {
      headers: { accept: 'application/json' },
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch('application/problem+json');
    expect(await response.json()).toMatchObject({ code: 'callback_state_unknown' });
  });

  test('of an error that nobody asked for ends the trip and not the consent', async () => {
    await bank.plant({ endpoint: 'authorize', fault: { kind: 'oauth_error', error: 'server_error' } });
    const journey = await Journey.walk(application);
    expect(await journey.consent()).toMatchObject({
      status: 'authorizing',
      nextAction: 'launch',
      failure: { code: 'as_authorization_error' },
    });
    expect(await bank.requests('token')).toEqual([]);
  });
});

describe('a callback that comes twice', () => {
  test('is one answer: reloaded after success it leads to the outcome and sends no code', async () => {
    const journey = await Journey.begin(application, { returnUrl: application.returnUrl });
    const callbackUrl = await journey.authorize();
    await journey.comeBack(callbackUrl);
    const [before, landed] = [await journey.consent(), journey.browser.currentUrl];
    await journey.comeBack(callbackUrl);
    expect(journey.browser.currentUrl).toBe(landed);
    expect(await journey.consent()).toEqual(before);
    expect(await bank.codesSent()).toBe(1);
  });

  test('at the same instant is one exchange, and both pages learn its outcome', async () => {
    const journey = await Journey.begin(application);
    const callbackUrl = await journey.authorize();
    await bank.plant({ endpoint: 'token', fault: { kind: 'delay', milliseconds: 500 } });
    const cookie = await journey.browser.cookies.getCookieString(callbackUrl);
    const answers = await Promise.all(
      [1, 2, 3].map(() => fetch(callbackUrl, { redirect: 'manual', headers: { cookie, accept: 'text/html' } })),
    );
    expect(answers.map((answer) => [answer.status, answer.headers.get('location')])).toEqual(
      answers.map(() => [303, journey.launchUrl]),
    );
    expect((await journey.consent()).status).toBe('active');
    expect(await bank.codesSent()).toBe(1);
  });

  test('with another code the second time is not used: the first answer counts', async () => {
    const journey = await Journey.begin(application);
    const callbackUrl = await journey.authorize();
    await journey.comeBack(callbackUrl);
    const before = await journey.consent();
    await journey.comeBack(
      changed(callbackUrl, (query) => {
        query.set('code', 'another');
      }),
    );
    expect(await journey.consent()).toEqual(before);
    expect(await bank.codesSent()).toBe(1);
  });

  test('replayed in another browser after success tells that browser nothing', async () => {
    const journey = await Journey.begin(application);
    const callbackUrl = await journey.authorize();
    await journey.comeBack(callbackUrl);
    const before = await journey.consent();
    const stranger = await new PersonBrowser().open(callbackUrl);
    expect([stranger.status, referenceOn(stranger)]).toEqual([403, 'callback_browser_mismatch']);
    expect(stranger.text).not.toContain(journey.consentId);
    expect(await journey.consent()).toEqual(before);
    expect(await bank.codesSent()).toBe(1);
  });

  test('of an earlier trip, after a later one has brought the grant, changes nothing and is undone at the bank', async () => {
    const journey = await Journey.begin(application);
    const earlier = await journey.authorize();
    await journey.comeBack(await journey.authorize({ ...ALICE, refuseClusters: ['STATEMENTS'] }));
    const before = { ...(await journey.consent()), updatedAt: 'any' };
    expect(before.status).toBe('active');
    await journey.comeBack(earlier);
    expect(referenceOn(journey.browser)).toBe('invitation_closed');
    const grants = new Grants(application.stack);
    const undone = await until('the second grant', async () =>
      (await grants.of(journey.consentId)).find((grant) => !grant.isInUse),
    );
    expect(await bank.ended(undone.bankConsentId)).toMatchObject({ status: 'REVOKED' });
    await grants.destroyed(journey.consentId, undone.authorizationId);
    expect({ ...(await journey.consent()), updatedAt: 'any' }).toEqual(before);
    expect(await bank.consent(before.granted?.bankConsentId)).toMatchObject({ status: 'ACTIVE' });
    expect(await bank.codesSent()).toBe(2);
  });
});

describe('the launch page', () => {
  test('takes Continue only from a browser that opened it', async () => {
    const journey = await Journey.begin(application);
    const answer = await fetch(journey.launchUrl, { method: 'POST', redirect: 'manual' });
    expect(answer.status).toBe(403);
    expect(await bank.requests('par')).toEqual([]);
    expect((await journey.consent()).status).toBe('requested');
  });

  test('takes no Continue from a form on another site', async () => {
    const journey = await Journey.begin(application);
    await journey.browser.open(journey.launchUrl);
    const cookie = await journey.browser.cookies.getCookieString(journey.launchUrl);
    const headers = { cookie, origin: 'https://evil.example' };
    const answer = await fetch(journey.launchUrl, { method: 'POST', redirect: 'manual', headers });
    expect(answer.status).toBe(403);
    expect(await bank.requests('par')).toEqual([]);
  });

  test.each(['x', 'a'.repeat(43), '%00', 'a'.repeat(4_000)])(
    'is a page that says so for an unknown token (%#)',
    async (token) => {
      const stranger = await new PersonBrowser().open(`${urls.api}/connect/${token}`);
      expect([stranger.status, referenceOn(stranger)]).toEqual([404, 'launch_link_unknown']);
    },
  );

  test('is a page that says so for an address that cannot be decoded', async () => {
    const stranger = await new PersonBrowser().open(`${urls.api}/connect/%zz`);
    expect(stranger.status).toBe(404);
    expect(stranger.page.querySelectorAll('h1')).toHaveLength(1);
  });
});
