/**
 * Ends a run with the one line that any reader of logs understands: `12 passed, 0 failed`, and `, 1 skipped` if any were.
 * It is written while the process exits: jest's own summary, and whatever the teardown says, come after the reporters.
 */
module.exports = class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    process.once('exit', (code) => process.stdout.write(`${closingLine(results, code)}\n`));
  }
};

function closingLine(results, exitCode) {
  // A test file that could not even be loaded counts as one failure: it hides who knows how many.
  const failures = results.numFailedTests + results.numRuntimeErrorTestSuites;
  // A run can also fail outside of any test, for instance in the teardown. It must not read like a success.
  const failed = failures === 0 && exitCode !== 0 ? 1 : failures;
  const skipped = results.numPendingTests + results.numTodoTests;
  return `${results.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
