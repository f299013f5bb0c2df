import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { productCommand } from '../../../scripts/dev/registration';
import type { StackDescription } from '../../../scripts/dev/stack-description';
import { ensureCertificates } from '../../../scripts/setup/certificates';
import { requireContract } from './contract';
import type { Answer } from './application';
import { query } from './database';

interface BankKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

export interface Publication {
  /** Replace claims of the assertion; undefined leaves one out. */
  readonly claims?: object;
  readonly key?: BankKey;
  /** In place of the assertion; null sends none. */
  readonly assertion?: string | null;
  readonly headers?: Record<string, string>;
  /** Which API; the first one. */
  readonly at?: string;
}

export interface HeardRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** Replace whole fields of the profile; those of `notifications` are merged. */
type ProfileChanges = { notifications?: object } & Record<string, unknown>;

type Responder = (request: HeardRequest) => { status: number; json?: unknown } | 'lost' | undefined;

/**
 * The part of a bank that publishes: its keys, and the FDX notification endpoints, under an institution of its own. All else of that
 * institution is the sandbox bank, so its consents are real.
 */
export class PublishingBank {
  readonly heard: HeardRequest[] = [];
  /** What the FDX notification endpoints answer. */
  respond: Responder = () => undefined;
  published: BankKey[] = [];

  private constructor(
    readonly stack: StackDescription,
    readonly institutionId: string,
    readonly origin: string,
    private readonly server: Server,
  ) {}

  /** @param changes of the institution's profile; `notifications` is merged */
  static async start(stack: StackDescription, changes: ProfileChanges = {}): Promise<PublishingBank> {
    const { serverCertificateFile, serverKeyFile } = await ensureCertificates(path.dirname(stack.caFile));
    const server = createServer({ cert: readFileSync(serverCertificateFile), key: readFileSync(serverKeyFile) });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
    const bank = new PublishingBank(stack, `publishing-${randomUUID().slice(0, 8)}`, origin, server);
    server.on('request', (request, response) => {
      bank.#serve(request, response).catch(() => response.destroy());
    });
    bank.published = [await newKey()];
    await bank.configure(changes);
    return bank;
  }

  /** Adds or replaces the institution. */
  async configure({ notifications, ...changes }: ProfileChanges = {}): Promise<void> {
    const { urls, caFile } = this.stack;
    const profile = {
      id: this.institutionId,
      name: 'Publishing Bank',
      issuer: urls.bank,
      clientId: 'fdx-consent-dev',
      openid: true,
      fdx: { baseUrl: `${urls.bank}/fdx/v6` },
      caFile,
      notifications: {
        jwksUri: `${this.origin}/jwks`,
        baseUrl: this.origin,
        scope: 'fdx:consents:read',
        ...notifications,
      },
      ...changes,
    };
    const directory = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-publishing-'));
    try {
      const file = path.join(directory, 'bank.json');
      await writeFile(file, JSON.stringify(profile));
      await productCommand(['institutions', 'add', file], this.stack.productEnvironment);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  /** A notification of this bank, as it would say it. */
  notification(bankConsentId: string, changes: object = {}): Record<string, unknown> {
    return {
      notificationId: randomUUID(),
      type: 'CONSENT_REVOKED',
      sentOn: new Date().toISOString(),
      category: 'CONSENT',
      severity: 'EMERGENCY',
      priority: 'HIGH',
      publisher: { name: 'Publishing Bank', type: 'DATA_PROVIDER' },
      notificationPayload: {
        id: bankConsentId,
        idType: 'CONSENT',
        customFields: { name: 'INITIATOR', value: 'INDIVIDUAL' },
      },
      ...changes,
    };
  }

  assertion({ claims, key = this.published[0] }: Publication = {}): Promise<string> {
    if (!key) throw new Error('the bank has no key');
    const now = Math.floor(Date.now() / 1000);
    const payload = {
      iss: this.stack.urls.bank,
      sub: this.stack.urls.bank,
      aud: `${this.stack.urls.api}/notifications`,
      iat: now,
      exp: now + 60,
      jti: randomUUID(),
      ...claims,
    };
    return new SignJWT(payload).setProtectedHeader({ alg: 'PS256', kid: key.kid }).sign(key.privateKey);
  }

  async publish(body: string | object, publication: Publication = {}): Promise<Answer> {
    const { assertion = await this.assertion(publication), headers, at = this.stack.urls.api } = publication;
    const response = await fetch(`${at}/notifications`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(assertion !== null && { authorization: `Bearer ${assertion}` }),
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    requireContract({
      method: 'POST',
      path: '/notifications',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      status: response.status,
      headers: response.headers,
      text,
    });
    const json = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: response.status, headers: response.headers, text, json };
  }

  /** What is kept of the notifications to this institution, oldest first. */
  async kept(notificationId: string): Promise<Record<string, unknown>[]> {
    return query(
      this.stack,
      `SELECT institution_id, type, bank_consent_id, consent_id, source, outcome, handled_at FROM bank_notifications
       WHERE notification_id = $1 ORDER BY institution_id`,
      [notificationId],
    );
  }

  async stop(): Promise<void> {
    // Nobody asks it any more: a paused institution is left alone by the rounds.
    await query(this.stack, 'UPDATE institutions SET paused_at = now() WHERE id = $1', [this.institutionId]);
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const heard = {
      method: request.method ?? '',
      path: request.url ?? '',
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
    this.heard.push(heard);
    const answer =
      heard.path === '/jwks'
        ? (this.respond(heard) ?? { status: 200, json: { keys: this.published.map(({ jwk }) => jwk) } })
        : (this.respond(heard) ?? { status: 404, json: {} });
    if (answer === 'lost') {
      response.destroy();
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(answer.json === undefined ? undefined : JSON.stringify(answer.json));
  }
}

export async function newKey(kid: string = randomUUID()): Promise<BankKey> {
  const { privateKey, publicKey } = await generateKeyPair('PS256', { extractable: true });
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'PS256', use: 'sig' } };
}
