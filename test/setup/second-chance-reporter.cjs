/** Names the tests that passed only the second time: each is a fault to look for, in the test or in what it tests. */
module.exports = class SecondChanceReporter {
  onRunComplete(_contexts, results) {
    const names = results.testResults.flatMap(({ testFilePath, testResults }) =>
      testResults
        .filter(({ status, invocations }) => status === 'passed' && invocations > 1)
        .map(({ fullName }) => `  ${testFilePath.slice(process.cwd().length + 1)}: ${fullName}`),
    );
    if (names.length > 0) process.stdout.write(`passed only the second time:\n${names.join('\n')}\n`);
  }
};
