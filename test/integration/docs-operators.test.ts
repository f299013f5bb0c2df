import { pagesWithCode } from '../architecture/support/code-blocks';
import { currentStack } from '../setup/stack-access';
import { isForOperators, isRunnable, PAGE_WITHIN_MS, runPage } from './support/page-run';

const stack = currentStack();

/** The other half of docs.test.ts: pages that pause banks, rotate keys and add institutions, one after the other. */
test.each(pagesWithCode().filter((page) => isRunnable(page) && isForOperators(page)))(
  '%s does what it says',
  async (page) => {
    expect(await runPage(page, stack)).toEqual([]);
  },
  PAGE_WITHIN_MS,
);
