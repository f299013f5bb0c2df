/** @see FDX API 6.x, Registry */
export const REGISTRIES = ['FDX', 'GLEIF', 'ICANN', 'PRIVATE'] as const;

/** Where a party is registered, as FDX names it (Party: registry, registeredEntityName, registeredEntityId). */
export interface RegistryReference {
  readonly registry: (typeof REGISTRIES)[number];
  readonly registeredEntityName: string;
  readonly registeredEntityId: string;
}

/** How a party is reached; a Kantara receipt asks for all of it. */
export interface Contact {
  readonly name?: string;
  readonly address?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly policyUrl?: string;
}

/** What is known of an application beside its name. */
export interface ApplicationIdentity {
  readonly homeUri?: string;
  readonly registryReferences?: readonly RegistryReference[];
  readonly contact?: Contact;
}

/** Who we are on receipts and disclosures: the data access platform. */
export interface Aggregator {
  readonly name: string;
  readonly homeUri?: string;
  readonly registryReferences?: readonly RegistryReference[];
}
