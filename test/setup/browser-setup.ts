import { findChromium } from '../../scripts/setup/chromium';
import { ensureSharedStack } from './shared-stack';

/** The browser tests use the same stack, and a Chromium, which jest's workers find in their environment. */
export default async function setUp(): Promise<void> {
  process.env['CHROMIUM_PATH'] = await findChromium((line) => process.stderr.write(`${line}\n`));
  await ensureSharedStack();
}
