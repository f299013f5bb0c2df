import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import type { StackDescription } from '../../../scripts/dev/stack-description';
import { Application } from './application';
import { fdxConsent } from './command';
import { Journey } from './journey';
import { OwnBooks } from './own-books';
import type { PageShell } from './page-shell';
import { plantProvenConsent } from './proven-consent';
import { withBankReserved } from './reservation';

/** What pages call the things that a reader has: a page whose commands use one gets it without asking. */
const NEEDS: readonly (readonly [RegExp, string])[] = [
  [/^(?![^]*^ID=)[^]*\$ID\b/m, 'a connected consent'],
  [/\bfirst-bank\b/, 'first-bank'],
  [/\bbudget-bee\b/, 'budget-bee'],
  [/\$\{?RECEIVER\b/, 'a receiver of webhooks'],
];

/** What a page takes for granted where it stands in the hands of a reader, made for its shell. */
export class PageStage {
  private readonly application: Application;
  private readonly books: OwnBooks[] = [];

  private receiver: Server | undefined;

  constructor(
    private readonly stack: StackDescription,
    private readonly shell: PageShell,
  ) {
    this.application = new Application(stack);
  }

  async giveNeeds(commands: string): Promise<void> {
    for (const [use, what] of NEEDS) if (use.test(commands)) await this.give(what);
  }

  /** `<!-- given: … -->`. */
  async give(what: string): Promise<void> {
    switch (what) {
      case 'a connected consent':
        return this.shell.set({ ID: await this.connect() });
      case 'first-bank':
        return this.addFirstBank();
      case 'budget-bee':
        // There already after another page, which is as good.
        await fdxConsent(['applications', 'add', '--id', what, '--name', 'Budget Bee'], this.stack.productEnvironment);
        return;
      case 'a receiver of webhooks':
        return this.receive();
      case 'a database of its own':
        return this.openBooks();
      default:
        throw new Error(`nobody knows how to give ${what}: page-stage.ts`);
    }
  }

  /** `<!-- person: opens VARIABLE -->`: Alice follows the link in that variable, shares what she is asked for, and is sent back. */
  async act(what: string): Promise<void> {
    const [, variable] = /^opens (\w+)$/.exec(what) ?? [];
    if (variable === undefined) throw new Error(`no person does this: ${what}`);
    const link = await this.shell.variable(variable);
    await withBankReserved(this.stack, async () => {
      const journey = Journey.resume(this.application, '', link);
      await journey.comeBack(await journey.authorize());
      await journey.browser.close();
    });
  }

  async close(): Promise<void> {
    this.receiver?.close();
    this.receiver?.closeAllConnections();
    for (const books of this.books) await books.close();
  }

  private async connect(): Promise<string> {
    const { consentId, browser } = await withBankReserved(this.stack, () => Journey.walk(this.application));
    await browser.close();
    return consentId;
  }

  /** The sandbox bank by another name, so that a page may pause it or end its consents. */
  private async addFirstBank(): Promise<void> {
    const file = this.stack.productEnvironment['INSTITUTIONS_FILE'] ?? '';
    const [profile] = JSON.parse(readFileSync(file, 'utf8')) as object[];
    const own = path.join(this.shell.directory, '.first-bank.json');
    writeFileSync(own, JSON.stringify({ ...profile, id: 'first-bank', name: 'First Bank' }));
    const { code, stderr } = await fdxConsent(['institutions', 'add', own], this.stack.productEnvironment);
    if (code !== 0) throw new Error(stderr);
  }

  /** An application's own server, which answers the challenge and takes whatever is sent. */
  private async receive(): Promise<void> {
    const server = createServer((request, response) => {
      void json(request).then((event) => {
        const { data } = event as { data?: { challenge?: string } };
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ challenge: data?.challenge }));
      });
    });
    this.receiver = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await this.shell.set({ RECEIVER: `http://localhost:${(server.address() as AddressInfo).port}/` });
  }

  private async openBooks(): Promise<void> {
    const books = await OwnBooks.open(this.stack);
    this.books.push(books);
    const ID = await plantProvenConsent(books);
    const { databaseUrl, vaultKeys, applicationKey } = books;
    await this.shell.set({ ID, DATABASE_URL: databaseUrl, VAULT_KEYS: vaultKeys, KEY: applicationKey });
  }
}
