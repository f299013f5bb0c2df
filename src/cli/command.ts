import type { ParseArgsConfig } from 'node:util';
import type { Config } from '../config';
import { openDatabase, type Database } from '../store/database';
import { keyEncryptionOf, VAULT_SETTINGS } from '../store/key-providers';
import { createEventLog } from '../store/event-log';
import { openingLogOf } from '../store/openings';
import { createVault, type Vault } from '../store/vault';

/** One thing the command line does. */
export interface Command {
  readonly words: readonly string[];
  readonly synopsis: string;
  readonly summary: string;
  readonly options?: NonNullable<ParseArgsConfig['options']>;
  /**
   * Whether it changes something, and is therefore written down with who ran it. `schema`: it may make the table that this is
   * written into.
   */
  readonly changes: boolean | 'schema' | ((values: Values) => boolean);
  run(values: Values, positionals: readonly string[], settings: Settings): Promise<CommandResult>;
}

export type Values = Readonly<Record<string, unknown>>;

/** Reads settings by name; a command asks for those it needs, and for no others. */
export type Settings = <Name extends keyof Config>(...names: readonly Name[]) => Pick<Config, Name>;

export interface CommandResult {
  /** For people. */
  readonly text: string;
  /** For `--json`. */
  readonly value: unknown;
  /** The command did its work, and what it found is not well: exit code 1. */
  readonly failed?: boolean;
  /** What there is to print has been printed. */
  readonly isPrinted?: boolean;
  /** For the log of what operators did, where `done` or `failed` says too little. */
  readonly outcome?: string;
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

/** What a command opens is written down too, in the database that it works on. */
export function vaultOf(settings: Settings, database: Database): Vault {
  return createVault(keyEncryptionOf(settings(...VAULT_SETTINGS)), openingLogOf(createEventLog(database)));
}
