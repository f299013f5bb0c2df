import { inspect } from 'node:util';
import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { ConsentFailure, type FailureCode } from '../../src/domain/failures';
import { failureOf, retryAfterOf, type ProtocolStep } from '../../src/fapi/failures';
import { TransportError } from '../../src/fapi/transport';

const CANARY = 'canary-access-token-0123456789';

function refusal(status: number, error: string, headers: Record<string, string> = {}): ResponseBodyError {
  const cause = { error, error_description: CANARY, access_token: CANARY };
  return new ResponseBodyError(`refused ${CANARY}`, { cause, response: new Response(CANARY, { status, headers }) });
}

function clientError(cause: unknown, code?: string, message = `odd ${CANARY}`): ClientError {
  return new ClientError(message, { cause, ...(code !== undefined && { code }) });
}

function broken(status: number, headers: Record<string, string> = {}): ClientError {
  return clientError(new Response(CANARY, { status, headers }), 'OAUTH_RESPONSE_IS_NOT_CONFORM');
}

const wrapped = (error: Error) => clientError(new Error(CANARY, { cause: error }));
const refused = new TransportError('ECONNREFUSED', false);
const reset = new TransportError('ECONNRESET', true);
const redirectError = (error: string) =>
  new AuthorizationResponseError(CANARY, { cause: new URLSearchParams({ error, error_description: CANARY }) });
const challenge = new WWWAuthenticateChallengeError(CANARY, {
  cause: [{ scheme: 'dpop', parameters: { error: 'invalid_token', error_description: CANARY } }],
  response: new Response(CANARY, { status: 401 }),
});

