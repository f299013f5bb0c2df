import type { LostGrant } from '../custody/dependencies';
import type { Database } from '../store/database';
import { isLossUntold, listUntoldLosses, noteLossTold } from '../store/refreshes';
import type { ConsentEngine } from '../temporal/consent-engine';

interface Telling {
  readonly database: Database;
  readonly engine: Pick<ConsentEngine, 'reportBank'>;
}

/**
 * Tells the workflow that a refresh was refused. It is a hint like any other: the workflow asks the bank itself, and that answer
 * decides.
 *
 * @throws {ConsentFailure} engine_unavailable: the sweep tells it later
 */
export async function tellLostGrant(telling: Telling, lost: LostGrant): Promise<void> {
  if (await isLossUntold(telling.database, lost.authorizationId)) await tell(telling, lost);
}

/** Younger ones are still being told by whoever found out. */
const GRACE_SECONDS = 10;
const BATCH = 100;

/** Tells what a crash, or an engine that was away, has left untold. Any number of processes may sweep. */
export async function tellLostGrants(telling: Telling): Promise<number> {
  const untold = await listUntoldLosses(telling.database, GRACE_SECONDS, BATCH);
  for (const lost of untold) await tell(telling, lost);
  return untold.length;
}

async function tell({ database, engine }: Telling, { consentId, authorizationId }: LostGrant): Promise<void> {
  const isHeard = await engine.reportBank(consentId, { authorizationId, source: 'refresh' });
  // One without a workflow gets it back from housekeeping, and is told then.
  if (isHeard) await noteLossTold(database, authorizationId);
}
