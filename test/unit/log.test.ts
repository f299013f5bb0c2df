import { Writable } from 'node:stream';
import { createLog, type Log, type LogFields } from '../../src/log';
import { withoutOpaqueWords, withoutSecrets } from '../../src/redaction';

let lines: string[];
let log: Log;

beforeEach(() => {
  lines = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  log = createLog('test', 'debug', destination);
});

const CANARY = 'canary';
/** As a careless caller would, past the types. */
const careless = (fields: unknown): LogFields => fields as LogFields;
const last = () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>;

/** What a line holds beside what every line holds. */
function written(): Record<string, unknown> {
  const names = Object.entries(last()).filter(([name]) => !['level', 'time', 'service'].includes(name));
  return Object.fromEntries(names);
}

const JWS = `eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.${'a'.repeat(86)}`;
const JWE = `eyJhbGciOiJkaXIifQ..${'b'.repeat(16)}.${'c'.repeat(40)}.${'d'.repeat(22)}`;
const KEY = `fdxc_app_${'K9k'.repeat(14)}`;
const OPAQUE = 'xXj39dKq-tP0aZ_81LmNvBcYr7sWuE2fGhTiOq5RkUw';
const PEM = `-----BEGIN PRIVATE KEY-----\nMIGH${CANARY}\n-----END PRIVATE KEY-----`;

describe('a line of the log', () => {
  it('is one JSON object with a time, a level, the service, its fields and its message', () => {
    log.info({ route: '/v1/consents', status: 201, isComplete: true }, 'request');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^{.*}\n$/);
    expect(last()).toEqual({
      level: 30,
      time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      service: 'test',
      route: '/v1/consents',
      status: 201,
      isComplete: true,
      msg: 'request',
    });
    log.warn('alone');
    expect(written()).toEqual({ msg: 'alone' });
  });

  it('is not made below the level', () => {
    log.trace({ status: 1 }, 'nothing');
    expect(lines).toEqual([]);
  });

  it.each([
    ['a field that is not on the list', { token: CANARY, status: 200 }],
    ['a text where a number belongs', { milliseconds: CANARY, status: 200 }],
    [
      'an object where a text belongs',
      { reason: { toJSON: (): string => CANARY, toString: () => CANARY }, status: 200 },
    ],
    ['an array where a text belongs', { reason: [CANARY], status: 200 }],
    ['an error where a text belongs', { reason: new Error(CANARY), err: new Error(CANARY), status: 200 }],
    ['a buffer where a text belongs', { reason: Buffer.from(CANARY), body: Buffer.from(CANARY), status: 200 }],
    ['a BigInt, a symbol and a function', { count: 7n, keys: Symbol(CANARY), reason: () => CANARY, status: 200 }],
    ['what a prototype smuggles in', { ['__proto__']: { reason: CANARY }, constructor: CANARY, status: 200 }],
    ['request and response', { req: { headers: { authorization: CANARY } }, res: { body: CANARY }, status: 200 }],
  ])('drops %s and keeps the rest', (_, fields) => {
    log.error(careless(fields), 'kept');
    expect(written()).toEqual({ status: 200, msg: 'kept' });
    expect(lines.join()).not.toContain(CANARY);
  });

  it.each([
    ['an error with a token in its cause', () => new Error(CANARY, { cause: { access_token: CANARY } })],
    ['an error with properties', () => Object.assign(new Error(CANARY), { reason: CANARY, code: CANARY })],
    ['an aggregate of errors', () => new AggregateError([new Error(CANARY)], CANARY)],
    ['a buffer', () => Buffer.from(CANARY)],
    ['a map', () => new Map([['reason', CANARY]])],
    [
      'an instance of a class',
      () =>
        new (class Request {
          reason = CANARY;
        })(),
    ],
    ['a list', () => [CANARY]],
    ['null', () => null],
    ['nothing', () => undefined],
    ['a number', () => 7],
    ['a proxy that throws whatever is asked', () => new Proxy({}, new Proxy({}, { get: () => refuse }))],
  ])('takes nothing of %s', (_, make) => {
    log.error(careless(make()), 'kept');
    expect(written()).toEqual({ msg: 'kept' });
  });

  it('survives a getter that throws, and keeps what came before it', () => {
    const fields = Object.defineProperty({ status: 200 }, 'reason', { get: refuse, enumerable: true });
    log.error(careless(fields), 'kept');
    expect(written()).toEqual({ status: 200, msg: 'kept' });
  });

  it('takes no message that is none', () => {
    for (const message of [new Error(CANARY), { toString: () => CANARY }, 7n]) {
      log.error({ status: 200 }, message as unknown as string);
      expect(written()).toEqual({ status: 200, msg: '' });
    }
  });

  it('does not fill in placeholders of a message', () => {
    (log.error as (...args: unknown[]) => void)({ status: 200 }, 'told %s %o', CANARY, { a: CANARY });
    expect(written()).toEqual({ status: 200, msg: 'told %s %o' });
  });

  it('takes counts by name and number', () => {
    const counts = { purged: 3, kept: 0, [`a ${CANARY}`]: 1, person: CANARY };
    log.info(careless({ counts }), 'swept');
    expect(written()).toEqual({ counts: { purged: 3, kept: 0 }, msg: 'swept' });
  });

  it('cuts long texts', () => {
    log.info({ reason: 'x y'.repeat(1_000), frames: 'x y'.repeat(100_000) }, 'x y'.repeat(10_000));
    expect([last()['reason'], last()['frames'], last()['msg']].map((text) => String(text).length)).toEqual([
      301, 2_001, 501,
    ]);
  });

  it('masks a secret that would be cut in half', () => {
    log.info({ reason: `${'x '.repeat(145)}${OPAQUE}` }, 'cut');
    expect(lines.join()).not.toContain(OPAQUE.slice(0, 8));
  });

  it.each([
    ['a JWS', JWS],
    ['a JWE', JWE],
    ['a JWT without a signature', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'],
    ['an API key', KEY],
    ['an opaque token', OPAQUE],
    ['a PEM block', PEM],
    ['a PEM block without its end', PEM.slice(0, 60)],
    ['a bearer token', `Bearer ${OPAQUE.slice(0, 20)}`],
    ['a DPoP-bound token', `DPoP ${OPAQUE.slice(0, 20)}`],
  ])('masks %s in its message and in every text', (_, secret) => {
    const text = `it was "${secret}" that broke`;
    log.error({ reason: text, frames: text, name: text, route: text, code: text }, text);
    expect(lines.join()).toContain('it was');
    expect(lines.join()).not.toContain(secret.slice(0, 60));
    expect(lines.join()).not.toMatch(/eyJ|MIGH|K9kK9k|xXj39/);
  });

  it('leaves the public name of a key, and nothing longer under that field', () => {
    log.info({ kid: OPAQUE, before: JWS }, 'signing');
    expect(written()).toEqual({ kid: OPAQUE, msg: 'signing' });
  });

  it('leaves ids, routes, times and frames as they are', () => {
    const fields: LogFields = {
      consentId: `cns_${'0123456789abcdef'.repeat(2)}`,
      workflowId: `consent-cns_${'0123456789abcdef'.repeat(2)}`,
      requestId: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
      route: '/v1/consents/:consentId/authorizations/:invitationId',
      frames: '    at readConsent (/app/dist/src/api/routes/read-consent.js:17:9)',
      reason: 'the bank answered 503 at 2026-11-24T17:00:00.000Z',
    };
    log.info(fields, 'a request broke');
    expect(written()).toEqual({ ...fields, msg: 'a request broke' });
  });
});

