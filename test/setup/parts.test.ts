import { setTimeout as sleep } from 'node:timers/promises';
import { Parts } from '../../scripts/dev/parts';

let parts: Parts;
let stopped: string[];

beforeEach(() => {
  parts = new Parts();
  stopped = [];
});

const start = (name: string, work: () => Promise<string> = () => Promise.resolve(name)) =>
  parts.start(work, (part) => {
    stopped.push(part);
    return Promise.resolve();
  });

test('parts are stopped in the reverse order of their start, and only once', async () => {
  await start('database');
  await start('server');
  await Promise.all([parts.stopAll(), parts.stopAll()]);
  expect(stopped).toEqual(['server', 'database']);
});

test('a part that is still starting when everything stops is stopped too', async () => {
  const late = start('late', () => sleep(100, 'late'));
  await Promise.all([parts.stopAll(new Error('Ctrl-C')), expect(late).rejects.toThrow('Ctrl-C')]);
  expect(stopped).toEqual(['late']);
});

test('nothing starts after the stop', async () => {
  await parts.stopAll(new Error('Ctrl-C'));
  const work = jest.fn(() => Promise.resolve('never'));
  await expect(start('never', work)).rejects.toThrow('Ctrl-C');
  expect(work).not.toHaveBeenCalled();
});

test('one part that cannot be stopped does not keep the others up', async () => {
  await start('database');
  await parts.start(
    () => Promise.resolve(),
    () => Promise.reject(new Error('stuck')),
  );
  await start('server');
  await expect(parts.stopAll()).rejects.toThrow('some parts could not be stopped');
  expect(stopped).toEqual(['server', 'database']);
});
