import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificates } from '../../../scripts/setup/certificates';

/** A resource server that answers with what it is given, and tells how each answer went. */
export class StreamingServer {
  /** Bytes of bodies that have been taken off its hands. */
  sent = 0;
  /** Answers whose connection was gone before they were through. */
  brokenOff = 0;

  private constructor(
    readonly url: URL,
    readonly server: Server,
  ) {}

  static async start(
    { serverCertificateFile, serverKeyFile }: Certificates,
    answer: (response: ServerResponse, request: IncomingMessage) => void,
  ): Promise<StreamingServer> {
    const server = createServer({ cert: readFileSync(serverCertificateFile), key: readFileSync(serverKeyFile) });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(`https://localhost:${(server.address() as AddressInfo).port}/document`);
    const streaming = new StreamingServer(url, server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      response.once('close', () => {
        if (!response.writableFinished) streaming.brokenOff += 1;
      });
      answer(response, request);
    });
    return streaming;
  }

  /** So many bytes, made when they are wanted. */
  *bytes(total: number): Generator<Buffer> {
    const chunk = Buffer.alloc(64 * 1024, 'x');
    for (let left = total; left > 0; left -= chunk.length) {
      const piece = chunk.subarray(0, Math.min(left, chunk.length));
      yield piece;
      this.sent += piece.length;
    }
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
