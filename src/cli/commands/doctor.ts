import { CHECKS } from '../../doctor/checks';
import type { Verdict } from '../../doctor/check';
import { examine, worst, type Examined } from '../../doctor/examine';
import { surroundingsOf } from '../../doctor/surroundings';
import { UsageError } from '../command-errors';
import type { Command, CommandResult, Settings } from '../command';
import { nearest } from '../find-command';
import { painted } from '../paper';
import { printable } from '../table';

const NAMES = CHECKS.map(({ name }) => name);

/** `fdx-consent doctor`: docs/command-line.md. */
export const DOCTOR_COMMAND: Command = {
  words: ['doctor'],
  synopsis: '[--only CHECK]…',
  summary: 'look at everything that has to work, and say what to do about what does not; exit code 1: something fails',
  options: {
    only: {
      type: 'string',
      multiple: true,
      value: 'CHECK',
      choices: NAMES,
      about: 'this check',
      fallback: 'all of them',
    },
  },
  examples: ['', '--only database --only temporal', '--json'],
  changes: false,
  run: (values, _positionals, settings) => lookAt(namesIn(values['only']), settings),
};

/** @throws {UsageError} for a check that there is not */
function namesIn(only: unknown): readonly string[] {
  if (!Array.isArray(only)) return NAMES;
  const names = only.flatMap((each) => String(each).split(','));
  for (const name of names) {
    if (NAMES.includes(name)) continue;
    const near = nearest(name, NAMES);
    throw new UsageError(
      `There is no check ${name}.`,
      near === undefined ? `There are: ${NAMES.join(', ')}` : `Did you mean: --only ${near}`,
    );
  }
  return names;
}

async function lookAt(names: readonly string[], settings: Settings): Promise<CommandResult> {
  const surroundings = surroundingsOf(settings);
  try {
    const examined = await examine(
      CHECKS.filter(({ name }) => names.includes(name)),
      surroundings,
    );
    const status = worst(examined);
    return { text: textOf(examined), value: { status, checks: examined }, failed: status === 'fail' };
  } finally {
    await surroundings.close();
  }
}

const STYLES = { ok: 'green', warn: 'yellow', fail: 'red' } as const satisfies Record<Verdict, string>;

function textOf(examined: readonly Examined[]): string {
  const width = Math.max(...examined.map(({ name }) => name.length));
  const lines = examined.flatMap(({ name, verdict, what, fix }) => [
    `${painted(STYLES[verdict], verdict.padEnd(4))}  ${name.padEnd(width)}  ${printable(what)}`,
    ...(fix === undefined ? [] : [`${' '.repeat(6)}${' '.repeat(width)}  → ${printable(fix)}`]),
  ]);
  const count = (verdict: Verdict) => examined.filter((each) => each.verdict === verdict).length;
  return [...lines, '', `${count('ok')} ok, ${count('warn')} to look at, ${count('fail')} failing.`].join('\n');
}
