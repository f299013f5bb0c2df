import { setTimeout as delay } from 'node:timers/promises';
import { ConsentFailure, type FailureCode } from '../domain/failures';
import type { TokenCustody } from '../fapi/authorization';
import { keepTokenResponse } from '../store/authorizations';
import { isDatabaseAway, type Database } from '../store/database';
import type { OpenAuthorization } from './open-authorization';

/** The tokens exist only here and at the bank until they are stored: a database that is away for less than this loses none. */
const STORE_WITHIN_MS = 45_000;
const STORE_RETRY_MS = 250;

/** Puts a token response away, sealed, before it is judged; hands back the one that an earlier attempt put away. */
export async function custodyOf(database: Database, { row, dataKey }: OpenAuthorization): Promise<TokenCustody> {
  const stored =
    row.token_response_jwe === null ? undefined : await dataKey.open('token-response', row.token_response_jwe);
  return {
    ...(typeof stored === 'string' && { stored }),
    ...(row.token_response_at && { storedAt: row.token_response_at.getTime() }),
    async store(rawResponse) {
      const sealed = await dataKey.seal('token-response', rawResponse);
      await insistently('code_exchange_unknown', () => keepTokenResponse(database, row.id, sealed));
    },
  };
}

/** Writes what cannot be had again. @throws {ConsentFailure} `otherwise` when the database stays away */
export async function insistently<Result>(otherwise: FailureCode, write: () => Promise<Result>): Promise<Result> {
  const giveUpAt = Date.now() + STORE_WITHIN_MS;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      if (Date.now() > giveUpAt) throw new ConsentFailure(otherwise, 'the answer could not be stored.');
      await delay(STORE_RETRY_MS);
    }
  }
}
