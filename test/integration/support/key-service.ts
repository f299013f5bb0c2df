import { request } from 'node:http';
import path from 'node:path';
import { SupervisedChild } from '../../../scripts/setup/child-process';
import { compiled } from '../../../scripts/setup/repository';

/** Any key: the service of a test seals what ends with the test. */
export const KEY_SERVICE_KEYS = `s1:${Buffer.alloc(32, 7).toString('base64url')}`;

export interface KeyServicePlace {
  /** Holds its socket, its file and its log. */
  readonly directory: string;
}

export function socketIn({ directory }: KeyServicePlace): string {
  return path.join(directory, 'socket');
}

export function keyFileIn({ directory }: KeyServicePlace): string {
  return path.join(directory, 'keys.json');
}

/** The key service as operators run it: a process of its own. */
export function startKeyService(place: KeyServicePlace): Promise<SupervisedChild> {
  const socket = socketIn(place);
  return SupervisedChild.start({
    name: 'key-service',
    command: process.execPath,
    args: [compiled('src/key-service/main.js')],
    env: {
      PATH: process.env['PATH'],
      KEY_SERVICE_SOCKET: socket,
      KEY_SERVICE_FILE: keyFileIn(place),
      KEY_SERVICE_KEYS,
      LOG_LEVEL: 'trace',
    },
    logFile: path.join(place.directory, 'key-service.log'),
    runDirectory: place.directory,
    ready: () => answersAt(socket),
  });
}

function answersAt(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path: '/healthz' }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.once('error', () => {
      resolve(false);
    });
    asked.end();
  });
}
