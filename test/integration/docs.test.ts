import { pagesWithCode } from '../architecture/support/code-blocks';
import { currentStack } from '../setup/stack-access';
import { isForOperators, isRunnable, PAGE_WITHIN_MS, runPage } from './support/page-run';

const stack = currentStack();

/**
 * Every command of the documentation, as a reader types it: page by page, in order, against what is running. The pages of those who
 * run the service are in docs-operators.test.ts, so that the two go side by side.
 */
test.each(pagesWithCode().filter((page) => isRunnable(page) && !isForOperators(page)))(
  '%s does what it says',
  async (page) => {
    expect(await runPage(page, stack)).toEqual([]);
  },
  PAGE_WITHIN_MS,
);
