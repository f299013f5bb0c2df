import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { JSONWebKeySet } from 'jose';
import { productCommand } from '../../../scripts/dev/registration';
import type { StackDescription } from '../../../scripts/dev/stack-description';
import type { Application } from './application';
import { collectServiceSecrets, type Canaries } from './canaries';
import { Journey } from './journey';
import { until } from './until';

export interface ListedKey {
  kid: string;
  purpose: string;
  algorithm: string;
  provider: string;
  state: string;
  activatesAt: string;
}

export interface Rotation {
  emergency: boolean;
  rotated: { kid: string; algorithm: string; activatesAt: string; previous: string }[];
}

/** `fdx-consent keys` as an operator runs it. */
export class KeysCommand {
  /** Everything it has printed. */
  readonly printed: string[] = [];

  constructor(
    private readonly stack: StackDescription,
    private readonly keyServiceSocket: string,
    private readonly canaries: Canaries,
  ) {}

  async run(...args: string[]): Promise<string> {
    const environment = { ...this.stack.productEnvironment, KEY_SERVICE_SOCKET: this.keyServiceSocket };
    const output = await productCommand(['keys', ...args], environment);
    this.printed.push(output);
    return output;
  }

  async list(): Promise<ListedKey[]> {
    return JSON.parse(await this.run('list', '--json')) as ListedKey[];
  }

  /** What is sealed is collected at once: the private halves of withdrawn keys are destroyed by the rotation after. */
  async rotate(...args: string[]): Promise<Rotation> {
    const rotation = JSON.parse(await this.run('rotate', ...args, '--json')) as Rotation;
    await collectServiceSecrets(this.stack, this.canaries);
    return rotation;
  }

  /** The client keys in one of these states. */
  async client(...states: string[]): Promise<string[]> {
    const keys = await this.list();
    return keys.filter(({ purpose, state }) => purpose === 'client' && states.includes(state)).map(({ kid }) => kid);
  }

  /** Until every API process publishes exactly these client keys. */
  arePublished(kids: readonly string[]): Promise<true> {
    return until(
      'every API process to publish the keys',
      async () => {
        const sets = await Promise.all(this.stack.urls.apis.map((api) => publishedBy(api)));
        return sets.every((set) => [...set].sort().join() === [...kids].sort().join());
      },
      // At most five seconds, on a machine that is busy.
      10_000,
    );
  }
}

export function kidsOf({ rotated }: Rotation): string[] {
  return rotated.map(({ kid }) => kid);
}

export async function publishedBy(api: string, name = 'jwks.json'): Promise<string[]> {
  const { keys } = (await (await fetch(`${api}/.well-known/${name}`)).json()) as JSONWebKeySet;
  return keys.map(({ kid }) => kid ?? '');
}

/** What a worker that is never restarted signs with, by its own word. */
export class WorkerKeys {
  constructor(private readonly application: Application) {}

  /** Until it signs with all of these although nobody asks it to sign: an idle worker reads the keys every 30 s or so. */
  followsIdle(kids: readonly string[]): Promise<true> {
    return until('the idle worker to follow', () => this.#signsWith(kids), 60_000);
  }

  /** The same, while it signs all the time; what comes of that is not looked at. */
  followsBusy(kids: readonly string[]): Promise<true> {
    return until(
      'the busy worker to follow',
      async () => {
        await (await Journey.begin(this.application)).launch();
        return this.#signsWith(kids);
      },
      // Ten seconds until an unhurried key signs at all, and five until the worker looks again.
      20_000,
    );
  }

  async #signsWith(kids: readonly string[]): Promise<boolean> {
    const log = await readFile(path.join(this.application.stack.logDirectory, 'worker.log'), 'utf8');
    const lines = log.split('\n').filter((line) => line.includes('signing with this key'));
    return kids.every((kid) => lines.some((line) => line.includes(`"kid":"${kid}"`)));
  }
}
