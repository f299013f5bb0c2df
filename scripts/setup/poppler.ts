import { canInstallWithApt, installWithApt } from './apt';
import { MissingPartError, reasonOf, tellNobody, type Tell } from './missing-part';
import { findOnPath } from './search-path';

/** What Poppler's programs read of a PDF, for tests: they know nothing of what wrote it. */
export async function findPoppler(tell: Tell = tellNobody): Promise<void> {
  if (await isThere()) return;
  const attempts = ['PATH: no pdftotext and pdfinfo'];
  if (await canInstallWithApt()) {
    try {
      await installWithApt('poppler-utils', tell);
      if (await isThere()) return;
    } catch (error) {
      attempts.push(`apt-get: ${reasonOf(error)}`);
    }
  } else {
    attempts.push('apt-get: not here, or not root');
  }
  throw new MissingPartError('Poppler', attempts, 'Install it (Debian: apt-get install poppler-utils).');
}

async function isThere(): Promise<boolean> {
  const found = await Promise.all(['pdftotext', 'pdfinfo'].map((name) => findOnPath([name])));
  return found.every((place) => place !== undefined);
}
