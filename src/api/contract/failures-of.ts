import type { FailureCode } from '../../domain/failures';
import { habitFailuresOf } from './habits';
import { statusOf } from './schemas/problem';
import { idempotencyFailuresOf } from './idempotency';
import type { Access, Operation } from './operation';

/** What any request of a caller with a key may be answered with. */
const OF_CALLERS = ['unauthenticated', 'forbidden', 'rate_limited', 'store_unavailable'] as const;

const OF_ACCESS: Readonly<Record<Access['role'], readonly FailureCode[]>> = {
  application: [...OF_CALLERS, 'token_invalid', 'scope_missing', 'issuer_unavailable'],
  operator: OF_CALLERS,
  publisher: ['publisher_unauthenticated', 'store_unavailable'],
  anyone: [],
};

const OF_BODIES = ['request_malformed', 'request_too_large', 'media_type_unsupported'] as const;

/**
 * Every failure that an operation may answer with: its own, and those that come with its access, its path and its body. A request
 * that does not fit its description is `request_invalid`, whatever it is a request for.
 */
export function failuresOf(operation: Operation): readonly FailureCode[] {
  const { access, body, path, failures = [] } = operation;
  const codes: readonly FailureCode[] = [
    'request_invalid',
    ...OF_ACCESS[access.role],
    ...(body ? OF_BODIES : []),
    ...idempotencyFailuresOf(operation),
    // Percent-encoding that is none names nothing.
    ...(path.includes('{') ? (['route_not_found'] as const) : []),
    ...(path.includes('{consentId}') ? (['consent_not_found'] as const) : []),
    ...failures,
    ...habitFailuresOf(operation),
    'internal_error',
  ];
  return [...new Set(codes)];
}

/** The same by HTTP status, in its order. */
export function failuresByStatus(operation: Operation): ReadonlyMap<number, readonly FailureCode[]> {
  const byStatus = new Map<number, FailureCode[]>();
  for (const code of failuresOf(operation)) {
    byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code]);
  }
  return new Map([...byStatus].sort(([one], [other]) => one - other));
}
