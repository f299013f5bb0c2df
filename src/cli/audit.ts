import { userInfo } from 'node:os';
import { ConsentFailure } from '../domain/failures';
import { auditSubject } from '../operators/audit-subject';
import type { Database } from '../store/database';
import { openedFor } from '../store/opening-log';
import { beginAction, BEGUN, finishAction } from '../store/operator-actions';
import { withDatabase, type Command, type CommandResult, type Settings, type Values } from './command';

/**
 * Runs a command and, when it changes something, writes down who does what: before it is done, so that what cannot be written
 * down is not done, and how it ended. An outcome that is lost is told, and makes the command fail although it did its work.
 *
 * @throws {Error} when nothing was done
 */
export async function audited(
  command: Command,
  values: Values,
  positionals: readonly string[],
  settings: Settings,
): Promise<CommandResult> {
  const run = () => command.run(values, positionals, settings);
  if (!isChange(command, values)) return run();
  return withDatabase(settings, async (database) => {
    const entry = {
      operator: operatorName(),
      action: command.words.join(' '),
      subject: auditSubject({ arguments: positionals, ...values, json: undefined }),
    };
    const begin = (outcome: string) => beginAction(database, entry, outcome);
    const id = await begin(BEGUN).catch((error: unknown) => {
      if (command.changes === 'schema' && isMissingTable(error)) return undefined;
      const reason = error instanceof Error ? error.message : 'no reason was given';
      throw new Error(`This cannot be written down, so it is not done: ${reason}`, { cause: error });
    });
    const note = (outcome: string) => isNoted(database, id, outcome, begin);
    const reason = { openedBy: entry.operator, reason: entry.action, requestId: id && `act_${id}` };
    const result = await openedFor(() => reason, run).catch(async (error: unknown) => {
      await note(error instanceof ConsentFailure ? `failed:${error.code}` : 'failed');
      throw error;
    });
    const noted = await note(result.outcome ?? (result.failed === true ? 'failed' : 'done'));
    // It has done its work, and may print a key that is shown once.
    return noted ? result : { ...result, failed: true };
  });
}

export function isChange({ changes }: Command, values: Values): boolean {
  return typeof changes === 'function' ? changes(values) : changes !== false;
}

/** Whoever's account ran it; a container may have a number only. */
export function operatorName(): string {
  try {
    return `cli:${userInfo().username}`;
  } catch {
    return `cli:uid-${process.getuid?.() ?? 'unknown'}`;
  }
}

async function isNoted(
  database: Database,
  id: string | undefined,
  outcome: string,
  begin: (outcome: string) => Promise<string>,
): Promise<boolean> {
  try {
    await (id === undefined ? begin(outcome) : finishAction(database, id, outcome));
    return true;
  } catch {
    process.stderr.write(`The outcome (${outcome}) could not be written down (operator_actions).\n`);
    return false;
  }
}

/** PostgreSQL: undefined_table. */
function isMissingTable(error: unknown): boolean {
  return (error as { code?: unknown }).code === '42P01';
}
