import type { InstitutionProfile } from '../../../src/domain/institution';
import { parseInstitutionProfile } from '../../../src/institutions/profile';

/** A profile as its author wrote it, with the defaults. Throws every fault of one that is not valid. */
export function profileOf(input: unknown): InstitutionProfile {
  const profile = parseInstitutionProfile(input);
  if ('faults' in profile) throw new Error(JSON.stringify(profile.faults));
  return profile;
}

/** The least that is a profile, with changes. */
export function bankWith(changes: object = {}): InstitutionProfile {
  return profileOf({
    id: 'bank',
    name: 'Bank',
    issuer: 'https://bank.example',
    clientId: 'client-1',
    fdx: { baseUrl: 'https://bank.example/fdx' },
    ...changes,
  });
}
