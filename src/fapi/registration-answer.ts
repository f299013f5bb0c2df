import { ConsentFailure } from '../domain/failures';
import type { ClientMetadata } from '../domain/registration';
import { isId } from './token-set';

/** A registration as the bank answered it, read strictly. */
export interface RegistrationAnswer {
  readonly clientId: string;
  readonly registrationClientUri?: string;
  /** Secret. */
  readonly registrationAccessToken?: string;
  /** What is registered, as far as we know its names. Holds no secret. */
  readonly metadata: ClientMetadata;
}

/**
 * What is kept in the clear of an answer: names of RFC 7591 §2 and its relatives, and of FDX. A name we do not know could hold
 * anything, a secret too.
 */
const KNOWN_MEMBERS: ReadonlySet<string> = new Set([
  ...['client_id', 'client_id_issued_at', 'client_name', 'client_uri', 'logo_uri', 'policy_uri', 'tos_uri', 'contacts'],
  ...['redirect_uris', 'response_types', 'grant_types', 'scope', 'jwks_uri', 'jwks', 'application_type', 'description'],
  ...['token_endpoint_auth_method', 'token_endpoint_auth_signing_alg', 'id_token_signed_response_alg'],
  ...['authorization_signed_response_alg', 'request_object_signing_alg', 'require_signed_request_object'],
  ...['require_pushed_authorization_requests', 'authorization_details_types', 'dpop_bound_access_tokens'],
  ...['tls_client_certificate_bound_access_tokens', 'tls_client_auth_subject_dn', 'tls_client_auth_san_dns'],
  ...['tls_client_auth_san_uri', 'use_mtls_endpoint_aliases', 'software_id', 'software_version'],
  ...['duration_type', 'duration_period', 'lookback_period', 'registry_references', 'intermediaries'],
]);

/**
 * Reads an answer that was in custody.
 *
 * @throws {ConsentFailure} as_response_invalid, quoting nothing of it
 * @see RFC 7591 §3.2.1, RFC 7592 §3
 */
export function parseRegistrationAnswer(raw: string): RegistrationAnswer {
  const body = objectIn(raw);
  const { client_id: clientId, registration_client_uri: uri, registration_access_token: token } = body;
  if (!isId(clientId)) throw invalid('client_id');
  if (uri !== undefined && !isManagementUri(uri)) throw invalid('registration_client_uri');
  if (token !== undefined && !isBearerToken(token)) throw invalid('registration_access_token');
  return {
    clientId,
    ...(uri !== undefined && { registrationClientUri: uri }),
    ...(token !== undefined && { registrationAccessToken: token }),
    metadata: Object.fromEntries(Object.entries(body).filter(([name]) => KNOWN_MEMBERS.has(name))),
  };
}

function objectIn(raw: string): Record<string, unknown> {
  let body: unknown;
  try {
    body = JSON.parse(raw);
  } catch {
    throw invalid('the body');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid('the body');
  return body as Record<string, unknown>;
}

/** RFC 7592 §3: a fully qualified URL; our token goes there, so never in the clear. */
function isManagementUri(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= 2048 &&
    URL.canParse(value) &&
    new URL(value).protocol === 'https:' &&
    new URL(value).username === '' &&
    !value.includes('#')
  );
}

/** RFC 6750 §2.1: b64token, which is what fits into a header. */
function isBearerToken(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 8192 && /^[A-Za-z0-9\-._~+/]+=*$/.test(value);
}

function invalid(what: string): ConsentFailure {
  return new ConsentFailure('as_response_invalid', `${what} of the registration is missing or not valid.`);
}
