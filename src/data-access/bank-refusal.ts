import { ConsentFailure, type FailureCode } from '../domain/failures';
import type { FdxRefusal } from '../fdx/refusal';

/** FDX's own codes say it better than the HTTP status, which banks choose freely. */
const BY_FDX_CODE: Readonly<Record<string, FailureCode>> = {
  '602': 'grant_in_doubt',
  '705': 'account_closed',
  '1106': 'data_not_offered',
  '1107': 'data_not_found',
  '1203': 'representation_unavailable',
};

const BY_STATUS: Readonly<Record<number, FailureCode>> = {
  400: 'data_request_refused',
  // Tokens that were fresh a moment ago: no code of FDX says "revoked", and the bank is asked how the consent stands.
  401: 'grant_in_doubt',
  403: 'grant_in_doubt',
  404: 'data_not_found',
  406: 'representation_unavailable',
  409: 'account_closed',
  422: 'data_request_refused',
  429: 'fdx_rate_limited',
  501: 'data_not_offered',
};

/**
 * What a bank's no to a request for data is told as. Its words are not passed on: they are for people at the bank, and may be about
 * the person.
 *
 * @see FDX API 6.x, Error: HTTP status and code
 */
export function failureOfRefusal({ status, code = '', detail, retryAfterSeconds }: FdxRefusal): ConsentFailure {
  return new ConsentFailure(codeOf(status, code), detail, retryAfterSeconds);
}

function codeOf(status: number, fdxCode: string): FailureCode {
  const isRefusal = (status >= 400 && status < 500 && status !== 429) || status === 501;
  const named = isRefusal && Object.hasOwn(BY_FDX_CODE, fdxCode) ? BY_FDX_CODE[fdxCode] : undefined;
  // A redirect is among what is left: a token is not carried to wherever it points.
  return named ?? BY_STATUS[status] ?? (status >= 500 ? 'fdx_unreachable' : 'fdx_response_invalid');
}
