import type { TokenCustody } from '../fapi/authorization';
import { isDatabaseAway, type Database } from '../store/database';
import { findGrant, keepRefreshResponse } from '../store/grants';
import type { CustodyDependencies } from './dependencies';
import { insistently } from './insistently';
import type { OpenAuthorization } from './open-authorization';

type Work = (database: Database) => Promise<void>;

/** Where the answer to a refresh is put before it is judged, and how what cannot be had again is written. */
export interface RefreshCustody extends TokenCustody {
  /**
   * By the connection that holds the lock, since those who wait for it may have all others. One that broke while the answer was on
   * its way is of no use any more, and has taken the lock with it: then by any other.
   */
  write(work: Work): Promise<void>;
  /** The same, without waiting for a database that is away: for what another attempt finds out again. */
  note(work: Work): Promise<void>;
}

/** An answer that an earlier attempt put away is judged; the bank is not asked again. */
export async function custodyOf(
  { database: pool }: CustodyDependencies,
  held: Database,
  { row, dataKey }: OpenAuthorization,
): Promise<RefreshCustody> {
  const grant = await findGrant(held, row.id);
  const sealed = grant?.refresh_response_jwe ?? null;
  const stored = sealed === null ? undefined : await dataKey.open('refresh-response', row.id, sealed);
  const write = (work: Work) => insistently('store_unavailable', () => throughEither(held, pool, work));
  return {
    ...(typeof stored === 'string' && { stored }),
    ...(grant?.refresh_response_at && { storedAt: grant.refresh_response_at.getTime() }),
    async store(rawResponse) {
      const fresh = await dataKey.seal('refresh-response', row.id, rawResponse);
      await write((database) => keepRefreshResponse(database, row.id, fresh));
    },
    write,
    async note(work) {
      await throughEither(held, pool, work).catch((error: unknown) => {
        if (!isDatabaseAway(error)) throw error;
      });
    },
  };
}

async function throughEither(held: Database, pool: Database, work: Work): Promise<void> {
  try {
    await work(held);
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    await work(pool);
  }
}
