import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { currentChromium } from '../../setup/stack-access';

/** Pictures of the pages, for whoever wants to look at them: those of the last run. */
const PICTURES = process.env['PICTURE_DIRECTORY'] ?? path.join(os.tmpdir(), 'fdx-consent-pictures');

export interface Person {
  newPage(options?: BrowserContextOptions): Promise<Page>;
}

/** A Chromium for the tests of a file; every page is a person of their own, with their own cookies. */
export function useChromium(): Person {
  let browser: Browser | undefined;
  beforeAll(async () => {
    // As root there is no sandbox to be had, and the pages are ours.
    browser = await chromium.launch({ executablePath: currentChromium(), args: ['--no-sandbox'] });
  });
  afterAll(() => browser?.close());
  return {
    async newPage(options = {}) {
      if (!browser) throw new Error('the browser is not up yet');
      // The sandbox bank's certificate is of a CA that no browser knows.
      const context = await browser.newContext({ ignoreHTTPSErrors: true, ...options });
      return context.newPage();
    },
  };
}

/** Keeps a picture of the page under this name, and returns its file. */
export async function picture(page: Page, name: string): Promise<string> {
  const file = path.join(PICTURES, `${name}.png`);
  await page.screenshot({ path: file, fullPage: true });
  return file;
}
