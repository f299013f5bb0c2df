import { ConsentFailure } from '../domain/failures';
import type { ConsentId, InstitutionId } from '../domain/ids';
import { DEFAULT_CONCURRENT_REQUESTS, type InstitutionProfile } from '../domain/institution';
import { createHolds, type Holds } from './holds';
import { createLane, type Lane, type Timer } from './lane';

/**
 * Requests for data on their way to banks, as far as one process sees them. Each bank has its own lane, so that one that is slow
 * takes neither all connections nor all memory, and what a bank asked us to wait is waited without asking again.
 */
export interface InstitutionTraffic {
  /**
   * Lets one request through, at once or in its turn. Whoever is let through ends the passage, whatever happens.
   *
   * @throws {ConsentFailure} institution_busy when its turn does not come; fdx_rate_limited or fdx_unreachable, with what is left
   *   of the wait, while the bank has asked for one
   */
  admit(profile: TrafficProfile, consentId: ConsentId): Promise<Passage>;
  /** For a request that somebody else makes. It takes no place; what the bank has asked us to wait holds for it too. */
  requireUnheld(profile: TrafficProfile, consentId: ConsentId): void;
}

/** One request that is under way. */
export interface Passage {
  /** What the bank said: with Retry-After, 429 holds the consent back and 503 the institution. */
  answered(status: number, retryAfterSeconds?: number): void;
  /** The answer has been read, or there is none. */
  end(): void;
}

type TrafficProfile = Pick<InstitutionProfile, 'id'> & {
  /** Absent in a profile that an earlier version has stored. */
  readonly fdx: Partial<Pick<InstitutionProfile['fdx'], 'maxConcurrentRequests'>>;
};

/** Time as the traffic sees it. */
export interface TrafficClock extends Timer {
  /** In milliseconds. */
  now(): number;
}

const systemClock: TrafficClock = {
  now: () => performance.now(),
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
};

export function createInstitutionTraffic(clock: TrafficClock = systemClock): InstitutionTraffic {
  const lanes = new Map<InstitutionId, Lane>();
  const holds = { consents: createHolds<ConsentId>(clock), institutions: createHolds<InstitutionId>(clock) };

  function laneOf(id: InstitutionId): Lane {
    const lane = lanes.get(id) ?? createLane(clock);
    lanes.set(id, lane);
    return lane;
  }

  function leave(id: InstitutionId, lane: Lane): void {
    lane.leave();
    if (lane.isEmpty) lanes.delete(id);
  }

  return {
    requireUnheld({ id }, consentId) {
      refuseHeld(holds, id, consentId);
    },
    async admit({ id, fdx }, consentId) {
      refuseHeld(holds, id, consentId);
      const lane = laneOf(id);
      await lane.enter(fdx.maxConcurrentRequests ?? DEFAULT_CONCURRENT_REQUESTS);
      try {
        // The bank may have asked for a wait while this request stood in line.
        refuseHeld(holds, id, consentId);
      } catch (error) {
        leave(id, lane);
        throw error;
      }
      let isUnderWay = true;
      return {
        answered(status, retryAfterSeconds = 0) {
          if (status === 429) holds.consents.hold(consentId, retryAfterSeconds);
          if (status === 503) holds.institutions.hold(id, retryAfterSeconds);
        },
        end() {
          if (isUnderWay) leave(id, lane);
          isUnderWay = false;
        },
      };
    },
  };
}

interface TrafficHolds {
  readonly consents: Holds<ConsentId>;
  readonly institutions: Holds<InstitutionId>;
}

function refuseHeld(holds: TrafficHolds, institutionId: InstitutionId, consentId: ConsentId): void {
  const institutionSeconds = holds.institutions.secondsLeft(institutionId);
  if (institutionSeconds > 0) throw new ConsentFailure('fdx_unreachable', ASKED_TO_WAIT, institutionSeconds);
  const consentSeconds = holds.consents.secondsLeft(consentId);
  if (consentSeconds > 0) throw new ConsentFailure('fdx_rate_limited', ASKED_TO_WAIT, consentSeconds);
}

const ASKED_TO_WAIT = 'The bank asked to wait; it is not asked before.';