describe('a text without secrets', () => {
  it.each([
    ['https://consent.example/connect/abc', 'https://consent.example…'],
    ['GET https://a.example/callback?code=abc&state=def now', 'GET https://a.example/callback?… now'],
    ['https://a.example/#access_token=abc', 'https://a.example/?…'],
    ['postgres://fdx:s3cret@db:5432/fdx', 'postgres://…@db:5432/fdx'],
    ['{"refresh_token":"abc","expires_in":9}', '{"refresh_token":"…","expires_in":9}'],
    ['grant_type=x&code_verifier=abc&client_assertion=def', 'grant_type=x&code_verifier=…&client_assertion=…'],
    ['{"kty":"EC","x":"pub","d":"private"}', '{"kty":"EC","x":"pub","d":"…"}'],
    ['authorization: bearer  abcdefgh.ij', 'authorization: bearer …'],
  ])('%s is told as %s', (text, told) => {
    expect(withoutSecrets(text)).toBe(told);
  });

  it('costs little, whatever the text is', () => {
    for (const part of ['a', 'eyJ', '-----BEGIN A-----', '://a@', 'Bearer ', '.', '"d":"', '?', 'code=']) {
      const text = part.repeat(50_000 / part.length);
      const startedAt = performance.now();
      withoutOpaqueWords(withoutSecrets(text));
      expect(performance.now() - startedAt).toBeLessThan(500);
    }
  });
});

function refuse(): never {
  throw new Error(CANARY);
}
