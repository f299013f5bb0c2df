/**
 * What crosses processes depends on when the machine lets each of them run. In CI a test that fails there runs once more, with its
 * first failure in the output; `second-chance-reporter.cjs` names each one that needed it, so that none hides. While one works on a
 * test there is no second chance.
 */
if (process.env['CI'] === 'true') jest.retryTimes(1, { logErrorsBeforeRetry: true });
