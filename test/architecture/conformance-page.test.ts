import { existsSync } from 'node:fs';
import path from 'node:path';
import { rowsWith } from './support/markdown';
import { readText, repositoryFiles, repositoryRoot } from './support/repository';

interface Reference {
  readonly file: string;
  readonly words: string;
}

const rows = rowsWith(readText('docs/fapi-conformance.md'), 'requirement').map(([requirement = '', shownBy = '']) => ({
  requirement,
  references: referencesIn(shownBy),
}));

/** `folder/file` › "words of the test's name" */
function referencesIn(cell: string): readonly Reference[] {
  return [...cell.matchAll(/`([\w/-]+)` › "([^"]+)"/g)].map(([, file = '', words = '']) => ({
    file: `test/${file}.test.ts`,
    words,
  }));
}

describe('docs/fapi-conformance.md', () => {
  it('has a row for each requirement, none twice', () => {
    expect(rows.length).toBeGreaterThan(70);
    expect(new Set(rows.map(({ requirement }) => requirement)).size).toBe(rows.length);
  });

  it.each(rows)('$requirement: is shown by tests that exist', ({ references }) => {
    expect(references).not.toEqual([]);
    for (const { file, words } of references) {
      expect({ file, exists: existsSync(path.join(repositoryRoot, file)) }).toEqual({ file, exists: true });
      expect({ file, words, found: readText(file).includes(words) }).toEqual({ file, words, found: true });
    }
  });

  it('names every file of test/fapi: a test that shows nothing of this list has no place there', () => {
    const named = new Set(rows.flatMap(({ references }) => references.map(({ file }) => file)));
    const files = repositoryFiles().filter((file) => /^test\/fapi\/[^/]+\.test\.ts$/.test(file));
    expect(files.filter((file) => !named.has(file))).toEqual([]);
  });
});
