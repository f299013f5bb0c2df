import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureCertificates, type Certificates } from '../../../scripts/setup/certificates';
import type { ConsentId } from '../../../src/domain/ids';
import type { RegisteredEndpoint } from '../../../src/webhooks/endpoints';
import { currentStack } from '../../setup/stack-access';
import { OwnBooks } from './own-books';
import { plantConsent } from './planted-consent';
import { WebhookReceiver } from './webhook-receiver';
import { WebhookStage } from './webhook-stage';

/** What one test is about: a dispatcher, and a receiver over TLS that it has registered. */
export interface WebhookAct {
  readonly stage: WebhookStage;
  readonly receiver: WebhookReceiver;
  readonly registered: RegisteredEndpoint;
}

/** Books of their own with a dozen consents, whose events go to a receiver of each test's own. */
export class WebhookScene {
  private act: WebhookAct | undefined;

  private constructor(
    private readonly directory: string,
    readonly certificates: Certificates,
    readonly books: OwnBooks,
    readonly consents: ConsentId[],
  ) {}

  static async open(): Promise<WebhookScene> {
    const directory = mkdtempSync(path.join(tmpdir(), 'webhooks-'));
    const certificates = await ensureCertificates(directory);
    const books = await OwnBooks.open(currentStack());
    const planted = Array.from({ length: 12 }, async () => (await plantConsent(books, 'active')).id);
    return new WebhookScene(directory, certificates, books, await Promise.all(planted));
  }

  async begin(): Promise<WebhookAct> {
    const stage = new WebhookStage(this.books, { ca: this.certificates.caPem, consents: this.consents });
    const receiver = await WebhookReceiver.start(this.certificates);
    this.act = { stage, receiver, registered: await stage.register(receiver.url) };
    return this.act;
  }

  async end(): Promise<void> {
    if (!this.act) return;
    const { stage, receiver, registered } = this.act;
    await stage.forget(registered);
    await receiver.stop();
    await stage.close();
  }

  async close(): Promise<void> {
    await this.books.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
