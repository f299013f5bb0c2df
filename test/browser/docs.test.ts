import { currentStack } from '../setup/stack-access';
import { picture, useChromium } from './support/chromium';

const { urls } = currentStack();
const chromium = useChromium();

test('the docs page shows the operations, from our own files alone and without a complaint', async () => {
  const page = await chromium.newPage();
  const complaints: string[] = [];
  const elsewhere: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.origin !== new URL(urls.api).origin) elsewhere.push(request.url());
  });

  const answer = await page.goto(`${urls.api}/docs`);
  expect(answer?.headers()['content-security-policy']).toContain("script-src 'self';");
  await page.locator('#operations-Consents-createConsent').click();
  await page.getByText('Send the person to launchUrl').waitFor();
  await picture(page, 'docs');

  // One block for each operation, each with its summary.
  const document = (await (await fetch(`${urls.api}/openapi.json`)).json()) as { paths: Record<string, object> };
  const operations = Object.values(document.paths).flatMap((item) => Object.keys(item));
  expect(await page.locator('.opblock').count()).toBe(operations.length);
  expect(complaints).toEqual([]);
  expect(elsewhere).toEqual([]);
});
