import { UsageError } from './command-errors';
import type { Command } from './command';

/** What the words on the command line name: one command, or the beginning of some. */
export type Found =
  | { readonly kind: 'command'; readonly command: Command; readonly rest: readonly string[] }
  | { readonly kind: 'group'; readonly words: readonly string[]; readonly commands: readonly Command[] };

/** @throws {UsageError} when nothing begins so, with what was probably meant */
export function findCommand(commands: readonly Command[], argv: readonly string[]): Found {
  const firstOption = argv.findIndex((word) => word.startsWith('-'));
  const words = firstOption === -1 ? argv : argv.slice(0, firstOption);
  const command = commands.find(({ words: names }) => begins(words, names));
  if (command) return { kind: 'command', command, rest: argv.slice(command.words.length) };
  const group = commands.filter(({ words: names }) => begins(names, words));
  if (group.length > 0) return { kind: 'group', words, commands: group };
  throw new UsageError(`There is no command ${words.join(' ')}.`, meant(words, commands));
}

function begins(words: readonly string[], beginning: readonly string[]): boolean {
  return beginning.every((word, index) => words[index] === word);
}

function meant(words: readonly string[], commands: readonly Command[]): string {
  // What follows a command's words is its own: only as many are compared.
  const near = commands
    .map((command) => command.words.join(' '))
    .map((name) => ({ name, distance: editDistance(words.slice(0, name.split(' ').length).join(' '), name) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(name.length / 3)))
    .sort((one, other) => one.distance - other.distance);
  const best = near.filter(({ distance }) => distance === near[0]?.distance).slice(0, 3);
  const group = commands.filter((command) => command.words[0] === words[0]);
  if (best.length > 0) return `Did you mean: ${best.map(({ name }) => `fdx-consent ${name}`).join(', ')}`;
  if (group.length > 0) return `fdx-consent help ${words[0] ?? ''} lists what there is.`;
  return 'fdx-consent help lists what there is.';
}

/** An option that was probably meant; undefined when none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((name) => ({ name, distance: editDistance(word, name) }))
    .sort((one, other) => one.distance - other.distance);
  return best && best.distance <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : undefined;
}

/** How many letters must be put in, left out, replaced or swapped with their neighbour (optimal string alignment). */
export function editDistance(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      next[column] = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    [before, last] = [last, next];
  }
  return last[other.length] ?? 0;
}
