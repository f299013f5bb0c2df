import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readText, repositoryRoot } from './support/repository';

interface Locked {
  readonly license?: string;
}

interface Manifest {
  readonly license?: string;
  readonly licenses?: readonly { readonly type: string }[];
}

/** Licences that ask for a notice at most. */
const PERMISSIVE = new Set([
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
  'BlueOak-1.0.0',
  'PostgreSQL',
  'Python-2.0',
  'CC0-1.0',
  'Unlicense',
]);

/**
 * Looked at one by one: caniuse-lite is data under a licence that asks for attribution, and comes with webpack, which the Temporal
 * worker depends on and a ready-made bundle never runs; unionfs and png-js say their licence in a file only, the Unlicense and MIT;
 * the DejaVu fonts are under the licence of Bitstream Vera, which asks for its notice, and may be embedded in documents.
 */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'caniuse-lite': 'CC-BY-4.0',
  // Python's own licence, which its port kept: permissive (OSI). Only the linter of the contract has it.
  argparse: 'PSF-2.0',
  unionfs: 'unknown',
  'png-js': 'unknown',
  'dejavu-fonts-ttf': 'SEE LICENSE IN README.md AND LICENSE',
};

const { packages } = JSON.parse(readText('package-lock.json')) as { packages: Readonly<Record<string, Locked>> };
const locked = Object.entries(packages).filter(([place]) => place !== '');

describe('licences of dependencies', () => {
  it('are all permissive', () => {
    const others = locked
      .map(([place, entry]) => ({ name: nameOf(place), licence: licenceOf(place, entry) }))
      .filter(({ name, licence }) => !isPermissive(licence) && EXCEPTIONS[name] !== licence);
    expect(others).toEqual([]);
  });

  it('have no exception that is not needed any more', () => {
    const names = locked.map(([place]) => nameOf(place));
    expect(names).toEqual(expect.arrayContaining(Object.keys(EXCEPTIONS)));
  });
});

function nameOf(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** The lock file's word for it; old packages say it only in their own manifest, in an old form. */
function licenceOf(place: string, { license }: Locked): string {
  if (license !== undefined) return license;
  const file = path.join(repositoryRoot, place, 'package.json');
  if (!existsSync(file)) return 'unknown';
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  return manifest.license ?? manifest.licenses?.map(({ type }) => type).join(' AND ') ?? 'unknown';
}

/** SPDX expressions, as far as they occur: one of a choice, all of a list. */
function isPermissive(expression: string): boolean {
  const plain = expression.replace(/[()]/g, '');
  if (plain.includes(' OR ')) return plain.split(' OR ').some(isPermissive);
  return plain.split(' AND ').every((licence) => PERMISSIVE.has(licence.trim()));
}
