import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Reply = (response: ServerResponse) => void;

/** A server that answers one request after the other as it is told, and remembers what it heard. */
export class UnreliableServer {
  readonly heard: Heard[] = [];
  private replies: Reply[] = [];
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        this.heard.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
        // The last of them is for all that follow.
        const reply = this.replies.length > 1 ? this.replies.shift() : this.replies[0];
        reply?.(response);
      });
    });
  }

  static async start(): Promise<UnreliableServer> {
    const started = new UnreliableServer();
    await new Promise<void>((resolve) => started.server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  will(...replies: Reply[]): void {
    this.heard.length = 0;
    this.replies = replies;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export const json =
  (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };

export const problem = (code: string, status: number, headers?: Readonly<Record<string, string>>): Reply =>
  json(
    { type: `urn:fdx-consent:failure:${code}`, title: 'It is so.', status, code, fix: 'Do this.', requestId: 'req-1' },
    status,
    { 'content-type': 'application/problem+json', ...headers },
  );

/** The request arrived, and nobody will hear what became of it. */
export const lost: Reply = (response) => {
  response.socket?.destroy();
};

export const cutOff: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
  response.write('{"id"', () => response.socket?.destroy());
};

export const silent: Reply = () => undefined;
