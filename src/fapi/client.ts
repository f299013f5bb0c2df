import type { InstitutionProfile } from '../domain/institution';
import type {
  AuthorizationAnswer,
  AuthorizationRequest,
  AuthorizationSecrets,
  BoundToken,
  PushedAuthorization,
  ResourceRequest,
  TokenCustody,
} from './authorization';
import type { SigningKey } from './client-keys';
import { connect } from './connection';
import { exchangeCode } from './exchange-code';
import { prepareAuthorization } from './prepare-authorization';
import { pushAuthorizationRequest } from './push-authorization-request';
import { clientCredentialsToken, fetchWithToken } from './resource';
import type { TokenSet } from './token-set';

/**
 * A FAPI 2.0 client for one institution. Every function is one request to the bank and either returns what the standard
 * promises or throws a `ConsentFailure`; no library error and no secret leaves through an exception.
 *
 * @see FAPI 2.0 Security Profile §5.3.3; RFC 9126 (PAR), RFC 7636 (PKCE), RFC 9449 (DPoP), RFC 9207 (`iss`), RFC 9396 (RAR)
 */
export interface FapiClient {
  prepareAuthorization(): Promise<AuthorizationSecrets>;
  pushAuthorizationRequest(secrets: AuthorizationSecrets, request: AuthorizationRequest): Promise<PushedAuthorization>;
  exchangeCode(secrets: AuthorizationSecrets, answer: AuthorizationAnswer, custody: TokenCustody): Promise<TokenSet>;
  fetchWithToken(token: BoundToken, url: URL, request: ResourceRequest): Promise<Response>;
  clientCredentialsToken(scope: string | undefined): Promise<BoundToken>;
}

export interface FapiClientOptions {
  readonly profile: InstitutionProfile;
  readonly keys: readonly SigningKey[];
  readonly redirectUri: string;
}

export function createFapiClient({ profile, keys, redirectUri }: FapiClientOptions): FapiClient {
  const connection = connect(profile, keys, redirectUri);
  return {
    prepareAuthorization: () => prepareAuthorization(connection),
    pushAuthorizationRequest: (secrets, request) => pushAuthorizationRequest(connection, secrets, request),
    exchangeCode: (secrets, answer, custody) => exchangeCode(connection, secrets, answer, custody),
    fetchWithToken: (token, url, request) => fetchWithToken(connection, token, url, request),
    clientCredentialsToken: (scope) => clientCredentialsToken(connection, scope),
  };
}
