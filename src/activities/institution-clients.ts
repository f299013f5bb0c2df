import type { InstitutionProfile } from '../domain/institution';
import { createFapiClient, type FapiClient } from '../fapi/client';
import type { SigningKey } from '../fapi/client-keys';

/** A client for each institution, kept: it holds the bank's metadata, nonces and open connections. */
export interface InstitutionClients {
  for(profile: InstitutionProfile, revision: number): FapiClient;
}

export function createInstitutionClients(keys: readonly SigningKey[], redirectUri: string): InstitutionClients {
  const clients = new Map<string, { readonly revision: number; readonly client: FapiClient }>();
  return {
    for(profile, revision) {
      const known = clients.get(profile.id);
      if (known?.revision === revision) return known.client;
      const client = createFapiClient({ profile, keys, redirectUri });
      clients.set(profile.id, { revision, client });
      return client;
    },
  };
}
