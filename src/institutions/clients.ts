import { statSync } from 'node:fs';
import type { InstitutionProfile } from '../domain/institution';
import { createFapiClient, type FapiClient } from '../fapi/client';
import type { ConnectionOptions } from '../fapi/connection';

/** A client for each institution, kept: it holds the bank's metadata, nonces and open connections. */
export interface InstitutionClients {
  /** @throws {ConsentFailure} institution_misconfigured when the profile's certificate files cannot be used */
  for(profile: InstitutionProfile, revision: number): FapiClient;
  /** Lets go of open connections. */
  close(): void;
}

/** What is the same at every institution. */
export type ClientSurroundings = Omit<ConnectionOptions, 'profile'>;

export function createInstitutionClients(surroundings: ClientSurroundings): InstitutionClients {
  const clients = new Map<string, { readonly version: string; readonly client: FapiClient }>();
  return {
    for(profile, revision) {
      const version = [revision, ...filesOf(profile).map(modifiedAt)].join(' ');
      const known = clients.get(profile.id);
      if (known?.version === version) return known.client;
      const client = createFapiClient({ profile, ...surroundings });
      clients.set(profile.id, { version, client });
      // Steps under way keep the old one until they are done.
      known?.client.close().catch(() => undefined);
      return client;
    },
    close() {
      for (const { client } of clients.values()) client.close().catch(() => undefined);
      clients.clear();
    },
  };
}

/** A certificate is renewed by replacing its file: the next step then shows the new one. */
function filesOf({ caFile, clientCertificate }: InstitutionProfile): string[] {
  return [caFile, clientCertificate?.certificateFile, clientCertificate?.keyFile].filter((file) => file !== undefined);
}

function modifiedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
