import type { Page } from 'playwright-core';
import { Application } from '../integration/support/application';
import { Journey } from '../integration/support/journey';
import { reserveBank } from '../integration/support/reservation';
import { currentStack } from '../setup/stack-access';
import { allow, signIn } from './support/bank-pages';
import { picture, useChromium } from './support/chromium';

const application = new Application(currentStack());
const { urls } = application.stack;
const bank = reserveBank(application.stack);
const chromium = useChromium();

const continueToBank = (page: Page): Promise<void> => page.getByRole('button', { name: /^Continue to/ }).click();

const items = async (page: Page, selector: string): Promise<string[]> =>
  (await page.locator(selector).allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim());

async function expectOneHeading(page: Page): Promise<void> {
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  expect(await page.title()).not.toBe('');
}

test('a person reads what is asked, chooses accounts, refuses a cluster, and comes back to the narrowed grant', async () => {
  const { id, launchUrl } = await application.request();
  const page = await chromium.newPage();
  await page.goto(launchUrl);
  await expectOneHeading(page);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Budget Bee');
  expect(await items(page, 'li')).toEqual([
    'Account summary information',
    'Transaction data',
    'Account statements',
    'Account contact details',
  ]);
  await picture(page, 'launch');

  await continueToBank(page);
  expect(page.url().startsWith(urls.bank)).toBe(true);
  await signIn(page, 'alice', 'wonderland');
  await picture(page, 'bank');
  await allow(page, { accounts: ['Everyday Checking', 'Travel Rewards Card'], refuse: ['Account statements'] });

  await page.getByRole('heading', { name: 'Sandbox Bank is connected' }).waitFor();
  await expectOneHeading(page);
  expect(await items(page, 'li.granted')).toEqual([
    'Account summary information',
    'Transaction data',
    'Account contact details',
  ]);
  expect(await items(page, 'li.refused')).toEqual(['Account statements (not shared)']);
  expect(await page.getByRole('definition').first().textContent()).toBe('2 accounts');
  await picture(page, 'connected');
  expect(await application.consent(id)).toMatchObject({ status: 'active', difference: { outcome: 'in_part' } });
  // The code and the state are gone from the address bar.
  expect(page.url()).toBe(launchUrl);
});

test('a browser does not tell the bank the link that it came from', async () => {
  const { launchUrl } = await application.request();
  const page = await chromium.newPage();
  const seen: { url: string; referer: string }[] = [];
  page.on('request', (request) => {
    seen.push({ url: request.url(), referer: request.headers()['referer'] ?? '' });
  });
  await page.goto(launchUrl);
  await continueToBank(page);
  await signIn(page, 'alice', 'wonderland');
  await allow(page, { accounts: ['Everyday Checking'] });
  await page.getByRole('heading', { name: 'Sandbox Bank is connected' }).waitFor();
  const code = seen.map(({ url }) => new URL(url).searchParams.get('code')).find((value) => value !== null) ?? '';
  expect(code).not.toBe('');
  const token = launchUrl.split('/').at(-1) ?? '';
  expect(token.length).toBeGreaterThan(20);
  const elsewhere = seen.filter(({ url }) => !url.startsWith(urls.api));
  const referers = [...elsewhere, ...(await bank.addresses())].map(({ referer = '' }) => referer).join('\n');
  expect(referers).not.toContain(token);
  expect(referers).not.toContain(code);
});

test('a person who declines reads that nothing was shared', async () => {
  const { id, launchUrl } = await application.request();
  const page = await chromium.newPage();
  await page.goto(launchUrl);
  await continueToBank(page);
  await signIn(page, 'bob', 'builder');
  await page.getByRole('button', { name: 'Deny' }).click();
  await page.getByRole('heading', { name: 'Nothing was shared' }).waitFor();
  await expectOneHeading(page);
  await picture(page, 'denied');
  expect((await application.consent(id)).status).toBe('denied');
});

test('a callback that is opened again, by reload or by Back, shows the outcome and spends no second code', async () => {
  const { id, launchUrl } = await application.request();
  const page = await chromium.newPage();
  const callbacks: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(`${urls.api}/callback`)) callbacks.push(request.url());
  });
  await page.goto(launchUrl);
  await continueToBank(page);
  await signIn(page, 'alice', 'wonderland');
  await allow(page, { accounts: ['Everyday Checking'] });
  const connected = page.getByRole('heading', { name: 'Sandbox Bank is connected' });
  await connected.waitFor();
  await page.reload();
  await connected.waitFor();
  await page.goto(callbacks[0] ?? '');
  await connected.waitFor();
  expect(callbacks).toHaveLength(2);
  expect(await bank.codesSent()).toBe(1);
  expect((await application.consent(id)).status).toBe('active');
});

