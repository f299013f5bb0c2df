import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Endpoint } from '../../sandbox/control/endpoints';
import type { Fault, FaultRuleRequest } from '../../sandbox/control/fault';
import { Application } from './support/application';
import { Bank } from './support/bank';
import { Canaries, collectSealed, collectServiceSecrets } from './support/canaries';
import { dump, query } from './support/database';
import { Journey } from './support/journey';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { exportWorkflows } from './support/temporal';

/**
 * A bank that misbehaves, one way at a time, against the whole product: where the flow stopped, with which code, whether the
 * tokens the bank gave are still ours, and (at the end) that nothing secret was written anywhere on the way.
 */
interface Case {
  readonly name: string;
  readonly institutionId?: string;
  readonly faults: () => FaultRuleRequest[] | Promise<FaultRuleRequest[]>;
  /** The consent afterwards. */
  readonly status: string;
  readonly code?: string;
  /** The last endpoint of the bank that was reached. */
  readonly stoppedAt: Endpoint;
  /** `kept`: sealed in our database. `unknown`: the bank may have made some, and its answer was lost. */
  readonly tokens: 'kept' | 'none' | 'unknown';
}

/** In the order in which a flow reaches them. */
const ORDER: readonly Endpoint[] = ['par', 'authorize', 'token', 'jwks', 'consents', 'accounts'];

let own: PrivateStack;
let bank: Bank;
let application: Application;
const canaries = new Canaries();
const consentIds: string[] = [];

beforeAll(async () => {
  const loud = { LOG_LEVEL: 'trace', OUTBOUND_TIMEOUT_SECONDS: '1' };
  own = await startPrivateStack({ apiEnv: loud, workerEnv: loud });
  bank = new Bank(own.stack);
  application = new Application(own.stack);
  await collectServiceSecrets(own.stack, canaries);
}, START_WITHIN_MS);

afterAll(() => own.end());

/** One trip, with a pause in which everything sealed is opened: its secrets are what must not be found. */
async function walk({ institutionId = 'sandbox-bank', faults }: Case): Promise<Journey> {
  await bank.reset();
  for (const fault of await faults()) await bank.plant(fault);
  const journey = await Journey.begin(application, { institutionId });
  consentIds.push(journey.consentId);
  const bankUrl = await journey.launch();
  await collectSealed(own.stack, canaries);
  if (bankUrl.startsWith(own.stack.urls.bank)) {
    const callback = new URL(await journey.decide(bankUrl));
    canaries.add('authorization code', callback.searchParams.get('code'));
    await journey.comeBack(callback.href);
  }
  await collectSealed(own.stack, canaries);
  return journey;
}

async function lastReached(): Promise<Endpoint | undefined> {
  const reached = await Promise.all(
    ORDER.map(async (each) => ((await bank.requests(each)).length > 0 ? each : undefined)),
  );
  return reached.filter((each) => each !== undefined).at(-1);
}

async function hasTokens(consentId: string): Promise<boolean> {
  const rows = await query(
    own.stack,
    `SELECT 1 FROM authorizations LEFT JOIN grants ON grants.authorization_id = authorizations.id
     WHERE authorizations.consent_id = $1 AND (tokens_jwe IS NOT NULL OR token_response_jwe IS NOT NULL)`,
    [consentId],
  );
  return rows.length > 0;
}

const at = (endpoint: Endpoint, fault: Fault, times?: number): FaultRuleRequest => ({
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
    { status: 'failed', code: 'grant_wider_than_asked', stoppedAt: 'consents', tokens: 'kept' },
  ),
  once('silence for the accounts', at('accounts', { kind: 'timeout' }), ACTIVE),
  once(
    'HTML for the accounts',
    at('accounts', { kind: 'status', status: 200, contentType: 'text/html', body: '<h1>Hi</h1>' }),
    ACTIVE,
  ),
  {
    name: 'a token that is bound to another key',
    faults: async () => [at('token', { kind: 'rewrite_json', set: { access_token: await tokenOfAnother() } })],
    ...ACTIVE,
  },
];

/** A living token of the same bank and client, bound to the key of another trip. */
async function tokenOfAnother(): Promise<string> {
  const journey = await Journey.walk(application);
  consentIds.push(journey.consentId);
  const theirs = new Canaries();
  await collectSealed(own.stack, theirs, journey.consentId);
  const [token] = theirs.ofKind('access_token');
  if (token === undefined) throw new Error('the other trip brought no token');
  await bank.reset();
  return token;
}

const CASES = [...CALLBACKS, ...PUSHED, ...EXCHANGES, ...MALFORMED, ...ID_TOKENS, ...CLOCKS, ...GRANTS];

describe('a bank that misbehaves', () => {
  test.each(CASES)('with $name', async (each) => {
    const journey = await walk(each);
    const consent = await journey.reaches(each.status);
    expect(consent.failure?.code).toBe(each.code);
    expect(await lastReached()).toBe(each.stoppedAt);
    expect(await hasTokens(journey.consentId)).toBe(each.tokens === 'kept');
    // Whatever happened, a code went to the bank at most once.
    expect(await bank.codesSent()).toBeLessThanOrEqual(1);
  });
});

test('a request_uri has expired when the person comes: back at the link there is a new one', async () => {
  await bank.reset();
  const journey = await Journey.begin(application);
  consentIds.push(journey.consentId);
  const first = await journey.launch();
  // As a bank answers a reference it no longer knows (RFC 9126 §2.2): to the person, since it cannot tell whose it was.
  await bank.plant(
    at('authorize', { kind: 'status', status: 400, contentType: 'text/html', body: '<h1>Expired</h1>' }, 1),
  );
  await journey.browser.open(first);
  expect(journey.browser.status).toBe(400);

  const second = await journey.launch();
  expect(new URL(second).searchParams.get('request_uri')).not.toBe(new URL(first).searchParams.get('request_uri'));
  await journey.comeBack(await journey.decide(second));
  await collectSealed(own.stack, canaries);
  expect((await journey.consent()).status).toBe('active');
});

describe('after all of that', () => {
  test('no secret stands in a history, opened or not', async () => {
    const workflows = await exportWorkflows(own.stack);
    expect(workflows.length).toBeGreaterThanOrEqual(consentIds.length);
    for (const { history, bytes, decoded, description } of workflows) {
      for (const text of [history, bytes.toString('latin1'), decoded, description]) {
        expect(canaries.foundIn(text)).toEqual([]);
        expect(text).not.toContain('canary-malformed');
      }
    }
  });

  test('no secret stands in a log or in a column', async () => {
    const files = (await readdir(own.stack.logDirectory)).filter((name) => !name.startsWith('bank'));
    expect(files).toEqual(expect.arrayContaining(['api.log', 'worker.log']));
    for (const file of files) {
      const text = await readFile(path.join(own.stack.logDirectory, file), 'utf8');
      expect([file, canaries.foundIn(text)]).toEqual([file, []]);
      expect(text).not.toContain('canary-malformed');
    }
    for (const [column, values] of await dump(own.stack)) {
      expect([column, canaries.foundIn(values.join('\n'))]).toEqual([column, []]);
    }
  });
});
