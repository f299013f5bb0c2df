import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { parseKeyRing } from '../../src/store/key-ring';
import { createPayloadCodec } from '../../src/temporal/payload-codec';
import { currentStack } from '../setup/stack-access';
import { actionsAbout } from './support/actions';
import { Application, type Answer } from './support/application';
import { fdxConsent } from './support/command';
import { query } from './support/database';
import { startOtherApi, type OtherApi } from './support/other-api';

const stack = currentStack();
const ring = stack.productEnvironment['PAYLOAD_KEYS'] ?? '';
const UI = 'https://temporal.example';
const CANARY = 'canary-content-0123456789';

let api: OtherApi;
beforeAll(async () => {
  api = await startOtherApi(stack, 'api-codec', { CODEC_CORS_ORIGIN: UI });
});
afterAll(() => api.stop());

interface JsonPayload {
  metadata: Record<string, string>;
  data: string;
}

/** As the Temporal UI sends it: bytes in base64. */
function asJson({ metadata, data }: Payload): JsonPayload {
  const entries = Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]);
  return { metadata: Object.fromEntries(entries) as Record<string, string>, data: base64(data ?? []) };
}

const base64 = (bytes: Uint8Array | number[] | string) => Buffer.from(bytes as string).toString('base64');

async function encrypted(workflowId?: string, keys = ring): Promise<JsonPayload> {
  const context =
    workflowId === undefined ? undefined : { type: 'workflow' as const, namespace: 'default', workflowId };
  const payload = defaultPayloadConverter.toPayload({ said: CANARY });
  const [sealed] = await createPayloadCodec(parseKeyRing(keys)).encode([payload], context);
  return asJson(sealed ?? {});
}

interface Ask {
  readonly key?: string | undefined;
  readonly origin?: string;
  readonly namespace?: string;
  readonly body?: object | string;
  readonly idempotencyKey?: string;
}

async function decode(payloads: readonly unknown[], ask: Ask = {}): Promise<Answer> {
  return api.application.call('/codec/decode', {
    method: 'POST',
    body: ask.body ?? { payloads },
    key: 'key' in ask ? ask.key : stack.operatorKey,
    headers: {
      ...(ask.origin !== undefined && { origin: ask.origin }),
      ...(ask.namespace !== undefined && { 'x-namespace': ask.namespace }),
      ...(ask.idempotencyKey !== undefined && { 'idempotency-key': ask.idempotencyKey }),
    },
  });
}

/** A name by which the entries of one test are found. */
const place = () => `ns-${randomUUID()}`;

describe('the codec endpoint', () => {
  test('under a key opens the same payloads to the same, writes each time down and keeps no copy; others are refused', async () => {
    const idempotencyKey = randomUUID();
    const ask = { idempotencyKey, namespace: place() };
    const payloads = [await encrypted('consent-one')];
    const answers = await Promise.all(Array.from({ length: 3 }, () => decode(payloads, ask)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, null, null]);
    expect(await actionsAbout(stack, ask.namespace, { least: 3 })).toHaveLength(3);
    const other = await decode([await encrypted('consent-two')], ask);
    expect([other.status, other.json['code']]).toEqual([409, 'idempotency_key_reused']);
    const kept = await query(stack, 'SELECT holder, answer_jwe FROM idempotent_requests WHERE key_hash = $1', [
      createHash('sha256').update(idempotencyKey).digest(),
    ]);
    expect(kept).toEqual([{ holder: null, answer_jwe: null }]);
  });

  test('opens payloads of workflows, of schedules and of earlier versions for an operator', async () => {
    const answer = await decode([await encrypted('consent-one'), await encrypted()]);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { payloads } = answer.json as unknown as { payloads: JsonPayload[] };
    const said = { said: CANARY };
    expect(payloads.map(({ data }) => JSON.parse(Buffer.from(data, 'base64').toString()) as unknown)).toEqual([
      said,
      said,
    ]);
  });

  test('hands back what the server wrote in the clear as it came', async () => {
    const plain = { metadata: { encoding: base64('json/plain') }, data: base64('"Running"') };
    expect((await decode([plain])).json).toEqual({ payloads: [plain] });
  });

  test.each([
    ['without a key', undefined, 401],
    ['with a key that is none', 'a'.repeat(43), 401],
    ['with the key of an application', stack.applicationKey, 403],
  ])('opens nothing %s, and writes down nothing', async (_, key, status) => {
    const namespace = place();
    const answer = await decode([await encrypted()], { key, namespace });
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain(CANARY);
    expect(
      await query(stack, 'SELECT 1 FROM operator_actions WHERE strpos(subject::text, $1) > 0', [namespace]),
    ).toEqual([]);
  });

  const FAULTY: [string, () => Promise<JsonPayload>][] = [
    ['under a key of the same id and another value', () => encrypted('consent-one', sameIdOtherKey())],
    [
      'under a key that nobody knows',
      () => encrypted('consent-one', `unknown:${randomBytes(32).toString('base64url')}`),
    ],
    ['that was cut', async () => changed(await encrypted('consent-one'), { data: base64(randomBytes(20)) })],
    ['without data', async () => changed(await encrypted('consent-one'), { data: '' })],
    ['that names no key', async () => without(await encrypted('consent-one'), 'encryption-key-id')],
    ['whose owner was taken off', async () => without(await encrypted('consent-one'), 'encryption-bound-to')],
  ];
  test.each(FAULTY)('refuses a payload %s, and everything that came with it', async (_, make) => {
    const namespace = place();
    const answer = await decode([await encrypted('consent-two'), await make()], { namespace });
    expect([answer.status, answer.json['code']]).toEqual([400, 'request_invalid']);
    expect(answer.text).not.toContain('canary');
    expect(await actionsAbout(stack, namespace)).toMatchObject([
      { action: 'codec decode', outcome: 'failed:request_invalid' },
    ]);
  });

  test('refuses what is no list of payloads', async () => {
    for (const body of [{}, { payloads: 'all' }, { payloads: [{ data: '%' }] }, [1]]) {
      expect((await decode([], { body })).status).toBe(400);
    }
  });
});

