import { invalid, unavailable, type FailureDescription } from './failure-kinds';

/** What can be wrong with how an application uses the API: rows of the one table in `failures.ts`. */
export const API_FAILURES = {
  // — access
  scope_missing: invalid(
    403,
    'This key has not the scope that the operation needs.',
    'Use a key with the scope named in `detail`: docs/access.md.',
  ),
  token_invalid: invalid(
    401,
    'The access token is not one that is accepted here.',
    'Get a new token from the issuer; `detail` says what is wrong with this one.',
  ),
  issuer_unavailable: unavailable(
    'The keys of the access token’s issuer cannot be read.',
    'Try again in a little while; an operator looks at the issuer.',
  ),
  rate_limited: {
    kind: 'unavailable',
    status: 429,
    title: 'This application asks more often than it may.',
    fix: 'Try again after the time in Retry-After; RateLimit says what is left.',
  },
  application_not_found: invalid(404, 'There is no such application.', 'List them with fdx-consent applications list.'),
  application_exists: invalid(
    409,
    'There is an application of this id already.',
    'Change it with PUT /v1/applications/{id}, or use another id.',
  ),
  application_client_exists: invalid(
    409,
    'This client of the issuer speaks for an application already.',
    'Remove it there first: fdx-consent applications clients list shows where.',
  ),
  application_client_not_found: invalid(
    404,
    'There is no such client of an issuer.',
    'List them with fdx-consent applications clients list.',
  ),
  api_key_not_found: invalid(404, 'There is no such key.', 'List them with fdx-consent applications keys list.'),
  api_key_over: invalid(
    409,
    'This key is no longer in force.',
    'Rotate the one that is, or make a new one: fdx-consent applications keys list.',
  ),
  // — habits
  idempotency_key_invalid: invalid(
    400,
    'The Idempotency-Key is not one.',
    'Send 1 to 255 printable ASCII characters, a new UUID for each operation.',
  ),
  idempotency_key_reused: invalid(
    409,
    'This Idempotency-Key was used for another request.',
    'Use a new key for a new request; repeat a request only as it was.',
  ),
  idempotency_in_progress: {
    kind: 'unavailable',
    status: 409,
    title: 'The first request with this Idempotency-Key has not been answered yet.',
    fix: 'Repeat the request after the time in Retry-After.',
  },
  precondition_failed: invalid(
    412,
    'It has changed since you read it.',
    'Read it again, decide again, and send If-Match with the new ETag.',
  ),
  prefer_invalid: invalid(400, 'The Prefer header cannot be read.', 'Send Prefer: wait=N with 0 to 60 seconds.'),
  // — events and webhooks
  event_not_found: invalid(404, 'There is no such event.', 'Read the list: GET /v1/events.'),
  event_position_gone: invalid(
    410,
    'Events from there on are no longer kept.',
    'Start without a cursor, and read the consents themselves for what was missed.',
  ),
  webhook_endpoint_not_found: invalid(
    404,
    'There is no such webhook endpoint.',
    'Read the list: GET /v1/webhook-endpoints.',
  ),
  webhook_delivery_not_found: invalid(
    404,
    'There is no such delivery.',
    'Read the list: GET /v1/webhook-endpoints/{id}/deliveries.',
  ),
  webhook_url_refused: invalid(
    422,
    'Nothing is sent to this address.',
    'Use an https address of a public host, without credentials and fragment.',
  ),
  webhook_challenge_failed: invalid(
    422,
    'The endpoint did not answer the challenge.',
    'Answer the request of type endpoint.verification with its challenge, as `detail` says; then verify again.',
  ),
  webhook_limit_reached: invalid(
    409,
    'The application has as many webhook endpoints as it may.',
    'Delete one that is no longer used.',
  ),
} as const satisfies Record<string, FailureDescription>;
