import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { Certificates } from '../../../scripts/setup/certificates';
import { until } from './until';

export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly json: { id: string; type: string; version?: number; data: Record<string, unknown> };
  /** How many were being handled when it came, itself among them. */
  readonly atOnce: number;
}

export type Answering = (response: ServerResponse, received: Received) => unknown;

export const good: Answering = (response, { json }) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(json.type === 'endpoint.verification' ? JSON.stringify({ challenge: json.data['challenge'] }) : '{}');
};

/** Some answers take longer than others. */
export const slowly: Answering = async (response, received) => {
  await new Promise((resolve) => setTimeout(resolve, 20 * Math.random()));
  await good(response, received);
};

/** Each event of a consent once, and the later ones later. */
export function expectOrder(receiver: WebhookReceiver, consents: readonly string[]): void {
  for (const id of consents) {
    const told = receiver.events.filter(({ json }) => json.data['consentId'] === id);
    const versions = told.map(({ json }) => json.version ?? 0);
    expect(versions).toEqual([...new Set(versions)].toSorted((one, other) => one - other));
  }
}

/** An application's own server, which checks what it gets as docs/webhooks.md says, and answers as it is told to. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  answering: Answering = good;
  #underWay = 0;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void this.#handle(request, response));
  }

  /** With certificates it speaks TLS; on a port that was in use before where one is named. */
  static async start(certificates?: Certificates, port = 0): Promise<WebhookReceiver> {
    const server = certificates
      ? createHttpsServer({
          cert: readFileSync(certificates.serverCertificateFile),
          key: readFileSync(certificates.serverKeyFile),
        })
      : createHttpServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const origin = `${certificates ? 'https' : 'http'}://localhost:${(server.address() as AddressInfo).port}`;
    return new WebhookReceiver(server, `${origin}/hooks`);
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  get events(): Received[] {
    return this.received.filter(({ json }) => json.type !== 'endpoint.verification');
  }

  /** What its effects are counted by: an event that came twice has one. */
  get effects(): Set<string> {
    return new Set(this.events.map(({ json }) => json.id));
  }

  /** Waits until so many have come. */
  async has(count: number): Promise<Received[]> {
    await until(`${count} webhooks`, () => Promise.resolve(this.events.length >= count));
    return this.events;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#underWay += 1;
    response.once('close', () => (this.#underWay -= 1));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const received: Received = {
      path: request.url ?? '',
      headers: request.headers,
      body,
      json: JSON.parse(body) as Received['json'],
      atOnce: this.#underWay,
    };
    this.received.push(received);
    await this.answering(response, received);
  }
}

/** As a receiver checks it. @throws {WebhookVerificationError} */
export function verified(secret: string, { headers, body }: Received): unknown {
  return new Webhook(secret).verify(body, headers as Record<string, string>);
}
