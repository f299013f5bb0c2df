import { createInstitutionTraffic, type InstitutionTraffic, type Passage } from '../../src/data-access/traffic';
import { ConsentFailure } from '../../src/domain/failures';
import type { ConsentId, InstitutionId } from '../../src/domain/ids';

/** Time that passes when it is told to. */
class HandClock {
  #now = 0;
  readonly #alarms = new Set<{ readonly at: number; readonly work: () => void }>();

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, work: () => void): () => void {
    const alarm = { at: this.#now + milliseconds, work };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  pass(milliseconds: number): void {
    this.#now += milliseconds;
    for (const alarm of [...this.#alarms].filter(({ at }) => at <= this.#now)) {
      this.#alarms.delete(alarm);
      alarm.work();
    }
  }

  get alarms(): number {
    return this.#alarms.size;
  }
}

const bank = (id: string, maxConcurrentRequests?: number) => ({
  id: id as InstitutionId,
  fdx: maxConcurrentRequests === undefined ? {} : { maxConcurrentRequests },
});
const SLOW = bank('slow', 2);
const OTHER = bank('other', 2);
const consent = (name: string) => name as ConsentId;

let clock: HandClock;
let traffic: InstitutionTraffic;

beforeEach(() => {
  clock = new HandClock();
  traffic = createInstitutionTraffic(clock);
});

const enter = (at = SLOW, name = 'consent-1'): Promise<Passage> => traffic.admit(at, consent(name));

/** What has become of a request so far. */
async function stateOf(admission: Promise<Passage>): Promise<'under way' | 'in line' | ConsentFailure> {
  const settled = admission.then(
    () => 'under way' as const,
    (error: unknown) => error as ConsentFailure,
  );
  const turn = new Promise<'in line'>((resolve) => {
    setImmediate(() => {
      resolve('in line');
    });
  });
  return Promise.race([settled, turn]);
}

async function failureOf(admission: Promise<unknown>): Promise<ConsentFailure> {
  const error: unknown = await admission.catch((thrown: unknown) => thrown);
  if (!(error instanceof ConsentFailure)) throw new Error('a failure was expected');
  return error;
}

describe('requests to one bank', () => {
  it('are let through up to its limit, and the next waits', async () => {
    await enter();
    await enter();
    expect(await stateOf(enter())).toBe('in line');
  });

  it('do not hold up those to another bank', async () => {
    const all = Array.from({ length: 50 }, () => enter());
    expect(await stateOf(all[49] ?? enter())).toBe('in line');
    expect(await stateOf(enter(OTHER))).toBe('under way');
    expect(await stateOf(enter(OTHER))).toBe('under way');
  });

  it('come in their order: first come, first served', async () => {
    const first = await enter();
    const second = await enter();
    const waiting = ['a', 'b', 'c'].map((name) => enter(SLOW, name));
    first.end();
    expect(await Promise.all(waiting.map(stateOf))).toEqual(['under way', 'in line', 'in line']);
    second.end();
    expect(await Promise.all(waiting.map(stateOf))).toEqual(['under way', 'under way', 'in line']);
  });

  it('end once, however often that is said: a place is not given away twice', async () => {
    const first = await enter();
    await enter();
    const waiting = [enter(), enter()];
    first.end();
    first.end();
    expect(await Promise.all(waiting.map(stateOf))).toEqual(['under way', 'in line']);
  });

  it('wait three seconds, then are told to come back in one (institution_busy)', async () => {
    await enter();
    await enter();
    const waiting = enter();
    clock.pass(2_999);
    expect(await stateOf(waiting)).toBe('in line');
    clock.pass(1);
    expect(await failureOf(waiting)).toMatchObject({ code: 'institution_busy', retryAfterSeconds: 1 });
  });

  it('that gave up are not called any more: their turn goes to the next', async () => {
    const first = await enter();
    await enter();
    const early = enter(SLOW, 'early');
    clock.pass(2_000);
    const late = enter(SLOW, 'late');
    clock.pass(1_000);
    expect(await failureOf(early)).toMatchObject({ code: 'institution_busy' });
    first.end();
    expect(await stateOf(late)).toBe('under way');
  });

  it('are turned away at once when the line is full', async () => {
    const limit = 2;
    const inLine = 256;
    const all = Array.from({ length: limit + inLine }, () => enter());
    expect(await stateOf(all.at(-1) ?? enter())).toBe('in line');
    expect(await failureOf(enter())).toMatchObject({ code: 'institution_busy', retryAfterSeconds: 1 });
    for (const each of all) each.catch(() => undefined);
  });

  it('follow a limit that an operator has raised, those in line first', async () => {
    await enter();
    await enter();
    const waiting = enter();
    const newcomer = enter(bank('slow', 3));
    expect(await Promise.all([waiting, newcomer].map(stateOf))).toEqual(['under way', 'in line']);
  });

  it('follow a limit that has been lowered, as those under way end', async () => {
    const [first, second] = [await enter(), await enter()];
    const waiting = enter(bank('slow', 1));
    first.end();
    expect(await stateOf(waiting)).toBe('in line');
    second.end();
    expect(await stateOf(waiting)).toBe('under way');
  });

  it('are sixteen at a time where a stored profile does not say', async () => {
    const all = Array.from({ length: 17 }, () => enter(bank('old')));
    const states = await Promise.all(all.map(stateOf));
    expect(states.filter((state) => state === 'under way')).toHaveLength(16);
  });

  it('leave nothing behind: no alarm, and all places are free', async () => {
    const passages = await Promise.all([enter(), enter()]);
    const waiting = enter();
    for (const each of passages) each.end();
    (await waiting).end();
    expect(clock.alarms).toBe(0);
    expect(await Promise.all([stateOf(enter()), stateOf(enter())])).toEqual(['under way', 'under way']);
  });
});

describe('a bank that asks to wait', () => {
  const answered = async (status: number, retryAfter?: number, at = SLOW, name = 'consent-1'): Promise<void> => {
    const passage = await enter(at, name);
    passage.answered(status, retryAfter);
    passage.end();
  };

  it('with 429 is not asked for that consent before, and for others it is', async () => {
    await answered(429, 30);
    clock.pass(10_500);
    expect(await failureOf(enter())).toMatchObject({ code: 'fdx_rate_limited', retryAfterSeconds: 20 });
    expect(await stateOf(enter(SLOW, 'consent-2'))).toBe('under way');
  });

  it('with 503 is not asked for anything before; other banks are', async () => {
    await answered(503, 30);
    expect(await failureOf(enter(SLOW, 'consent-2'))).toMatchObject({ code: 'fdx_unreachable', retryAfterSeconds: 30 });
    expect(await stateOf(enter(OTHER))).toBe('under way');
  });

  it.each([429, 503])('with %i is asked again when the time is over', async (status) => {
    await answered(status, 30);
    clock.pass(30_000);
    expect(await stateOf(enter())).toBe('under way');
  });

  it.each([
    [429, undefined],
    [503, undefined],
    [503, 0],
    [500, 30],
    [200, 30],
  ])('is what %i with Retry-After %p is not', async (status, retryAfter) => {
    await answered(status, retryAfter);
    expect(await stateOf(enter())).toBe('under way');
  });

  it('for days is asked again after an hour', async () => {
    await answered(503, 86_400);
    expect(await failureOf(enter())).toMatchObject({ retryAfterSeconds: 3_600 });
    clock.pass(3_600_000);
    expect(await stateOf(enter())).toBe('under way');
  });

  it('is not asked by those who stood in line meanwhile either', async () => {
    const first = await enter();
    await enter();
    const waiting = [enter(SLOW, 'a'), enter(SLOW, 'b')];
    first.answered(503, 30);
    first.end();
    for (const each of waiting) expect(await failureOf(each)).toMatchObject({ code: 'fdx_unreachable' });
  });

  it('is not asked by whoever makes a request without a place here either', async () => {
    expect(() => {
      traffic.requireUnheld(SLOW, consent('consent-1'));
    }).not.toThrow();
    await answered(429, 30);
    expect(() => {
      traffic.requireUnheld(SLOW, consent('consent-1'));
    }).toThrow(expect.objectContaining({ code: 'fdx_rate_limited', retryAfterSeconds: 30 }) as Error);
  });

  it('takes memory for ten thousand consents and no more: the oldest is asked again', async () => {
    for (let each = 0; each <= 10_000; each += 1) await answered(429, 600, bank('big', 1), `consent-${each}`);
    expect(await stateOf(enter(bank('big', 10), 'consent-0'))).toBe('under way');
    expect(await failureOf(enter(bank('big', 10), 'consent-1'))).toMatchObject({ code: 'fdx_rate_limited' });
  });
});
