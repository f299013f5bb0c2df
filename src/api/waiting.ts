import type { Request, Response } from 'express';
import { ConsentFailure } from '../domain/failures';
import { applicationOf } from './authentication';
import type { ApiDependencies } from './dependencies';
import { createPlaces } from './places';

/** Longer than this no proxy is asked to bear a silent line. */
const MOST_SECONDS = 60;
/** Who does not find a place is answered at once. */
const MOST_IN_PROCESS = 500;
const MOST_OF_APPLICATION = 50;
/** So often it is looked without being told: a change is not heard of while the line to the database is down. */
const LOOK_AGAIN_MS = 15_000;

export interface Awaited<Seen> {
  /** What changes are told by: the id of a consent, or of an application for its events. */
  readonly id: string;
  readonly look: () => Promise<Seen>;
  /** Whether there is something to say. */
  readonly isEnough: (seen: Seen) => boolean;
}

/** Requests that wait because they prefer to (RFC 7240). */
export interface WaitingRoom {
  /**
   * Looks, and where the request says `Prefer: wait=N` looks again until it is enough, N seconds are over, the caller has gone or this
   * process is about to go.
   *
   * @returns what was seen last
   * @throws {ConsentFailure} prefer_invalid
   */
  untilEnough<Seen>(request: Request, response: Response, awaited: Awaited<Seen>): Promise<Seen>;
}

export function openWaitingRoom(
  { progress, stopping }: Pick<ApiDependencies, 'progress' | 'stopping'>,
  most = { inProcess: MOST_IN_PROCESS, ofApplication: MOST_OF_APPLICATION },
): WaitingRoom {
  const places = createPlaces(most);

  async function wait<Seen>(awaited: Awaited<Seen>, deadline: number, ended: AbortSignal): Promise<Seen> {
    for (;;) {
      const looked = new AbortController();
      // Before looking: what happens meanwhile wakes us too.
      const left = Math.max(0, deadline - Date.now());
      const signal = AbortSignal.any([ended, looked.signal]);
      const woken = progress.nextChange(awaited.id, Math.min(left, LOOK_AGAIN_MS), signal);
      try {
        const seen = await awaited.look();
        if (left === 0 || ended.aborted || awaited.isEnough(seen)) return seen;
        await woken;
      } finally {
        looked.abort();
      }
    }
  }

  return {
    async untilEnough(request, response, awaited) {
      const seconds = secondsToWait(request.get('prefer'));
      const leave = seconds === undefined ? undefined : places.take(applicationOf(response).id);
      if (seconds === undefined || !leave) return awaited.look();
      response.set('Preference-Applied', `wait=${seconds}`).vary('Prefer');
      const gone = new AbortController();
      const left = () => {
        gone.abort();
      };
      response.once('close', left);
      try {
        return await wait(awaited, Date.now() + seconds * 1_000, AbortSignal.any([gone.signal, stopping]));
      } finally {
        response.off('close', left);
        leave();
      }
    },
  };
}

const PREFERENCE = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[!#$%&'*+.^_`|~\w-]*)\s*)?(?:;.*)?$/;

/**
 * N of `wait=N`; undefined where waiting is not preferred. Other preferences are nobody's business here (RFC 7240 §2); of one that comes
 * twice the first counts.
 *
 * @throws {ConsentFailure} prefer_invalid
 */
export function secondsToWait(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  for (const each of splitOutsideQuotes(header)) {
    if (each.trim() === '') continue;
    const [, name, value = ''] = PREFERENCE.exec(each) ?? [];
    if (name === undefined) throw new ConsentFailure('prefer_invalid');
    if (name.toLowerCase() !== 'wait') continue;
    const text = value.replace(/^"(.*)"$/, '$1');
    if (!/^\d{1,2}$/.test(text) || Number(text) > MOST_SECONDS) throw new ConsentFailure('prefer_invalid');
    return Number(text);
  }
  return undefined;
}

function splitOutsideQuotes(header: string): readonly string[] {
  return header.match(/(?:"(?:[^"\\]|\\.)*"|[^,])+/g) ?? [];
}
