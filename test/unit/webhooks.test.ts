import { ConsentFailure } from '../../src/domain/failures';
import { failureWordOf } from '../../src/webhooks/failure-words';
import { nextAttemptAfter, RETRY_AFTER_SECONDS, retryAfterOf } from '../../src/webhooks/schedule';
import { parseEndpointUrl } from '../../src/webhooks/url';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FAILURE_WORDS } from '../../src/webhooks/failure-words';

const PAGE = readFileSync(path.join(__dirname, '../../docs/webhooks.md'), 'utf8');
const IN_PRODUCTION = { allowPrivateAddresses: false };
const IN_DEVELOPMENT = { allowPrivateAddresses: true };

describe('an address for webhooks', () => {
  it.each([
    'https://hooks.example/',
    'https://hooks.example/a?b=c',
    'https://hooks.example:8443/',
    'https://93.184.216.34/',
    'https://[2606:2800:220:1::1]/',
  ])('may be %s', (url) => {
    expect(parseEndpointUrl(url, IN_PRODUCTION).href).toBe(url);
  });

  it.each([
    'http://hooks.example/',
    'http://localhost:3000/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user@hooks.example/',
    'https://:pass@hooks.example/',
    'https://hooks.example/#fragment',
    'https://hooks.example:22/',
    'https://hooks.example:80/',
    'https://127.0.0.1/',
    // Other ways to write the same.
    'https://127.1/',
    'https://0x7f.0.0.1/',
    'https://2130706433/',
    'https://0177.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/',
    '/hooks',
    `https://hooks.example/${'a'.repeat(2_048)}`,
  ])('may not be %s', (url) => {
    expect(() => parseEndpointUrl(url, IN_PRODUCTION)).toThrow(ConsentFailure);
  });

  it('may be of this machine in development, and then without TLS; but nobody else is spoken to without', () => {
    for (const url of ['http://localhost:3000/', 'http://127.0.0.1/', 'https://10.0.0.1/']) {
      expect(parseEndpointUrl(url, IN_DEVELOPMENT).href).toBe(url);
    }
    for (const url of ['http://hooks.example/', 'http://10.0.0.1/', 'http://user@localhost/']) {
      expect(() => parseEndpointUrl(url, IN_DEVELOPMENT)).toThrow(ConsentFailure);
    }
  });
});

describe('the next attempt', () => {
  it('comes later each time, ten times in about three days', () => {
    const delays = RETRY_AFTER_SECONDS.map((_, failures) => nextAttemptAfter(failures, 0, 0.5));
    expect(delays).toEqual([...RETRY_AFTER_SECONDS]);
    const days = RETRY_AFTER_SECONDS.reduce((sum, each) => sum + each, 0) / 86_400;
    expect(days).toBeGreaterThan(3);
    expect(days).toBeLessThan(3.5);
    expect(nextAttemptAfter(RETRY_AFTER_SECONDS.length)).toBeUndefined();
  });

  it('is a fifth earlier or later, so that what failed together is not tried together', () => {
    expect(nextAttemptAfter(1, 0, 0)).toBeCloseTo(240);
    expect(nextAttemptAfter(1, 0, 1)).toBeCloseTo(360);
  });

  it('is not before what Retry-After asks for, a day at most', () => {
    expect(nextAttemptAfter(0, 600, 0.5)).toBe(600);
    expect(nextAttemptAfter(2, 600, 0.5)).toBe(1_800);
    expect(nextAttemptAfter(0, 10 ** 9, 0.5)).toBe(86_400);
  });

  it.each([
    ['120', 120],
    ['0', 0],
    [new Date(60_000).toUTCString(), 60],
    [new Date(-60_000).toUTCString(), 0],
    ['soon', 0],
    ['-5', 0],
    ['99999999999', 0],
    [undefined, 0],
  ])('reads Retry-After: %s', (header, seconds) => {
    expect(retryAfterOf(header, 0)).toBe(seconds);
  });
});

describe('docs/webhooks.md', () => {
  it('has a row for each word that says why a webhook did not arrive', () => {
    const section = PAGE.slice(PAGE.indexOf('## Failures'), PAGE.indexOf('\n## ', PAGE.indexOf('## Failures') + 1));
    const documented = [...section.matchAll(/^\| `(\w+)`/gm)].map(([, word]) => word);
    expect(documented.toSorted()).toEqual(Object.keys(FAILURE_WORDS).toSorted());
  });

  it('has the retry table', () => {
    const rows = [...PAGE.matchAll(/^\| (\d+) +\| (\d+) (seconds|minutes|hours) /gm)];
    const unit = { seconds: 1, minutes: 60, hours: 3_600 };
    expect(rows.map(([, , amount, name]) => Number(amount) * unit[name as keyof typeof unit])).toEqual([
      ...RETRY_AFTER_SECONDS,
    ]);
  });
});

test('an error is told by a word, never by its message', () => {
  const error = new TypeError('secret', {
    cause: Object.assign(new Error('https://a/?secret'), { code: 'ECONNREFUSED' }),
  });
  expect(failureWordOf(error)).toBe('connection_refused');
  expect(
    failureWordOf(Object.assign(new AggregateError([Object.assign(new Error(), { code: 'ENOTFOUND' })]), {})),
  ).toBe('name_not_found');
  expect(failureWordOf(new Error('secret'))).toBe('unknown');
  expect(failureWordOf('secret')).toBe('unknown');
});
