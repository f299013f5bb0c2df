import type { StackDescription } from './stack-description';

/** A consent as the API shows it, as far as the story reads it. */
export interface ConsentView {
  id: string;
  status: string;
  nextAction: string;
  launchUrl?: string;
  workflowId: string;
  requested: unknown;
  granted?: { resources: { resourceId?: string; dataClusters: string[] }[] };
  expirationDate?: string;
  receiptId?: string;
}

/** A year of accounts, transactions, statements and contact details: what a budgeting application asks for. */
export const BUDGET_REQUEST = {
  institutionId: 'sandbox-bank',
  purpose: 'See all your accounts in one budget',
  durationType: 'TIME_BOUND',
  durationPeriod: 365,
  lookbackPeriod: 90,
  resources: [
    { resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS', 'STATEMENTS'] },
    { resourceType: 'CUSTOMER', dataClusters: ['CUSTOMER_CONTACT'] },
  ],
};

/** The application's side of the story: the product's HTTP API with an application's key. */
export class ConsentApi {
  constructor(private readonly stack: Pick<StackDescription, 'urls' | 'applicationKey'>) {}

  request(personReference: string): Promise<ConsentView> {
    return this.call<ConsentView>('POST', '/v1/consents', {
      ...BUDGET_REQUEST,
      person: { reference: personReference },
    });
  }

  consent(id: string): Promise<ConsentView> {
    return this.call<ConsentView>('GET', `/v1/consents/${id}`);
  }

  receipt(id: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', `/v1/consents/${id}/receipt`);
  }

  private async call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const { urls, applicationKey } = this.stack;
    const response = await fetch(urls.api + path, {
      method,
      headers: { Authorization: `Bearer ${applicationKey}`, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
      // Longer than the API waits for anything itself.
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text) as Answer;
  }
}
