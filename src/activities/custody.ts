import { setTimeout as delay } from 'node:timers/promises';
import { ConsentFailure } from '../domain/failures';
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
    async store(rawResponse) {
      const sealed = await dataKey.seal('token-response', rawResponse);
      await insistently(() => keepTokenResponse(database, row.id, sealed));
    },
  };
}

async function insistently(write: () => Promise<void>): Promise<void> {
  const giveUpAt = Date.now() + STORE_WITHIN_MS;
  for (;;) {
    try {
      await write();
      return;
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      if (Date.now() > giveUpAt) throw new ConsentFailure('code_exchange_unknown', 'the answer could not be stored.');
      await delay(STORE_RETRY_MS);
    }
  }
}
