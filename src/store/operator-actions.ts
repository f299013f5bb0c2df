import { sql } from 'kysely';
import type { Database } from './database';
import { currentReason } from './opening-log';

/** What somebody did with the command line or an operator key. */
export interface OperatorAction {
  readonly operator: string;
  readonly action: string;
  /** Ids and options. No secrets. */
  readonly subject: Readonly<Record<string, unknown>>;
}

/** What an action is until it has ended. A row that stays so belongs to a process that was killed in the middle. */
export const BEGUN = 'begun';

/**
 * Writes down what is about to be done. Before and not after it: what cannot be written down is not done, and a process that dies
 * in between leaves a trace.
 *
 * @returns the row to note the outcome in
 */
export async function beginAction(database: Database, action: OperatorAction, outcome = BEGUN): Promise<string> {
  const { requestId } = currentReason();
  const { id } = await database
    .insertInto('operator_actions')
    .values({
      ...action,
      subject: JSON.stringify(action.subject),
      outcome,
      // Not named at all by a command: `migrate` of an older schema, which has no such column, is written down as well.
      ...(requestId !== undefined && { request_id: requestId }),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** @param outcome `done`, `failed:<code>` or counts */
export async function finishAction(database: Database, id: string, outcome: string): Promise<void> {
  await database.updateTable('operator_actions').set({ outcome }).where('id', '=', id).execute();
}

/** Newest first. */
export function listActions(
  database: Database,
  { since, limit }: { readonly since?: Date | undefined; readonly limit: number },
) {
  return database
    .selectFrom('operator_actions')
    .select(['operator', 'action', 'subject', 'outcome', 'created_at'])
    .where('created_at', '>=', since ?? sql<Date>`'-infinity'::timestamptz`)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
