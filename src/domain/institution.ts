import type { DataCluster } from './clusters';
import type { InstitutionId } from './ids';

/** Algorithms FAPI 2.0 allows for signatures (Security Profile §5.4.1). */
export const SIGNATURE_ALGORITHMS = ['PS256', 'ES256', 'EdDSA'] as const;
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number];

/** Algorithms our own keys are kept in. */
export const CLIENT_ALGORITHMS = ['PS256', 'ES256'] as const;
export type ClientAlgorithm = (typeof CLIENT_ALGORITHMS)[number];

/**
 * A bank as data: all that it takes to talk to one FAPI 2.0 server and its FDX API. Field by field in
 * docs/institutions.md; parsed in `src/institutions/profile.ts`.
 */
export interface InstitutionProfile {
  readonly id: InstitutionId;
  /** Shown to the person. */
  readonly name: string;
  /** Exact issuer identifier, compared character by character (RFC 8414 §3.3, RFC 9207 §2.4). */
  readonly issuer: string;
  /** Where metadata lives: `/.well-known/openid-configuration` or `/.well-known/oauth-authorization-server` (RFC 8414 §3). */
  readonly discovery: 'oidc' | 'oauth2';
  readonly clientId: string;
  readonly clientAuthentication: { readonly method: 'private_key_jwt'; readonly algorithm: ClientAlgorithm };
  readonly senderConstraint: { readonly method: 'dpop'; readonly algorithm: ClientAlgorithm };
  /** Ask for `openid` and demand a valid ID token. */
  readonly openid: boolean;
  readonly idTokenSignedResponseAlg: SignatureAlgorithm;
  /** How the bank's answer comes back: as parameters, or as one signed JWT (JARM, FAPI 2.0 Message Signing §5.4). */
  readonly responseMode: 'query' | 'jwt';
  /** Algorithm of the JARM signature. */
  readonly authorizationSignedResponseAlg: SignatureAlgorithm;
  readonly request: {
    /** Sign all parameters of the pushed request (JAR, RFC 9101; FAPI 2.0 Message Signing §5.3). */
    readonly signed: boolean;
    /** Say what is wanted as RFC 9396 `authorization_details` of type fdx_v1.0, or as scopes only. */
    readonly form: 'authorization_details' | 'scope';
    /** Ask for a refresh token with `offline_access`. */
    readonly offlineAccess: boolean;
    /** Scopes to send beside the clusters' own. */
    readonly extraScopes: readonly string[];
    /** Scopes of a cluster at this bank where they differ from FDX. */
    readonly clusterScopes: Readonly<Partial<Record<DataCluster, readonly string[]>>>;
    /** Send the clusters' scopes beside `authorization_details` (most providers want both to agree). */
    readonly scopesWithDetails: boolean;
  };
  readonly fdx: {
    readonly baseUrl: string;
    readonly consents: {
      /** Read the grant from `GET /consents/{id}`, or be content with the token response. */
      readonly source: 'consent_api' | 'token_response';
      readonly credential: 'user_token' | 'client_credentials';
      /** Scope of the client-credentials token. */
      readonly scope?: string;
      /** Where `/consents` lives when not below `baseUrl`. */
      readonly baseUrl?: string;
    };
    /** Sent as FDX-API-Data-Provider-Id where one host serves many institutions. */
    readonly dataProviderId?: string;
  };
  /** PEM file of the certificate authority to trust beside the system's. */
  readonly caFile?: string;
}
