import { setTimeout as sleep } from 'node:timers/promises';
import { authorizeAtBank, PersonBrowser } from '../../sandbox/person';
import { BUDGET_REQUEST, ConsentApi, type ConsentView } from './consent-api';
import type { Narrator } from './narrator';
import { workflowPage, type StackDescription } from './stack-description';

/** The last line of `npm start -- --once`, for scripts. */
export interface StorySummary {
  consentId: string;
  workflowId: string;
  status: string;
  requested: unknown;
  granted: unknown;
  receiptId: string | undefined;
  /** Milliseconds of each step. */
  timings: Record<string, number>;
}

/** Alice shares two of her five accounts, and keeps her statements to herself. */
const ALICE = {
  username: 'alice',
  accounts: ['Everyday Checking', 'Travel Rewards Card'],
  refuseClusters: ['STATEMENTS'],
};
/** States in which the outcome is not known yet. */
const UNDER_WAY = new Set(['requested', 'authorizing']);
const OUTCOME_WITHIN_MS = 30_000;

/** One consent from request to receipt, as the person's own browser walks it. */
export async function tellStory(stack: StackDescription, narrator: Narrator): Promise<StorySummary> {
  const timings: Record<string, number> = {};
  const timed = async <T>(step: string, work: () => Promise<T>): Promise<T> => {
    const begun = Date.now();
    const result = await work();
    timings[step] = Date.now() - begun;
    return result;
  };
  const api = new ConsentApi(stack);
  const browser = new PersonBrowser({ ca: stack.caPem });
  const callback = `${stack.urls.api}/callback`;
  const begun = Date.now();
  try {
    const { id, launchUrl } = await timed('request', () => api.request('alice'));
    if (!launchUrl) throw new Error(`consent ${id} has no launch URL`);
    narrator.say('Budget Bee asks for a year of Alice’s accounts', `POST ${stack.urls.api}/v1/consents → ${id}`);

    await timed('launch', () => browser.open(launchUrl));
    narrator.say('Alice opens the link and reads what is asked', launchUrl);

    await timed('push', () => browser.submit({}, { stopAt: stack.urls.bank }));
    expectAt(browser, stack.urls.bank);
    narrator.say(
      'she continues: the request is pushed (PAR), the browser carries only a reference',
      browser.currentUrl,
    );

    const answer = await timed('bank', () =>
      authorizeAtBank(browser, browser.currentUrl, { ...ALICE, stopAt: callback }),
    );
    narrator.say('at the bank she signs in, picks 2 of 5 accounts and refuses her statements');

    await timed('callback', () => browser.open(answer, { stopAt: `${stack.urls.api}/demo/return` }));
    const consent = await timed('outcome', () => outcomeOf(api, id));
    narrator.say(`she is back, and the consent is ${consent.status}`, ...grantLines(consent));

    const receipt = await timed('receipt', () => api.receipt(id));
    narrator.say(
      'the receipt is written and signed',
      `${consent.receiptId ?? '?'} (${Object.keys(receipt).length} fields)`,
    );
    timings['total'] = Date.now() - begun;
    narrator.say(
      `the workflow sleeps until ${consent.expirationDate ?? 'it ends'}`,
      workflowPage(stack, consent.workflowId) ?? consent.workflowId,
    );
    return summarize(consent, timings);
  } finally {
    await browser.close();
  }
}

/** Usually known when the browser is back; a slow machine may show the page that says to wait. */
async function outcomeOf(api: ConsentApi, id: string): Promise<ConsentView> {
  const deadline = Date.now() + OUTCOME_WITHIN_MS;
  let consent = await api.consent(id);
  while (UNDER_WAY.has(consent.status) && Date.now() < deadline) {
    await sleep(100);
    consent = await api.consent(id);
  }
  return consent;
}

function expectAt(browser: PersonBrowser, origin: string): void {
  if (browser.currentUrl.startsWith(origin)) return;
  throw new Error(
    `expected to be sent to ${origin}, but ${browser.currentUrl} says (${browser.status}): ${browser.text.slice(0, 500)}`,
  );
}

function grantLines({ granted }: ConsentView): string[] {
  const asked = new Set(BUDGET_REQUEST.resources.flatMap(({ dataClusters }) => dataClusters));
  const resources = granted?.resources ?? [];
  const lines = resources.map(
    ({ resourceId, dataClusters }) => `granted: ${resourceId ?? '?'}  ${dataClusters.join(', ')}`,
  );
  const given = new Set(resources.flatMap(({ dataClusters }) => dataClusters));
  const refused = [...asked].filter((cluster) => !given.has(cluster));
  return refused.length > 0 ? [...lines, `refused: ${refused.join(', ')}`] : lines;
}

function summarize(
  { id, workflowId, status, requested, granted, receiptId }: ConsentView,
  timings: Record<string, number>,
): StorySummary {
  return { consentId: id, workflowId, status, requested, granted, receiptId, timings };
}
