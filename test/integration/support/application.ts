import { randomUUID } from 'node:crypto';
import type { StackDescription } from '../../../scripts/dev/stack-description';
import { requireContract } from './contract';

/** A consent as its application reads it. */
export interface Consent {
  id: string;
  status: string;
  nextAction: string;
  launchUrl?: string;
  workflowId: string;
  failure?: { code: string; title: string; fix: string };
  person?: { reference: string };
  granted?: {
    source: string;
    bankConsentId?: string;
    resources: { resourceType: string; resourceId?: string; dataClusters: string[] }[];
  };
  difference?: {
    outcome: string;
    clusters: { resourceType: string; asked: string[]; granted: string[]; refused: string[]; wider: string[] }[];
  };
  dataAccess?: { outcome: string; accounts?: number };
  expirationDate?: string;
  grantExpirationDate?: string;
  noticeDays?: number;
  invitation?: { id: string; reason: string; requested: Record<string, unknown>; authorizeBy: string };
  requested: Record<string, unknown>;
  accountChanges?: {
    matched: { previousId: string; currentId: string; by: string }[];
    missing: string[];
    added: string[];
  };
  revocation?: { initiator: string; reason: string };
  bankEnding?: string;
  endedAt?: string;
  receiptId?: string;
  updatedAt: string;
}

/** A link for the person of an active consent. */
export interface Invitation {
  id: string;
  consentId: string;
  reason: string;
  requested: Record<string, unknown>;
  launchUrl: string;
  authorizeBy: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: Record<string, unknown>;
}

export interface Call {
  method?: string;
  /** As text it is sent as it is. */
  body?: string | object;
  key?: string | undefined;
  headers?: Record<string, string>;
}

export const CLUSTERS = ['ACCOUNT_DETAILED', 'TRANSACTIONS', 'STATEMENTS', 'CUSTOMER_CONTACT'];

/** What an ordinary application asks for; `changes` replace whole fields. */
export function consentRequest(changes: object = {}): Record<string, unknown> {
  return {
    institutionId: 'sandbox-bank',
    person: { reference: `person-${randomUUID()}` },
    purpose: 'See all your accounts in one budget',
    durationPeriod: 365,
    lookbackPeriod: 90,
    resources: [
      { resourceType: 'ACCOUNT', dataClusters: CLUSTERS.slice(0, 3) },
      { resourceType: 'CUSTOMER', dataClusters: CLUSTERS.slice(3) },
    ],
    ...changes,
  };
}

/** The product's HTTP API as an application uses it. */
export class Application {
  readonly returnUrl: string;
  /** Status, headers and body of every answer that was a refusal. */
  readonly refusals: string[] = [];

  constructor(readonly stack: StackDescription) {
    // Registered for the application of every stack.
    this.returnUrl = `${stack.urls.api}/demo/return`;
  }

  async request(changes: object = {}): Promise<Consent & { launchUrl: string }> {
    const { status, text, json } = await this.call('/v1/consents', { method: 'POST', body: consentRequest(changes) });
    if (status !== 201) throw new Error(`POST /v1/consents answered ${status}: ${text}`);
    return json as unknown as Consent & { launchUrl: string };
  }

  async consent(id: string): Promise<Consent> {
    const { status, text, json } = await this.call(`/v1/consents/${id}`);
    if (status !== 200) throw new Error(`GET /v1/consents/${id} answered ${status}: ${text}`);
    return json as unknown as Consent;
  }

  /** Asks for a link by which the person authorizes anew; what is left out stays as it is. */
  async invite(id: string, body?: object): Promise<Invitation> {
    const answer = await this.call(`/v1/consents/${id}/authorizations`, { method: 'POST', ...(body && { body }) });
    if (answer.status !== 201 && answer.status !== 200) throw new Error(`no link: ${answer.status}: ${answer.text}`);
    return answer.json as unknown as Invitation;
  }

  cancel(id: string, invitationId: string): Promise<Answer> {
    return this.call(`/v1/consents/${id}/authorizations/${invitationId}`, { method: 'DELETE' });
  }

  revoke(id: string, body?: object): Promise<Answer> {
    return this.call(`/v1/consents/${id}`, { method: 'DELETE', ...(body && { body }) });
  }

  async receipt(id: string): Promise<Record<string, unknown>> {
    const { status, text, json } = await this.call(`/v1/consents/${id}/receipt`);
    if (status !== 200) throw new Error(`no receipt of ${id}: ${status}: ${text}`);
    return json;
  }

  /** One request, with the application's key unless the call says otherwise. */
  async call(path: string, { method = 'GET', body, headers, ...more }: Call = {}): Promise<Answer> {
    const key = 'key' in more ? more.key : this.stack.applicationKey;
    const response = await fetch(this.stack.urls.api + path, {
      method,
      headers: {
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const sent = typeof body === 'object' ? JSON.stringify(body) : body;
    requireContract({ method, path, body: sent, status: response.status, headers: response.headers, text });
    if (!response.ok) {
      this.refusals.push([response.status, JSON.stringify([...response.headers]), text].join(' '));
    }
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
