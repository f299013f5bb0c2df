import type { JWK } from 'jose';
import * as client from 'openid-client';
import { ConsentFailure } from '../domain/failures';
import type { InstitutionProfile } from '../domain/institution';
import { discoverAuthorizationServer } from './authorization-server';
import type { SigningKey } from './client-keys';
import { dpopHandle } from './dpop';
import { createTransport, type Transport } from './transport';

/** What all requests to one institution share: its metadata, our credentials there, its nonces and its open sockets. */
export interface Connection {
  readonly profile: InstitutionProfile;
  readonly redirectUri: string;
  readonly transport: Transport;
  serverMetadata(): Promise<client.ServerMetadata>;
  /** The key that authenticates us there and signs our request objects. */
  signingKey(): client.PrivateKey;
  /** One Configuration for each operation: its fetch then knows what it is carrying. */
  configure(fetch?: typeof globalThis.fetch): Promise<client.Configuration>;
  dpop(configuration: client.Configuration, key: JWK): Promise<{ readonly DPoP: client.DPoPHandle }>;
  /** Keeps the signature keys an operation has read for the ones after it. */
  rememberKeys(configuration: client.Configuration): void;
}

/** Metadata is trusted for this long; a bank that moves an endpoint keeps the old one alive for longer. */
const METADATA_LIFETIME_MS = 60 * 60 * 1000;

export function connect(profile: InstitutionProfile, keys: readonly SigningKey[], redirectUri: string): Connection {
  const transport = createTransport({ caFile: profile.caFile });
  let metadata: { readonly value: Promise<client.ServerMetadata>; readonly readAt: number } | undefined;
  let jwksCache: client.ExportedJWKSCache | undefined;

  function serverMetadata(): Promise<client.ServerMetadata> {
    if (!metadata || Date.now() - metadata.readAt > METADATA_LIFETIME_MS) {
      const value = discoverAuthorizationServer(profile, transport);
      metadata = { value, readAt: Date.now() };
      // A failed reading is not remembered: the next step asks again.
      value.catch(() => (metadata = undefined));
    }
    return metadata.value;
  }

  /** The library sends the issuer as a single-string `aud`, which FAPI 2.0 Security Profile §5.3.3.1 asks for. */
  function signingKey(): client.PrivateKey {
    const { algorithm } = profile.clientAuthentication;
    const key = keys.find((each) => each.algorithm === algorithm);
    if (!key) throw new ConsentFailure('as_client_rejected', `we hold no ${algorithm} key.`);
    return { key: key.privateKey, kid: key.kid };
  }

  return {
    profile,
    redirectUri,
    transport,
    serverMetadata,
    signingKey,
    async configure(fetch = transport.fetch) {
      const configuration = new client.Configuration(
        await serverMetadata(),
        profile.clientId,
        {
          // The default RS256 is not a FAPI 2.0 algorithm (Security Profile §5.4.1).
          id_token_signed_response_alg: profile.idTokenSignedResponseAlg,
          authorization_signed_response_alg: profile.authorizationSignedResponseAlg,
        },
        client.PrivateKeyJwt(signingKey()),
      );
      configuration[client.customFetch] = fetch as client.CustomFetch;
      // FAPI 2.0 Message Signing: the ID token's signature counts even though TLS brought it.
      client.enableNonRepudiationChecks(configuration);
      if (profile.responseMode === 'jwt') client.useJwtResponseMode(configuration);
      if (jwksCache) client.setJwksCache(configuration, jwksCache);
      return configuration;
    },
    async dpop(configuration, key) {
      return { DPoP: await dpopHandle(configuration, key, transport) };
    },
    rememberKeys(configuration) {
      jwksCache = client.getJwksCache(configuration) ?? jwksCache;
    },
  };
}
