import { ConsentFailure } from '../domain/failures';
import { usesMutualTls } from '../domain/institution';
import type { ClientMetadata, UnregisteredProfile } from '../domain/registration';
import { addressPolicyOf } from './addresses';
import { discoverAuthorizationServer } from './authorization-server';
import { identityFor } from './connection';
import { deleteClient, readClient, updateClient, type ManagedClient } from './manage-client';
import { registerClient, type RegistrationCustody } from './register-client';
import { createTransport } from './transport';

/**
 * How we speak with a bank about being its client. Every function is one request and either returns or throws a `ConsentFailure`;
 * what the bank answers goes to custody as it came, since it may hold the only copy of a registration access token.
 *
 * The library's own registration reads the metadata itself and judges the answer before we could keep it, and it knows nothing
 * of RFC 7592; so these requests are made with our transport and judged by `registration-answer.ts`.
 *
 * @see RFC 7591 (registration), RFC 7592 (management)
 */
export interface RegistrationClient {
  /**
   * Reads the metadata and refuses what FAPI 2.0 cannot be done with, before anything is registered.
   *
   * @returns where to register, if the bank says
   */
  discover(): Promise<string | undefined>;
  register(request: {
    readonly endpoint: string;
    readonly metadata: ClientMetadata;
    readonly initialAccessToken?: string;
    readonly custody: RegistrationCustody;
  }): Promise<void>;
  read(client: ManagedClient, custody: RegistrationCustody): Promise<void>;
  update(client: ManagedClient, metadata: ClientMetadata, custody: RegistrationCustody): Promise<void>;
  delete(client: ManagedClient): Promise<void>;
  /** Lets go of open connections. */
  close(): Promise<void>;
}

export interface RegistrationClientOptions {
  readonly template: UnregisteredProfile;
  readonly proxyUrl?: string | undefined;
  readonly answerTimeoutMs?: number | undefined;
}

/** @throws {ConsentFailure} institution_misconfigured when the profile's certificate files cannot be used */
export function createRegistrationClient({ template, ...limits }: RegistrationClientOptions): RegistrationClient {
  const transport = createTransport({ tls: identityFor(template), addresses: addressPolicyOf(template), ...limits });
  return {
    async discover() {
      const { metadata } = await discoverAuthorizationServer(template, transport);
      // RFC 8705 §5: where mutual TLS is used, the alias for it.
      const alias: unknown = usesMutualTls(template)
        ? metadata.mtls_endpoint_aliases?.['registration_endpoint']
        : undefined;
      const endpoint = alias ?? metadata.registration_endpoint;
      if (endpoint === undefined) return undefined;
      if (isHttps(endpoint)) return endpoint;
      throw new ConsentFailure('as_metadata_unusable', 'registration_endpoint is not an https URL.');
    },
    register: (request) => registerClient(transport, request),
    read: (client, custody) => readClient(transport, client, custody),
    update: (client, metadata, custody) => updateClient(transport, client, metadata, custody),
    delete: (client) => deleteClient(transport, client),
    close: () => transport.close(),
  };
}

function isHttps(url: unknown): url is string {
  return typeof url === 'string' && URL.canParse(url) && new URL(url).protocol === 'https:';
}
