import type { Page } from 'playwright-core';
import { Application } from '../integration/support/application';
import { Grants } from '../integration/support/grants';
import { Journey } from '../integration/support/journey';
import { startOtherApi, type OtherApi } from '../integration/support/other-api';
import { reserveBank } from '../integration/support/reservation';
import { until } from '../integration/support/until';
import { currentStack } from '../setup/stack-access';
import { allow, signIn } from './support/bank-pages';
import { picture, useChromium } from './support/chromium';

/* What a person sees in the year after: the page of a renewal, of a link that is no longer good, and the way out. */
const stack = currentStack();
const application = new Application(stack);
const bank = reserveBank(stack);
const grants = new Grants(stack);
const chromium = useChromium();
/** Its links are good for seconds only. */
let hasty: OtherApi;

beforeAll(async () => {
  hasty = await startOtherApi(stack, 'hasty-api', { AUTHORIZATION_WINDOW_SECONDS: '2' });
});
afterAll(() => hasty.stop());

const heading = (page: Page): Promise<string | null> => page.getByRole('heading', { level: 1 }).textContent();
const connected = (page: Page): Promise<void> =>
  page.getByRole('heading', { name: 'Sandbox Bank is connected' }).waitFor();

async function agreeAtBank(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue to Sandbox Bank' }).click();
  await signIn(page, 'alice', 'wonderland');
  await allow(page, { accounts: ['Everyday Checking'] });
  await connected(page);
}

test('a renewal says that it goes on, that nothing changes before, and how to stop; agreed, it is in force', async () => {
  const journey = await Journey.walk(application);
  const before = await journey.consent();
  const { launchUrl } = await application.invite(journey.consentId);
  const page = await chromium.newPage();
  await page.goto(launchUrl);
  expect(await heading(page)).toBe('Budget Bee would like to go on reading your data at Sandbox Bank');
  const text = (await page.locator('main').textContent()) ?? '';
  expect(text).toContain('Until you agree at your bank, everything stays as it is.');
  expect(text).toContain('For 365 days.');
  expect(text).toContain('You can end this at any time and free of charge');
  await picture(page, 'renewal');
  await agreeAtBank(page);
  expect(page.url()).toBe(launchUrl);
  const after = await journey.consent();
  expect([after.status, after.receiptId === before.receiptId]).toEqual(['active', false]);
});

test('a change says what would be read from now on, and no more than that', async () => {
  const journey = await Journey.walk(application);
  const resources = [{ resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_DETAILED'] }];
  const { launchUrl } = await application.invite(journey.consentId, { resources, durationPeriod: 30 });
  const page = await chromium.newPage();
  await page.goto(launchUrl);
  expect(await heading(page)).toBe('Budget Bee would like to change how it reads your data at Sandbox Bank');
  expect(await page.locator('li').allTextContents()).toEqual(['Account summary information']);
  expect(await page.locator('main').textContent()).toContain('For 30 days.');
  await picture(page, 'change');
});

test('a person who declines a renewal reads that nothing was changed', async () => {
  const journey = await Journey.walk(application);
  const { launchUrl } = await application.invite(journey.consentId);
  const page = await chromium.newPage();
  await page.goto(launchUrl);
  await page.getByRole('button', { name: 'Continue to Sandbox Bank' }).click();
  await signIn(page, 'alice', 'wonderland');
  await page.getByRole('button', { name: 'Deny' }).click();
  await connected(page);
  expect(await page.getByRole('status').textContent()).toContain('Nothing was changed: you or your bank declined.');
  await picture(page, 'renewal declined');
});

test.each([
  ['with a script engine', {}],
  ['without JavaScript', { javaScriptEnabled: false }],
])('a link that has expired says so, and leads to a new one that works (%s)', async (_, options) => {
  const journey = await Journey.walk(application);
  const { launchUrl } = await hasty.application.invite(journey.consentId);
  await until('the end of the link', async () => (await journey.consent()).invitation === undefined);
  const page = await chromium.newPage(options);
  await page.goto(launchUrl);
  await connected(page);
  expect(await page.getByRole('status').textContent()).toContain('This link has expired, and nothing was changed.');
  await picture(page, 'expired link');
  await page.getByRole('button', { name: 'Renew this connection' }).click();
  expect(await heading(page)).toBe('Budget Bee would like to go on reading your data at Sandbox Bank');
  expect(page.url()).not.toBe(launchUrl);
  await agreeAtBank(page);
  expect(await grants.of(journey.consentId)).toHaveLength(2);
});

test('a link that was taken back while the person was at the bank: they read that nothing came of it', async () => {
  const journey = await Journey.walk(application);
  const { id, launchUrl } = await application.invite(journey.consentId);
  const page = await chromium.newPage();
  await page.goto(launchUrl);
  await page.getByRole('button', { name: 'Continue to Sandbox Bank' }).click();
  await signIn(page, 'alice', 'wonderland');
  await application.cancel(journey.consentId, id);
  await allow(page, { accounts: ['Everyday Checking'] });
  await page.getByText('is undone there').first().waitFor();
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  expect(await page.locator('code').textContent()).toBe('invitation_closed');
  await picture(page, 'closed link');
  expect((await journey.consent()).status).toBe('active');
});

test.each([
  ['with a script engine', {}],
  ['without JavaScript', { javaScriptEnabled: false }],
])('“Stop sharing now” ends the consent here and at the bank, and the page says so (%s)', async (_, options) => {
  const journey = await Journey.walk(application);
  const { bankConsentId } = await grants.inUse(journey.consentId);
  const page = await chromium.newPage(options);
  await page.goto(journey.launchUrl);
  await page.getByRole('button', { name: 'Stop sharing now' }).click();
  await page.getByRole('heading', { name: 'The connection to Sandbox Bank was revoked' }).waitFor();
  expect(await page.getByRole('button').count()).toBe(0);
  await picture(page, 'revoked');
  expect(await journey.consent()).toMatchObject({ status: 'revoked', revocation: { initiator: 'INDIVIDUAL' } });
  expect(await bank.ended(bankConsentId)).toMatchObject({ status: 'REVOKED' });
  await page.reload();
  expect(await heading(page)).toBe('The connection to Sandbox Bank was revoked');
});

test('the choices can be reached and taken by keyboard alone', async () => {
  const journey = await Journey.walk(application);
  const page = await chromium.newPage();
  await page.goto(journey.launchUrl);
  const focused = page.locator(':focus');
  for (const choice of ['What you agreed to', 'PDF', 'Renew this connection']) {
    await page.keyboard.press('Tab');
    expect(await focused.textContent()).toBe(choice);
  }
  expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).not.toBe('none');
  await page.keyboard.press('Tab');
  expect(await focused.textContent()).toBe('Stop sharing now');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'The connection to Sandbox Bank was revoked' }).waitFor();
  expect((await journey.consent()).status).toBe('revoked');
});

test('a bank that wants to see the person again: the page says so, and one sign-in puts it right', async () => {
  await bank.behave({ refreshTokenLifeInSeconds: 3 });
  const journey = await Journey.walk(application);
  await bank.heal();
  await until('the end of the grant', async () => (await journey.consent()).nextAction === 'reauthorize');
  const page = await chromium.newPage();
  await page.goto(journey.launchUrl);
  expect(await page.locator('main').textContent()).toContain('wants you to sign in again before data can be read');
  await picture(page, 'sign in again');
  await page.getByRole('button', { name: 'Renew this connection' }).click();
  await agreeAtBank(page);
  expect(await journey.consent()).toMatchObject({ status: 'active', nextAction: 'none' });
});
