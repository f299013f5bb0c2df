import {
  findGrantsAtBank,
  forgetOldAssertions,
  listUntold,
  noteHandled,
  type NotificationRow,
} from '../store/bank-notifications';
import type { Database } from '../store/database';
import type { ConsentEngine } from '../temporal/consent-engine';
import type { BankReport } from '../workflows/contract';
import { isInUse, type NotificationOutcome } from './inbox';

export interface Telling {
  readonly database: Database;
  readonly engine: Pick<ConsentEngine, 'reportBank'>;
}

/**
 * Tells the workflows of the consents that a notification is about, and notes it. Told twice they ask the bank twice, which changes
 * nothing.
 *
 * @throws {ConsentFailure} engine_unavailable: the sweep tells them later
 */
export async function tellWorkflows({ database, engine }: Telling, row: NotificationRow): Promise<void> {
  const grants =
    row.bank_consent_id === null
      ? []
      : (await findGrantsAtBank(database, [row.institution_id], row.bank_consent_id)).filter(isInUse);
  const source = row.source === 'polled' ? 'poll' : 'notification';
  const heard: boolean[] = [];
  for (const { consent_id: consentId, authorization_id: authorizationId } of grants) {
    const report: BankReport = { source, authorizationId, ...(row.type === 'CONSENT_REVOKED' && { says: 'revoked' }) };
    heard.push(await engine.reportBank(consentId, report));
  }
  await noteHandled(database, row, outcomeOf(heard));
}

function outcomeOf(heard: readonly boolean[]): NotificationOutcome {
  if (heard.length === 0) return 'not_in_use';
  return heard.includes(true) ? 'told' : 'no_workflow';
}

/** What came less long ago is still being told by whoever took it in. */
const GRACE_SECONDS = 10;
const BATCH = 200;

/** Tells what a crash, or an engine that was away, has left untold. Any number of processes may sweep. */
export async function tellUntold(telling: Telling): Promise<number> {
  const rows = await listUntold(telling.database, GRACE_SECONDS, BATCH);
  for (const row of rows) await tellWorkflows(telling, row);
  await forgetOldAssertions(telling.database);
  return rows.length;
}
