import { pagesWithCode } from '../architecture/support/code-blocks';
import { currentStack } from '../setup/stack-access';
import { isRunnable, runPage } from './support/page-run';

const stack = currentStack();

/** Ten seconds at most where nothing else runs: a page is up to twenty processes, one after the other. */
const PAGE_WITHIN_MS = 180_000;

/** Every command of the documentation, as a reader types it: page by page, in order, against what is running. */
test.each(pagesWithCode().filter(isRunnable))(
  '%s does what it says',
  async (page) => {
    expect(await runPage(page, stack)).toEqual([]);
  },
  PAGE_WITHIN_MS,
);
