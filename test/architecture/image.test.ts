import { existsSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { readText, repositoryFiles, repositoryRoot } from './support/repository';

/* What an image would miss, found without one. */
const dockerfile = readText('Dockerfile');
const { dependencies } = JSON.parse(readText('package.json')) as { dependencies: Readonly<Record<string, string>> };
const packageLock = JSON.parse(readText('package-lock.json')) as {
  packages: Readonly<Record<string, { readonly dev?: boolean; readonly link?: boolean } | undefined>>;
};

/** Sources of each `COPY` that takes from this folder. */
const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)]
  .flatMap(([, sources = '']) => sources.split(' '))
  .filter((source) => source !== '.');

/** Each thing that code of the product loads when it runs, with the file that does. Types are gone by then. */
const loaded = repositoryFiles()
  .filter((file) => /^src\/.*\.ts$/.test(file))
  .flatMap((file) => loadedBy(readText(file)).map((name) => ({ file, name })));

function loadedBy(text: string): string[] {
  const patterns = [
    /^(?:import|export) (?!type\b)(?:[\w*\s{},]+? from )?'([^']+)';$/gm,
    /\bimport\('([^']+)'\)/g,
    /\brequire(?:\.resolve)?\('([^']+)'\)/g,
  ];
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name));
}

const packageOf = (name: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;
const isBuiltIn = (name: string): boolean => name.startsWith('node:') || builtinModules.includes(name);

describe('an image', () => {
  it('is built from files that are there and are let in', () => {
    const allowed = readText('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(copied.length).toBeGreaterThan(2);
    for (const source of copied) {
      expect([source, existsSync(path.join(repositoryRoot, source))]).toEqual([source, true]);
      expect(allowed).toContain(source);
    }
    for (const source of allowed) {
      expect([source, existsSync(path.join(repositoryRoot, source))]).toEqual([source, true]);
    }
  });

  it('has every package that the product loads', () => {
    const packages = loaded.filter(({ name }) => !name.startsWith('.') && !isBuiltIn(name));
    expect(packages.length).toBeGreaterThan(50);
    const missing = packages.filter(({ name }) => {
      const entry = packageLock.packages[`node_modules/${packageOf(name)}`];
      return !(packageOf(name) in dependencies) || entry === undefined || entry.dev === true;
    });
    expect(missing).toEqual([]);
  });

  it('has every file of ours that the product loads', () => {
    const outside = loaded.filter(
      ({ file, name }) => name.startsWith('.') && !path.posix.join(path.posix.dirname(file), name).startsWith('src/'),
    );
    expect(outside).toEqual([]);
  });

  it('has no link to a workspace that was left behind', () => {
    const links = Object.entries(packageLock.packages).filter(([, entry]) => entry?.link === true);
    expect(links.map(([place]) => place)).toEqual(['node_modules/@fdx-consent/client']);
    expect(dockerfile).toContain('npm ci --workspaces=false --omit=dev ');
    expect(dockerfile).toContain('npm run build && rm -r node_modules/@fdx-consent\n');
    expect(loaded.filter(({ name }) => name.startsWith('@fdx-consent/'))).toEqual([]);
  });
});
