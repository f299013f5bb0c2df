import { sql } from 'kysely';
import type { ConsentState } from '../domain/consent';
import type { ConsentId } from '../domain/ids';
import { stateColumns } from './consents';
import type { Database } from './database';

/**
 * Ends a consent here: its state, and every token, code verifier and sender-constraint key it still has. Evidence (receipts,
 * what was granted) is not secret and stays; the data key stays with the person's reference until retention ends.
 */
export async function endConsent(database: Database, id: ConsentId, state: ConsentState): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('grants')
      .set({ tokens_jwe: null, destroyed_at: sql`now()` })
      .where('consent_id', '=', id)
      .where('destroyed_at', 'is', null)
      .execute();
    await transaction
      .updateTable('authorizations')
      .set({ secrets_jwe: null, token_response_jwe: null })
      .where('consent_id', '=', id)
      .execute();
    await transaction.updateTable('consents').set(stateColumns(state)).where('id', '=', id).execute();
  });
}
