import { FAILURES, type FailureCode } from '../../src/domain/failures';
import { codeBlocksOf, rowsWith, tablesOf, unquoted } from './support/markdown';
import { readText, repositoryFiles } from './support/repository';
import { unionMembers } from './support/type-unions';

const page = readText('docs/errors.md');
const rows = rowsWith(page, 'code');
const codes = Object.keys(FAILURES) as FailureCode[];

describe('docs/errors.md', () => {
  it('has one row for each failure code and no other', () => {
    expect(rows.map(([code = '']) => unquoted(code)).sort()).toEqual([...codes].sort());
  });

  it.each(codes)('says of %s what the code says', (code) => {
    const { kind, status, title, fix } = FAILURES[code];
    const row = rows.find(([name = '']) => unquoted(name) === code);
    expect(row?.slice(1)).toEqual([kind, String(status), title, fix]);
  });

  it('describes every kind', () => {
    const kinds = tablesOf(page).find((table) => table.columns[0] === 'kind')?.rows ?? [];
    const described = kinds.map(([kind = '']) => unquoted(kind));
    expect(described.sort()).toEqual([...unionMembers('src/domain/failure-kinds.ts', 'FailureKind')].sort());
  });

  it('shows a problem document as the API prints it', () => {
    const example = JSON.parse(codeBlocksOf(page, 'json')[0] ?? '') as Record<string, unknown>;
    const { title, status, fix } = FAILURES.request_invalid;
    const type = 'urn:fdx-consent:failure:request_invalid';
    expect(example).toMatchObject({ type, title, status, fix, code: 'request_invalid' });
  });
});

describe('failure codes', () => {
  // Whatever nobody raises is a promise that the documentation makes and the product does not keep.
  it.each(codes)('%s is raised somewhere', (code) => {
    const raised = sourcesApartFromTheTable().some((text) => text.includes(`'${code}'`));
    expect(raised).toBe(true);
  });
});

let sources: readonly string[] | undefined;

function sourcesApartFromTheTable(): readonly string[] {
  sources ??= repositoryFiles()
    .filter((file) => /^src\/.*\.ts$/.test(file) && !/domain\/failures\.ts$|api\/pages\/words\.ts$/.test(file))
    .map(readText);
  return sources;
}
