import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A server that speaks bytes, once it has been asked. */
export interface RawServer {
  readonly port: number;
  /** How many connections it has had. */
  readonly asked: () => number;
  readonly server: Server;
}

export async function startRawServer(answer: (socket: Socket) => void): Promise<RawServer> {
  let asked = 0;
  const server = createServer((socket) => {
    asked += 1;
    socket.on('error', () => undefined);
    socket.once('data', () => {
      answer(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, asked: () => asked, server };
}

/** Writes on and on until nobody reads any more. */
export function pour(socket: Socket, piece: string | Buffer): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', more);
  more();
}
