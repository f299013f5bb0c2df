import { ConsentFailure } from '../domain/failures';
import type { ApplicationId } from '../domain/ids';

/** How many lines each application holds open in this process. */
export interface StreamPlaces {
  /**
   * @returns what gives the place back
   * @throws {ConsentFailure} rate_limited
   */
  take(applicationId: ApplicationId): () => void;
}

const RETRY_AFTER_SECONDS = 10;

export function createPlaces(mostOfEach: number): StreamPlaces {
  const taken = new Map<ApplicationId, number>();
  const add = (id: ApplicationId, change: 1 | -1) => {
    const count = (taken.get(id) ?? 0) + change;
    if (count === 0) taken.delete(id);
    else taken.set(id, count);
  };
  return {
    take(id) {
      if ((taken.get(id) ?? 0) >= mostOfEach) {
        throw new ConsentFailure('rate_limited', `it holds ${mostOfEach} streams open here.`, RETRY_AFTER_SECONDS);
      }
      add(id, 1);
      return () => {
        add(id, -1);
      };
    },
  };
}
