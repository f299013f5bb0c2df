import type { DataCluster } from './clusters';
import type { InstitutionId } from './ids';
import type { RegistryReference } from './party';

/** Algorithms FAPI 2.0 allows for signatures (Security Profile §5.4.1). */
export const SIGNATURE_ALGORITHMS = ['PS256', 'ES256', 'EdDSA'] as const;
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number];

/** How we prove who we are (RFC 7523; RFC 8705 §2.1 and §2.2). */
export type ClientAuthentication =
  | {
      readonly method: 'private_key_jwt';
      readonly algorithm: SignatureAlgorithm;
      /** `aud` of our assertions where a bank insists on another than its issuer (FAPI 2.0 Security Profile §5.3.3.1). */
      readonly audience?: string;
    }
  | { readonly method: 'tls_client_auth' | 'self_signed_tls_client_auth' };

/** What an access token is bound to, so that a stolen one is of no use (FAPI 2.0 Security Profile §5.3.2.1). */
export type SenderConstraint =
  | { readonly method: 'dpop'; readonly algorithm: SignatureAlgorithm }
  /** The certificate of the connection (RFC 8705 §3). */
  | { readonly method: 'mtls' };

/** As many requests as a bank hardly notices, and enough for 160 a second at a tenth of a second each. */
export const DEFAULT_CONCURRENT_REQUESTS = 16;

/** With what the consent API lets us in. */
export type ConsentCredential = 'user_token' | 'client_credentials' | 'basic';

/** @see FDX API 6.x, event notifications */
export interface NotificationSettings {
  /** Subscribe to them, ask for them now and then, or neither. What the bank sends by itself is taken in any case. */
  readonly mode: 'none' | 'subscribe' | 'poll';
  /** FDX NotificationType of what to subscribe to. */
  readonly types: readonly string[];
  /** Where the keys are that the bank signs its publisher's assertions with, when not at the `jwks_uri` of its metadata. */
  readonly jwksUri?: string;
  /** SHA-256 of certificates with which the bank may publish, base64url (`x5t#S256`, RFC 8705 §3.1). */
  readonly certificateThumbprints?: readonly string[];
  /** Scope of the client-credentials token for subscribing and asking. */
  readonly scope: string;
  /** Where `/notification-subscriptions` and `/notifications` live when not below `fdx.baseUrl`. */
  readonly baseUrl?: string;
}

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
  /** Who the bank is beside its name, for receipts. */
  readonly party?: { readonly homeUri?: string; readonly registryReferences?: readonly RegistryReference[] };
  readonly clientAuthentication: ClientAuthentication;
  readonly senderConstraint: SenderConstraint;
  /** PEM files of the certificate we show in mutual TLS, and of its private key. */
  readonly clientCertificate?: { readonly certificateFile: string; readonly keyFile: string };
  /** How far the bank's clock may be from ours, either way. */
  readonly clockToleranceSeconds: number;
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
    /** Algorithm of that signature; that of `clientAuthentication` when absent. */
    readonly signingAlgorithm?: SignatureAlgorithm;
    /** Parameters this bank wants beside the standard ones. Never replaces one of ours. */
    readonly extraParameters: Readonly<Record<string, string>>;
    /** `create` asks for a grant that can be managed by its id (Grant Management for OAuth 2.0, draft). */
    readonly grantManagementAction?: 'create';
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
      readonly credential: ConsentCredential;
      /** For `basic` (RFC 7617): the name, and the file that holds the password. */
      readonly basic?: { readonly username: string; readonly passwordFile: string };
      /** Where the bank tells its id of the consent: in its tokens and their response, or at its introspection endpoint (RFC 7662). */
      readonly idSource: 'token_response' | 'introspection';
      /** Scope of the client-credentials token. */
      readonly scope?: string;
      /** Where `/consents` lives when not below `baseUrl`. */
      readonly baseUrl?: string;
    };
    /** `resultType` of GET /accounts, for banks that want to be told. */
    readonly resultType?: 'lightweight' | 'details';
    /** Sent as FDX-API-Data-Provider-Id where one host serves many institutions. */
    readonly dataProviderId?: string;
    /** Requests for data that one process of ours has under way there; more wait in line. */
    readonly maxConcurrentRequests: number;
  };
  /** How the bank tells us of what becomes of its grants, and how it says that it is the bank. */
  readonly notifications: NotificationSettings;
  readonly tokens: {
    /** Days after which the bank forgets a refresh token that nobody has used. */
    readonly keepAliveDays?: number;
  };
  /** How often the bank is asked how each consent stands, whatever it tells by itself. */
  readonly reconcile: {
    /** Hours between two looks at one consent; 0: never. */
    readonly everyHours: number;
    /** Consents that are asked about in a minute. */
    readonly maxPerMinute: number;
  };
  /** PEM file of the certificate authority to trust beside the system's. */
  readonly caFile?: string;
  /** Lets the bank's metadata send us to private addresses. Hosts named in this profile may be private anyway. */
  readonly allowPrivateAddresses: boolean;
}

/** True when our certificate speaks for us, in authentication or as what tokens are bound to. */
export function usesMutualTls(profile: {
  readonly clientAuthentication: { readonly method: ClientAuthentication['method'] };
  readonly senderConstraint: { readonly method: SenderConstraint['method'] };
}): boolean {
  return profile.clientAuthentication.method !== 'private_key_jwt' || profile.senderConstraint.method === 'mtls';
}

/** The algorithm of our signature under a request object. */
export function requestSigningAlgorithm({
  request,
  clientAuthentication,
}: Pick<InstitutionProfile, 'request' | 'clientAuthentication'>): SignatureAlgorithm {
  if (request.signingAlgorithm !== undefined) return request.signingAlgorithm;
  return clientAuthentication.method === 'private_key_jwt' ? clientAuthentication.algorithm : 'PS256';
}
