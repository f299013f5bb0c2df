import { ConsentFailure } from '../domain/failures';
import { isDatabaseAway } from '../store/database';
import type { DirectEvent, EventLog } from '../store/event-log';
import { hashOf } from '../store/hash';
import { currentReason } from '../store/opening-log';
import type { DataCall, DataRequest } from './data-call';

/**
 * What is known of one call for data, until it is an event: who asked for what and what came of it, and nothing of what the bank
 * answered. It is written before anything of the answer leaves us; a call that cannot be written down is not answered.
 */
export interface CallRecord {
  judged(call: DataCall): void;
  /** The bank's last word. */
  answered(status: number): void;
  /** There is something to hand over. @throws {ConsentFailure} store_unavailable */
  write(): Promise<void>;
  /**
   * Runs the call; one that fails before it was written down is written down with its failure.
   *
   * @throws what the call throws; store_unavailable when its failure cannot be written down
   */
  kept<Result>(call: () => Promise<Result>): Promise<Result>;
}

export function createCallRecord(
  events: EventLog,
  type: Extract<DirectEvent['type'], 'data.read' | 'data.delegated'>,
  request: DataRequest,
): CallRecord {
  const begunAt = performance.now();
  let authorizationId: string | undefined;
  let status: number | undefined;
  let isWritten = false;

  async function append(failure?: string): Promise<void> {
    isWritten = true;
    const { reason, requestId } = currentReason();
    await events.append({
      chain: request.consentId,
      type,
      actor: `application:${request.applicationId}`,
      reason,
      correlationId: requestId,
      details: {
        resource: request.name,
        method: 'GET',
        outcome: failure === undefined ? 'answered' : 'refused',
        failure,
        bankStatus: status,
        durationMs: Math.round(performance.now() - begunAt),
        actorType: request.actor,
        interactionId: request.interactionId,
        isFurtherPage: request.cursor !== undefined,
        authorizationId,
        accountDigest: accountDigestOf(request),
      },
    });
  }

  return {
    judged: ({ access }) => {
      authorizationId = access.id;
    },
    answered: (bankStatus) => {
      status = bankStatus;
    },
    write: () => append(),
    async kept(call) {
      try {
        return await call();
      } catch (error) {
        // What has been handed over in part is on record, and a database that is away would only be waited for once more.
        if (!isWritten && isTold(error)) await append(error instanceof ConsentFailure ? error.code : 'internal_error');
        throw error;
      }
    },
  };
}

/** A consent that the application does not have gets no event: its chain is somebody else's, or there is none. */
function isTold(error: unknown): boolean {
  if (!(error instanceof ConsentFailure)) return !isDatabaseAway(error);
  return error.code !== 'consent_not_found' && error.code !== 'store_unavailable';
}

/** Banks name accounts as they like, and some by their number. Whoever knows the id can look whether it was that one. */
function accountDigestOf({ consentId, ids: { accountId } }: DataRequest): string | undefined {
  return accountId === undefined ? undefined : hashOf(`${consentId} ${accountId}`).toString('base64url');
}
