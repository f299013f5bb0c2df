import type { Endpoint } from '../../../sandbox/control/endpoints';
import type { Fault, FaultRuleRequest } from '../../../sandbox/control/fault';

/** One way of misbehaving, and what our side makes of it. */
export interface Case {
  readonly name: string;
  readonly institutionId?: string;
  readonly faults: () => FaultRuleRequest[];
  /** The consent afterwards. */
  readonly status: string;
  readonly code?: string;
  /** The last endpoint of the bank that was reached. */
  readonly stoppedAt: Endpoint;
  /**
   * `kept`: sealed in our database. `ended`: the bank was told, then they were destroyed. `unknown`: the bank may have made some,
   * and its answer was lost.
   */
  readonly tokens: 'kept' | 'ended' | 'none' | 'unknown';
}

export const at = (endpoint: Endpoint, fault: Fault, times?: number): FaultRuleRequest => ({
  endpoint,
  fault,
  ...(times !== undefined && { times }),
});
const once = (name: string, rule: FaultRuleRequest, rest: Omit<Case, 'name' | 'faults'>): Case => ({
  name,
  faults: () => [rule],
  ...rest,
});

const TRY_AGAIN = { status: 'authorizing' } as const;
const ACTIVE = { status: 'active', stoppedAt: 'accounts', tokens: 'kept' } as const;

const CALLBACKS: Case[] = [
  once('a wrong state', at('authorize', { kind: 'rewrite_callback', set: { state: 'of-somebody-else' } }), {
    ...TRY_AGAIN,
    stoppedAt: 'authorize',
    tokens: 'none',
  }),
  once('no state', at('authorize', { kind: 'rewrite_callback', remove: ['state'] }), {
    ...TRY_AGAIN,
    stoppedAt: 'authorize',
    tokens: 'none',
  }),
  once('two states', at('authorize', { kind: 'rewrite_callback', duplicate: ['state'] }), {
    ...TRY_AGAIN,
    stoppedAt: 'authorize',
    tokens: 'none',
  }),
  once('a wrong iss', at('authorize', { kind: 'rewrite_callback', set: { iss: 'https://mix-up.example' } }), {
    ...TRY_AGAIN,
    stoppedAt: 'authorize',
    tokens: 'none',
  }),
  once('no iss', at('authorize', { kind: 'rewrite_callback', remove: ['iss'] }), {
    ...TRY_AGAIN,
    stoppedAt: 'authorize',
    tokens: 'none',
  }),
  once('two iss', at('authorize', { kind: 'rewrite_callback', duplicate: ['iss'] }), {
    ...TRY_AGAIN,
    stoppedAt: 'authorize',
    tokens: 'none',
  }),
];

const PUSHED: Case[] = (
  [
    ['a 500', { kind: 'status', status: 500 }, 'as_unreachable'],
    ['silence', { kind: 'timeout' }, 'as_unreachable'],
    ['a reset', { kind: 'reset' }, 'as_unreachable'],
    ['a drip', { kind: 'drip', bytesPerSecond: 20 }, 'as_unreachable'],
    [
      'HTML',
      { kind: 'status', status: 200, contentType: 'text/html', body: '<h1>Welcome</h1>' },
      'as_response_invalid',
    ],
    [
      'a redirect',
      { kind: 'status', status: 307, headers: { location: 'https://elsewhere.example/' } },
      'as_response_invalid',
    ],
  ] as const
).map(([name, fault, code]) =>
  once(`${name} for the pushed request`, at('par', fault), {
    status: code === 'as_unreachable' ? 'authorizing' : 'failed',
    code,
    stoppedAt: 'par',
    tokens: 'none',
  }),
);

const EXCHANGES: Case[] = (
  [
    ['a 500', { kind: 'status', status: 500 }, 'code_exchange_unknown'],
    ['silence', { kind: 'timeout' }, 'code_exchange_unknown'],
    ['a reset', { kind: 'reset' }, 'code_exchange_unknown'],
    ['a lost answer', { kind: 'answer_lost' }, 'code_exchange_unknown'],
    ['a drip', { kind: 'drip', bytesPerSecond: 100 }, 'code_exchange_unknown'],
    ['a refusal', { kind: 'oauth_error', error: 'invalid_grant' }, 'code_exchange_refused'],
  ] as const
).map(([name, fault, code]) =>
  once(`${name} for the code`, at('token', fault), {
    ...TRY_AGAIN,
    code,
    stoppedAt: 'token',
    tokens: code === 'code_exchange_refused' ? 'none' : 'unknown',
  }),
);

