import { inspect } from 'node:util';
import type { Endpoint } from '../../sandbox/control/endpoints';
import type { Fault } from '../../sandbox/control/fault';
import { ConsentFailure, type FailureCode } from '../../src/domain/failures';
import { bindingOf } from '../../src/fapi/authorization';
import { readAccounts, getConsent } from '../../src/fdx/client';
import { ClientAtBank, Custody } from './support/client-at-bank';

/** Short, so that a bank that says nothing is tried in a moment. */
const IMPATIENT = { answerTimeoutMs: 400 };
const CANARY = 'canary-token-0123456789';

let at: ClientAtBank;

beforeAll(async () => {
  at = await ClientAtBank.start();
});

afterEach(() => at.bank.control('DELETE', '/faults'));

afterAll(() => at.stop());

/** Every way of not answering, or of answering with something that is no answer. */
const TROUBLES: Record<string, Fault> = {
  'HTTP 500': { kind: 'status', status: 500, body: CANARY },
  'HTTP 503': { kind: 'status', status: 503, body: CANARY, headers: { 'retry-after': '3' } },
  silence: { kind: 'timeout' },
  'a connection reset': { kind: 'reset' },
  'a slow drip': { kind: 'drip', bytesPerSecond: 20 },
  'an HTML page with status 200': {
    kind: 'status',
    status: 200,
    contentType: 'text/html',
    body: `<h1>${CANARY}</h1>`,
  },
  'malformed JSON with tokens inside': {
    kind: 'status',
    status: 200,
    contentType: 'application/json',
    body: `{"access_token":"${CANARY}","token_type":"DPoP",`,
  },
  'JSON that is no object': { kind: 'status', status: 200, contentType: 'application/json', body: `["${CANARY}"]` },
  'its own answer, cut short': { kind: 'malformed_json' },
  'a redirect loop': { kind: 'redirect_loop' },
  'a body without end': { kind: 'giant_body', megabytes: 50 },
  'a redirect': { kind: 'status', status: 307, headers: { location: `https://elsewhere.example/${CANARY}` } },
};

type Trouble = keyof typeof TROUBLES;

interface Expectation {
  readonly step: string;
  readonly endpoint: Endpoint;
  /** What the step answers to each trouble. */
  readonly codes: Record<Trouble, FailureCode>;
  readonly run: (client: ClientAtBank, strike: () => Promise<void>) => Promise<unknown>;
}

const broken = (away: FailureCode, invalid: FailureCode): Record<Trouble, FailureCode> => ({
  'HTTP 500': away,
  'HTTP 503': away,
  silence: away,
  'a connection reset': away,
  'a slow drip': away,
  'an HTML page with status 200': invalid,
  'malformed JSON with tokens inside': invalid,
  'JSON that is no object': invalid,
  'its own answer, cut short': invalid,
  'a redirect loop': invalid,
  // Dropped at 4 MiB: whatever it was to say, it was not an answer.
  'a body without end': away,
  'a redirect': invalid,
});

const STEPS: readonly Expectation[] = [
  {
    step: 'discovery',
    endpoint: 'discovery',
    codes: broken('as_unreachable', 'as_metadata_unusable'),
    run: async (client, strike) => {
      await strike();
      return client.comeBack();
    },
  },
  {
    step: 'the pushed request',
    endpoint: 'par',
    codes: broken('as_unreachable', 'as_response_invalid'),
    run: async (client, strike) => {
      await strike();
      return client.comeBack();
    },
  },
  {
    step: 'the code exchange',
    endpoint: 'token',
    codes: broken('code_exchange_unknown', 'as_response_invalid'),
    run: async (client, strike) => {
      const { secrets, answer } = await client.comeBack();
      await strike();
      return client.client.exchangeCode(secrets, answer, new Custody());
    },
  },
  {
    step: 'the signature keys right after the exchange',
    endpoint: 'jwks',
    codes: broken('as_keys_unreachable', 'as_keys_unreachable'),
    run: async (client, strike) => {
      await strike();
      const custody = new Custody();
      return client.tokens(custody).finally(() => {
        // Whatever became of the keys, the tokens are safe.
        expect(custody.responses).toHaveLength(1);
      });
    },
  },
  {
    step: 'a refresh',
    endpoint: 'token',
    codes: broken('refresh_unknown', 'as_response_invalid'),
    run: async (client, strike) => {
      const tokens = await client.tokens();
      await strike();
      return client.client.refreshTokens(tokens.refreshToken ?? '', bindingOf(tokens), new Custody());
    },
  },
  {
    step: 'the consent API',
    endpoint: 'consents',
    codes: broken('fdx_unreachable', 'fdx_response_invalid'),
    run: async (client, strike) => {
      const tokens = await client.tokens();
      await strike();
      return getConsent(
        client.profile,
        (url, request) => client.client.fetchWithToken(tokens, url, request),
        tokens.bankConsentId ?? '',
        { durationType: 'TIME_BOUND', durationPeriod: 30, resources: [] },
      );
    },
  },
  {
    step: 'the accounts',
    endpoint: 'accounts',
    codes: broken('fdx_unreachable', 'fdx_response_invalid'),
    run: async (client, strike) => {
      const tokens = await client.tokens();
      await strike();
      return readAccounts(client.profile, (url, request) => client.client.fetchWithToken(tokens, url, request));
    },
  },
];

/** Where an answer of any shape is a success, or a redirect a plain no. */
const EXCEPTIONS: Readonly<Record<string, FailureCode | 'fine'>> = {
  // FDX servers other than the sandbox answer /accounts in shapes of their own; only that they answer is proven.
  'the accounts: JSON that is no object': 'fine',
  'the consent API: a redirect loop': 'fdx_request_rejected',
  'the accounts: a redirect loop': 'fdx_request_rejected',
  'the consent API: a redirect': 'fdx_request_rejected',
  'the accounts: a redirect': 'fdx_request_rejected',
};

const cases = STEPS.flatMap((step) =>
  Object.entries(TROUBLES).map(([trouble, fault]) => ({ ...step, trouble, fault, name: `${step.step}: ${trouble}` })),
);

describe('a bank that answers badly', () => {
  test.each(cases)('$name', async ({ endpoint, codes, run, trouble, fault, name }) => {
    const client = at.again({}, IMPATIENT);
    const outcome: unknown = await run(client, () => at.bank.plant({ endpoint, fault })).then(
      () => 'fine',
      (error: unknown) => error,
    );
    await client.client.close();
    const expected = EXCEPTIONS[name] ?? codes[trouble];
    if (!(outcome instanceof ConsentFailure)) {
      expect(outcome).toBe(expected);
      return;
    }
    expect(outcome.code).toBe(expected);
    // Neither what the bank said nor what we sent is quoted, at any depth.
    expect(inspect(outcome, { depth: 10 })).not.toMatch(/canary|eyJ|Bearer|DPoP /);
    expect(outcome.cause).toBeUndefined();
    if (trouble === 'HTTP 503' && outcome.kind === 'unavailable' && endpoint !== 'jwks') {
      expect(outcome.retryAfterSeconds).toBe(3);
    }
  });
});
