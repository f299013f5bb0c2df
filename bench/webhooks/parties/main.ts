import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';
import { now, type Arrival, type PartyAnswer, type PartyOrder } from './messages';

/** Whoever is told, in a process of its own. */
process.on('message', (order: PartyOrder) => {
  carryOut(order).then(reply, (error: unknown) => {
    reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  });
});
process.on('disconnect', () => process.exit(0));

function reply(answer: PartyAnswer): void {
  process.send?.(answer);
}

let arrivals: Arrival[] = [];

async function carryOut(order: PartyOrder): Promise<PartyAnswer> {
  switch (order.kind) {
    case 'receive':
      return { kind: 'receiving', url: await receive() };
    case 'follow':
      await Promise.all(order.keys.map((key) => follow(order.apiUrl, key)));
      return { kind: 'following' };
    case 'arrivals': {
      const arrived = arrivals;
      arrivals = [];
      return { kind: 'arrived', arrivals: arrived };
    }
  }
}

/** Answers at once; whatever is sent below `/dead` never. */
function receive(): Promise<string> {
  const server = createServer((incoming, response) => {
    void answer(incoming, response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://localhost:${(server.address() as AddressInfo).port}`);
    });
  });
}

async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { type, data } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
    type: string;
    data: { challenge?: string };
  };
  if (type === 'endpoint.verification') response.end(JSON.stringify({ challenge: data.challenge }));
  else if (incoming.url?.startsWith('/dead') !== true) response.writeHead(204).end();
}

const agent = new Agent({ connections: null, bodyTimeout: 0 });

/** Resolves when the stream is open; what comes of it then is noted as it comes. */
async function follow(apiUrl: string, key: string): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, accept: 'text/event-stream' };
  const { statusCode, body } = await request(`${apiUrl}/v1/events/stream`, { headers, dispatcher: agent });
  if (statusCode !== 200) throw new Error(`a stream answered ${statusCode}`);
  body.setEncoding('utf8');
  let rest = '';
  const opened = new Promise<void>((resolve, reject) => {
    body.once('error', reject);
    body.on('data', (text: string) => {
      resolve();
      const at = now();
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) note(line, at);
    });
  });
  await opened;
}

function note(line: string, at: number): void {
  if (!line.startsWith('data: ')) return;
  const { data } = JSON.parse(line.slice('data: '.length)) as { data: { receiptId?: string } };
  if (data.receiptId !== undefined) arrivals.push([data.receiptId, at]);
}
