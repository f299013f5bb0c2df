import type { ConsentId, InstitutionId } from '../domain/ids';
import type { Database } from '../store/database';
import type { ConsentEngine } from '../temporal/consent-engine';

/** Signals are small; a bank that was away for a week may have left thousands. */
const BATCH = 100;
const AT_ONCE = 10;

/**
 * Has every consent that waits to tell a bank of an end do so now, and not when its backoff is over. Repeating it does no harm.
 *
 * @returns how many were told
 * @throws {ConsentFailure} engine_unavailable; those not reached wait for their backoff, or for the next call
 */
export async function retryWaitingEndings(
  { database, engine }: { readonly database: Database; readonly engine: Pick<ConsentEngine, 'retryEnding'> },
  institutionId: InstitutionId,
): Promise<number> {
  let told = 0;
  let after = '' as ConsentId;
  for (;;) {
    const batch = await waitingToTell(database, institutionId, after);
    for (let from = 0; from < batch.length; from += AT_ONCE) {
      const heard = await Promise.all(batch.slice(from, from + AT_ONCE).map((id) => engine.retryEnding(id)));
      told += heard.filter(Boolean).length;
    }
    const last = batch.at(-1);
    if (last === undefined || batch.length < BATCH) return told;
    after = last;
  }
}

async function waitingToTell(
  database: Database,
  institutionId: InstitutionId,
  after: ConsentId,
): Promise<readonly ConsentId[]> {
  const rows = await database
    .selectFrom('consents')
    .select('id')
    .where('institution_id', '=', institutionId)
    .where('bank_ending', '=', 'pending')
    .where('id', '>', after)
    .orderBy('id')
    .limit(BATCH)
    .execute();
  return rows.map(({ id }) => id);
}
