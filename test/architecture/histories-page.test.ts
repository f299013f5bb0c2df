import { latestHistories } from '../../bench/publish';
import { readLatestFullResult } from '../../bench/results';
import type { HistoriesResult } from '../../bench/consent-years/result';
import { readText } from './support/repository';

const { result } = readLatestFullResult('histories-');
const { years, sleepers } = result as HistoriesResult;

describe('docs/histories.md', () => {
  it('shows the figures of the latest full run', () => {
    const [, figures] = latestHistories();
    expect(readText('docs/histories.md')).toContain(figures);
  });

  it('is about a full run: two years, and ten thousand consents asleep', () => {
    expect(years.quiet.days).toBe(395);
    expect(years.busy.days).toBeGreaterThan(340);
    expect(years.busy.steps.map(({ times, step }) => `${times} × ${step}`)).toEqual(
      expect.arrayContaining([
        '8 × a notice',
        expect.stringMatching(/^3 × a renewal/),
        expect.stringMatching(/^2 × .*changed/),
      ]),
    );
    expect(sleepers.byDefault.consents).toBe(10_000);
  });
});
