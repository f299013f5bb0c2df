import { ApplicationFailure } from '@temporalio/common';
import { guarded } from '../../src/activities/guard';
import { ConsentFailure, FAILURES, type FailureCode } from '../../src/domain/failures';

const CANARY = 'canary-token-0123456789';

async function failing(
  error: unknown,
): Promise<{ readonly failure: ApplicationFailure; readonly reports: unknown[][] }> {
  const reports: unknown[][] = [];
  const { step } = guarded({ step: () => Promise.reject(error as Error) }, (...report) => reports.push(report));
  const failure: unknown = await step().catch((thrown: unknown) => thrown);
  if (!(failure instanceof ApplicationFailure)) throw new Error('an ApplicationFailure was expected');
  return { failure, reports };
}

describe('an error on its way out of an activity', () => {
  it.each(Object.keys(FAILURES) as FailureCode[])(
    '%s keeps its code, and is retried only if that can help',
    async (code) => {
      const { failure, reports } = await failing(new ConsentFailure(code, 'a detail.'));
      expect(failure.type).toBe(code);
      expect(failure.nonRetryable).toBe(!['unavailable', 'bug'].includes(FAILURES[code].kind));
      expect(failure.message).toBe(`${FAILURES[code].title} a detail.`);
      expect(reports).toEqual([]);
    },
  );

  it('carries no cause: what a library attaches there would end in the history', async () => {
    const error = new ConsentFailure('as_unreachable');
    Object.assign(error, { cause: new Error(CANARY) });
    expect((await failing(error)).failure.cause).toBeUndefined();
    expect((await failing(new TypeError(CANARY, { cause: CANARY }))).failure.cause).toBeUndefined();
  });

  it('passes on when the other side said to come again', async () => {
    const { failure } = await failing(new ConsentFailure('fdx_rate_limited', undefined, 30));
    expect(failure.details).toEqual([30]);
    expect(failure.nextRetryDelay).toBe('30s');
  });

  it('that nobody foresaw becomes an internal error without its message, and is reported by name and place', async () => {
    const { failure, reports } = await failing(new TypeError(`cannot read ${CANARY}`));
    expect(failure).toMatchObject({ type: 'internal_error', message: 'TypeError in step', nonRetryable: false });
    expect(reports).toEqual([['step', 'TypeError', expect.stringMatching(/^\s+at /)]]);
    expect(JSON.stringify([failure, failure.message, failure.stack, reports])).not.toContain('canary');
  });

  it.each([[CANARY], [undefined], [null], [{ token: CANARY }]])(
    'that is %p and no Error is survived',
    async (error) => {
      const { failure, reports } = await failing(error);
      expect(failure.type).toBe('internal_error');
      expect(JSON.stringify([failure.message, reports])).not.toContain('canary');
    },
  );

  it.each([
    Object.assign(new Error(CANARY), { code: 'ECONNREFUSED' }),
    Object.assign(new Error(CANARY), { code: '57P01' }),
    new Error('timeout exceeded when trying to connect'),
  ])('of a database that is away (%s) is worth a retry', async (error) => {
    const { failure, reports } = await failing(error);
    expect(failure).toMatchObject({ type: 'store_unavailable', nonRetryable: false });
    expect(failure.message).not.toContain('canary');
    expect(reports).toEqual([]);
  });

  it('is none when the activity succeeds', async () => {
    const { step } = guarded({ step: (word: string) => Promise.resolve(`${word}!`) }, () => undefined);
    await expect(step('done')).resolves.toBe('done!');
  });
});
