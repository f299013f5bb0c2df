import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { ConsentFailure, type FailureCode } from '../domain/failures';
import { TransportError } from './transport';

/** Where in the protocol we were: the same answer means different things at different steps. */
export type ProtocolStep =
  | 'discovery'
  | 'par'
  | 'authorization_response'
  | 'token'
  | 'refresh'
  | 'refresh_token'
  | 'token_validation'
  | 'client_credentials'
  | 'introspection'
  | 'revocation'
  | 'registration'
  | 'registration_management'
  | 'registration_deletion'
  | 'resource';

/** Answers to these are not read twice: while one is out, what it brings exists nowhere else. */
const UNKNOWN_WHEN_LOST: Partial<Record<ProtocolStep, FailureCode>> = {
  token: 'code_exchange_unknown',
  refresh_token: 'refresh_unknown',
  registration: 'registration_unknown',
  registration_deletion: 'registration_unknown',
};

/**
 * The only way an error leaves this folder. Library errors are not passed on, not even as `cause`: a malformed token
 * response puts the tokens into openid-client's error cause, and a worker writes causes into workflow histories.
 */
export function failureOf(error: unknown, step: ProtocolStep): ConsentFailure {
  const ours = causeOf(error, ConsentFailure);
  if (ours) return ours;
  const transport = causeOf(error, TransportError);
  if (transport) return transportFailure(transport, step);
  if (error instanceof ResponseBodyError) return refusal(error, step);
  if (error instanceof WWWAuthenticateChallengeError) {
    return new ConsentFailure(
      step === 'resource' ? 'fdx_request_rejected' : 'as_client_rejected',
      `HTTP ${error.status}.`,
    );
  }
  if (error instanceof AuthorizationResponseError) {
    // Only a JARM response brings its error this far; plain ones are read where they arrive.
    const code = error.error === 'access_denied' ? 'consent_denied' : 'as_authorization_error';
    return new ConsentFailure(code, oauthErrorName(error.error));
  }
  if (error instanceof ClientError) return clientFailure(error, step);
  // A TypeError of the library is a misuse by us; its message could quote what it was given.
  return new ConsentFailure('internal_error', `${error instanceof Error ? error.name : 'Unknown error'} at ${step}.`);
}

/** Of a connection that was there. */
const BROKEN: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Whether it is the connection that ended, before there was a whole answer. */
export function isBrokenConnection(error: unknown): boolean {
  const transport = causeOf(error, TransportError);
  return transport !== undefined && BROKEN.has(transport.reason);
}

/** The library wraps what its fetch throws; ours is found again by type, a few levels down at most. */
function causeOf<Kind extends Error>(error: unknown, kind: new (...args: never[]) => Kind): Kind | undefined {
  for (let each = error, depth = 0; each instanceof Error && depth < 4; each = each.cause, depth += 1) {
    if (each instanceof kind) return each;
  }
  return undefined;
}

function transportFailure(error: TransportError, step: ProtocolStep): ConsentFailure {
  if (step === 'resource') return new ConsentFailure('fdx_unreachable', `${error.reason}.`);
  if (step === 'token_validation') return new ConsentFailure('as_keys_unreachable', `${error.reason}.`);
  // The code may have been spent: replaying it would make the server revoke the grant (RFC 6749 §4.1.2).
  const unknown = UNKNOWN_WHEN_LOST[step];
  if (unknown && error.maybeSent) return new ConsentFailure(unknown, `${error.reason}.`);
  return new ConsentFailure('as_unreachable', `${error.reason} at ${step}.`);
}

/** An OAuth error document (RFC 6749 §5.2, RFC 9126 §2.3). The description is the bank's text and stays here. */
function refusal(error: ResponseBodyError, step: ProtocolStep): ConsentFailure {
  const name = oauthErrorName(error.error);
  // At the token endpoint even "later" is a no: whether the code survived is the server's secret, and a code is sent once.
  if (step !== 'token' && (error.status === 429 || error.error === 'temporarily_unavailable')) {
    return new ConsentFailure('as_unreachable', name, retryAfterOf(error.response));
  }
  if (error.error === 'invalid_client' || error.error === 'unauthorized_client') {
    return new ConsentFailure('as_client_rejected', name);
  }
  if (step === 'token') return new ConsentFailure('code_exchange_refused', name);
  // RFC 6749 §5.2: invalid, expired, revoked, or not ours.
  if (step === 'refresh_token' && error.error === 'invalid_grant') return new ConsentFailure('grant_lost', name);
  return new ConsentFailure('as_request_rejected', name);
}

function clientFailure(error: ClientError, step: ProtocolStep): ConsentFailure {
  const response = error.cause instanceof Response ? error.cause : undefined;
  if (response && response.status >= 500) return serverFailure(response, step);
  if (step !== 'token' && response && (response.status === 429 || response.status === 408)) {
    return new ConsentFailure('as_unreachable', `HTTP ${response.status} at ${step}.`, retryAfterOf(response));
  }
  const detail = `${error.code ?? 'unexpected response'} at ${step}.`;
  if (step === 'discovery') return new ConsentFailure('as_metadata_unusable', detail);
  return new ConsentFailure(codeOfInvalidResponse(error, step), detail);
}

function serverFailure(response: Response, step: ProtocolStep): ConsentFailure {
  const detail = `HTTP ${response.status} at ${step}.`;
  if (step === 'token_validation') return new ConsentFailure('as_keys_unreachable', detail);
  // A server that broke while answering may have spent the code, or rotated the token, before it did.
  const unknown = UNKNOWN_WHEN_LOST[step];
  // A refresh is sent again with the same token; when, the bank may say.
  if (unknown)
    return new ConsentFailure(unknown, detail, step === 'refresh_token' ? retryAfterOf(response) : undefined);
  return new ConsentFailure('as_unreachable', detail, retryAfterOf(response));
}

const ID_TOKEN_FAULTS: ReadonlySet<string | undefined> = new Set([
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
]);

const TOKEN_STEPS: ReadonlySet<ProtocolStep> = new Set(['token', 'refresh_token', 'token_validation']);

function codeOfInvalidResponse(error: ClientError, step: ProtocolStep): FailureCode {
  if (step === 'authorization_response') return 'authorization_response_invalid';
  if (!TOKEN_STEPS.has(step)) return 'as_response_invalid';
  const text = `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}`;
  return ID_TOKEN_FAULTS.has(error.code) || /id.token|JWT|JWS|signature/i.test(text)
    ? 'id_token_invalid'
    : 'as_response_invalid';
}

/** Error names are a closed alphabet (RFC 6749 §5.2); anything else is not worth a place in a history. */
export function oauthErrorName(name: string): string {
  return /^[a-z_]{1,60}$/.test(name) ? `${name}.` : 'unnamed error.';
}

/** Seconds from a Retry-After header (RFC 9110 §10.2.3), bounded to a day. */
export function retryAfterOf(response: Response): number | undefined {
  const header = response.headers.get('retry-after');
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(Math.ceil(seconds), 86_400) : undefined;
}
