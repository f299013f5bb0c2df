import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { ApplicationId } from '../domain/ids';
import type { ApplicationIdentity } from '../domain/party';
import type { Database } from './database';
import { hashOf } from './hash';
import { newId } from './new-id';

export interface Application {
  readonly id: ApplicationId;
  readonly name: string;
  /** Exact URLs a person may be sent back to: comparing anything less would be an open redirector. */
  readonly returnUrls: readonly string[];
  /** Whether it may carry requests for data to banks itself. */
  readonly mayDelegate: boolean;
}

/** Who a request comes from. */
export type Caller =
  | { readonly role: 'application'; readonly application: Application }
  | { readonly role: 'operator'; readonly keyId: string };

/** Creates the application, or replaces its name and return URLs; who it is stays. */
export async function saveApplication(
  database: Database,
  application: Omit<Application, 'mayDelegate'>,
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
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    returnUrls: row.return_urls,
    mayDelegate: row.may_delegate,
  }));
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

/** Makes an API key. Only its hash is stored: the key itself is shown once. */
export async function createApiKey(
  database: Database,
  owner: { readonly role: 'application'; readonly applicationId: ApplicationId } | { readonly role: 'operator' },
  label: string,
): Promise<{ readonly id: string; readonly apiKey: string }> {
  const id = newId('apiKey');
  const apiKey = `fdxc_${owner.role === 'operator' ? 'op' : 'app'}_${randomBytes(32).toString('base64url')}`;
  await database
    .insertInto('api_keys')
    .values({
      id,
      role: owner.role,
      application_id: owner.role === 'application' ? owner.applicationId : null,
      key_hash: hashOf(apiKey),
      label,
    })
    .execute();
  return { id, apiKey };
}

/** @returns undefined for a key that does not exist or was revoked */
export async function findCaller(database: Database, apiKey: string): Promise<Caller | undefined> {
  const row = await database
    .selectFrom('api_keys')
    .leftJoin('applications', 'applications.id', 'api_keys.application_id')
    .select([
      'api_keys.id',
      'role',
      'applications.id as application_id',
      'applications.name',
      'return_urls',
      'may_delegate',
    ])
    .where('key_hash', '=', hashOf(apiKey))
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (!row) return undefined;
  if (row.role === 'operator') return { role: 'operator', keyId: row.id };
  if (row.application_id === null || row.name === null) return undefined;
  return {
    role: 'application',
    application: {
      id: row.application_id,
      name: row.name,
      returnUrls: row.return_urls ?? [],
      mayDelegate: row.may_delegate ?? false,
    },
  };
}
