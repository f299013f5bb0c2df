import { EventEmitter } from 'node:events';
import type { Request, Response } from 'express';
import type { ApplicationId } from '../../src/domain/ids';
import { openWaitingRoom, secondsToWait } from '../../src/api/waiting';

describe('Prefer', () => {
  it.each([
    ['wait=10', 10],
    ['respond-async, wait=10', 10],
    ['wait="7"', 7],
    ['Wait=0', 0],
    ['wait=60; x=1', 60],
    ['wait=3, wait=4', 3],
    ['x="a, wait=5"', undefined],
    ['return=minimal', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is to wait for %j seconds', (header, seconds) => {
    expect(secondsToWait(header)).toBe(seconds);
  });

  it.each(['wait=61', 'wait', 'wait=', 'wait=-1', 'wait=1.5', 'wait=ten', 'wait="', '"wait"=1', 'wait = 1 1'])(
    '%j cannot be read',
    (header) => {
      expect(() => secondsToWait(header)).toThrow(expect.objectContaining({ code: 'prefer_invalid' }) as Error);
    },
  );
});

/** A caller of an application; what it is answered with is an event emitter, as an answer is. */
function caller(applicationId = 'one') {
  const headers = new Map<string, string>();
  const response: EventEmitter = Object.assign(new EventEmitter(), {
    locals: { caller: { role: 'application', application: { id: applicationId as ApplicationId } } },
    set(name: string, value: string) {
      headers.set(name, value);
      return response;
    },
    vary: () => undefined,
  });
  const request = { get: () => 'wait=60' } as unknown as Request;
  return { request, response: response as unknown as Response & EventEmitter, headers };
}

describe('who waits', () => {
  const stopping = new AbortController();
  /** Wakes nobody before it is told that nobody waits any more. */
  const progress = {
    nextChange: (_id: string, _timeoutMs: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        if (signal?.aborted) resolve();
        signal?.addEventListener('abort', () => {
          resolve();
        });
      }),
    holder: 1,
    close: () => Promise.resolve(),
  };
  const room = openWaitingRoom({ progress, stopping: stopping.signal }, { inProcess: 3, ofApplication: 2 });
  const never = { id: 'x', look: () => Promise.resolve('seen'), isEnough: () => false };

  it('finds a place, or is answered at once; goes when the caller goes, or the process', async () => {
    const callers = [caller(), caller(), caller(), caller('two'), caller('two')];
    const waits = callers.map(({ request, response }) => room.untilEnough(request, response, never));
    // The third of one application, and the fourth of the process.
    expect(await Promise.all([waits[2], waits[4]])).toEqual(['seen', 'seen']);
    expect(callers.map(({ headers }) => headers.get('Preference-Applied'))).toEqual([
      ...['wait=60', 'wait=60', undefined, 'wait=60', undefined],
    ]);
    callers[0]?.response.emit('close');
    expect(await waits[0]).toBe('seen');
    const next = caller();
    const nextWait = room.untilEnough(next.request, next.response, never);
    expect(next.headers.get('Preference-Applied')).toBe('wait=60');
    stopping.abort();
    expect(await Promise.all([waits[1], waits[3], nextWait])).toEqual(['seen', 'seen', 'seen']);
  });
});
