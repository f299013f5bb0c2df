import { setTimeout as delay } from 'node:timers/promises';
import { measureQueue, removeOldDeliveries } from '../store/webhook-outcomes';
import { listDueEndpoints, takeDue, type EndpointBounds } from '../store/webhook-queue';
import { attempt, type Delivering } from './attempt';

export interface Dispatching extends Delivering {
  /** How long an attempt may take; the lease is longer. */
  readonly timeoutSeconds: number;
  readonly logDays: number;
  readonly measured?: (queue: Awaited<ReturnType<typeof measureQueue>>) => void;
}

export interface Dispatcher {
  /** Takes nothing more, and resolves when what is under way is over, or after `withinMs`: others send the rest when the leases end. */
  stop(withinMs: number): Promise<void>;
}

/** An endpoint that is slow holds so many attempts at most; one that fails again and again a single one, with pauses. */
export const ENDPOINT_BOUNDS: EndpointBounds = { mostAtOnce: 4, patience: 3 };
/** Of one worker: attempts mostly wait. */
const MOST_AT_ONCE = 128;
/** From then on an endpoint gets one at a time: what slow ones hold, however many there are, must not be what all others wait for. */
const MANY_AT_ONCE = 64;
const ENDPOINTS_AT_ONCE = 32;
/** How late an event is told at most when nothing else is in the way. */
const LOOK_EVERY_MS = 500;
/** A database that is away is not asked twice a second. */
const AFTER_BREAK_MS = 3_000;
const MEASURE_EVERY_MS = 15_000;
const TIDY_EVERY_MS = 10 * 60_000;
const TIDY_BATCH = 1_000;

/** Sends what is due, until stopped. Any number of workers share the work: each takes what no other has in hand. */
export function dispatchRegularly(dispatching: Dispatching): Dispatcher {
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();
  const bell = createBell(stopping.signal);
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const pauseMs = await startDue(dispatching, underWay, bell.ring).then(
        (started) => (started > 0 ? 0 : LOOK_EVERY_MS),
        (error: unknown) => {
          dispatching.report({ kind: 'broke', error });
          return AFTER_BREAK_MS;
        },
      );
      // Jittered, so that workers that were started together do not look together.
      if (pauseMs > 0) await bell.wait(pauseMs * (0.8 + 0.4 * Math.random()));
    }
  };
  const looking = loop();
  const tidying = tidyRegularly(dispatching, stopping.signal);
  const measuring = measureRegularly(dispatching, stopping.signal);
  return {
    async stop(withinMs) {
      stopping.abort();
      const done = Promise.all([looking, tidying, measuring]).then(() => Promise.all([...underWay]));
      await Promise.race([done, delay(withinMs, undefined, { ref: false })]);
      await dispatching.sender.close();
    },
  };
}

/** One look: starts whatever may be started now. @returns how many attempts */
export async function startDue(
  dispatching: Dispatching,
  underWay: Set<Promise<void>>,
  onEnd: () => void = () => undefined,
): Promise<number> {
  const { database, clock, timeoutSeconds, report } = dispatching;
  if (underWay.size >= MOST_AT_ONCE) return 0;
  const boundsNow = (): EndpointBounds =>
    underWay.size < MANY_AT_ONCE ? dispatching.bounds : { ...dispatching.bounds, mostAtOnce: 1 };
  let started = 0;
  for (const endpointId of await listDueEndpoints(database, clock, boundsNow(), ENDPOINTS_AT_ONCE)) {
    const room = MOST_AT_ONCE - underWay.size;
    if (room <= 0) break;
    const leaseSeconds = leaseOf(timeoutSeconds);
    const taken = await takeDue(database, endpointId, { clock, bounds: boundsNow(), leaseSeconds, room });
    for (const each of taken) {
      const attempted = attempt(dispatching, each)
        .catch((error: unknown) => {
          // How it ended could not be noted: it is sent again when the lease is over, under the same id.
          report({ kind: 'broke', error });
        })
        .finally(() => {
          underWay.delete(attempted);
          onEnd();
        });
      underWay.add(attempted);
    }
    started += taken.length;
  }
  return started;
}

/** Longer than an attempt and its notes can take: what is still leased then belonged to a worker that died. */
function leaseOf(timeoutSeconds: number): number {
  return 2 * timeoutSeconds + 2;
}

async function tidyRegularly({ database, clock, logDays, report }: Dispatching, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const removed = await removeOldDeliveries(database, clock, logDays, TIDY_BATCH).catch((error: unknown) => {
      report({ kind: 'broke', error });
      return 0;
    });
    if (removed < TIDY_BATCH) await pause(TIDY_EVERY_MS, signal);
  }
}

async function measureRegularly(
  { database, clock, measured, report }: Dispatching,
  signal: AbortSignal,
): Promise<void> {
  while (measured && !signal.aborted) {
    await measureQueue(database, clock).then(measured, (error: unknown) => {
      report({ kind: 'broke', error });
    });
    await pause(MEASURE_EVERY_MS, signal);
  }
}

/** Wakes the loop when an attempt is over: what waited behind it is next. */
function createBell(signal: AbortSignal): { ring: () => void; wait(milliseconds: number): Promise<void> } {
  let rung = new AbortController();
  const ring = (): void => {
    rung.abort();
  };
  signal.addEventListener('abort', ring);
  return {
    ring,
    async wait(milliseconds) {
      if (signal.aborted) return;
      await pause(milliseconds, rung.signal);
      rung = new AbortController();
    },
  };
}

/** Ends at once when the signal comes; keeps no process alive. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}
