import { parseDuration } from '../../src/cli/duration';

test.each([
  ['0s', 0],
  ['90s', 90_000],
  ['15m', 900_000],
  ['24h', 86_400_000],
  ['7d', 604_800_000],
])('%s is %d milliseconds', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each(['', '24', '-1h', '1.5h', '1 h', '1y', '1w', 'one day', '10ms', '1h30m'])('%p is no duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});
