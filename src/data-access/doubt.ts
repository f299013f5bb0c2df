import { setTimeout as delay } from 'node:timers/promises';
import type { AuthorizationId, ConsentId } from '../domain/ids';
import type { DataAccessDependencies } from './dependencies';

/** Tells a consent's workflow that the bank does not honour its grant. */
export interface DoubtReports {
  /** Never fails: the caller's answer is the same whether or not anybody hears of it. */
  report(consentId: ConsentId, authorizationId: AuthorizationId): Promise<void>;
}

/** The engine may be away, and the caller waits. A report that comes late still counts. */
const WAIT_MS = 2_000;
/** A report is an event of the consent's history, and an application that asks again and again must not fill it. */
const QUIET_MS = 30_000;
/** Forgetting one costs an event. */
const MAX_REPORTED = 10_000;

export function createDoubtReports(
  { engine }: Pick<DataAccessDependencies, 'engine'>,
  now: () => number = () => performance.now(),
): DoubtReports {
  const reportedAt = new Map<AuthorizationId, number>();

  async function tell(consentId: ConsentId, authorizationId: AuthorizationId): Promise<void> {
    reportedAt.set(authorizationId, now());
    await engine.reportBank(consentId, { authorizationId, source: 'data_access' }).catch(() => {
      // Whoever is refused next says so again.
      reportedAt.delete(authorizationId);
    });
  }

  return {
    async report(consentId, authorizationId) {
      const last = reportedAt.get(authorizationId);
      if (last !== undefined && now() - last < QUIET_MS) return;
      reportedAt.delete(authorizationId);
      if (reportedAt.size >= MAX_REPORTED) reportedAt.delete([...reportedAt.keys()][0] as AuthorizationId);
      await Promise.race([tell(consentId, authorizationId), delay(WAIT_MS, undefined, { ref: false })]);
    },
  };
}
