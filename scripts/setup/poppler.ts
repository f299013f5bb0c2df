import { findPrograms } from './debian-programs';
import type { Tell } from './missing-part';

/** What Poppler's programs read of a PDF, for tests: they know nothing of what wrote it. */
export function findPoppler(tell?: Tell): Promise<void> {
  return findPrograms({ name: 'Poppler', programs: ['pdftotext', 'pdfinfo'], packageName: 'poppler-utils' }, tell);
}
