import { invalid, unavailable, type FailureDescription } from './failure-kinds';

/** What can be wrong with a request for a person's data: rows of the one table in `failures.ts`. */
export const DATA_FAILURES = {
  // — judged before the bank is asked
  cluster_not_granted: invalid(
    403,
    'The person did not grant this data.',
    'Ask for the cluster named in `detail`: POST /v1/consents/{id}/authorizations with other resources.',
  ),
  account_not_granted: invalid(
    403,
    'The person did not grant this account.',
    'Use the accounts of GET /v1/consents/{id}/accounts.',
  ),
  lookback_exceeded: invalid(
    422,
    'The grant does not reach that far back.',
    'Ask for dates from the one named in `detail` on.',
  ),
  cursor_invalid: invalid(
    400,
    'This cursor is not one of ours, belongs to another request, or is too old.',
    'Start again without a cursor.',
  ),
  reauthorization_needed: invalid(
    409,
    'The bank no longer honours the grant of this consent.',
    'Let the person authorize again: POST /v1/consents/{id}/authorizations.',
  ),
  // — said by the bank
  grant_in_doubt: invalid(
    409,
    'The bank refuses data that it granted.',
    'Read the consent in a few seconds: the bank is being asked how it stands, and nextAction says what to do.',
  ),
  data_request_refused: invalid(
    422,
    'The bank does not take these parameters.',
    'Compare them with what the bank supports; `detail` has its FDX error code.',
  ),
  data_not_found: invalid(404, 'The bank has no such data.', 'Check the account and statement ids.'),
  data_not_offered: invalid(404, 'The bank does not offer this kind of data.', 'Do without it at this institution.'),
  representation_unavailable: invalid(
    406,
    'The bank does not have the document in this form.',
    'Ask with another Accept header, such as application/pdf.',
  ),
  account_closed: invalid(409, 'The account is closed.', 'Its data can no longer be read.'),
  institution_busy: unavailable(
    'Too many requests to this institution are under way.',
    'Try again after the seconds in Retry-After.',
  ),
  // — a request that the application carries to the bank itself
  delegation_not_allowed: invalid(
    403,
    'This application may not call banks itself.',
    'Read data through this API, or have an operator allow it: `fdx-consent applications allow`.',
  ),
  delegation_not_possible: invalid(
    409,
    'The tokens of this grant are bound to our certificate.',
    'Read data through this API: nobody else can use them.',
  ),
} as const satisfies Record<string, FailureDescription>;
