/** Builds packages/client: one file for `import`, one for `require`, and the types of both. */
import { spawnSync } from 'node:child_process';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { repositoryRoot } from './setup/repository';

const folder = path.join(repositoryRoot, 'packages/client');
const dist = path.join(folder, 'dist');

async function main(): Promise<void> {
  await rm(dist, { recursive: true, force: true });
  await Promise.all([bundle('esm', 'index.mjs'), bundle('cjs', 'index.cjs')]);
  declareTypes();
  // Each way in has a door of its own to the one set of types.
  for (const door of ['index.d.mts', 'index.d.cts']) await writeFile(path.join(dist, door), DOOR);
  for (const [name, licence] of LICENCES) await copyFile(path.join(repositoryRoot, licence), path.join(dist, name));
}

/** Both ask to be with what is passed on: ours, and that of the parser which is taken in. */
const LICENCES = [
  ['LICENSE', 'LICENSE'],
  ['LICENSE.eventsource-parser', 'node_modules/eventsource-parser/LICENSE'],
] as const;
const DOOR = "export * from './types/index.js';\n";

function bundle(format: 'esm' | 'cjs', file: string): Promise<unknown> {
  return build({
    entryPoints: [path.join(folder, 'src/index.ts')],
    outfile: path.join(dist, file),
    bundle: true,
    // What it depends on is installed beside it. The parser of events is taken in: it is an ES module that wants a newer Node than we do.
    external: ['openapi-fetch', 'standardwebhooks'],
    banner: { js: '/*! Contains eventsource-parser, Copyright (c) Espen Hovlandsdal, MIT licence. */' },
    platform: 'neutral',
    format,
    target: 'es2022',
    sourcemap: true,
    logLevel: 'warning',
  });
}

function declareTypes(): void {
  const compiler = path.join(repositoryRoot, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', folder], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the types of the client could not be made');
}

void main();
