import { COMMANDS } from '../../src/cli/commands';
import { SHELLS } from '../../src/cli/completion';
import { EXIT_CODES } from '../../src/cli/exit-codes';
import { CHECKS } from '../../src/doctor/checks';
import { rowsWith, unquoted } from './support/markdown';
import { readText } from './support/repository';

const page = readText('docs/command-line.md');
const pairs = (column: string): unknown[] =>
  rowsWith(page, column).map((cells) => cells.slice(0, 2).map((cell) => unquoted(cell)));

describe('docs/command-line.md', () => {
  it('has each command with its summary, and no other', () => {
    expect(pairs('command')).toEqual(COMMANDS.map(({ words, summary }) => [words.join(' '), summary]));
  });

  it('has each check of the doctor with what it sees to, and no other', () => {
    expect(pairs('check')).toEqual(CHECKS.map(({ name, about }) => [name, about]));
  });

  it('has each exit code, and no other', () => {
    expect(pairs('exit code')).toEqual(Object.entries(EXIT_CODES).map(([ending, code]) => [String(code), ending]));
  });

  it('says for each shell where its completion goes', () => {
    expect(pairs('shell').map((row) => (row as string[])[0])).toEqual([...SHELLS]);
  });
});
