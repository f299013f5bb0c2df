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
  /** The most urgent notice that was given, in days before the end. */
  noticeDays?: number;
  receiptId?: string;
  revocation?: { initiator: string };
  bankEnding?: string;
  updatedAt: string;
  endedAt?: string;
  purgedAt?: string;
  person?: { reference: string };
}

/** A link with which the person authorizes an active consent anew. */
export interface AuthorizationView {
  id: string;
  reason: string;
  launchUrl: string;
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

  request(personReference: string, changes: object = {}): Promise<ConsentView> {
    return this.call<ConsentView>('POST', '/v1/consents', {
      ...BUDGET_REQUEST,
      ...changes,
      person: { reference: personReference },
    });
  }

  /** The same terms again. */
  authorizeAnew(id: string): Promise<AuthorizationView> {
    return this.call<AuthorizationView>('POST', `/v1/consents/${id}/authorizations`);
  }

  revoke(id: string): Promise<unknown> {
    return this.call('DELETE', `/v1/consents/${id}`);
  }

  consent(id: string): Promise<ConsentView> {
    return this.call<ConsentView>('GET', `/v1/consents/${id}`);
  }

  receipt(id: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', `/v1/consents/${id}/receipt`);
  }

  /** The deletion certificate in its signed form, a compact JWS. */
  deletionCertificate(id: string): Promise<string> {
    return this.ask('GET', `/v1/consents/${id}/deletion-certificate`, { accept: 'application/jose' });
  }

  private async call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const text = await this.ask(method, path, { body });
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }

  private async ask(
    method: string,
    path: string,
    { body, accept = 'application/json' }: { body?: object | undefined; accept?: string },
  ): Promise<string> {
    const { urls, applicationKey } = this.stack;
    const response = await fetch(urls.api + path, {
      method,
      headers: { Authorization: `Bearer ${applicationKey}`, 'Content-Type': 'application/json', Accept: accept },
      ...(body && { body: JSON.stringify(body) }),
      // Longer than the API waits for anything itself.
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
    return text;
  }
}
