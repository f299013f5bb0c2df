import { authorizeAtBank, PersonBrowser, type PersonAtBank } from '../../sandbox/person';
import type { StackDescription } from '../dev/stack-description';

export type Choices = Pick<PersonAtBank, 'username' | 'accounts' | 'refuseClusters'>;

/** Alice shares two of her five accounts, and keeps her statements to herself. */
export const ALICE: Choices = {
  username: 'alice',
  accounts: ['Everyday Checking', 'Travel Rewards Card'],
  refuseClusters: ['STATEMENTS'],
};

/** The person opens a link, agrees, signs in at the bank, chooses there, and comes back. */
export async function authorizeByLink(stack: StackDescription, launchUrl: string, choices = ALICE): Promise<void> {
  const { api, bank } = stack.urls;
  const browser = new PersonBrowser({ ca: stack.caPem });
  try {
    await browser.open(launchUrl);
    await browser.submit({}, { stopAt: bank });
    if (!browser.currentUrl.startsWith(bank)) {
      throw new Error(`the person was not sent to the bank (${browser.status}): ${browser.text.slice(0, 500)}`);
    }
    const answer = await authorizeAtBank(browser, browser.currentUrl, { ...choices, stopAt: `${api}/callback` });
    await browser.open(answer, { stopAt: `${api}/demo/return` });
  } finally {
    await browser.close();
  }
}
