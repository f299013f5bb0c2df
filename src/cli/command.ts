import type { Settings } from '../config';
import { openDatabase, type Database } from '../store/database';
import { keyEncryptionOf, VAULT_SETTINGS } from '../store/key-providers';
import { createEventLog } from '../store/event-log';
import { openingLogOf } from '../store/openings';
import { createVault, type Vault } from '../store/vault';

export type { Settings } from '../config';

/** One option of a command, as `node:util` parses it and as help and completion tell of it. */
export interface CommandOption {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  /** What it does, in a few words. */
  readonly about?: string;
  /** What stands for its value: `ID`, `FILE`, `24h`. */
  readonly value?: string;
  /** All that it takes; completed by the shell. */
  readonly choices?: readonly string[];
  /** What holds without it, for people to read: a command gives itself its defaults. */
  readonly fallback?: string;
}

export type CommandOptions = Readonly<Record<string, CommandOption>>;

/** One thing the command line does. */
export interface Command {
  readonly words: readonly string[];
  readonly synopsis: string;
  readonly summary: string;
  readonly options?: CommandOptions;
  /** All that its first argument may be; completed by the shell. */
  readonly takes?: readonly string[];
  /** What comes after `fdx-consent <words>`, as somebody would type it. */
  readonly examples?: readonly string[];
  /**
   * Whether it changes something, and is therefore written down with who ran it. `schema`: it may make the table that this is
   * written into.
   */
  readonly changes: boolean | 'schema' | ((values: Values) => boolean);
  /** It is a process that serves until it is told to stop, and writes down itself what it opens. */
  readonly isProcess?: true;
  run(values: Values, positionals: readonly string[], settings: Settings): Promise<CommandResult>;
}

export type Values = Readonly<Record<string, unknown>>;

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
