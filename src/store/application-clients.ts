import { ConsentFailure } from '../domain/failures';
import type { ApplicationId } from '../domain/ids';
import type { Database } from './database';
import { newId } from './new-id';

/** As whom an issuer of access tokens knows an application. */
export interface ApplicationClient {
  readonly id: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly createdAt: Date;
}

/** @throws {ConsentFailure} application_not_found; application_client_exists, here or for another application */
export async function addApplicationClient(
  database: Database,
  applicationId: ApplicationId,
  { issuer, clientId }: Pick<ApplicationClient, 'issuer' | 'clientId'>,
  rowId = newId('applicationClient'),
): Promise<ApplicationClient> {
  try {
    const { id, created_at: createdAt } = await database
      .insertInto('application_clients')
      .values({ id: rowId, application_id: applicationId, issuer, client_id: clientId })
      .returning(['id', 'created_at'])
      .executeTakeFirstOrThrow();
    return { id, issuer, clientId, createdAt };
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === UNIQUE_VIOLATION) {
      // By a request that died before it was answered: it is there, as it was asked for.
      const before = (await listApplicationClients(database, applicationId)).find(({ id }) => id === rowId);
      if (before) return before;
      throw new ConsentFailure('application_client_exists');
    }
    if (code === FOREIGN_KEY_VIOLATION) throw new ConsentFailure('application_not_found');
    throw error;
  }
}

const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';

export async function listApplicationClients(
  database: Database,
  applicationId: ApplicationId,
): Promise<readonly ApplicationClient[]> {
  const rows = await database
    .selectFrom('application_clients')
    .select(['id', 'issuer', 'client_id', 'created_at'])
    .where('application_id', '=', applicationId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ id: row.id, issuer: row.issuer, clientId: row.client_id, createdAt: row.created_at }));
}

/** From the next request on its tokens speak for nobody. @throws {ConsentFailure} application_client_not_found */
export async function removeApplicationClient(
  database: Database,
  applicationId: ApplicationId,
  id: string,
): Promise<void> {
  const { numDeletedRows } = await database
    .deleteFrom('application_clients')
    .where('application_id', '=', applicationId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new ConsentFailure('application_client_not_found');
}