const ROWS: readonly (readonly [string, Error, ProtocolStep, FailureCode])[] = [
  // — no answer
  ['a connection that was refused', refused, 'discovery', 'as_unreachable'],
  ['a connection that was refused', refused, 'par', 'as_unreachable'],
  ['a connection that broke', reset, 'par', 'as_unreachable'],
  ['a connection that was refused: the code was certainly not sent', refused, 'token', 'as_unreachable'],
  ['a connection that broke: the code may be spent', reset, 'token', 'code_exchange_unknown'],
  ['a connection that broke, wrapped by the library', wrapped(reset), 'token', 'code_exchange_unknown'],
  ['keys that cannot be fetched', reset, 'token_validation', 'as_keys_unreachable'],
  ['a connection that broke', reset, 'resource', 'fdx_unreachable'],
  ['a connection that broke', reset, 'client_credentials', 'as_unreachable'],
  // — a server in trouble
  ['HTTP 503', broken(503), 'discovery', 'as_unreachable'],
  ['HTTP 503', broken(503), 'par', 'as_unreachable'],
  ['HTTP 502: the code may be spent', broken(502), 'token', 'code_exchange_unknown'],
  ['HTTP 500 for the keys', broken(500), 'token_validation', 'as_keys_unreachable'],
  ['HTTP 429 without an OAuth document', broken(429), 'par', 'as_unreachable'],
  // — a no
  ['invalid_grant', refusal(400, 'invalid_grant'), 'token', 'code_exchange_refused'],
  ['invalid_dpop_proof', refusal(400, 'invalid_dpop_proof'), 'token', 'code_exchange_refused'],
  ['HTTP 429: whether the code survived is not known', refusal(429, 'slow_down'), 'token', 'code_exchange_refused'],
  ['invalid_client', refusal(401, 'invalid_client'), 'token', 'as_client_rejected'],
  ['invalid_client', refusal(401, 'invalid_client'), 'par', 'as_client_rejected'],
  ['unauthorized_client', refusal(400, 'unauthorized_client'), 'par', 'as_client_rejected'],
  ['invalid_scope', refusal(400, 'invalid_scope'), 'par', 'as_request_rejected'],
  ['temporarily_unavailable', refusal(400, 'temporarily_unavailable'), 'par', 'as_unreachable'],
  ['HTTP 429', refusal(429, 'slow_down'), 'par', 'as_unreachable'],
  ['invalid_scope', refusal(400, 'invalid_scope'), 'client_credentials', 'as_request_rejected'],
  ['a challenge', challenge, 'resource', 'fdx_request_rejected'],
  ['a challenge', challenge, 'par', 'as_client_rejected'],
  // — a signed authorization response (JARM)
  ['a no in the response', redirectError('access_denied'), 'authorization_response', 'consent_denied'],
  ['an accident in the response', redirectError('server_error'), 'authorization_response', 'as_authorization_error'],
  [
    'a response that is not valid',
    clientError({ response: CANARY }, 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'),
    'authorization_response',
    'authorization_response_invalid',
  ],
  ['keys that cannot be fetched: the code was not sent', reset, 'authorization_response', 'as_unreachable'],
  ['HTTP 500 for the keys: the code was not sent', broken(500), 'authorization_response', 'as_unreachable'],
  // — an answer against the standards
  [
    'metadata that is no JSON',
    clientError(new SyntaxError(CANARY), 'OAUTH_PARSE_ERROR'),
    'discovery',
    'as_metadata_unusable',
  ],
  [
    'a PAR answer without request_uri',
    clientError({ body: CANARY }, 'OAUTH_INVALID_RESPONSE'),
    'par',
    'as_response_invalid',
  ],
  [
    'a token answer without a token',
    clientError({ access_token: CANARY }, 'OAUTH_INVALID_RESPONSE'),
    'token_validation',
    'as_response_invalid',
  ],
  [
    'a wrong nonce',
    clientError({ claims: CANARY }, 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'),
    'token_validation',
    'id_token_invalid',
  ],
  [
    'an expired ID token',
    clientError({ claims: CANARY }, 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED'),
    'token_validation',
    'id_token_invalid',
  ],
  [
    'an unknown signing key',
    clientError({ kid: CANARY }, 'OAUTH_KEY_SELECTION_FAILED'),
    'token_validation',
    'id_token_invalid',
  ],
  [
    'a bad signature',
    clientError(undefined, 'OAUTH_INVALID_RESPONSE', `JWT signature ${CANARY}`),
    'token_validation',
    'id_token_invalid',
  ],
  // — us
  ['a misuse of the library', new TypeError(`"code" must be ${CANARY}`), 'par', 'internal_error'],
  ['a failure that is ours already', new ConsentFailure('as_issuer_mismatch'), 'par', 'as_issuer_mismatch'],
  [
    'a failure of ours, wrapped by the library',
    wrapped(new ConsentFailure('as_issuer_mismatch')),
    'token',
    'as_issuer_mismatch',
  ],
];

describe('an error of the protocol library', () => {
  it.each(ROWS)('%s %#', (_what, error, step, code) => {
    const failure = failureOf(error, step);
    expect(failure).toBeInstanceOf(ConsentFailure);
    expect(failure.code).toBe(code);
  });

  it.each(ROWS)('%s leaves neither its cause nor a token behind %#', (_what, error, step) => {
    const failure = failureOf(error, step);
    expect(failure).not.toHaveProperty('cause');
    const all = `${failure.message} ${failure.detail ?? ''} ${failure.stack ?? ''} ${inspect(failure, { depth: 9, showHidden: true })}`;
    expect(all).not.toContain('canary');
  });

  it('that is none at all becomes an internal error', () => {
    expect(failureOf(CANARY, 'par')).toMatchObject({ code: 'internal_error', detail: 'Unknown error at par.' });
  });

  it('whose name is outside the alphabet of RFC 6749 §5.2 is not repeated', () => {
    expect(failureOf(refusal(400, `<b>${CANARY}</b>`), 'par').detail).toBe('unnamed error.');
    expect(failureOf(refusal(400, 'invalid_scope'), 'par').detail).toBe('invalid_scope.');
  });

  it('with a Retry-After keeps it', () => {
    expect(failureOf(refusal(429, 'slow_down', { 'retry-after': '30' }), 'par').retryAfterSeconds).toBe(30);
    expect(failureOf(broken(503, { 'retry-after': '7' }), 'par').retryAfterSeconds).toBe(7);
  });
});

describe('Retry-After (RFC 9110 §10.2.3)', () => {
  const secondsOf = (value: string) => retryAfterOf(new Response(null, { headers: { 'retry-after': value } }));

  it('is read in seconds and as a date', () => {
    expect(secondsOf('120')).toBe(120);
    const inAMinute = secondsOf(new Date(Date.now() + 60_000).toUTCString());
    expect(inAMinute).toBeGreaterThan(57);
    expect(inAMinute).toBeLessThanOrEqual(60);
  });

  it('is bounded to a day', () => {
    expect(secondsOf('999999999')).toBe(86_400);
  });

  it.each(['soon', '-5', '', 'Thu, 01 Jan 1970 00:00:00 GMT'])('%j is not one', (value) => {
    expect(secondsOf(value)).toBeUndefined();
  });
});