test('the whole way works without JavaScript', async () => {
  const { id, launchUrl } = await application.request();
  const page = await chromium.newPage({ javaScriptEnabled: false });
  await page.goto(launchUrl);
  await continueToBank(page);
  await signIn(page, 'carol', 'ledger');
  await page
    .getByRole('checkbox', { name: /Mortgage/i })
    .first()
    .check();
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.getByRole('heading', { name: 'Sandbox Bank is connected' }).waitFor();
  expect((await application.consent(id)).status).toBe('active');
});

test('the launch page can be walked by keyboard: Tab to Continue, Enter to the bank', async () => {
  const { launchUrl } = await application.request({ returnUrl: application.returnUrl });
  const page = await chromium.newPage();
  await page.goto(launchUrl);
  await page.keyboard.press('Tab');
  const focused = page.locator(':focus');
  expect(await focused.textContent()).toBe('Continue to Sandbox Bank');
  expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).not.toBe('none');
  await page.keyboard.press('Tab');
  expect([await focused.textContent(), await focused.getAttribute('href')]).toEqual(['Not now', application.returnUrl]);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByLabel('Username').waitFor();
  expect(page.url().startsWith(urls.bank)).toBe(true);
});

test('our pages load nothing from elsewhere, run no script and cannot be framed', async () => {
  const { launchUrl } = await application.request();
  const page = await chromium.newPage();
  const origins = new Set<string>();
  page.on('request', (request) => {
    if (request.url().startsWith('http')) origins.add(new URL(request.url()).origin);
  });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  const response = await page.goto(launchUrl);
  expect([...origins]).toEqual([urls.api]);
  expect(complaints).toEqual([]);
  const headers = (await response?.allHeaders()) ?? {};
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['referrer-policy']).toBe('same-origin');
  expect(headers['cache-control']).toBe('no-store');
});

/** Run by the browser: what sticks out to the right. */
const WIDER_THAN_ITS_CARD = `(() => {
  const main = document.querySelector('main');
  const edge = main.getBoundingClientRect().right - parseFloat(getComputedStyle(main).paddingRight);
  return [...main.querySelectorAll('*')].filter((each) => each.getBoundingClientRect().right > edge + 1).map((each) => each.outerHTML);
})()`;

test.each([
  ['a phone', { viewport: { width: 360, height: 640 } }],
  ['a dark screen', { colorScheme: 'dark' as const }],
  ['a page zoomed to twice its size', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
])('our pages fit %s', async (name, options) => {
  const connected = await Journey.walk(application);
  const addresses = { launch: (await application.request()).launchUrl, connected: connected.launchUrl };
  for (const [title, url] of Object.entries(addresses)) {
    const page = await chromium.newPage(options);
    await page.goto(url);
    await picture(page, `${title} on ${name}`);
    expect(await page.evaluate(WIDER_THAN_ITS_CARD)).toEqual([]);
  }
});

test('a bank that is away is a page with one heading, what to do, and a reference', async () => {
  await bank.plant({ endpoint: 'par', fault: { kind: 'reset' } });
  const { launchUrl } = await application.request();
  const page = await chromium.newPage();
  await page.goto(launchUrl);
  await continueToBank(page);
  await expectOneHeading(page);
  expect(await page.locator('code').textContent()).toBe('as_unreachable');
  await picture(page, 'bank away');

  // Back to the link, which now says why and offers Continue again.
  await bank.heal();
  await page.goto(launchUrl);
  expect(await page.getByRole('status').textContent()).toBeTruthy();
  await picture(page, 'launch after a failure');
  await continueToBank(page);
  await page.getByLabel('Username').waitFor();
});

test('a link that nobody knows is a page that says so', async () => {
  const page = await chromium.newPage();
  const response = await page.goto(`${urls.api}/connect/${'x'.repeat(43)}`);
  expect(response?.status()).toBe(404);
  await expectOneHeading(page);
  await picture(page, 'unknown link');
});

test('a person who reads Spanish agrees by keyboard, without script, and keeps a copy in Spanish', async () => {
  const { launchUrl } = await application.request();
  const page = await chromium.newPage({ javaScriptEnabled: false, locale: 'es-MX' });
  await page.goto(launchUrl);
  await expectOneHeading(page);
  expect(await page.locator('html').getAttribute('lang')).toBe('es');
  expect(await items(page, 'li')).toContain('Estados de cuenta');
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').textContent()).toBe('Continuar a Sandbox Bank');
  await picture(page, 'launch-es');
  await page.keyboard.press('Enter');
  await signIn(page, 'alice', 'wonderland');
  await allow(page, { accounts: ['Everyday Checking'] });
  await page.getByRole('link', { name: 'What you agreed to' }).click();
  expect(await page.locator('html').getAttribute('lang')).toBe('es');
  await expectOneHeading(page);
  expect(await items(page, 'dd')).toContain('Pulsando el botón');
});

test('another language is a link away', async () => {
  const { launchUrl } = await application.request({ language: 'es' });
  const page = await chromium.newPage();
  await page.goto(launchUrl);
  await page.getByRole('link', { name: 'English', exact: true }).click();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('would like to read your data');
  await continueToBank(page);
  expect(page.url().startsWith(urls.bank)).toBe(true);
});
