import * as client from 'openid-client';
import { ConsentFailure } from '../domain/failures';
import type { InstitutionId } from '../domain/ids';
import { usesMutualTls, type InstitutionProfile, type SignatureAlgorithm } from '../domain/institution';
import { addressPolicyOf } from './addresses';
import type { SenderBinding } from './authorization';
import { discoverAuthorizationServer } from './authorization-server';
import { clientAuthenticationOf } from './client-authentication';
import { dpopHandle } from './dpop';
import { spellingsOf } from './metadata-review';
import { observed, type ObserveAnswer } from './observed-transport';
import { createMetadataSource, type MetadataSource } from './metadata-source';
import type { ClientKeys, Signer } from './signer';
import { DOCUMENT_BOUNDS, type DocumentBounds } from './streamed-answer';
import { tlsIdentityOf } from './tls-identity';
import { createTransport, type Transport } from './transport';

/** What all requests to one institution share: its metadata, our credentials there, its nonces and its open sockets. */
export interface Connection {
  readonly profile: InstitutionProfile;
  readonly redirectUri: string;
  readonly transport: Transport;
  readonly metadata: MetadataSource;
  /** Thumbprint of the certificate we show, when we show one (RFC 8705 §3.1). */
  readonly certificateThumbprint?: string;
  readonly authentication: client.ClientAuth;
  /** The key that signs with this algorithm now. */
  signer(algorithm: SignatureAlgorithm): Signer;
  /** One Configuration for each operation: its fetch then knows what it is carrying. */
  configure(options?: ConfigureOptions): Promise<client.Configuration>;
  /** What makes a request prove that the token is ours: a DPoP handle, or nothing where the connection's certificate does. */
  senderProof(configuration: client.Configuration, binding: SenderBinding): Promise<SenderProof>;
  readonly documentBounds: DocumentBounds;
  /** Signature keys of the bank, between operations. */
  readonly bankKeys: BankKeyCache;
}

export interface ConfigureOptions {
  readonly fetch?: typeof globalThis.fetch;
  readonly authentication?: client.ClientAuth;
  /** Judge by the clock of another moment, this many seconds from now: for an answer that has waited in custody. */
  readonly clockSkewSeconds?: number;
  /** Metadata as fresh as HTTP caching wants it, not what an earlier step has used. */
  readonly fresh?: boolean;
}

export type SenderProof = { readonly DPoP?: client.DPoPHandle };

export interface BankKeyCache {
  /** Keeps the keys an operation has read for the ones after it. */
  remember(configuration: client.Configuration): void;
  forget(): void;
  /** True when keys of an earlier operation would be used. */
  readonly isFilled: boolean;
}

export interface ConnectionOptions {
  readonly profile: InstitutionProfile;
  readonly keys: ClientKeys;
  readonly redirectUri: string;
  readonly proxyUrl?: string | undefined;
  readonly answerTimeoutMs?: number | undefined;
  readonly documentBounds?: DocumentBounds | undefined;
  /** Counts the requests to each institution. */
  readonly observe?: ((institutionId: InstitutionId, ...answer: Parameters<ObserveAnswer>) => void) | undefined;
}

/** @throws {ConsentFailure} institution_misconfigured when its certificate files cannot be used */
export function connect({
  profile,
  keys,
  redirectUri,
  documentBounds,
  observe,
  ...limits
}: ConnectionOptions): Connection {
  const tls = identityFor(profile);
  const transport = observed(
    createTransport({ tls, addresses: addressPolicyOf(profile), ...limits }),
    observe &&
      ((...answer) => {
        observe(profile.id, ...answer);
      }),
  );
  const metadata = createMetadataSource(() => discoverAuthorizationServer(profile, transport));
  let jwks: client.ExportedJWKSCache | undefined;

  function signer(algorithm: SignatureAlgorithm): Signer {
    const key = keys.current(algorithm);
    if (!key) throw new ConsentFailure('institution_misconfigured', `we hold no ${algorithm} key.`);
    return key;
  }

  const standing = clientAuthenticationOf(profile, signer);

  return {
    profile,
    redirectUri,
    transport,
    metadata,
    authentication: standing,
    documentBounds: documentBounds ?? DOCUMENT_BOUNDS,
    signer,
    ...(tls.certificateThumbprint !== undefined && { certificateThumbprint: tls.certificateThumbprint }),
    async configure({ fetch = transport.fetch, authentication = standing, clockSkewSeconds = 0, fresh = false } = {}) {
      const configuration = new client.Configuration(
        await (fresh ? metadata.fresh() : metadata.known()),
        profile.clientId,
        { ...clientMetadataOf(profile), [client.clockSkew]: clockSkewSeconds },
        authentication,
      );
      configuration[client.customFetch] = fetch as client.CustomFetch;
      // FAPI 2.0 Message Signing: the ID token's signature counts even though TLS brought it.
      client.enableNonRepudiationChecks(configuration);
      if (profile.responseMode === 'jwt') client.useJwtResponseMode(configuration);
      if (jwks) client.setJwksCache(configuration, jwks);
      return configuration;
    },
    async senderProof(configuration, binding) {
      if ('senderKey' in binding) return { DPoP: await dpopHandle(configuration, binding.senderKey, transport) };
      return {};
    },
    bankKeys: {
      get isFilled() {
        return jwks !== undefined;
      },
      remember(configuration) {
        jwks = client.getJwksCache(configuration) ?? jwks;
      },
      forget() {
        jwks = undefined;
      },
    },
  };
}

/** @throws {ConsentFailure} institution_misconfigured, naming the file */
export function identityFor(profile: Pick<InstitutionProfile, 'caFile' | 'clientCertificate'>) {
  try {
    return tlsIdentityOf(profile);
  } catch (error) {
    throw new ConsentFailure('institution_misconfigured', error instanceof Error ? `${error.message}.` : undefined);
  }
}

function clientMetadataOf(profile: InstitutionProfile): Partial<client.ClientMetadata> {
  return {
    // The default RS256 is not a FAPI 2.0 algorithm (Security Profile §5.4.1).
    id_token_signed_response_alg: signedWith(profile.idTokenSignedResponseAlg),
    authorization_signed_response_alg: signedWith(profile.authorizationSignedResponseAlg),
    // RFC 8705 §5.
    use_mtls_endpoint_aliases: usesMutualTls(profile),
    [client.clockTolerance]: profile.clockToleranceSeconds,
  };
}

/** The library takes a list where its type says one name: the two of Ed25519 mean the same. */
function signedWith(algorithm: SignatureAlgorithm): string {
  const names = spellingsOf(algorithm);
  return (names.length === 1 ? algorithm : names) as string;
}
