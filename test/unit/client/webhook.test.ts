import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { challengeAnswer, verifyWebhook, WebhookRefusedError } from '../../../packages/client/src';

const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
const OLD = newSecret();
const NEW = newSecret();
const EVENT = {
  id: 'evt_1',
  type: 'consent.active',
  timestamp: '2026-01-01T00:00:00Z',
  version: 3,
  data: { status: 'active' },
};
const BODY = JSON.stringify(EVENT);

function headersOf(body: string, secret: string, at = new Date()): Record<string, string> {
  return {
    'webhook-id': 'evt_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign('evt_1', at, body),
  };
}
const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);

describe('a webhook', () => {
  test.each<[string, string | Uint8Array | ArrayBuffer]>([
    ['text', BODY],
    ['a Buffer', Buffer.from(BODY)],
    ['bytes', new TextEncoder().encode(BODY)],
    ['an ArrayBuffer', new TextEncoder().encode(BODY).slice().buffer],
  ])('with its own signature is believed, as %s', (_form, payload) => {
    expect(verifyWebhook(payload, headersOf(BODY, NEW), NEW)).toEqual(EVENT);
  });

  test('is believed whatever has its headers', () => {
    const headers = headersOf(BODY, NEW);
    const loud = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]));
    expect(verifyWebhook(BODY, new Headers(headers), NEW)).toEqual(EVENT);
    expect(verifyWebhook(BODY, loud, NEW)).toEqual(EVENT);
  });

  test('is believed by either of two secrets, and with either of two signatures', () => {
    expect(verifyWebhook(BODY, headersOf(BODY, OLD), [NEW, OLD])).toEqual(EVENT);
    expect(verifyWebhook(BODY, headersOf(BODY, NEW), [NEW, OLD])).toEqual(EVENT);
    const at = new Date();
    const [both, other] = [headersOf(BODY, NEW, at), headersOf(BODY, OLD, at)];
    both['webhook-signature'] = [both, other].map((each) => each['webhook-signature']).join(' ');
    expect(verifyWebhook(BODY, both, OLD)).toEqual(EVENT);
  });

  test.each<[string, string, Record<string, string>]>([
    ['a signature by another secret', BODY, headersOf(BODY, OLD)],
    ['another body', `${BODY} `, headersOf(BODY, NEW)],
    ['another id', BODY, { ...headersOf(BODY, NEW), 'webhook-id': 'evt_2' }],
    ['no headers', BODY, {}],
    ['an old timestamp', BODY, headersOf(BODY, NEW, minutesAgo(6))],
    ['a timestamp of tomorrow', BODY, headersOf(BODY, NEW, minutesAgo(-6))],
    ['a signature of a kind that is not known', BODY, { ...headersOf(BODY, NEW), 'webhook-signature': 'v2,abc' }],
    ['what is no event', '[]', headersOf('[]', NEW)],
    ['what is no JSON', 'hello', headersOf('hello', NEW)],
  ])('with %s is refused', (_what, body, headers) => {
    expect(() => verifyWebhook(body, headers, NEW)).toThrow(WebhookRefusedError);
  });

  test.each([[[]], ['whsec_not base64!'], ['']])('is not judged by the secret %j', (secret) => {
    const judge = (): unknown => verifyWebhook(BODY, headersOf(BODY, NEW), secret);
    expect(judge).toThrow(TypeError);
    expect(judge).not.toThrow(/not base64!/);
  });
});

test('a body that a framework has parsed is nothing that can be judged, and that is said', () => {
  const parsed = JSON.parse(BODY) as string;
  expect(() => verifyWebhook(parsed, headersOf(BODY, NEW), NEW)).toThrow(/as it came/);
});

test('a challenge is answered with itself', () => {
  const body = JSON.stringify({
    id: 'whd_1',
    type: 'endpoint.verification',
    timestamp: '2026-01-01T00:00:00Z',
    data: { endpointId: 'whe_1', challenge: 'c' },
  });
  const event = verifyWebhook(body, headersOf(body, NEW), NEW);
  if (event.type !== 'endpoint.verification') throw new Error('another event');
  expect(challengeAnswer(event)).toBe('{"challenge":"c"}');
});
