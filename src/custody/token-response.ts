import type { TokenCustody } from '../fapi/authorization';
import { keepTokenResponse } from '../store/authorizations';
import type { Database } from '../store/database';
import { insistently } from './insistently';
import type { OpenAuthorization } from './open-authorization';

/** Puts a token response away, sealed, before it is judged; hands back the one that an earlier attempt put away. */
export async function custodyOf(database: Database, { row, dataKey }: OpenAuthorization): Promise<TokenCustody> {
  const stored =
    row.token_response_jwe === null ? undefined : await dataKey.open('token-response', row.id, row.token_response_jwe);
  return {
    ...(typeof stored === 'string' && { stored }),
    ...(row.token_response_at && { storedAt: row.token_response_at.getTime() }),
    async store(rawResponse) {
      const sealed = await dataKey.seal('token-response', row.id, rawResponse);
      await insistently('code_exchange_unknown', () => keepTokenResponse(database, row.id, sealed));
    },
  };
}
