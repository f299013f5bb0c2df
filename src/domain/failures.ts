/**
 * Everything that can go wrong, once. Four readers: `ApplicationFailure.type` and the retry policies, problem+json of the API
 * (RFC 9457), the pages a person sees, and `docs/errors.md` (checked against this table in both directions by a test).
 * A published code is never reused for another meaning.
 */
export type FailureKind =
  /** A person or the bank said no: an outcome, not an error. */
  | 'refused'
  /** The caller's request cannot be right as it is. */
  | 'invalid'
  /** We or the bank must fix something; trying again does not help. */
  | 'misconfigured'
  /** Try later. */
  | 'unavailable'
  /** It may have happened: never blindly repeated. */
  | 'ambiguous'
  /** An invariant broke. */
  | 'bug';

interface FailureDescription {
  readonly kind: FailureKind;
  /** HTTP status when the API answers with it. */
  readonly status: number;
  /** What happened, for an engineer; also the title of the problem document. */
  readonly title: string;
  /** What to do next. */
  readonly fix: string;
}

export const FAILURES = {
  // — the caller's request
  request_malformed: invalid(
    400,
    'The request body is not valid JSON.',
    'Send a JSON object with Content-Type: application/json.',
  ),
  request_invalid: invalid(400, 'The request does not match the schema.', 'Correct the fields listed in `errors`.'),
  request_too_large: invalid(
    413,
    'The request body is too large.',
    'Send a smaller body: 64 kB is enough for every request of an application.',
  ),
  media_type_unsupported: invalid(
    415,
    'The content type is not supported.',
    'Send Content-Type: application/json in UTF-8, uncompressed.',
  ),
  route_not_found: invalid(
    404,
    'There is nothing at this address.',
    'Check the path; the API is described in the README.',
  ),
  method_not_allowed: invalid(
    405,
    'This address does not answer that method.',
    'Use one of the methods in the Allow header.',
  ),
  unauthenticated: invalid(401, 'No valid API key was given.', 'Send Authorization: Bearer <API key>.'),
  forbidden: invalid(403, 'This API key may not do that.', 'Use a key of the role the operation needs.'),
  consent_not_found: invalid(
    404,
    'There is no such consent.',
    'Check the id; an application sees only its own consents.',
  ),
  receipt_not_found: invalid(404, 'This consent has no receipt yet.', 'A receipt exists once the consent is active.'),
  institution_unknown: invalid(
    422,
    'There is no such institution.',
    'Use an id from GET /v1/institutions, or add the institution first.',
  ),
  institution_invalid: invalid(
    422,
    'The institution profile is not valid.',
    'Correct the fields listed in `errors`; docs/institutions.md describes them.',
  ),
  registration_not_found: invalid(
    404,
    'There is no registration at this institution.',
    'Register first: `fdx-consent institutions register FILE`.',
  ),
  registration_exists: invalid(
    409,
    'There is a client at this institution already.',
    'Update or delete its registration, or use another institution id.',
  ),
  registration_busy: invalid(
    409,
    'Another operation on this registration is under way.',
    'Wait until it is done; `fdx-consent institutions registration show` tells how it stands.',
  ),
  registration_in_use: invalid(
    409,
    'Consents at this institution have not ended.',
    'Wait for their end, or delete with --force: they will stop working.',
  ),
  cluster_unknown: invalid(
    422,
    'A data cluster is not part of FDX v6.',
    'Use the cluster names of docs/vocabulary.md.',
  ),
  duration_exceeds_policy: invalid(
    422,
    'The consent would last longer than policy allows.',
    'Ask for at most the number of days named in `detail`.',
  ),
  return_url_unregistered: invalid(
    422,
    'The returnUrl is not registered for this application.',
    'Register it with `fdx-consent applications add --return-url`, or use a registered one.',
  ),
  // — the person's browser
  launch_link_unknown: invalid(
    404,
    'This link is not known.',
    'Ask the application that sent you here for a new link.',
  ),
  launch_limit_reached: invalid(
    429,
    'This consent was started too often.',
    'Ask the application that sent you here for a new link.',
  ),
  launch_foreign_origin: invalid(
    403,
    'The request to continue did not come from our own page.',
    'Open the link again and press Continue there.',
  ),
  callback_invalid: invalid(
    400,
    'The answer from the bank is incomplete or contradicts itself.',
    'Start again from the link; if it stays, tell the bank.',
  ),
  callback_state_unknown: invalid(
    400,
    'The answer from the bank belongs to no request of ours.',
    'Start again from the link.',
  ),
  callback_browser_mismatch: invalid(
    403,
    'The answer came back to another browser than the one that started.',
    'Finish in the browser in which you started, or start again from the link.',
  ),
  callback_issuer_mismatch: invalid(
    400,
    'The answer does not come from the bank that was asked (RFC 9207).',
    'Start again from the link; if it stays, tell the operator.',
  ),
  callback_too_late: invalid(
    410,
    'The answer from the bank came after the request had ended.',
    'Start again from the link, or ask for a new one.',
  ),
  // — outcomes
  consent_denied: refused('The person or the bank declined the consent.', 'Ask again only if the person wants it.'),
  consent_abandoned: refused(
    'Nobody completed the authorization in time.',
    'Create a new consent when the person is ready.',
  ),
  consent_expired: refused(
    'The consent has reached its expiration date.',
    'Create a new consent if the data is still needed.',
  ),
  // — the institution as it is configured
  institution_misconfigured: misconfigured(
    'This institution cannot be used as it is configured.',
    'Run `fdx-consent institutions check` and correct what it names.',
  ),
  // — the institution's authorization server
  as_metadata_unusable: misconfigured(
    'The authorization server metadata cannot be used.',
    'Check issuer and discovery in the institution profile, then the bank’s metadata.',
  ),
  as_issuer_mismatch: misconfigured(
    'The metadata names another issuer than configured (RFC 8414 §3.3).',
    'Correct `issuer` in the institution profile to the exact string the bank publishes.',
  ),
  as_client_rejected: misconfigured(
    'The authorization server rejected our client.',
    'Check clientId, the client authentication and that the bank reads our JWKS.',
  ),
  as_request_rejected: misconfigured(
    'The authorization server rejected our request.',
    'Compare the requested clusters, scopes and redirect URI with the registration at the bank.',
  ),
  as_response_invalid: misconfigured(
    'The authorization server answered with something its standards do not allow.',
    'Report the interaction to the bank.',
  ),
  as_authorization_error: misconfigured(
    'The bank ended the authorization with an error.',
    'The person can start again; if it stays, report it to the bank.',
  ),
  authorization_response_invalid: misconfigured(
    'The signed answer of the bank did not pass validation (JARM §2.4).',
    'The person can start again; if it stays, compare issuer, client id and algorithm with the bank’s registration.',
  ),
  code_exchange_refused: misconfigured(
    'The bank refused the authorization code.',
    'The person can start again; if it stays, report it to the bank.',
  ),
  id_token_invalid: misconfigured(
    'The ID token did not pass validation (OpenID Connect Core §3.1.3.7).',
    'Compare issuer, client id and signing algorithm with the bank’s registration.',
  ),
  grant_wider_than_asked: misconfigured(
    'The bank granted more than was asked; the grant is not used.',
    'Report it to the bank.',
  ),
  as_keys_unreachable: unavailable(
    'The signature keys of the authorization server cannot be reached.',
    'Try again in a little while; the tokens are kept.',
  ),
  as_unreachable: unavailable('The authorization server cannot be reached.', 'Try again in a little while.'),
  // — our registration at the institution
  registration_refused: misconfigured(
    'The bank refused the registration request.',
    'Look up the error named in `detail` (RFC 7591 §3.2.2) and correct the client metadata.',
  ),
  registration_weakened: misconfigured(
    'The bank registered us on weaker terms than asked; they are not used.',
    'Compare the differences named in `detail` with the profile, and report them to the bank.',
  ),
  registration_token_rejected: misconfigured(
    'The bank does not accept our registration access token, or no longer knows the client.',
    'Ask the bank; `registration delete --force` forgets the client here.',
  ),
  registration_unmanaged: misconfigured(
    'The bank gave no means to manage this registration (RFC 7592).',
    'Change it with the bank; `registration delete --force` forgets the client here.',
  ),
  // — the institution's FDX API
  fdx_unreachable: unavailable('The FDX API cannot be reached.', 'Try again in a little while.'),
  fdx_rate_limited: unavailable('The FDX API asks us to slow down.', 'Try again after the time in Retry-After.'),
  fdx_request_rejected: misconfigured(
    'The FDX API rejected our request.',
    'Check fdx.baseUrl and the credentials in the institution profile.',
  ),
  fdx_response_invalid: misconfigured(
    'The FDX API answered with something we cannot read.',
    'Report the interaction to the bank.',
  ),
  grant_lost: misconfigured('The bank no longer knows the grant behind this consent.', 'The person authorizes again.'),
  sender_certificate_changed: misconfigured(
    'The token is bound to a certificate that we no longer show (RFC 8705 §3).',
    'It is refreshed at its next use; where the bank gave no refresh token, the person authorizes again.',
  ),
  // — ambiguous
  code_exchange_unknown: ambiguous(
    'The bank’s answer to the code exchange was lost.',
    'The person authorizes again; a code is never sent twice.',
  ),
  refresh_unknown: ambiguous(
    'The bank’s answer to the refresh was lost.',
    'The refresh is tried again with the same token.',
  ),
  registration_unknown: ambiguous(
    'The bank’s answer to the registration request was lost.',
    'Ask the bank to remove the client it may have made, then register again.',
  ),
  // — our own parts
  step_timed_out: unavailable('A step took longer than it may.', 'Try again in a little while; nothing was lost.'),
  engine_unavailable: unavailable(
    'The workflow engine cannot be reached.',
    'Try again in a little while; nothing was lost.',
  ),
  signing_unavailable: unavailable(
    'The key that would sign cannot be used right now.',
    'Try again in a little while; an operator looks at the key service (docs/keys.md).',
  ),
  store_unavailable: unavailable('The database cannot be reached.', 'Try again in a little while; nothing was lost.'),
  internal_error: {
    kind: 'bug',
    status: 500,
    title: 'Something broke on our side.',
    fix: 'Report the request id to the operator.',
  },
} as const satisfies Record<string, FailureDescription>;

