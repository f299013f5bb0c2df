import { authorizeAtBank, PersonBrowser, type PersonAtBank } from '../../../sandbox/person';
import type { Application, Consent } from './application';
import { until } from './until';

export type Choices = Omit<PersonAtBank, 'stopAt'>;

/** Alice, who shares everything she is asked for. */
export const ALICE: Choices = { username: 'alice', accounts: 'all' };

/** One consent and the person who is asked for it, step by step. */
export class Journey {
  private constructor(
    readonly application: Application,
    readonly consentId: string,
    readonly launchUrl: string,
    readonly browser: PersonBrowser,
  ) {}

  /** The application asks; nobody has opened the link yet. */
  static async begin(application: Application, changes: object = {}): Promise<Journey> {
    const { id, launchUrl } = await application.request(changes);
    return new Journey(application, id, launchUrl, new PersonBrowser({ ca: application.stack.caPem }));
  }

  /** For a consent whose application never got its link. */
  static resume(application: Application, consentId: string, launchUrl: string): Journey {
    return new Journey(application, consentId, launchUrl, new PersonBrowser({ ca: application.stack.caPem }));
  }

  /** The same person and the same consent, by a new link in a browser of its own. */
  async invite(body?: object): Promise<Journey> {
    const { launchUrl } = await this.application.invite(this.consentId, body);
    return Journey.resume(this.application, this.consentId, launchUrl);
  }

  /** By a new link to the end and back again, whatever that end is. */
  async renew(body?: object, choices: Choices = ALICE): Promise<Journey> {
    const renewal = await this.invite(body);
    await renewal.comeBack(await renewal.authorize(choices));
    return renewal;
  }

  /** To the end and back again, whatever that end is. */
  static async walk(application: Application, changes: object = {}, choices: Choices = ALICE): Promise<Journey> {
    const journey = await Journey.begin(application, changes);
    await journey.comeBack(await journey.authorize(choices));
    return journey;
  }

  /** The link opened and Continue pressed: the address at the bank, when there is one. */
  async launch(): Promise<string> {
    await this.browser.open(this.launchUrl);
    return this.pressContinue();
  }

  async pressContinue(): Promise<string> {
    await this.browser.submit({}, { stopAt: this.application.stack.urls.bank });
    return this.browser.currentUrl;
  }

  /** From the link through the bank: the address the bank sends the person back to. */
  async authorize(choices: Choices = ALICE): Promise<string> {
    return this.decide(await this.launch(), choices);
  }

  decide(bankUrl: string, choices: Choices = ALICE): Promise<string> {
    const { stack } = this.application;
    if (!bankUrl.startsWith(stack.urls.bank)) {
      throw new Error(
        `not sent to the bank but to a page (${this.browser.status}): ${this.browser.text.slice(0, 300)}`,
      );
    }
    return authorizeAtBank(this.browser, bankUrl, { ...choices, stopAt: `${stack.urls.api}/callback` });
  }

  /** The browser follows the bank's redirect; the application's own page is not ours to open. */
  async comeBack(callbackUrl: string): Promise<PersonBrowser> {
    return this.browser.open(callbackUrl, { stopAt: this.application.returnUrl });
  }

  consent(): Promise<Consent> {
    return this.application.consent(this.consentId);
  }

  /** The consent once it has this status. */
  async reaches(status: string, withinMs?: number): Promise<Consent> {
    const look = async (): Promise<Consent | undefined> => {
      const consent = await this.consent();
      return consent.status === status ? consent : undefined;
    };
    return until(`status ${status} of ${this.consentId}`, look, withinMs);
  }
}

/** What a person reads when something went wrong, with the code that support asks for. */
export function referenceOn({ page }: PersonBrowser): string | undefined {
  return page.querySelector('code')?.textContent;
}
