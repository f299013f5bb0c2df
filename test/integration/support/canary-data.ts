import { randomUUID } from 'node:crypto';
import type { Fault } from '../../../sandbox/control/fault';
import type { Application } from './application';
import { Bank } from './bank';
import { collectSealed, type Canaries } from './canaries';
import { fdxConsent } from './command';
import { Data } from './data';

const TRANSACTIONS = '/accounts/acc-1001/transactions';

/** The data of one person, read in every way, with everything that a bank can answer to it, and what came remembered. */
export class CanaryData {
  readonly #bank: Bank;
  consentId = '';

  constructor(
    private readonly application: Application,
    private readonly canaries: Canaries,
    /** A canary that only the bank's answer holds. */
    private readonly planted: (kind: string) => string,
  ) {
    this.#bank = new Bank(application.stack);
  }

  async read(): Promise<void> {
    const data = await Data.of(this.application);
    this.consentId = data.consentId;
    await this.#answers(data);
    await this.#refusals(data);
    await this.#delegatedCalls(data);
    await collectSealed(this.application.stack, this.canaries);
    await this.#bank.reset();
  }

  async #answers(data: Data): Promise<void> {
    await data.read('/accounts');
    const page = await data.read(`${TRANSACTIONS}?limit=2`);
    this.#remember('transaction', page.text, 'description');
    this.canaries.add('cursor', page.json['nextCursor']);
    await data.read(`${TRANSACTIONS}?cursor=${String(page.json['nextCursor'])}`);
    const { json } = await data.read('/accounts/acc-1001/statements');
    const [first] = json['statements'] as [{ statementId: string }];
    const statement = `/accounts/acc-1001/statements/${first.statementId}`;
    await this.#bank.plant({
      ...{ endpoint: 'accounts', times: 1 },
      fault: {
        ...{ kind: 'status', status: 200, contentType: 'application/pdf' },
        body: `%PDF-1.7 ${this.planted('bytes of a statement')}`,
      },
    });
    await data.read(statement);
    await this.#with(data, { kind: 'break_off', afterBytes: 40 }, statement);
  }

  async #refusals(data: Data): Promise<void> {
    for (const status of [403, 404, 429, 503]) await this.#with(data, this.#no(status));
    await this.#with(data, { kind: 'malformed_json' });
    const cutOff = `{"transactions":[{"description":"${this.planted('FDX body')}"`;
    await this.#with(data, { kind: 'status', status: 200, body: cutOff, contentType: 'application/json' });
    await data.read(`${TRANSACTIONS}?cursor=${this.planted('cursor')}`);
    // Refused with the new token as well.
    await this.#with(data, this.#no(401));
  }

  /** The application makes the request itself: the token and the proof are in the answer and nowhere else. */
  async #delegatedCalls(data: Data): Promise<void> {
    const { applicationId, productEnvironment } = this.application.stack;
    await fdxConsent(['applications', 'allow', applicationId, '--delegated-calls', '--json'], productEnvironment);
    const path = `/v1/consents/${data.consentId}/delegated-calls`;
    // Under a key, and given again: its copy lies somewhere until it is over.
    const headers = { 'idempotency-key': randomUUID() };
    const { json, text } = await this.application.call(path, { method: 'POST', body: { path: TRANSACTIONS }, headers });
    const again = await this.application.call(path, { method: 'POST', body: { path: TRANSACTIONS }, headers });
    if (again.text !== text) throw new Error('a delegated call was not given again');
    const { authorization, dpop } = (json['headers'] ?? {}) as Record<string, string>;
    this.canaries.add('access_token', authorization?.slice('DPoP '.length));
    this.canaries.add('DPoP proof of a delegated call', dpop);
    await this.application.call(path, { method: 'POST', body: { path: `/${this.planted('path that is no data')}` } });
    for (const words of [['status'], ['openings']]) await fdxConsent(['vault', ...words, '--json'], productEnvironment);
  }

  async #with(data: Data, fault: Fault, path = TRANSACTIONS): Promise<void> {
    await this.#bank.plant({ endpoint: 'accounts', fault });
    // A document that broke off breaks off here as well.
    await data.read(path).catch(() => undefined);
    await this.#bank.heal();
  }

  #no(status: number): Fault {
    return { kind: 'status', status, body: { message: this.planted('FDX message'), debugMessage: randomUUID() } };
  }

  #remember(kind: string, text: string, member: string): void {
    for (const [, value] of text.matchAll(new RegExp(`"${member}"\\s*:\\s*"([^"]+)"`, 'g'))) {
      this.canaries.add(`${member} of a ${kind}`, value);
    }
  }
}
