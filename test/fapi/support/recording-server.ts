import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificates } from '../../../scripts/setup/certificates';

export interface RecordedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface PreparedAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
}

/** A resource server that answers as it is told and remembers what it was asked, headers included. */
export class RecordingServer {
  readonly requests: RecordedRequest[] = [];
  readonly #answers: PreparedAnswer[] = [];

  private constructor(
    readonly origin: string,
    readonly server: Server,
  ) {}

  static async start({ serverCertificateFile, serverKeyFile }: Certificates): Promise<RecordingServer> {
    const server = createServer({ cert: readFileSync(serverCertificateFile), key: readFileSync(serverKeyFile) });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
    const recording = new RecordingServer(origin, server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const url = new URL(request.url ?? '/', origin);
        const body = Buffer.concat(chunks).toString();
        recording.requests.push({ method: request.method ?? '', url, headers: request.headers, body });
        const { status, headers = {} } = recording.#answers.shift() ?? { status: 200 };
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end('{"accounts":[]}');
      });
    });
    return recording;
  }

  /** What the next requests will be answered; after them, 200. */
  willAnswer(...answers: PreparedAnswer[]): void {
    this.requests.length = 0;
    this.#answers.splice(0, Infinity, ...answers);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
