import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Response } from 'express';
import { EventStream, ReaderTooSlow } from '../../src/api/event-stream';
import { EVENT_EXAMPLE } from '../../src/events/envelope';

/*
 * Over a real connection: what a slow reader costs is decided by it.
 */
const cursor = { position: '1', givenAt: new Date(0), since: new Date(0) };
const PAGE = Array.from({ length: 100 }, () => ({ envelope: EVENT_EXAMPLE, cursor }));
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Writes pages until it may not any more, to a reader that does not read. */
function writeToSleeper(signal: AbortSignal, onPage: (written: number) => void): Promise<unknown> {
  return new Promise((resolve) => {
    server = createServer((_request, response) => {
      const stream = new EventStream(response as Response, signal, 100);
      const write = async () => {
        for (let pages = 1; !signal.aborted; pages += 1) {
          await stream.send(PAGE);
          onPage(response.writableLength);
        }
      };
      write().then(resolve, resolve);
    }).listen(0, '127.0.0.1', () => {
      get({ port: (server?.address() as AddressInfo).port, host: '127.0.0.1' }, (answer) => answer.pause());
    });
  });
}

test('a reader that does not read is given no more than one page at a time, and cut off', async () => {
  const waiting: number[] = [];
  const outcome = await writeToSleeper(new AbortController().signal, (length) => waiting.push(length));
  expect(outcome).toBeInstanceOf(ReaderTooSlow);
  const pageLength = JSON.stringify(EVENT_EXAMPLE).length * PAGE.length * 1.5;
  expect(Math.max(...waiting)).toBeLessThan(pageLength);
});

test('who is gone is not waited for', async () => {
  const gone = new AbortController();
  const outcome = await writeToSleeper(gone.signal, () => {
    setTimeout(() => {
      gone.abort();
    }, 10);
  });
  expect(outcome).toBeUndefined();
});
