import type { ConsentId } from '../domain/ids';
import type { Database } from './database';

/** By consent its data key, wrapped. */
export type WrappedKeys = ReadonlyMap<ConsentId, string>;

/** Of those consents whose data key is there: that of one that is purged is not. */
export async function wrappedKeysOf(database: Database, consentIds: readonly ConsentId[]): Promise<WrappedKeys> {
  const rows = await database
    .selectFrom('data_keys')
    .select(['consent_id', 'wrapped_jwe'])
    .where('consent_id', 'in', [...consentIds])
    .execute();
  return new Map(rows.flatMap(({ consent_id: id, wrapped_jwe: key }) => (key === null ? [] : [[id, key] as const])));
}
