import { canInstallWithApt, installWithApt } from './apt';
import { MissingPartError, reasonOf, tellNobody, type Tell } from './missing-part';
import { findOnPath, isExecutable } from './search-path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** A Chromium for the browser tests: named by CHROMIUM_PATH, on PATH, or installed from Debian's packages. */
export async function findChromium(tell: Tell = tellNobody): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  const attempts: string[] = [];
  if (named) {
    if (await isExecutable(named)) return named;
    attempts.push(`CHROMIUM_PATH=${named}: no such program`);
  } else {
    attempts.push('CHROMIUM_PATH: not set');
  }
  const onPath = await findOnPath(NAMES);
  if (onPath) return onPath;
  attempts.push(`PATH: none of ${NAMES.join(', ')}`);

  const installed = await installChromium(attempts, tell);
  if (installed) return installed;
  throw new MissingPartError(
    'Chromium',
    attempts,
    'Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to a Chrome or Chromium.',
  );
}

async function installChromium(attempts: string[], tell: Tell): Promise<string | undefined> {
  if (!(await canInstallWithApt())) {
    attempts.push('apt-get: not here, or not root');
    return undefined;
  }
  try {
    await installWithApt('chromium', tell);
    return await findOnPath(NAMES);
  } catch (error) {
    attempts.push(`apt-get: ${reasonOf(error)}`);
    return undefined;
  }
}
