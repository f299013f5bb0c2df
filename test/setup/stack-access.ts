import { readFileSync } from 'node:fs';
import type { StackDescription } from '../../scripts/dev/stack-description';

/** Names the file that describes the stack of this jest run. */
export const STACK_VARIABLE = 'FDX_CONSENT_TEST_STACK';

/** The stack of this jest run, for tests of the projects integration and browser. */
export function currentStack(): StackDescription {
  const file = process.env[STACK_VARIABLE];
  if (!file) throw new Error('no stack is up: only the projects integration and browser have one (jest.config.cjs)');
  return JSON.parse(readFileSync(file, 'utf8')) as StackDescription;
}

/** The browser that the set-up of project browser found or installed. */
export function currentChromium(): string {
  const file = process.env['CHROMIUM_PATH'];
  if (!file) throw new Error('no Chromium was set up: only project browser has one (jest.config.cjs)');
  return file;
}
