import { ID_PREFIX, type ConsentId } from '../domain/ids';
import type { Database } from './database';
import { EventRefused, SERVICE_CHAIN, type EventLog } from './event-log';
import type { OpeningLog } from './opening-log';
import { VaultError } from './vault';

/** Openings as events: of a consent's secrets in its own chain, of all others in that of the service. */
export function openingLogOf(events: EventLog): OpeningLog {
  return {
    async write({ owner, purpose, row, openedBy, reason, requestId }) {
      const chain = isConsentId(owner) ? owner : SERVICE_CHAIN;
      const details = { purpose, row };
      await events
        .append({ chain, type: 'secret.opened', actor: openedBy, reason, correlationId: requestId, details })
        .catch((error: unknown) => {
          if (!(error instanceof EventRefused)) throw error;
          throw new VaultError(`${error.message}, so nothing was opened`);
        });
    },
  };
}

function isConsentId(owner: string): owner is ConsentId {
  return owner.startsWith(`${ID_PREFIX.consent}_`);
}

/** One opening, as `vault openings` tells it. */
export interface RecordedOpening {
  readonly at: Date;
  readonly openedBy: string;
  readonly reason: string;
  readonly purpose: string;
  readonly row: string;
  readonly requestId: string | null;
}

/** The latest openings of a consent's secrets, the newest last. */
export async function listOpenings(
  database: Database,
  consentId: ConsentId,
  limit: number,
): Promise<readonly RecordedOpening[]> {
  const rows = await database
    .selectFrom('audit_events')
    .select(['at', 'event'])
    .where('chain', '=', consentId)
    .where('type', '=', 'secret.opened')
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return rows.reverse().map(({ at, event }) => {
    const { actor, reason, correlationId, details } = JSON.parse(event) as OpeningEvent;
    const { purpose, row, openedAt } = details;
    const opened = openedAt === undefined ? at : new Date(openedAt);
    return { at: opened, openedBy: actor, reason, purpose, row, requestId: correlationId ?? null };
  });
}

interface OpeningEvent {
  readonly actor: string;
  readonly reason: string;
  readonly correlationId?: string;
  /** `openedAt` is said of openings from before there was a trail: they were entered when it began. */
  readonly details: { readonly purpose: string; readonly row: string; readonly openedAt?: string };
}
