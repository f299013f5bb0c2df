import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder of package.json. The same file runs as TypeScript under jest and as JavaScript from dist/, one level deeper. */
export const repositoryRoot = findRepositoryRoot(__dirname);

/** Everything that the scripts download, generate or log. Git ignores it; deleting it is a fresh start. */
export const stateDirectory = path.join(repositoryRoot, '.fdx-consent');

/** A compiled entry point of ours, such as `src/server.js`. */
export function compiled(file: string): string {
  return path.join(repositoryRoot, 'dist', file);
}

function findRepositoryRoot(from: string): string {
  if (existsSync(path.join(from, 'package.json'))) return from;
  const parent = path.dirname(from);
  if (parent === from) throw new Error('no package.json above the scripts: run them from a clone of the repository');
  return findRepositoryRoot(parent);
}
