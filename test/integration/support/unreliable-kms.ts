import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of one request on its way to KMS. */
export type KmsTrouble =
  /** KMS does what it is asked; its answer never arrives. */
  | 'lost'
  /** Nothing comes back. */
  | 'slow'
  | { readonly status: number; readonly type: string };

/** Stands before KMS, and does to the next requests what a test says. */
export class UnreliableKms {
  /** Operations that were asked for, in order. */
  readonly asked: string[] = [];
  #next: KmsTrouble[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async before(target: string): Promise<UnreliableKms> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const kms = new UnreliableKms(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (incoming: IncomingMessage, response: ServerResponse) => {
      kms.#handle(target, incoming, response);
    });
    return kms;
  }

  reset(...next: KmsTrouble[]): void {
    this.#next = next;
    this.asked.length = 0;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #handle(target: string, incoming: IncomingMessage, response: ServerResponse): void {
    this.asked.push(String(incoming.headers['x-amz-target']).replace('TrentService.', ''));
    const trouble = this.#next.shift();
    if (trouble === 'slow') {
      incoming.resume();
      return;
    }
    if (typeof trouble === 'object') {
      incoming.resume();
      response.writeHead(trouble.status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ __type: trouble.type, message: 'canary-message' }));
      return;
    }
    const onward = request(`${target}${incoming.url ?? '/'}`, { method: incoming.method, headers: incoming.headers });
    onward.on('response', (answer) => {
      if (trouble === 'lost') {
        answer.resume().on('end', () => incoming.socket.destroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => incoming.socket.destroy());
    incoming.pipe(onward);
  }
}