describe('a page in a browser', () => {
  const preflight = (origin: string) =>
    api.application.call('/codec/decode', {
      method: 'OPTIONS',
      key: undefined,
      headers: { origin, 'access-control-request-method': 'POST' },
    });

  test('of the Temporal UI may ask', async () => {
    const asked = await preflight(UI);
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, UI]);
    expect(asked.headers.get('access-control-allow-headers')).toContain('authorization');
    const answer = await decode([await encrypted()], { origin: UI });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, UI]);
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  test.each(['https://evil.example', `${UI}.evil.example`, `${UI}:8443`, 'http://temporal.example', 'null'])(
    'of %s may not, with a key or without',
    async (origin) => {
      for (const answer of [await preflight(origin), await decode([await encrypted()], { origin })]) {
        expect(answer.status).toBe(403);
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
        expect(answer.text).not.toContain(CANARY);
      }
    },
  );

  test('of the UI of another installation may not', async () => {
    const answer = await new Application(stack).call('/codec/decode', {
      method: 'POST',
      key: stack.operatorKey,
      body: { payloads: [await encrypted()] },
      headers: { origin: UI },
    });
    expect(answer.status).toBe(403);
  });
});

describe('a decode', () => {
  test('is written down: who, how many, of which workflows, and nothing of the content', async () => {
    const namespace = place();
    const ids = [...Array(25).keys()].map((each) => `consent-cns_${String(each).padStart(32, '0')}`);
    const payloads = await Promise.all(['consent-one', 'consent-one', ...ids].map((id) => encrypted(id)));
    expect((await decode([...payloads, await encrypted()], { namespace })).status).toBe(200);
    const [entry, ...others] = await actionsAbout(stack, namespace);
    expect(others).toEqual([]);
    expect(entry).toEqual({
      operator: expect.stringMatching(/^key_/) as string,
      action: 'codec decode',
      outcome: 'done',
      subject: { payloads: 28, workflows: ['consent-one', ...ids.slice(0, 19)], workflowsInAll: 26, namespace },
    });
    const log = await fdxConsent(['operators', 'log', '--limit', '1000'], stack.productEnvironment);
    expect(log.stdout).toMatch(new RegExp(`key_\\S+ +codec decode +done +.*${namespace}`));
    expect(log.stdout).not.toContain(CANARY);
  });

  test('of payloads that say they are of something strange names none of it', async () => {
    const namespace = place();
    const strange = { ...(await encrypted()), data: '' };
    strange.metadata['encryption-bound-to'] = base64(JSON.stringify(['default', `a b ${CANARY}`]));
    await decode([strange], { namespace });
    expect(await actionsAbout(stack, namespace)).toMatchObject([{ subject: { payloads: 1, namespace } }]);
    expect(JSON.stringify(await actionsAbout(stack, namespace))).not.toContain(CANARY);
  });

  test('that cannot be written down opens nothing', async () => {
    const namespace = place();
    const name = `refuse_${randomUUID().slice(0, 8)}`;
    await query(
      stack,
      `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN IF NEW.subject->>'namespace' = '${namespace}' THEN RAISE 'full'; END IF; RETURN NEW; END $$`,
    );
    await query(
      stack,
      `CREATE TRIGGER ${name} BEFORE INSERT ON operator_actions FOR EACH ROW EXECUTE FUNCTION ${name}()`,
    );
    try {
      const answer = await decode([await encrypted('consent-one')], { namespace });
      expect([answer.status, answer.json['code']]).toEqual([500, 'internal_error']);
      expect(answer.text).not.toContain(CANARY);
    } finally {
      await query(stack, `DROP FUNCTION ${name} CASCADE`);
    }
  });
});

function sameIdOtherKey(): string {
  return `${parseKeyRing(ring).current.kid}:${randomBytes(32).toString('base64url')}`;
}

function changed(payload: JsonPayload, changes: Partial<JsonPayload>): JsonPayload {
  return { ...payload, ...changes };
}

function without({ metadata, data }: JsonPayload, name: string): JsonPayload {
  return { metadata: Object.fromEntries(Object.entries(metadata).filter(([each]) => each !== name)), data };
}
