import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command, CommandOptions, CommandResult, Values } from '../command';

const DEV_OPTIONS = {
  once: { type: 'boolean', about: 'end after the story, with a JSON summary as the last line' },
  'random-ports': { type: 'boolean', about: 'for a second one beside the first; give it a directory of its own' },
  'data-dir': {
    type: 'string',
    value: 'DIR',
    about: 'where database, keys and logs are kept',
    fallback: '.fdx-consent/dev',
  },
} as const satisfies CommandOptions;

/** The processes of the product by one name, so that an image with one entry point runs them all: docs/deploy.md. */
export const PROCESS_COMMANDS: readonly Command[] = [
  {
    words: ['dev'],
    synopsis: '[--once] [--random-ports] [--data-dir DIR]',
    summary:
      'from a source checkout: start everything with a sandbox bank and tell one consent’s story, as npm start does',
    options: DEV_OPTIONS,
    examples: ['', '--once'],
    changes: false,
    isProcess: true,
    run: startEverything,
  },
  served('api', 'serve the HTTP API and the pages until told to stop', () => import('../../server.js')),
  served('worker', 'carry consents until told to stop', () => import('../../worker.js')),
  served(
    'key-service',
    'hold private keys and sign with them until told to stop (docs/keys.md)',
    () => import('../../key-service/main.js'),
  ),
];

/** The file starts the process when it is loaded: as `node dist/src/server.js` does, in this process. */
function served(name: string, summary: string, load: () => Promise<unknown>): Command {
  return {
    words: [name],
    synopsis: '',
    summary,
    examples: [''],
    changes: false,
    isProcess: true,
    async run() {
      await load();
      // It ends the process itself, when it is told to or cannot start.
      return new Promise<never>(() => undefined);
    },
  };
}

async function startEverything(values: Values): Promise<CommandResult> {
  const root = path.resolve(__dirname, '../../../..');
  const script = path.join(root, 'scripts/start.mjs');
  if (!existsSync(script)) throw new Error(NO_CHECKOUT);
  const args = Object.keys(DEV_OPTIONS).flatMap((name) => {
    const value = values[name];
    return value === true ? [`--${name}`] : typeof value === 'string' ? [`--${name}`, value] : [];
  });
  const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit' });
  // Ctrl-C reaches the whole group: the child stops by itself, and we wait for it.
  const toldToStop = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', () => undefined).on('SIGTERM', toldToStop);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => {
      resolve(exitCode ?? 1);
    });
  });
  return { text: '', value: null, isPrinted: true, failed: code !== 0 };
}

const NO_CHECKOUT = `This is an installed fdx-consent; dev needs a source checkout, with the sandbox bank:
  git clone <repository>; cd fdx-consent; npm start
To run the product from here: fdx-consent migrate, then fdx-consent api and fdx-consent worker (docs/deploy.md).`;
