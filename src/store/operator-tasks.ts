import { sql, type Selectable } from 'kysely';
import type { FailureCode } from '../domain/failures';
import type { AuthorizationId, ConsentId, InstitutionId } from '../domain/ids';
import type { Database } from './database';
import type { OperatorTasksTable } from './tables';
import { newId } from './new-id';

/** What a machine could not do, and a person must look at. */
export type OperatorTask = Selectable<OperatorTasksTable>;

export interface NewOperatorTask {
  readonly kind: OperatorTask['kind'];
  readonly consentId: ConsentId;
  readonly authorizationId: AuthorizationId;
  readonly institutionId: InstitutionId;
  /** The last of what stood in the way. */
  readonly failure: FailureCode | null;
}

/**
 * Opens a task, unless it is open already: then it is told the newest failure. What an operator has settled stays settled, so a
 * step that was still running when they did opens nothing.
 */
export async function openOperatorTask(database: Database, task: NewOperatorTask): Promise<void> {
  const id = newId('task');
  await sql`
    INSERT INTO operator_tasks (id, kind, consent_id, authorization_id, institution_id, failure)
    SELECT ${id}, ${task.kind}, ${task.consentId}, ${task.authorizationId}, ${task.institutionId}, ${task.failure}
    WHERE NOT EXISTS (
      SELECT 1 FROM operator_tasks
      WHERE kind = ${task.kind} AND authorization_id = ${task.authorizationId} AND resolution IS NOT NULL)
    ON CONFLICT (kind, authorization_id) WHERE closed_at IS NULL DO UPDATE SET failure = excluded.failure
  `.execute(database);
}

/** A task by its id, or the one that is open for a grant. */
export type TaskName = { readonly id: string } | Pick<NewOperatorTask, 'kind' | 'authorizationId'>;

/** Closes a task. One that is closed already stays as it was, and one that never was opened is none. */
export async function closeOperatorTask(database: Database, name: TaskName, resolution: string): Promise<void> {
  const query = database
    .updateTable('operator_tasks')
    .set({ closed_at: sql<Date>`now()`, resolution })
    .where('closed_at', 'is', null);
  await (
    'id' in name
      ? query.where('id', '=', name.id)
      : query.where('kind', '=', name.kind).where('authorization_id', '=', name.authorizationId)
  ).execute();
}

/** How an operator has settled with the bank what we could not do: nothing is left for us to do there. */
export async function findSettlement(
  database: Database,
  { kind, authorizationId }: Pick<NewOperatorTask, 'kind' | 'authorizationId'>,
): Promise<string | undefined> {
  const row = await database
    .selectFrom('operator_tasks')
    .select('resolution')
    .where('authorization_id', '=', authorizationId)
    .where('kind', '=', kind)
    .where('closed_at', 'is not', null)
    .where('resolution', 'is not', null)
    .executeTakeFirst();
  return row?.resolution ?? undefined;
}

export function findOperatorTask(database: Database, id: string): Promise<OperatorTask | undefined> {
  return database.selectFrom('operator_tasks').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Open ones, oldest first; or all, newest first. */
export function listOperatorTasks(
  database: Database,
  { all, limit }: { readonly all: boolean; readonly limit: number },
): Promise<readonly OperatorTask[]> {
  const tasks = database.selectFrom('operator_tasks').selectAll().limit(limit);
  return all
    ? tasks.orderBy('opened_at', 'desc').execute()
    : tasks.where('closed_at', 'is', null).orderBy('opened_at').execute();
}
