import type { Endpoint } from '../../../sandbox/control/endpoints';
import type { Fault } from '../../../sandbox/control/fault';
import type { EndingSteps } from '../../../src/domain/ending';

/** One way in which a bank takes the news that a consent is over. */
export interface EndCase {
  readonly name: string;
  readonly institutionId?: string;
  /** What goes wrong, about this one consent. */
  readonly fault?: { readonly endpoint: Endpoint; readonly fault: Fault; readonly times?: number };
  /** The access token has ended: the bank must be asked for a new one before it can be told. */
  readonly isAged?: true;
  /** The person has ended it at the bank already, and nobody was told. */
  readonly isRevokedAtBank?: true;
  /** The failure that an operator reads meanwhile; the bank is then told again because they say so. */
  readonly stuckWith?: string;
  /** How often it has to be told, where once is not enough. */
  readonly attempts?: number;
  /** There is nothing at this bank that would end it. */
  readonly standsAtBank?: true;
  /** What was done, where it is not the ordinary. */
  readonly steps?: EndingSteps;
}

const away: [string, Fault][] = [
  ['breaks the connection', { kind: 'reset' }],
  ['answers 503', { kind: 'status', status: 503, headers: { 'retry-after': '1' } }],
  ['answers 500', { kind: 'status', status: 500, body: 'oops' }],
  ['does not answer', { kind: 'timeout' }],
];

const awayAt = (endpoint: Endpoint, where: string, more: Partial<EndCase> = {}): EndCase[] =>
  away.map(([name, fault]) => ({
    name: `${name} once ${where}`,
    fault: { endpoint, fault, times: 1 },
    attempts: 2,
    ...more,
  }));

const status = (code: number, body?: object): Fault => ({ kind: 'status', status: code, ...(body && { body }) });
const NOT_OFFERED = { grant: 'not_offered' } as const;
const ALREADY = { ...NOT_OFFERED, consent: 'already_ended', refreshToken: 'done', accessToken: 'done' } as const;
/** Nothing but the tokens to tell it of. */
const TOKENS_ONLY = {
  institutionId: 'sandbox-bank-scopes',
  steps: { ...NOT_OFFERED, consent: 'not_offered', refreshToken: 'done', accessToken: 'done' },
} as const;
const SIGNED = { institutionId: 'sandbox-bank-signed' } as const;

export const END_CASES: readonly EndCase[] = [
  ...awayAt('consents', 'at the consent API'),
  ...awayAt('revocation', 'at token revocation', TOKENS_ONLY),
  // A refresh is sent once more by itself, unless the bank says when.
  ...awayAt('token', 'at the refresh', { isAged: true }).map((each) =>
    each.name.startsWith('answers 503') ? each : { ...each, attempts: 1 },
  ),
  {
    name: 'takes the revocation, and its answer is lost',
    fault: { endpoint: 'consents', fault: { kind: 'answer_lost' }, times: 1 },
    attempts: 2,
    steps: ALREADY,
  },
  {
    ...{ name: 'takes the revocation with a token of our own, and its answer is lost', ...SIGNED },
    fault: { endpoint: 'consents', fault: { kind: 'answer_lost' }, times: 1 },
    attempts: 2,
    steps: ALREADY,
  },
  {
    ...{ name: 'takes the token, and its answer is lost', ...TOKENS_ONLY },
    fault: { endpoint: 'revocation', fault: { kind: 'answer_lost' }, times: 1 },
    attempts: 2,
  },
  {
    ...{ name: 'refreshes, and its answer is lost', isAged: true },
    fault: { endpoint: 'token', fault: { kind: 'answer_lost' }, times: 1 },
  },
  {
    ...{ name: 'refuses the refresh: to it the grant is over', isAged: true },
    fault: { endpoint: 'token', fault: { kind: 'oauth_error', error: 'invalid_grant' }, times: 1 },
    steps: ALREADY,
  },
  { name: 'says 409', fault: { endpoint: 'consents', fault: status(409, { code: '409' }), times: 1 }, steps: ALREADY },
  { name: 'says 404', fault: { endpoint: 'consents', fault: status(404, { code: '404' }), times: 1 }, steps: ALREADY },
  {
    ...{ name: 'says 400 because it is revoked already', isRevokedAtBank: true },
    fault: { endpoint: 'consents', fault: status(400, { message: 'already revoked' }), times: 1 },
    steps: ALREADY,
  },
  {
    ...{ name: 'says 400 to our own token because it is revoked already', isRevokedAtBank: true, ...SIGNED },
    fault: { endpoint: 'consents', fault: status(400, { message: 'already revoked' }), times: 1 },
    steps: ALREADY,
  },
  {
    name: 'says 400 while the consent stands',
    fault: { endpoint: 'consents', fault: status(400, { code: '400' }), times: 1 },
    stuckWith: 'fdx_request_rejected',
    attempts: 2,
  },
  {
    name: 'no longer takes an access token that seemed good: another one is fetched',
    fault: { endpoint: 'consents', fault: status(401, { code: '603' }), times: 1 },
  },
  {
    ...{ name: 'does not let our own token revoke', ...SIGNED },
    fault: { endpoint: 'consents', fault: status(403, { code: '602' }), times: 1 },
    stuckWith: 'fdx_request_rejected',
    attempts: 2,
    // It has heard of it by the token meanwhile.
    steps: ALREADY,
  },
  {
    ...{ name: 'cannot revoke such a token (RFC 7009 §2.2.1)', ...TOKENS_ONLY },
    fault: { endpoint: 'revocation', fault: { kind: 'oauth_error', error: 'unsupported_token_type' }, times: 1 },
    steps: { ...TOKENS_ONLY.steps, refreshToken: 'not_offered' },
    standsAtBank: true,
  },
];
