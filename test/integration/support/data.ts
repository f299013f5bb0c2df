import type { Answer, Application } from './application';
import { Journey, type Choices } from './journey';

/** Everything that the data routes can ask for. */
export const EVERYTHING = [
  { resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS', 'STATEMENTS', 'PAYMENT_SUPPORT'] },
  { resourceType: 'CUSTOMER', dataClusters: ['CUSTOMER_CONTACT', 'CUSTOMER_PERSONAL'] },
];

export type DataAnswer = Answer & { readonly json: Record<string, unknown> };

/** The data of one consent, as its application reads it. */
export class Data {
  constructor(
    readonly application: Application,
    readonly consentId: string,
  ) {}

  /** Of a person who has just shared everything. */
  static async of(application: Application, changes: object = {}, choices?: Choices): Promise<Data> {
    const { consentId } = await Journey.walk(application, { resources: EVERYTHING, ...changes }, choices);
    return new Data(application, consentId);
  }

  /** The same data through another process. */
  through(application: Application): Data {
    return new Data(application, this.consentId);
  }

  read(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<DataAnswer> {
    return this.application.call(`/v1/consents/${this.consentId}${path}`, { headers, method });
  }

  /** What was answered, for whom it is enough whether it worked, and why not. */
  async outcome(path: string, headers?: Record<string, string>): Promise<string | number> {
    const { status, json } = await this.read(path, headers);
    return status < 300 ? status : String(json['code']);
  }

  /** A list, page by page, as far as it goes. */
  async *pages(path: string, list: string): AsyncGenerator<{ items: unknown[]; answer: DataAnswer }> {
    for (let cursor: string | undefined, query = path; ;) {
      const answer = await this.read(query);
      if (answer.status !== 200) throw new Error(`${query} answered ${answer.status}: ${answer.text}`);
      yield { items: answer.json[list] as unknown[], answer };
      cursor = answer.json['nextCursor'] as string | undefined;
      if (cursor === undefined) return;
      query = `${path.split('?')[0] ?? ''}?cursor=${cursor}`;
    }
  }
}