export type FailureCode = keyof typeof FAILURES;

/** A failure with its published code. Carries no library error: those can hold tokens (see docs/architecture.md). */
export class ConsentFailure extends Error {
  override readonly name = 'ConsentFailure';

  constructor(
    readonly code: FailureCode,
    /** What exactly, for an engineer. Must not hold secrets or personal data: it reaches logs and histories. */
    readonly detail?: string,
    /** Seconds after which a retry makes sense, when the other side said so. */
    readonly retryAfterSeconds?: number,
  ) {
    super(detail === undefined ? FAILURES[code].title : `${FAILURES[code].title} ${detail}`);
  }

  get kind(): FailureKind {
    return FAILURES[this.code].kind;
  }
}

/** Codes that a retry cannot help, for Temporal's `nonRetryableErrorTypes`. */
export const NON_RETRYABLE_CODES: readonly FailureCode[] = (Object.keys(FAILURES) as FailureCode[]).filter(
  (code) => FAILURES[code].kind !== 'unavailable' && FAILURES[code].kind !== 'bug',
);

export function isFailureCode(code: unknown): code is FailureCode {
  return typeof code === 'string' && Object.hasOwn(FAILURES, code);
}

function invalid(status: number, title: string, fix: string) {
  return { kind: 'invalid', status, title, fix } as const;
}
function refused(title: string, fix: string) {
  return { kind: 'refused', status: 200, title, fix } as const;
}
function misconfigured(title: string, fix: string) {
  return { kind: 'misconfigured', status: 502, title, fix } as const;
}
function unavailable(title: string, fix: string) {
  return { kind: 'unavailable', status: 503, title, fix } as const;
}
function ambiguous(title: string, fix: string) {
  return { kind: 'ambiguous', status: 202, title, fix } as const;
}
