import type { InstitutionProfile } from '../domain/institution';
import { createInstitutionClients, type ClientSurroundings } from '../institutions/clients';
import type { PublisherDoor } from './publisher';

/**
 * Judges assertions with the keys that their banks publish, read as everything from a bank is read.
 *
 * @param audience our own address, where banks publish
 */
export function createPublisherVerifier(surroundings: ClientSurroundings, audience: string): PublisherDoor['verify'] {
  const clients = createInstitutionClients(surroundings);
  return ({ profile, revision }, assertion) => {
    return clients.for(withoutCertificate(profile), revision).verifyPublisher(assertion, audience);
  };
}

/** Public keys are for everybody: they are read without a certificate of ours, also while ours cannot be used. */
function withoutCertificate(profile: InstitutionProfile): InstitutionProfile {
  const fields = Object.entries(profile).filter(([name]) => name !== 'clientCertificate');
  return Object.fromEntries(fields) as unknown as InstitutionProfile;
}
