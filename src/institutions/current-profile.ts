import type { InstitutionProfile } from '../domain/institution';
import { parseInstitutionProfile } from './profile';

/**
 * A stored profile as this version reads it. A process of the last version that is still running may store one without the newest
 * fields.
 *
 * @returns undefined for one that is no longer valid: its check says why
 */
export function currentProfile(stored: InstitutionProfile): InstitutionProfile | undefined {
  const profile = parseInstitutionProfile(stored);
  return 'faults' in profile ? undefined : profile;
}
