import type { PersonBrowser } from './person-browser';

export interface PersonAtBank {
  username: string;
  /** Left out: the one shown on the sign-in page. */
  password?: string | undefined;
  /** Account names or ids. */
  accounts: 'all' | readonly string[];
  /** Clusters the person unticks. */
  refuseClusters?: readonly string[] | undefined;
  decision?: 'allow' | 'deny' | undefined;
  /** The application's callback, as a prefix: the redirect there is returned and not followed. */
  stopAt: string;
}

/** Walks a person through the sandbox bank, from the URL it was sent to until the URL it sends back to. */
export async function authorizeAtBank(browser: PersonBrowser, bankUrl: string, person: PersonAtBank): Promise<string> {
  const { stopAt, decision = 'allow' } = person;
  await browser.open(bankUrl, { stopAt });
  if (hasForm(browser, 'login')) {
    const values = { username: person.username, password: person.password ?? shownPassword(browser, person.username) };
    await browser.submit({ form: '#login', values }, { stopAt });
  }
  if (hasForm(browser, 'consent')) {
    const checkboxes = { account: person.accounts, cluster: keptClusters(browser, person.refuseClusters ?? []) };
    await browser.submit({ form: '#consent', checkboxes, button: decision }, { stopAt });
  }
  if (browser.currentUrl.startsWith(stopAt)) return browser.currentUrl;
  throw new Error(`the bank did not send the person back: ${browser.status} ${browser.text.slice(0, 300)}`);
}

const hasForm = (browser: PersonBrowser, id: string): boolean => browser.page.querySelector(`form#${id}`) !== null;

function shownPassword(browser: PersonBrowser, username: string): string {
  for (const row of browser.page.querySelectorAll('tbody tr')) {
    const [name, password] = row.querySelectorAll('code').map((cell) => cell.textContent.trim());
    if (name === username && password !== undefined) return password;
  }
  throw new Error(`nobody called ${username} banks here`);
}

const keptClusters = (browser: PersonBrowser, refused: readonly string[]): string[] =>
  browser.page
    .querySelectorAll('input[name=cluster]')
    .map((box) => box.getAttribute('value') ?? '')
    .filter((cluster) => !refused.includes(cluster));
