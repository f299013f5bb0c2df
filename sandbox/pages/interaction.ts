import { errors, type Interaction, type InteractionResults } from 'oidc-provider';
import type Provider from 'oidc-provider';
import type { BankBehaviour } from '../behaviour';
import type { Consent } from '../consents/consent';
import type { ConsentBook } from '../consents/consent-book';
import { consentRequestOf } from '../consents/consent-request';
import { answer, type Exchange, seeOther } from '../exchange';
import { findPerson, type Person, signIn } from '../people/person';
import { consentPage } from './consent-page';
import { errorPage } from './error-page';
import { decide, type Decision } from './decision';
import { loginPage } from './login-page';
import type { Page } from './page';

/** What a password proves, by this bank. */
export const PASSWORD_ACR = 'urn:sandbox-bank:acr:password';

export interface InteractionParts {
  provider: Provider;
  consents: ConsentBook;
  behaviour: BankBehaviour;
  bankName: string;
  fdxUrl: string;
}

/** What the person does at the bank: `/interaction/{uid}`, and below it /login, /switch and /consent. */
export async function interact(parts: InteractionParts, exchange: Exchange): Promise<void> {
  try {
    const interaction = await parts.provider.interactionDetails(exchange.req, exchange.res);
    await new InteractionStep(parts, exchange, interaction).take();
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error;
    answer(exchange.res, errorPage(parts.bankName, 'session_not_found', 'This sign-in has expired or was finished.'));
  }
}

class InteractionStep {
  readonly #parts: InteractionParts;
  readonly #exchange: Exchange;
  readonly #interaction: Interaction;

  constructor(parts: InteractionParts, exchange: Exchange, interaction: Interaction) {
    this.#parts = parts;
    this.#exchange = exchange;
    this.#interaction = interaction;
  }

  async take(): Promise<void> {
    const { req, url } = this.#exchange;
    const step = url.pathname.slice(this.#path.length);
    if (req.method === 'GET' && step === '') {
      await this.#show();
    } else if (req.method === 'POST' && step === '/login') {
      await this.#login();
    } else if (req.method === 'POST' && step === '/switch') {
      await this.#switchPerson();
    } else if (req.method === 'POST' && step === '/consent') {
      await this.#consent();
    } else {
      this.#answer(errorPage(this.#parts.bankName, 'not_found', 'There is no such page.', 404));
    }
  }

  async #show(): Promise<void> {
    const person = this.#person;
    this.#answer(person ? await this.#consentPage(person) : await this.#loginPage());
  }

  async #login(): Promise<void> {
    const { username, password } = this.#exchange.body ?? {};
    const person = signIn(username, password);
    if (!person) {
      this.#answer(await this.#loginPage(typeof username === 'string' ? username : ''));
      return;
    }
    // oidc-provider would answer a change of person with a sign-out form; the bank signs the other one out itself.
    if (this.#interaction.session && this.#interaction.session.accountId !== person.id) await this.#forgetSession();
    this.#interaction.result = { login: { accountId: person.id, acr: PASSWORD_ACR, amr: ['pwd'] } };
    await this.#interaction.persist();
    seeOther(this.#exchange.res, this.#path);
  }

  async #switchPerson(): Promise<void> {
    await this.#forgetSession();
    delete this.#interaction.result;
    this.#interaction.prompt.name = 'login';
    await this.#interaction.persist();
    seeOther(this.#exchange.res, this.#path);
  }

  async #consent(): Promise<void> {
    const person = this.#person;
    if (!person) {
      seeOther(this.#exchange.res, this.#path);
      return;
    }
    const request = consentRequestOf(this.#interaction.params);
    const decision = decide(this.#exchange.body ?? {}, request, person);
    switch (decision.kind) {
      case 'denied':
        await this.#finish({ error: 'access_denied', error_description: 'the person said no' });
        return;
      case 'incomplete':
        this.#answer(await this.#consentPage(person, decision));
        return;
      case 'allowed': {
        const client = await this.#client();
        const { provider, consents, behaviour } = this.#parts;
        const { Grant } = provider;
        const renewed = await this.#renewedConsent(person, client.id);
        const { consent, grant } = decision.open(new Grant({ clientId: client.id, accountId: person.id }), {
          client,
          codeChallenge: String(this.#interaction.params['code_challenge']),
          scope: this.#interaction.params['scope'],
          resource: this.#parts.fdxUrl,
          grantManagementAction: this.#interaction.params['grant_management_action'],
          hasOwnAccountIds: behaviour.accountIds === 'per_consent',
          renewed,
        });
        await grant.save();
        await (renewed ? consents.renew(consent) : consents.record(consent));
        await this.#finish({ ...this.#interaction.result, consent: { grantId: consent.id } });
      }
    }
  }

  /** Where the bank renews in place; but a client that asks for a new grant gets one (grant management (draft) §5.3). */
  async #renewedConsent(person: Person, clientId: string): Promise<Consent | undefined> {
    const { consents, behaviour } = this.#parts;
    if (!behaviour.renewsInPlace || this.#interaction.params['grant_management_action'] === 'create') return undefined;
    return consents.findActive(person.id, clientId);
  }

  async #finish(result: InteractionResults): Promise<void> {
    await this.#parts.provider.interactionFinished(this.#exchange.req, this.#exchange.res, result);
  }

  async #forgetSession(): Promise<void> {
    const uid = this.#interaction.session?.uid;
    const session = uid === undefined ? undefined : await this.#parts.provider.Session.findByUid(uid);
    await session?.destroy();
    delete this.#interaction.session;
  }

  async #loginPage(failedUsername?: string): Promise<Page> {
    const { name } = await this.#client();
    const { bankName } = this.#parts;
    const failure = failedUsername === undefined ? {} : { username: failedUsername, failed: true };
    return loginPage({ bankName, clientName: name, action: `${this.#path}/login`, ...failure });
  }

  async #consentPage(person: Person, incomplete?: Extract<Decision, { kind: 'incomplete' }>): Promise<Page> {
    const { name } = await this.#client();
    return consentPage({
      bankName: this.#parts.bankName,
      clientName: name,
      person,
      request: consentRequestOf(this.#interaction.params),
      action: this.#path,
      fault: incomplete?.fault,
      chosen: incomplete?.chosen,
    });
  }

  async #client(): Promise<{ id: string; name: string; uri: string | undefined }> {
    const id = String(this.#interaction.params['client_id']);
    const client = await this.#parts.provider.Client.find(id);
    return { id, name: client?.clientName ?? id, uri: client?.clientUri };
  }

  /** Signed in just now, or earlier in this browser unless the request wants a fresh sign-in. */
  get #person(): Person | undefined {
    const { result, prompt, session } = this.#interaction;
    const id = result?.login?.accountId ?? (prompt.name === 'consent' ? session?.accountId : undefined);
    return id === undefined ? undefined : findPerson(id);
  }

  get #path(): string {
    return `/interaction/${this.#interaction.uid}`;
  }

  #answer(page: Page): void {
    answer(this.#exchange.res, page);
  }
}
