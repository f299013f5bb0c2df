import type { ApplicationId } from '../domain/ids';

/** How many requests that last, streams and waiting ones, this process bears at once. */
export interface Places {
  /** What gives the place back; undefined when there is none. */
  take(applicationId: ApplicationId): (() => void) | undefined;
}

export function createPlaces({
  inProcess = Infinity,
  ofApplication,
}: {
  readonly inProcess?: number;
  readonly ofApplication: number;
}): Places {
  const taken = new Map<ApplicationId, number>();
  let all = 0;
  return {
    take(id) {
      const own = taken.get(id) ?? 0;
      if (all >= inProcess || own >= ofApplication) return undefined;
      all += 1;
      taken.set(id, own + 1);
      return () => {
        all -= 1;
        const rest = (taken.get(id) ?? 1) - 1;
        if (rest === 0) taken.delete(id);
        else taken.set(id, rest);
      };
    },
  };
}
