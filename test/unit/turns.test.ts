import { createTurns } from '../../src/workflows/turns';

// Outside a workflow: a condition is looked at again whenever something was awaited.
jest.mock('@temporalio/workflow', () => ({
  async condition(holds: () => boolean) {
    while (!holds()) await new Promise((resolve) => setImmediate(resolve));
  },
}));

const pause = () => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('run one thing at a time, first come, first served', async () => {
    const turns = createTurns();
    const story: string[] = [];
    const work = (name: string) => async () => {
      story.push(`${name} begins`);
      await pause();
      await pause();
      story.push(`${name} ends`);
      return name;
    };
    const results = await Promise.all(['a', 'b', 'c'].map((name) => turns.take(work(name))));
    expect(results).toEqual(['a', 'b', 'c']);
    expect(story).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('go on after one that failed', async () => {
    const turns = createTurns();
    const failing = turns.take(() => Promise.reject(new Error('broken')));
    const following = turns.take(() => Promise.resolve('fine'));
    await expect(failing).rejects.toThrow('broken');
    await expect(following).resolves.toBe('fine');
  });
});
