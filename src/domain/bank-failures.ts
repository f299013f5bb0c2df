import { misconfigured, unavailable, type FailureDescription } from './failure-kinds';

/** What can go wrong between us and a bank: rows of the one table in `failures.ts`. */
export const BANK_FAILURES = {
  // — the institution as it is configured
  institution_misconfigured: misconfigured(
    'This institution cannot be used as it is configured.',
    'Run `fdx-consent institutions check` and correct what it names.',
  ),
  institution_paused: unavailable(
    'An operator has paused this institution.',
    'Try again later: work that had begun goes on, new work waits until `fdx-consent institutions resume`.',
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
  fdx_rate_limited: {
    ...unavailable('The FDX API asks us to slow down.', 'Try again after the time in Retry-After.'),
    // Passed on as the bank said it (RFC 6585 §4).
    status: 429,
  },
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
} as const satisfies Record<string, FailureDescription>;
