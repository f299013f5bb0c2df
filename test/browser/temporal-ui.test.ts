import type { Page } from 'playwright-core';
import { workflowPage } from '../../scripts/dev/stack-description';
import { Application } from '../integration/support/application';
import { ALICE, Journey } from '../integration/support/journey';
import { reserveBank } from '../integration/support/reservation';
import { until } from '../integration/support/until';
import { currentStack } from '../setup/stack-access';
import { picture, useChromium } from './support/chromium';

const application = new Application(currentStack());
reserveBank(application.stack);
const chromium = useChromium();

/** What can be read, the UI's own frames for Markdown included. */
async function textOf(page: Page): Promise<string> {
  const texts = page.frames().map((frame) =>
    frame
      .locator('body')
      .innerText({ timeout: 1_000 })
      // A frame that is being replaced.
      .catch(() => ''),
  );
  return (await Promise.all(texts)).join('\n');
}

const reads = (page: Page, words: string): Promise<string> =>
  until(`“${words}” in the Temporal UI`, async () => {
    const text = await textOf(page);
    return text.includes(words) && text;
  });

/** The steps of the timeline by name and, for activities, by the summary that the UI puts in the name's place once it is decoded. */
const STORY: readonly (readonly string[])[] = [
  ['launch'],
  ['pushAuthorizationRequest', 'push the authorization request to the bank (PAR)'],
  ['callback'],
  ['exchangeCode', 'exchange the code, at most once'],
  ['readGrant', 'learn what the bank granted'],
  ['recordReceipt', 'sign and store the receipt'],
];

test('the Temporal UI tells the story of a consent, decoded through the relay', async () => {
  const journey = await Journey.walk(application, {}, { ...ALICE, refuseClusters: ['STATEMENTS'] });
  const { workflowId, receiptId = '?' } = await journey.consent();
  const page = await chromium.newPage({ viewport: { width: 1400, height: 1200 } });

  await page.goto(workflowPage(application.stack, workflowId) ?? '');
  // What it sleeps towards: the first notice, thirty days ahead of its end.
  await reads(page, 'until the next notice is due');
  const timeline = await reads(page, '"institutionName": "Sandbox Bank"');
  const missing = STORY.filter((labels) => !labels.some((label) => timeline.includes(label)));
  expect(missing).toEqual([]);
  expect(timeline).not.toContain('Codec Server could not connect');
  await picture(page, 'temporal timeline');

  await page.getByText('User Metadata').first().click();
  await reads(page, 'Budget Bee asks Sandbox Bank');
  await reads(page, 'Refused: STATEMENTS');
  const card = await reads(page, receiptId);
  expect(card).toContain('Sandbox Bank: active');
  expect(card).toContain('Granted (consent_api): ACCOUNT_DETAILED, TRANSACTIONS, CUSTOMER_CONTACT');
  await picture(page, 'temporal card');
});

test('and shows its state where a list can be filtered by it, with nothing of the person', async () => {
  const reference = 'somebody-nobody-may-read-about';
  const journey = await Journey.walk(application, { person: { reference } });
  const { workflowId } = await journey.consent();
  const page = await chromium.newPage();
  const query = encodeURIComponent(
    `ConsentStatus="active" AND InstitutionId="sandbox-bank" AND WorkflowId="${workflowId}"`,
  );
  const { urls, temporalNamespace } = application.stack;
  await page.goto(`${urls.temporalUi ?? ''}/namespaces/${temporalNamespace}/workflows?query=${query}`);
  expect(await reads(page, workflowId)).not.toContain(reference);
});
