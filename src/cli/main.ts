import { parseArgs } from 'node:util';
import { SERVICE_VERSION } from '../api/contract/version';
import { settingsOf } from '../config';
import { openedFor } from '../store/opening-log';
import { audited, isChange, operatorName } from './audit';
import { UsageError } from './command-errors';
import type { Command, CommandResult, Values } from './command';
import { COMMANDS } from './commands';
import { EXIT_CODES } from './exit-codes';
import { findCommand, nearest } from './find-command';
import { commandHelp, GLOBAL_OPTIONS, groupHelp, overview } from './help';
import { problemOf, textOf, toldFailure } from './told-failure';

/** `fdx-consent <command> …`: for operators and scripts. `--json` prints one JSON value on stdout and nothing else. */
async function main(argv: readonly string[]): Promise<void> {
  const [first] = argv;
  if (first === undefined || first === '--help' || first === '-h') {
    print(overview(COMMANDS));
    return;
  }
  if (first === '--version' || first === '-v') {
    print(SERVICE_VERSION);
    return;
  }
  if (first === 'help') {
    print(helpOn(argv.slice(1).filter((word) => !word.startsWith('-'))));
    return;
  }
  const found = findCommand(COMMANDS, leadingOptionsLast(argv));
  if (found.kind === 'group') {
    print(groupHelp(found.words, found.commands));
    return;
  }
  const { command, rest } = found;
  const { values, positionals } = parsed(command, rest);
  if (values['help'] === true) {
    print(commandHelp(command));
    return;
  }
  if (!command.isProcess) stopWhenUnread(command, values);
  const { json, ...given } = values;
  const result = await run(command, json === true ? { json, ...given } : given, positionals);
  if (result.isPrinted !== true) print(json === true ? JSON.stringify(result.value) : result.text);
  if (result.failed === true) process.exitCode = EXIT_CODES.failed;
}

function run(command: Command, values: Values, positionals: readonly string[]): Promise<CommandResult> {
  if (command.isProcess) return command.run(values, positionals, settingsOf(process.env));
  const reason = { openedBy: operatorName(), reason: command.words.join(' ') };
  return openedFor(
    () => reason,
    () => audited(command, values, positionals, settingsOf(process.env)),
  );
}

/** `fdx-consent --json consents list` means the same as with `--json` at the end. */
function leadingOptionsLast(argv: readonly string[]): readonly string[] {
  const first = argv.findIndex((word) => !(word.replace(/^--/, '') in GLOBAL_OPTIONS));
  return first <= 0 ? argv : [...argv.slice(first), ...argv.slice(0, first)];
}

/** @throws {UsageError} for an option that it does not take, with the one that was probably meant */
function parsed(command: Command, args: readonly string[]): { values: Values; positionals: readonly string[] } {
  const options = { ...command.options, ...GLOBAL_OPTIONS };
  const settled = Object.entries(options).map(([name, { type, ...option }]) => [
    name,
    { type, ...('multiple' in option && { multiple: option.multiple }), ...(name === 'help' && { short: 'h' }) },
  ]);
  try {
    return parseArgs({
      args: [...args],
      options: Object.fromEntries(settled) as NonNullable<Parameters<typeof parseArgs>[0]>['options'] & object,
      allowPositionals: true,
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const name = command.words.join(' ');
    const unknown = /^Unknown option '(-[^']*)'/.exec(error.message)?.[1];
    if (unknown === undefined) throw new UsageError(error.message, `fdx-consent help ${name} tells what it takes.`);
    const near = nearest(unknown.replace(/^-+/, ''), Object.keys(options));
    const fix = near === undefined ? `fdx-consent help ${name} tells what it takes.` : `Did you mean: --${near}`;
    throw new UsageError(`fdx-consent ${name} takes no ${unknown}.`, fix);
  }
}

function helpOn(words: readonly string[]): string {
  if (words.length === 0) return overview(COMMANDS);
  const found = findCommand(COMMANDS, words);
  return found.kind === 'group' ? groupHelp(found.words, found.commands) : commandHelp(found.command);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** `… | head -1` closes the pipe: a command that only reads stops, one that changes something comes to its end in silence. */
function stopWhenUnread(command: Command, values: Values): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exitCode = EXIT_CODES.unread;
    if (!isChange(command, values)) process.exit();
  });
}

/** With `--json` what reads standard error gets one value as well. */
function tellFailure(error: unknown, argv: readonly string[]): void {
  const failure = toldFailure(error);
  const exitCode = EXIT_CODES[failure.ending];
  const isJson = argv.includes('--json');
  process.stderr.write(`${isJson ? JSON.stringify(problemOf(failure, exitCode)) : textOf(failure)}\n`);
  process.exitCode = exitCode;
}

const given = process.argv.slice(2);
process.stderr.on('error', () => undefined);
main(given).catch((error: unknown) => {
  tellFailure(error, given);
});
