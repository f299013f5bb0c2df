import path from 'node:path';
import { build } from 'esbuild';
import { repositoryRoot, stateDirectory } from './setup/repository';

/** Makes a program of an application of `examples/`, and says where it is. What it imports is found from there. */
export async function bundleExample(name: string): Promise<string> {
  const outfile = path.join(stateDirectory, 'examples', `${name}.mjs`);
  await build({
    entryPoints: [path.join(repositoryRoot, 'examples', name, 'app.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}
