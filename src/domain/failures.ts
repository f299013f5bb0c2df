import { API_FAILURES } from './api-failures';
import { BANK_FAILURES } from './bank-failures';
import { DATA_FAILURES } from './data-failures';
import { ambiguous, invalid, refused, unavailable, type FailureDescription, type FailureKind } from './failure-kinds';

/**
 * Everything that can go wrong, once. Four readers: `ApplicationFailure.type` and the retry policies, problem+json of the API
 * (RFC 9457), the pages a person sees, and `docs/errors.md` (checked against this table in both directions by a test).
 * A published code is never reused for another meaning.
 */
export type { FailureKind } from './failure-kinds';

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
    'Check the path; GET /openapi.json lists every operation.',
  ),
  method_not_allowed: invalid(
    405,
    'This address does not answer that method.',
    'Use one of the methods in the Allow header.',
  ),
  not_acceptable: invalid(
    406,
    'This address has nothing in the form that is asked for.',
    'Send Accept with one of the media types named in `detail`.',
  ),
  unauthenticated: invalid(401, 'No valid API key was given.', 'Send Authorization: Bearer <API key>.'),
  forbidden: invalid(403, 'This API key may not do that.', 'Use a key of the role the operation needs.'),
  publisher_unauthenticated: invalid(
    401,
    'Nothing shows that this notification comes from an institution.',
    'Send Authorization: Bearer <JWT>, signed by the institution for this address; docs/bank-notifications.md lists its claims.',
  ),
  consent_not_found: invalid(
    404,
    'There is no such consent.',
    'Check the id; an application sees only its own consents.',
  ),
  consent_not_ended: invalid(
    409,
    'This consent has not ended: revoke it first, then erase.',
    'Revoke it with fdx-consent consents revoke, or DELETE /v1/consents/{id}.',
  ),
  consent_held: invalid(
    409,
    'A legal hold is in force: nothing of this consent is deleted.',
    'Look at who placed it with fdx-consent holds list, and have it released if it is over.',
  ),
  erasure_waits_for_bank: invalid(
    409,
    'The bank must still be told of the end, with tokens that erasing would destroy.',
    'Wait until bankEnding is done, or settle the open task with the bank and close it; then erase.',
  ),
  hold_not_found: invalid(404, 'There is no such legal hold.', 'List them with fdx-consent holds list --all.'),
  consent_ended: invalid(409, 'This consent has ended.', 'Create a new consent if the data is still needed.'),
  consent_not_connected: invalid(
    409,
    'Nobody has authorized this consent yet.',
    'Send the person to its launchUrl; there is nothing to renew before.',
  ),
  consent_not_renewable: invalid(
    409,
    'A ONE_TIME consent cannot be renewed.',
    'Create a new consent if the data is needed again.',
  ),
  consent_not_one_time: invalid(
    409,
    'Only a ONE_TIME consent is completed.',
    'Revoke the consent if it is no longer needed: DELETE /v1/consents/{id}.',
  ),
  authorization_in_progress: invalid(
    409,
    'The bank has answered and the authorization is being completed.',
    'Read the consent in a few seconds.',
  ),
  invitation_open: invalid(
    409,
    'The person is already invited to authorize, on other terms.',
    'Use that invitation, or cancel it first: DELETE /v1/consents/{id}/authorizations/{invitationId}.',
  ),
  invitation_not_found: invalid(404, 'There is no such open invitation.', 'Read the consent: it names the open one.'),
  receipt_not_found: invalid(
    404,
    'There is no such receipt.',
    'A receipt exists once the consent is active; an application sees only its own.',
  ),
  receipt_not_exportable: invalid(
    409,
    'The receipt lacks what a Kantara receipt must say.',
    'An operator gives what `detail` names; docs/receipts.md says where.',
  ),
  certificate_not_found: invalid(
    404,
    'This consent has no deletion certificate yet.',
    'It exists once personal data are destroyed: PERSONAL_DATA_RETENTION_DAYS after the end.',
  ),
  evidence_removed: invalid(
    410,
    'The evidence of this consent was removed when it need not be kept any longer.',
    'Its deletion certificate is left: `fdx-consent housekeeping certificate CONSENT-ID`.',
  ),
  checkpoint_not_found: invalid(
    404,
    'There is no such checkpoint.',
    'The first one is taken within an hour of the first start, the next ones daily; `latest` names the newest.',
  ),
  disclosure_not_found: invalid(
    404,
    'There is no such disclosure.',
    'Read the list: GET /v1/consents/{id}/disclosures; there is one once the person has agreed.',
  ),
  disclosure_too_late: invalid(
    409,
    'No link waits for an agreement.',
    'Submit the disclosure while a link is open and before the person goes to the bank by it.',
  ),
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
  operator_task_not_found: invalid(
    404,
    'There is no such operator task.',
    'Check the id; `fdx-consent tasks list --all` shows all of them.',
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
  ...API_FAILURES,
  ...DATA_FAILURES,
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
  consent_revoked: refused('The consent was revoked.', 'Ask again only if the person wants it.'),
  invitation_closed: refused('This link is no longer good.', 'Ask the application that sent you here for a new link.'),
  consent_expired: refused(
    'The consent has reached its expiration date.',
    'Create a new consent if the data is still needed.',
  ),
  ...BANK_FAILURES,
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
  vault_unavailable: unavailable(
    'The key that opens the vault cannot be used right now.',
    'Try again in a little while; an operator looks at the key management service (docs/vault.md).',
  ),
  purge_held: unavailable(
    'A legal hold is in force: nothing of this consent is deleted.',
    'It is tried again every hour, and goes on once every hold on the consent is released.',
  ),
  purge_waits_for_bank: unavailable(
    'The bank must still be told of the end, with tokens that purging would destroy.',
    'It is tried again every hour, and goes on without the bank once the consent’s time is over.',
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
