import { ConsentFailure } from '../domain/failures';

/** The requests to one institution: some under way, some in line, first come, first served. */
export interface Lane {
  /**
   * Resolves when it is one's turn.
   *
   * @param limit of requests that may be under way, as the profile has it now
   * @throws {ConsentFailure} institution_busy when the line is full, or the turn does not come in time
   */
  enter(limit: number): Promise<void>;
  /** Gives the place to the next in line. */
  leave(): void;
  /** Nobody is under way or in line. */
  readonly isEmpty: boolean;
}

export interface Timer {
  /** @returns what calls it off */
  after(milliseconds: number, work: () => void): () => void;
}

/** A person may be waiting behind the caller: after this, to be told to come back is the better answer. */
const MAX_WAIT_MS = 3_000;
/** Each has an open connection of its caller and a few kilobytes here. At 100 ms a call, 16 at a time serve these in two seconds. */
const MAX_IN_LINE = 256;
/** A place is free again as soon as one answer has come. */
const RETRY_AFTER_SECONDS = 1;

export function createLane(timer: Timer): Lane {
  const line = new Set<() => void>();
  let underWay = 0;
  let places = 0;

  function callNext(): void {
    while (underWay < places) {
      const [next] = line;
      if (next === undefined) return;
      line.delete(next);
      underWay += 1;
      next();
    }
  }

  return {
    enter(limit) {
      places = limit;
      if (line.size >= MAX_IN_LINE) return Promise.reject(busy());
      return new Promise((resolve, reject) => {
        const callOff = timer.after(MAX_WAIT_MS, () => {
          line.delete(proceed);
          reject(busy());
        });
        const proceed = () => {
          callOff();
          resolve();
        };
        line.add(proceed);
        callNext();
      });
    },
    leave() {
      underWay -= 1;
      callNext();
    },
    get isEmpty() {
      return underWay === 0 && line.size === 0;
    },
  };
}

function busy(): ConsentFailure {
  return new ConsentFailure('institution_busy', undefined, RETRY_AFTER_SECONDS);
}
