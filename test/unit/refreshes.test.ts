import { createRefreshes, type Refreshes } from '../../src/custody/refreshes';
import type { ConsentFailure } from '../../src/domain/failures';
import type { AuthorizationId, InstitutionId } from '../../src/domain/ids';

const grant = (name: string | number) => `auth_${name}` as AuthorizationId;
const bank = (name: string) => name as InstitutionId;

/** Work that goes on until it is told how it ends. */
class Work {
  begun = 0;
  #endings: (() => void)[] = [];

  readonly run = (): Promise<void> => {
    this.begun += 1;
    return new Promise((resolve) => this.#endings.push(resolve));
  };

  async end(): Promise<void> {
    for (const each of this.#endings.splice(0)) each();
    // What waits for its turn takes it in a few turns of the event loop.
    await new Promise(setImmediate);
  }
}

const begun = async (refreshes: Refreshes, count: number, institution: string, work: Work) => {
  for (let each = 0; each < count; each += 1) {
    void refreshes.begin(grant(`${institution}_${each}`), bank(institution), work.run).catch(() => undefined);
  }
  await new Promise(setImmediate);
};

describe('the refreshes of a process', () => {
  test('that are under way are known by their grant, until they are over', async () => {
    const refreshes = createRefreshes({ maxConnections: 20 });
    const work = new Work();
    const refresh = refreshes.begin(grant(1), bank('a'), work.run);
    expect(refreshes.underWay(grant(1))).toBe(refresh);
    expect(refreshes.underWay(grant(2))).toBeUndefined();
    await new Promise(setImmediate);
    await work.end();
    await refresh;
    expect(refreshes.underWay(grant(1))).toBeUndefined();
  });

  test('take a quarter of the connections for one bank, and leave others their turn', async () => {
    const refreshes = createRefreshes({ maxConnections: 20 });
    const [hanging, other] = [new Work(), new Work()];
    await begun(refreshes, 20, 'hanging', hanging);
    await begun(refreshes, 1, 'other', other);
    expect([hanging.begun, other.begun]).toEqual([5, 1]);
    await hanging.end();
    expect(hanging.begun).toBe(10);
  });

  test('take half of the connections for all banks together', async () => {
    const refreshes = createRefreshes({ maxConnections: 20 });
    const work = new Work();
    for (const name of ['a', 'b', 'c', 'd']) await begun(refreshes, 5, name, work);
    expect(work.begun).toBe(10);
    await work.end();
    expect(work.begun).toBe(20);
  });

  test('go on one by one where there are hardly any connections', async () => {
    const refreshes = createRefreshes({ maxConnections: 2 });
    const work = new Work();
    await begun(refreshes, 3, 'a', work);
    expect(work.begun).toBe(1);
    await work.end();
    expect(work.begun).toBe(2);
  });

  test('that nobody needs at once do without a turn that is not free', async () => {
    const refreshes = createRefreshes({ maxConnections: 4 });
    const work = new Work();
    await begun(refreshes, 1, 'a', work);
    await refreshes.begin(grant('early'), bank('a'), work.run, { onlyAtOnce: true });
    expect(work.begun).toBe(1);
    expect(refreshes.underWay(grant('early'))).toBeUndefined();
  });

  test('whose turn came too late are not begun: whoever wanted them has gone', async () => {
    const refreshes = createRefreshes({ maxConnections: 4 });
    const work = new Work();
    await begun(refreshes, 1, 'a', work);
    const late = refreshes.begin(grant('late'), bank('a'), work.run).catch((error: unknown) => error);
    const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 11_000);
    await work.end();
    now.mockRestore();
    expect(((await late) as ConsentFailure).code).toBe('as_unreachable');
    expect(work.begun).toBe(1);
  });

  test('give their turn back when they fail', async () => {
    const refreshes = createRefreshes({ maxConnections: 4 });
    const broken = () => Promise.reject(new Error('broken'));
    await expect(refreshes.begin(grant(1), bank('a'), broken)).rejects.toThrow('broken');
    const work = new Work();
    await begun(refreshes, 1, 'a', work);
    expect(work.begun).toBe(1);
  });

  test('and what follows them are waited for by a process that is to stop', async () => {
    const refreshes = createRefreshes({ maxConnections: 4 });
    const [work, telling] = [new Work(), new Work()];
    await begun(refreshes, 1, 'a', work);
    refreshes.follow(telling.run());
    let isSettled = false;
    const settled = refreshes.settled().then(() => (isSettled = true));
    await work.end();
    expect(isSettled).toBe(false);
    await telling.end();
    await settled;
    expect(refreshes.underWay(grant('a_0'))).toBeUndefined();
  });
});
