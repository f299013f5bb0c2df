import type { ParseArgsConfig } from 'node:util';
import type { Config } from '../config';
import { openDatabase, type Database } from '../store/database';

/** One thing the command line does. */
export interface Command {
  readonly words: readonly string[];
  readonly synopsis: string;
  readonly summary: string;
  readonly options?: NonNullable<ParseArgsConfig['options']>;
  run(
    values: Readonly<Record<string, unknown>>,
    positionals: readonly string[],
    settings: Settings,
  ): Promise<CommandResult>;
}

/** Reads settings by name; a command asks for those it needs, and for no others. */
export type Settings = <Name extends keyof Config>(...names: readonly Name[]) => Pick<Config, Name>;

export interface CommandResult {
  /** For people. */
  readonly text: string;
  /** For `--json`. */
  readonly value: unknown;
  /** The command did its work, and what it found is not well: exit code 1. */
  readonly failed?: boolean;
}

export async function withDatabase<Result>(
  settings: Settings,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const { DATABASE_URL: url } = settings('DATABASE_URL');
  const database = openDatabase({ url, maxConnections: 2, onConnectionLost: () => undefined });
  try {
    return await work(database);
  } finally {
    await database.destroy();
  }
}
