import { sql, type Selectable } from 'kysely';
import { ConsentFailure } from '../domain/failures';
import type { ApplicationId } from '../domain/ids';
import type { Database } from './database';
import { newId } from './new-id';
import { insertSecret, type SealedSecret } from './webhook-secrets';
import type { WebhookEndpointsTable } from './webhook-tables';

export type EndpointRow = Selectable<WebhookEndpointsTable>;

/** What an application says of an endpoint. */
export interface EndpointTerms {
  readonly url: string;
  readonly description: string | null;
  readonly eventTypes: readonly string[];
}

/** Each event is written once for each of them. */
export const MOST_ENDPOINTS = 20;

/**
 * Registers an endpoint, pending until it has answered a challenge.
 *
 * @throws {ConsentFailure} webhook_limit_reached
 */
export function insertEndpoint(
  database: Database,
  applicationId: ApplicationId,
  { url, description, eventTypes }: EndpointTerms,
  secret: SealedSecret,
  id = newId('webhookEndpoint'),
): Promise<EndpointRow> {
  return database.transaction().execute(async (transaction) => {
    // One at a time for an application, or two at once would both be the last one.
    await sql`SELECT 1 FROM applications WHERE id = ${applicationId} FOR NO KEY UPDATE`.execute(transaction);
    const before = await findEndpoint(transaction, id);
    // By a request that died before it was answered.
    if (before) return before;
    const { count } = await transaction
      .selectFrom('webhook_endpoints')
      .select(sql<number>`count(*)::int`.as('count'))
      .where('application_id', '=', applicationId)
      .executeTakeFirstOrThrow();
    if (count >= MOST_ENDPOINTS) throw new ConsentFailure('webhook_limit_reached');
    const row = await transaction
      .insertInto('webhook_endpoints')
      .values({
        id,
        application_id: applicationId,
        url,
        description,
        event_types: [...eventTypes],
        status: 'pending',
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await insertSecret(transaction, row.id, secret);
    return row;
  });
}

/** @param applicationId whose; all of them for an operator */
export function listEndpoints(database: Database, applicationId?: ApplicationId): Promise<EndpointRow[]> {
  return database
    .selectFrom('webhook_endpoints')
    .selectAll()
    .$if(applicationId !== undefined, (query) => query.where('application_id', '=', applicationId as ApplicationId))
    .orderBy('application_id')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export function findEndpoint(database: Database, id: string): Promise<EndpointRow | undefined> {
  return database.selectFrom('webhook_endpoints').selectAll().where('id', '=', id).executeTakeFirst();
}

/** @returns the row as it is now; undefined when it was deleted meanwhile */
export function changeEndpoint(
  database: Database,
  id: string,
  { url, description, eventTypes }: Partial<EndpointTerms>,
): Promise<EndpointRow | undefined> {
  return database
    .updateTable('webhook_endpoints')
    .set({
      updated_at: sql`now()`,
      ...(url !== undefined && { url }),
      ...(description !== undefined && { description }),
      ...(eventTypes && { event_types: [...eventTypes] }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

/** Its deliveries, their log and its secrets go with it. @returns whether it was there */
export async function deleteEndpoint(database: Database, id: string): Promise<boolean> {
  const { numDeletedRows } = await database.deleteFrom('webhook_endpoints').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** It has answered: whatever was held against it is forgotten. One that is paused stays so. */
export function enableEndpoint(database: Database, id: string): Promise<EndpointRow | undefined> {
  return database
    .updateTable('webhook_endpoints')
    .set({
      status: sql`CASE WHEN status = 'paused' THEN status ELSE 'enabled' END`,
      status_reason: null,
      verified_at: sql`now()`,
      failures: 0,
      failing_since: null,
      retry_at: null,
      updated_at: sql`now()`,
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

/** Why it has not answered, for whoever looks at it later. */
export function noteUnanswered(database: Database, id: string, reason: string): Promise<EndpointRow | undefined> {
  return database
    .updateTable('webhook_endpoints')
    .set({ status_reason: reason })
    .where('id', '=', id)
    .where('status', 'in', ['pending', 'disabled'])
    .returningAll()
    .executeTakeFirst();
}

/** What happens from now on waits. Only what is enabled can be paused. */
export async function pauseEndpoint(database: Database, id: string): Promise<EndpointRow | undefined> {
  await moveEndpoint(database, id, 'enabled', 'paused');
  return findEndpoint(database, id);
}

/** What has waited is sent. Only what is paused goes on in this way: others answer a challenge first. */
export async function resumeEndpoint(database: Database, id: string): Promise<EndpointRow | undefined> {
  await moveEndpoint(database, id, 'paused', 'enabled');
  return findEndpoint(database, id);
}

async function moveEndpoint(
  database: Database,
  id: string,
  from: EndpointRow['status'],
  to: EndpointRow['status'],
): Promise<void> {
  await database
    .updateTable('webhook_endpoints')
    .set({ status: to, updated_at: sql`now()` })
    .where('id', '=', id)
    .where('status', '=', from)
    .execute();
}
