import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { pour } from './raw-server';

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n';

/** A megabyte from a kilobyte, a thousand times over. */
const BOMB = gzipSync(Buffer.alloc(1_000_000));
const INTERIM = 'HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n';

/** What a receiver may do to whoever sends it something, byte by byte, and how that attempt ends. */
export const HOSTILE_ANSWERS: readonly [what: string, answer: (socket: Socket) => void, outcome: string][] = [
  ['says that it broke', (socket) => socket.end('HTTP/1.1 500 Oh\r\ncontent-length: 0\r\n\r\n'), 'status 500'],
  ['has nothing to say', (socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\n'), 'delivered 204'],
  ['says what is not HTTP', (socket) => socket.end('220 mail.example ESMTP\r\n'), 'not_http'],
  ['hangs up', (socket) => socket.destroy(), 'connection_lost'],
  ['resets the connection', (socket) => socket.resetAndDestroy(), 'connection_lost'],
  ['never answers', () => undefined, 'timeout'],
  [
    'drips its status line',
    (socket) => {
      socket.write('HTTP/1.1 200 O');
      const timer = setInterval(() => socket.write('o'), 100);
      socket.once('close', () => {
        clearInterval(timer);
      });
    },
    'timeout',
  ],
  [
    'has headers without end',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      pour(socket, `x-a: ${'a'.repeat(1_000)}\r\n`);
    },
    'not_http',
  ],
  [
    'has a body of gigabytes',
    (socket) => {
      socket.write(`${HEAD}content-length: 9999999999\r\n\r\n`);
      pour(socket, 'a'.repeat(65_536));
    },
    'delivered 200',
  ],
  [
    'has a body that never ends',
    (socket) => socket.write(`${HEAD}transfer-encoding: chunked\r\n\r\n1\r\na\r\n`),
    'delivered 200',
  ],
  [
    'has a chunk that never begins',
    (socket) => {
      socket.write(`${HEAD}transfer-encoding: chunked\r\n\r\n1;`);
      pour(socket, 'a'.repeat(65_536));
    },
    'delivered 200',
  ],
  [
    'has trailers without end',
    (socket) => {
      socket.write(`${HEAD}transfer-encoding: chunked\r\n\r\n0\r\n`);
      pour(socket, `x-a: ${'a'.repeat(1_000)}\r\n`);
    },
    'delivered 200',
  ],
  [
    'sends a compressed bomb',
    (socket) => {
      socket.write(`${HEAD}content-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n`);
      pour(socket, Buffer.concat([Buffer.from(`${BOMB.byteLength.toString(16)}\r\n`), BOMB, Buffer.from('\r\n')]));
    },
    'delivered 200',
  ],
  ['announces itself first', (socket) => socket.end(`${INTERIM}HTTP/1.1 204 No Content\r\n\r\n`), 'delivered 204'],
  [
    'only ever announces itself',
    (socket) => {
      pour(socket, INTERIM.repeat(500));
    },
    'not_http',
  ],
  [
    'wants to speak something else',
    (socket) => socket.end('HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    'connection_lost',
  ],
  [
    'has a status of its own',
    (socket) => socket.end('HTTP/1.1 999 Whatever\r\ncontent-length: 0\r\n\r\n'),
    'status 999',
  ],
  ['breaks its body off', (socket) => socket.end(`${HEAD}content-length: 100\r\n\r\nshort`), 'delivered 200'],
];
