import type { ParseArgsConfig } from 'node:util';

/** One thing the command line does. */
export interface Command {
  readonly words: readonly string[];
  readonly synopsis: string;
  readonly summary: string;
  readonly options?: NonNullable<ParseArgsConfig['options']>;
  run(values: Readonly<Record<string, unknown>>, positionals: readonly string[]): Promise<CommandResult>;
}

export interface CommandResult {
  /** For people. */
  readonly text: string;
  /** For `--json`. */
  readonly value: unknown;
  /** The command did its work, and what it found is not well: exit code 1. */
  readonly failed?: boolean;
}
