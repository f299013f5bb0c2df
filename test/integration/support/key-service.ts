import { request } from 'node:http';
import path from 'node:path';
import { SupervisedChild } from '../../../scripts/setup/child-process';
import { repositoryRoot } from '../../../scripts/setup/repository';
import type { PageBlock } from './page-block';
import { pathWithNode } from './page-shell';

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

/** The key service as the page has operators run it: a process of its own. */
export function startKeyService(place: KeyServicePlace, page: PageBlock): Promise<SupervisedChild> {
  const socket = socketIn(place);
  const commands = page.text({
    '/run/fdx-consent/keys.sock': socket,
    '/var/lib/fdx-consent-keys/keys.json': keyFileIn(place),
    's1:…': KEY_SERVICE_KEYS,
    // In place of the shell, so that what a test kills is the service itself.
    'node dist': 'exec node dist',
  });
  return SupervisedChild.start({
    name: 'key-service',
    command: 'bash',
    args: ['-c', commands],
    cwd: repositoryRoot,
    env: { PATH: pathWithNode(), LOG_LEVEL: 'trace' },
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