const FAILED_AT_TOKEN = { status: 'failed', stoppedAt: 'token', tokens: 'kept' } as const;
const MALFORMED: Case[] = [
  once(
    'HTML for the code',
    at('token', { kind: 'status', status: 200, contentType: 'text/html', body: '<h1>Hi</h1>' }),
    { ...FAILED_AT_TOKEN, code: 'as_response_invalid' },
  ),
  once(
    'malformed JSON with tokens inside',
    at('token', {
      kind: 'status',
      status: 200,
      contentType: 'application/json',
      body: '{"access_token":"canary-malformed-access-token","token_type":"DPoP",',
    }),
    { ...FAILED_AT_TOKEN, code: 'as_response_invalid' },
  ),
  once('a Bearer token where DPoP was asked', at('token', { kind: 'rewrite_json', set: { token_type: 'Bearer' } }), {
    ...FAILED_AT_TOKEN,
    stoppedAt: 'jwks',
    code: 'as_response_invalid',
  }),
  once('no expires_in', at('token', { kind: 'rewrite_json', remove: ['expires_in'] }), ACTIVE),
  once('token_type in odd case', at('token', { kind: 'rewrite_json', set: { token_type: 'dPoP' } }), ACTIVE),
];

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
const ID_TOKENS: Case[] = (
  [
    ['another issuer', () => ({ set: { iss: 'https://elsewhere.example' } })],
    ['no issuer', () => ({ remove: ['iss'] })],
    ['another audience', () => ({ set: { aud: 'somebody-else' } })],
    ['no audience', () => ({ remove: ['aud'] })],
    ['a second audience', () => ({ set: { aud: ['fdx-consent-dev', 'somebody-else'] } })],
    ['an end in the past', () => ({ set: { exp: inSeconds(-300) } })],
    ['no end', () => ({ remove: ['exp'] })],
    ['another nonce', () => ({ set: { nonce: 'another' } })],
    ['no nonce', () => ({ remove: ['nonce'] })],
    ['a stranger’s signature', () => ({ signedBy: 'stranger' })],
    ['no signature (alg none)', () => ({ signedBy: 'nobody' })],
  ] as [string, () => Partial<Extract<Fault, { kind: 'forge_id_token' }>>][]
).map(([name, forgery]) => ({
  name: `an ID token with ${name}`,
  faults: () => [at('token', { kind: 'forge_id_token', ...forgery() })],
  status: 'failed',
  code: 'id_token_invalid',
  stoppedAt: name.includes('stranger') ? 'jwks' : 'token',
  tokens: 'kept',
}));

const CLOCKS: Case[] = [
  {
    name: 'a clock that is 30 seconds slow',
    faults: () => [at('token', { kind: 'forge_id_token', set: { iat: inSeconds(-330), exp: inSeconds(-25) } })],
    ...ACTIVE,
  },
  {
    name: 'a clock that is 5 minutes slow',
    faults: () => [at('token', { kind: 'forge_id_token', set: { iat: inSeconds(-600), exp: inSeconds(-300) } })],
    ...FAILED_AT_TOKEN,
    code: 'id_token_invalid',
  },
];

const GRANTS: Case[] = [
  once('a consent API that is down for a moment', at('consents', { kind: 'status', status: 503 }, 4), ACTIVE),
  once(
    'a grant wider than asked',
    at('consents', {
      kind: 'rewrite_json',
      set: { resources: [{ resourceType: 'ACCOUNT', resourceId: 'a', dataClusters: ['ACCOUNT_DETAILED', 'TAX'] }] },
    }),
    { status: 'failed', code: 'grant_wider_than_asked', stoppedAt: 'consents', tokens: 'ended' },
  ),
  once('silence for the accounts', at('accounts', { kind: 'timeout' }), ACTIVE),
  once(
    'HTML for the accounts',
    at('accounts', { kind: 'status', status: 200, contentType: 'text/html', body: '<h1>Hi</h1>' }),
    ACTIVE,
  ),
  once('a token that is bound to another key', at('token', { kind: 'rebind_token' }), ACTIVE),
];

/** Nonces that change all the time are followed; one that is never right is not asked for forever. */
const NONCES: Case[] = [
  once('a new nonce on every answer', at('token', { kind: 'dpop_nonce', mode: 'every_answer' }), ACTIVE),
  once('a new nonce on every answer of the FDX API', at('fdx', { kind: 'dpop_nonce', mode: 'every_answer' }), ACTIVE),
  once(
    'a nonce that is never right, for the pushed request',
    at('par', { kind: 'dpop_nonce', mode: 'always_refused' }),
    {
      status: 'failed',
      code: 'as_request_rejected',
      stoppedAt: 'par',
      tokens: 'none',
    },
  ),
  once('a nonce that is never right, for the code', at('token', { kind: 'dpop_nonce', mode: 'always_refused' }), {
    ...TRY_AGAIN,
    code: 'code_exchange_refused',
    stoppedAt: 'token',
    tokens: 'none',
  }),
];

const OVERSIZED: Case[] = [
  once('a body without end for the pushed request', at('par', { kind: 'giant_body', megabytes: 20 }), {
    ...TRY_AGAIN,
    code: 'as_unreachable',
    stoppedAt: 'par',
    tokens: 'none',
  }),
  once('a body without end for the code', at('token', { kind: 'giant_body', megabytes: 20 }), {
    ...TRY_AGAIN,
    code: 'code_exchange_unknown',
    stoppedAt: 'token',
    tokens: 'unknown',
  }),
  once('a redirect loop for the code', at('token', { kind: 'redirect_loop' }), {
    status: 'failed',
    code: 'as_response_invalid',
    stoppedAt: 'token',
    tokens: 'none',
  }),
  once('its own token response, cut short', at('token', { kind: 'malformed_json' }), {
    ...FAILED_AT_TOKEN,
    code: 'as_response_invalid',
  }),
];

const SIGNED = { institutionId: 'sandbox-bank-signed', status: 'authorizing', code: 'authorization_response_invalid' };
const RESPONSES: Case[] = (
  [
    ['of somebody else', { set: { aud: 'somebody-else' } }, 'authorize'],
    ['that has expired', { set: { exp: 1_600_000_000 } }, 'authorize'],
    ['that a stranger signed', { signedBy: 'stranger' }, 'jwks'],
    ['that nobody signed', { signedBy: 'nobody' }, 'authorize'],
  ] as const
).map(([name, forgery, stoppedAt]) =>
  once(`a signed answer ${name}`, at('authorize', { kind: 'forge_response', ...forgery }), {
    ...SIGNED,
    stoppedAt,
    tokens: 'none',
  }),
);

export const CASES: readonly Case[] = [
  ...[...CALLBACKS, ...PUSHED, ...EXCHANGES, ...MALFORMED, ...ID_TOKENS],
  ...[...CLOCKS, ...GRANTS, ...NONCES, ...OVERSIZED, ...RESPONSES],
];
