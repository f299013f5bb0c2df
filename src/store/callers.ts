import type { Scope } from '../domain/scopes';
import { applicationOfRow, type Application } from './applications';
import type { Database } from './database';
import { hashOf } from './hash';

/** Who a request comes from. What it opens or does is written down as the application's, by whichever key or token. */
export type Caller =
  | {
      readonly role: 'application';
      readonly application: Application;
      readonly credential: Credential;
      /** What it may be used for; null: everything. */
      readonly scopes: readonly Scope[] | null;
    }
  | { readonly role: 'operator'; readonly keyId: string };

/** What an application showed. */
export type Credential =
  | { readonly kind: 'key'; readonly keyId: string }
  /** An access token (RFC 9068): who issued it, and to which client. */
  | { readonly kind: 'token'; readonly issuer: string; readonly clientId: string; readonly subject?: string };

/** Why a key that was once given out is good for nothing. Only who holds it is told. */
export type KeyRefusal = 'revoked' | 'expired' | 'unknown';

/**
 * Whose key it is. Asked anew for each request, so that a revocation holds from the next one on. The hash is looked up, and nothing
 * compared with the key itself: how long that takes tells of hashes, which nobody can choose the beginning of.
 */
export async function findCaller(database: Database, apiKey: string): Promise<Caller | KeyRefusal> {
  const row = await database
    .selectFrom('api_keys as key')
    .leftJoin('applications as application', 'application.id', 'key.application_id')
    .select([
      'key.id as key_id',
      'key.role',
      'key.scopes',
      'key.revoked_at',
      (select) => select('key.expires_at', '<=', select.fn<Date>('now')).as('is_expired'),
      'application.id',
      'application.name',
      'application.return_urls',
      'application.may_delegate',
      'application.requests_per_minute',
    ])
    .where('key_hash', '=', hashOf(apiKey))
    .executeTakeFirst();
  if (!row) return 'unknown';
  if (row.revoked_at) return 'revoked';
  if (row.is_expired === true) return 'expired';
  if (row.role === 'operator') return { role: 'operator', keyId: row.key_id };
  const { id, name, return_urls, may_delegate, requests_per_minute } = row;
  if (id === null || name === null) return 'unknown';
  return {
    role: 'application',
    application: applicationOfRow({
      ...{ id, name, requests_per_minute },
      return_urls: return_urls ?? [],
      may_delegate: may_delegate ?? false,
    }),
    credential: { kind: 'key', keyId: row.key_id },
    scopes: row.scopes,
  };
}

/** For which application a client of an issuer speaks. Asked anew as well: one that is taken away speaks for nobody. */
export async function findApplicationOfClient(
  database: Database,
  issuer: string,
  clientId: string,
): Promise<Application | undefined> {
  const row = await database
    .selectFrom('application_clients as client')
    .innerJoin('applications as application', 'application.id', 'client.application_id')
    .selectAll('application')
    .where('client.issuer', '=', issuer)
    .where('client.client_id', '=', clientId)
    .executeTakeFirst();
  return row && applicationOfRow(row);
}
