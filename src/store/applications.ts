import { sql, type Selectable } from 'kysely';
import { ConsentFailure } from '../domain/failures';
import type { ApplicationId } from '../domain/ids';
import type { ApplicationIdentity } from '../domain/party';
import type { AccessTables } from './access-tables';
import type { Database } from './database';

export interface Application {
  readonly id: ApplicationId;
  readonly name: string;
  /** Exact URLs a person may be sent back to: comparing anything less would be an open redirector. */
  readonly returnUrls: readonly string[];
  /** Whether it may carry requests for data to banks itself. */
  readonly mayDelegate: boolean;
  /** Requests a minute that an API process takes from it; null: as many as from any other. */
  readonly requestsPerMinute: number | null;
}

/** What whoever registers an application says of it. */
export type ApplicationTerms = Omit<Application, 'id'>;

/** Creates the application, or replaces its name and return URLs; who it is stays. */
export async function saveApplication(
  database: Database,
  application: Pick<Application, 'id' | 'name' | 'returnUrls'>,
): Promise<void> {
  const values = { name: application.name, return_urls: JSON.stringify(application.returnUrls) };
  await database
    .insertInto('applications')
    .values({ id: application.id, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute();
}

export async function listApplications(database: Database): Promise<readonly Application[]> {
  const rows = await database.selectFrom('applications').selectAll().orderBy('id').execute();
  return rows.map(applicationOfRow);
}

/** @throws {ConsentFailure} application_not_found */
export async function findApplication(database: Database, id: ApplicationId): Promise<Application> {
  const row = await database.selectFrom('applications').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new ConsentFailure('application_not_found');
  return applicationOfRow(row);
}

/** @throws {ConsentFailure} application_exists */
export async function addApplication(database: Database, { id, ...terms }: Application): Promise<void> {
  const { numInsertedOrUpdatedRows = 0n } = await database
    .insertInto('applications')
    .values({ id, ...columnsOf(terms) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 0n) throw new ConsentFailure('application_exists');
}

/** Replaces what is said of it; who it is stays. @throws {ConsentFailure} application_not_found */
export async function replaceApplication(
  database: Database,
  id: ApplicationId,
  terms: ApplicationTerms,
): Promise<void> {
  const { numUpdatedRows } = await database
    .updateTable('applications')
    .set(columnsOf(terms))
    .where('id', '=', id)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new ConsentFailure('application_not_found');
}

/** @param requestsPerMinute null: as many as from any other. @throws {ConsentFailure} application_not_found */
export async function limitApplication(
  database: Database,
  id: ApplicationId,
  requestsPerMinute: number | null,
): Promise<void> {
  const { numUpdatedRows } = await database
    .updateTable('applications')
    .set({ requests_per_minute: requestsPerMinute })
    .where('id', '=', id)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new ConsentFailure('application_not_found');
}

function columnsOf({ name, returnUrls, mayDelegate, requestsPerMinute }: ApplicationTerms) {
  return {
    name,
    return_urls: JSON.stringify(returnUrls),
    may_delegate: mayDelegate,
    requests_per_minute: requestsPerMinute,
  };
}

type ApplicationRow = Omit<Selectable<AccessTables['applications']>, 'identity' | 'created_at'>;

export function applicationOfRow(row: ApplicationRow): Application {
  return {
    id: row.id,
    name: row.name,
    returnUrls: row.return_urls,
    mayDelegate: row.may_delegate,
    requestsPerMinute: row.requests_per_minute,
  };
}

/**
 * Says who an application is: what is given replaces what was said before, the rest stays.
 *
 * @returns what is known of it now; undefined when there is no such application
 */
export async function identifyApplication(
  database: Database,
  id: ApplicationId,
  { contact, ...identity }: ApplicationIdentity,
): Promise<ApplicationIdentity | undefined> {
  const given = JSON.stringify(identity);
  const reached = JSON.stringify(contact ?? {});
  const row = await database
    .updateTable('applications')
    .set({
      identity: sql<string>`jsonb_strip_nulls(identity || ${given}::jsonb || jsonb_build_object('contact',
        nullif(coalesce(identity -> 'contact', '{}') || ${reached}::jsonb, '{}')))`,
    })
    .where('id', '=', id)
    .returning('identity')
    .executeTakeFirst();
  return row?.identity;
}

/** @returns whether there is such an application */
export async function allowDelegation(database: Database, id: ApplicationId, mayDelegate: boolean): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('applications')
    .set({ may_delegate: mayDelegate })
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
