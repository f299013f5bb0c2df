import { parseArgs } from 'node:util';
import { readSettings } from '../config';
import { openedFor } from '../store/opening-log';
import { audited, operatorName } from './audit';
import type { Command } from './command';
import { COMMANDS } from './commands';

/** `fdx-consent <command> …`: for operators and scripts. `--json` prints one JSON value on stdout and nothing else. */
async function main(argv: readonly string[]): Promise<void> {
  const command = COMMANDS.find(({ words }) => words.every((word, index) => argv[index] === word));
  if (!command) {
    process.stdout.write(usage());
    process.exitCode = argv.length === 0 || argv[0] === '--help' ? 0 : 2;
    return;
  }
  const { values, positionals } = parseArgs({
    args: argv.slice(command.words.length),
    options: { json: { type: 'boolean' }, ...command.options },
    allowPositionals: true,
  });
  const reason = { openedBy: operatorName(), reason: command.words.join(' ') };
  const result = await openedFor(
    () => reason,
    () => audited(command, values, positionals, (...names) => readSettings(process.env, names)),
  );
  if (result.isPrinted !== true)
    process.stdout.write(`${values.json === true ? JSON.stringify(result.value) : result.text}\n`);
  if (result.failed === true) process.exitCode = 1;
}

function usage(): string {
  const width = Math.max(...COMMANDS.map((command) => synopsisOf(command).length));
  const lines = COMMANDS.map((command) => `  ${synopsisOf(command).padEnd(width)}  ${command.summary}`);
  return `Usage: fdx-consent <command> [--json]\n\n${lines.join('\n')}\n\nSettings come from the environment: docs/configuration.md\n`;
}

function synopsisOf({ words, synopsis }: Command): string {
  return [...words, synopsis].filter(Boolean).join(' ');
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'the command failed'}\n`);
  process.exitCode = 1;
});
