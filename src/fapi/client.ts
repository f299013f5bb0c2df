import type {
  AuthorizationAnswer,
  AuthorizationRequest,
  AuthorizationSecrets,
  BoundToken,
  PushedAuthorization,
  ResourceRequest,
  SenderBinding,
  TokenCustody,
} from './authorization';
import { readMetadata } from './authorization-server';
import { authorizeRequest, type RequestAuthorization } from './authorize-request';
import { connect, type ConnectionOptions } from './connection';
import { exchangeCode } from './exchange-code';
import { reviewMetadata, type Finding } from './metadata-review';
import { prepareAuthorization } from './prepare-authorization';
import { pushAuthorizationRequest } from './push-authorization-request';
import { queryGrant, revokeGrant, type ManagedGrant } from './grant-management';
import { introspectConsentId } from './introspect';
import { clientCredentialsToken, fetchWithPassword, fetchWithToken, openWithToken } from './resource';
import { refreshTokens } from './refresh-tokens';
import { revokeToken } from './revoke-token';
import type { BoundTokens } from './token-set';
import { createPublisherKeys, readPublisherKeys } from './publisher-keys';
import { verifyPublisher, type PublisherAssertion } from './verify-publisher';

/**
 * A FAPI 2.0 client for one institution. Every function is one request to the bank and either returns what the standard
 * promises or throws a `ConsentFailure`; no library error and no secret leaves through an exception.
 *
 * @see FAPI 2.0 Security Profile §5.3.3; RFC 9126 (PAR), RFC 7636 (PKCE), RFC 9449 (DPoP), RFC 8705 (mutual TLS), RFC 9207
 *   (`iss`), RFC 9396 (RAR), RFC 7009 (revocation), RFC 7662 (introspection), Grant Management for OAuth 2.0 (draft)
 */
export interface FapiClient {
  /** Reads the metadata anew and compares them with the profile. Throws as_issuer_mismatch, as_unreachable, as_metadata_unusable. */
  reviewMetadata(): Promise<readonly Finding[]>;
  prepareAuthorization(): Promise<AuthorizationSecrets>;
  pushAuthorizationRequest(secrets: AuthorizationSecrets, request: AuthorizationRequest): Promise<PushedAuthorization>;
  exchangeCode(secrets: AuthorizationSecrets, answer: AuthorizationAnswer, custody: TokenCustody): Promise<BoundTokens>;
  refreshTokens(refreshToken: string, binding: SenderBinding, custody: TokenCustody): Promise<BoundTokens>;
  revokeToken(token: string, hint: 'access_token' | 'refresh_token'): Promise<void>;
  /** The bank's id of the consent behind a token, where introspection tells it. */
  introspectConsentId(accessToken: string): Promise<string | undefined>;
  fetchWithToken(token: BoundToken, url: URL, request: ResourceRequest): Promise<Response>;
  /** For documents: the body has not been read yet, and is to be read or cancelled. */
  openWithToken(
    token: BoundToken,
    url: URL,
    request: ResourceRequest & { readonly signal?: AbortSignal },
  ): Promise<Response>;
  /** What opens one request that somebody else makes; nothing is sent. Throws delegation_not_possible. */
  authorizeRequest(token: BoundToken, method: string, url: URL, nonce?: string): Promise<RequestAuthorization>;
  fetchWithPassword(url: URL, request: ResourceRequest): Promise<Response>;
  clientCredentialsToken(scope: string | undefined): Promise<BoundToken>;
  queryGrant(grantId: string): Promise<ManagedGrant | undefined>;
  revokeGrant(grantId: string): Promise<void>;
  /** Judges what a bank signs when it publishes to us. Needs no key of ours. */
  verifyPublisher(assertion: string, audience: string): Promise<PublisherAssertion>;
  /** Lets go of open connections. */
  close(): Promise<void>;
}

/** @throws {ConsentFailure} institution_misconfigured when the profile's certificate files cannot be used */
export function createFapiClient(options: ConnectionOptions): FapiClient {
  const connection = connect(options);
  const publisherKeys = createPublisherKeys(() => readPublisherKeys(connection));
  return {
    reviewMetadata: async () => {
      const { metadata } = await readMetadata(options.profile, connection.transport);
      return reviewMetadata(metadata, options.profile);
    },
    prepareAuthorization: () => prepareAuthorization(connection),
    pushAuthorizationRequest: (secrets, request) => pushAuthorizationRequest(connection, secrets, request),
    exchangeCode: (secrets, answer, custody) => exchangeCode(connection, secrets, answer, custody),
    refreshTokens: (refreshToken, binding, custody) => refreshTokens(connection, refreshToken, binding, custody),
    revokeToken: (token, hint) => revokeToken(connection, token, hint),
    introspectConsentId: (accessToken) => introspectConsentId(connection, accessToken),
    fetchWithToken: (token, url, request) => fetchWithToken(connection, token, url, request),
    openWithToken: (token, url, request) => openWithToken(connection, token, url, request),
    authorizeRequest: (token, method, url, nonce) => authorizeRequest(connection, token, method, url, nonce),
    fetchWithPassword: (url, request) => fetchWithPassword(connection, url, request),
    clientCredentialsToken: (scope) => clientCredentialsToken(connection, scope),
    queryGrant: (grantId) => queryGrant(connection, grantId),
    revokeGrant: (grantId) => revokeGrant(connection, grantId),
    verifyPublisher: (assertion, audience) => verifyPublisher(options.profile, publisherKeys, assertion, audience),
    close: () => connection.transport.close(),
  };
}
