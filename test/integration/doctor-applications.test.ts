import { settingsOf } from '../../src/config';
import { CHECKS } from '../../src/doctor/checks';
import { examine, type Examined } from '../../src/doctor/examine';
import { surroundingsOf } from '../../src/doctor/surroundings';
import { DAY_MS } from '../../src/domain/days';
import type { Scope } from '../../src/domain/scopes';
import { createApiKey, revokeApiKey } from '../../src/store/api-keys';
import { addApplicationClient } from '../../src/store/application-clients';
import type { RegisteredEndpoint } from '../../src/webhooks/endpoints';
import { currentStack } from '../setup/stack-access';
import { AUDIENCE, TokenIssuer } from '../unit/support/token-issuer';
import { fdxConsent, type Ran } from './support/command';
import { APPLICATION_ID, OwnBooks } from './support/own-books';
import { plantConsent } from './support/planted-consent';
import { good, WebhookReceiver } from './support/webhook-receiver';
import { WebhookStage } from './support/webhook-stage';

/* What the doctor says of what applications use, in books of their own; and that what it says to do mends it. */
const stack = currentStack();
let books: OwnBooks;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  books = await OwnBooks.open(stack);
  environment = {
    ...stack.productEnvironment,
    DATABASE_URL: books.databaseUrl,
    VAULT_KEYS: books.vaultKeys,
    WEBHOOKS_ALLOW_PRIVATE_ADDRESSES: 'true',
  };
});
afterAll(() => books.close());

async function seen(name: string, changed: NodeJS.ProcessEnv = {}): Promise<Examined> {
  const surroundings = surroundingsOf(settingsOf({ ...environment, ...changed }));
  try {
    const [examined] = await examine(
      CHECKS.filter((check) => check.name === name),
      surroundings,
    );
    if (!examined) throw new Error(`there is no check ${name}`);
    return examined;
  } finally {
    await surroundings.close();
  }
}

/** Runs what a finding says to run. */
async function run({ fix = '' }: Examined, command: RegExp): Promise<Ran> {
  const [line] = command.exec(fix) ?? [];
  if (line === undefined) throw new Error(`it does not say ${String(command)}: ${fix}`);
  const ran = await fdxConsent([...line.split(' '), '--json'], environment);
  expect([ran.code, ran.stderr]).toEqual([0, '']);
  return ran;
}

const WELL = { verdict: 'ok' };

describe('of webhooks', () => {
  let stage: WebhookStage;
  let receiver: WebhookReceiver;
  let registered: RegisteredEndpoint;
  let id: string;

  beforeEach(async () => {
    stage = new WebhookStage(books, { consents: [(await plantConsent(books, 'active')).id] });
    receiver = await WebhookReceiver.start();
    registered = await stage.register(receiver.url);
    ({ id } = registered.endpoint);
  });
  afterEach(async () => {
    await stage.forget(registered);
    await receiver.stop();
    await stage.close();
  });

  const set = (columns: string) => books.run(`UPDATE webhook_endpoints SET ${columns} WHERE id = $1`, [id]);
  const setDeliveries = (columns: string) =>
    books.run(`UPDATE webhook_deliveries SET ${columns} WHERE endpoint_id = $1`, [id]);

  test('an endpoint that has failed for an hour, until it takes something; a paused one is as its owner wants it', async () => {
    expect(await seen('webhook-endpoints')).toMatchObject(WELL);
    await set(`failures = 3, failing_since = now() - interval '59 minutes'`);
    expect(await seen('webhook-endpoints')).toMatchObject(WELL);
    await set(`failing_since = now() - interval '3 hours'`);
    const failing = await seen('webhook-endpoints');
    expect(failing).toMatchObject({ verdict: 'warn', what: `${id} of ${APPLICATION_ID} is failing for 3 h` });
    await set(`status = 'paused'`);
    expect(await seen('webhook-endpoints')).toMatchObject(WELL);
    await set(`status = 'enabled'`);
    await run(failing, /webhooks test [^ .]+/);
    await stage.drain();
    expect(await seen('webhook-endpoints')).toMatchObject(WELL);
  });

  test('an endpoint that was disabled, until it is resumed; what it missed is sent again', async () => {
    receiver.answering = (response) => response.writeHead(410).end();
    const event = await stage.tell();
    await stage.drain();
    const disabled = await seen('webhook-endpoints');
    expect(disabled).toMatchObject({
      verdict: 'warn',
      what: `${id} of ${APPLICATION_ID} is disabled (gone, failing for 0 s)`,
    });
    receiver.answering = good;
    await run(disabled, /webhooks resume [^ ,]+/);
    expect(await seen('webhook-endpoints')).toMatchObject(WELL);
    await run(disabled, /webhooks replay \S+ --since [^;]+/);
    await stage.drain();
    expect([...receiver.effects]).toContain(event);
  });

  test('what is due and sent by nobody fails, until somebody does; not what rests, waits or is behind for a while', async () => {
    await stage.tell();
    expect(await seen('webhook-deliveries')).toMatchObject(WELL);
    await setDeliveries(`due_at = now() - interval '20 minutes'`);
    expect(await seen('webhook-deliveries')).toMatchObject({
      verdict: 'fail',
      what: 'nobody sends to 1 endpoints what has been due for up to 20 min',
      fix: expect.stringContaining('`workers`') as string,
    });
    for (const rest of [`retry_at = now() + interval '1 minute'`, `looked_at = now()`, `status = 'paused'`]) {
      await set(rest);
      expect([rest, await seen('webhook-deliveries')]).toMatchObject([rest, WELL]);
      await set(`retry_at = NULL, looked_at = NULL, status = 'enabled'`);
    }
    // It is looked at, and too slow.
    await set(`looked_at = now()`);
    await setDeliveries(`due_at = now() - interval '2 hours'`);
    expect(await seen('webhook-deliveries')).toMatchObject({
      verdict: 'warn',
      what: '1 endpoints are behind by up to 2 h',
    });
    await stage.drain();
    expect(await seen('webhook-deliveries')).toMatchObject(WELL);
  });

  test('what was given up of late, until it is sent again', async () => {
    const event = await stage.tell();
    await setDeliveries(`status = 'failed', settled_at = now() - interval '4 days'`);
    expect(await seen('webhook-dead-letters')).toMatchObject(WELL);
    await setDeliveries(`settled_at = now() - interval '2 days'`);
    // Of one that is disabled another check tells, and what to send again.
    await set(`status = 'disabled'`);
    expect(await seen('webhook-dead-letters')).toMatchObject(WELL);
    await set(`status = 'enabled'`);
    const dead = await seen('webhook-dead-letters');
    expect(dead).toMatchObject({ verdict: 'warn', what: `1 for ${id} of ${APPLICATION_ID} were given up` });
    expect((await run(dead, /webhooks replay \S+ --since \S+ --failed/)).json).toEqual({ queued: 1 });
    expect(await seen('webhook-dead-letters')).toMatchObject(WELL);
    await stage.drain();
    expect([...receiver.effects]).toEqual([event]);
  });
});

describe('of API keys', () => {
  const OWNER = { role: 'application', applicationId: APPLICATION_ID } as const;
  async function create(label: string, scopes: readonly Scope[] | null, days?: number): Promise<string> {
    const expiresAt = days === undefined ? null : new Date(Date.now() + days * DAY_MS);
    return (await createApiKey(books.database, OWNER, label, { scopes, expiresAt })).id;
  }
  const forget = () => books.run(`DELETE FROM api_keys WHERE label <> 'test'`);
  /** The key that the books came with may do everything and has no end. */
  const hide = (isHidden: boolean) =>
    books.run(`UPDATE api_keys SET revoked_at = ${isHidden ? 'now()' : 'NULL'} WHERE label = 'test'`);

  beforeEach(() => hide(true));
  afterEach(async () => {
    await forget();
    await hide(false);
  });

  test('one that ends soon, until it is rotated; the old one is then no problem', async () => {
    const key = await create('reports', ['evidence:read'], 13);
    await books.run(`UPDATE api_keys SET created_at = now() - interval '77 days' WHERE id = $1`, [key]);
    const ending = await seen('api-keys');
    expect(ending).toMatchObject({
      verdict: 'warn',
      what: `${key} of ${APPLICATION_ID} (reports) ends in 12 days, never used`,
    });
    const { json } = await run(ending, /applications keys rotate \S+ [^ ,]+/);
    expect(await seen('api-keys')).toMatchObject(WELL);
    // Its successor is gone, and what was rotated is not rotated again.
    await revokeApiKey(books.database, OWNER, String(json['id']));
    const alone = await seen('api-keys');
    expect(alone.what).toContain(`${key} of ${APPLICATION_ID} (reports) ends within a day`);
    await run(alone, /applications keys create \S+ --label [^ ,]+/);
    expect(await seen('api-keys')).toMatchObject(WELL);
  });

  test('one that another key takes the place of is no problem: for longer, for as much, and not revoked', async () => {
    const key = await create('a', ['evidence:read', 'consents:read'], 5);
    const ends = { verdict: 'warn', what: expect.stringContaining(key) as string };
    expect(await seen('api-keys')).toMatchObject(ends);
    await create('shorter', ['evidence:read', 'consents:read'], 4);
    await create('lesser', ['evidence:read']);
    expect((await seen('api-keys')).what.split(';')).toHaveLength(1);
    expect(await seen('api-keys')).toMatchObject(ends);
    const greater = await create('greater', ['evidence:read', 'consents:read', 'data:read']);
    expect(await seen('api-keys')).toMatchObject(WELL);
    await revokeApiKey(books.database, OWNER, greater);
    expect(await seen('api-keys')).toMatchObject(ends);
    await create('everything', null);
    expect(await seen('api-keys')).toMatchObject(WELL);
  });

  test('of many the first are named, and the others counted', async () => {
    await books.run(`INSERT INTO api_keys (id, role, application_id, key_hash, label, expires_at)
      SELECT 'key_' || n, 'application', '${APPLICATION_ID}', sha256(n::text::bytea), 'many', now() + interval '3 days' FROM generate_series(1, 7) n`);
    const { what, fix } = await seen('api-keys');
    expect(what).toMatch(/; and 2 more$/);
    expect(fix).toMatch(/See fdx-consent applications keys list\.$/);
  });
});

describe('of issuers of access tokens', () => {
  let issuer: TokenIssuer;
  const settings = () => ({ ACCESS_TOKEN_ISSUERS: JSON.stringify([{ issuer: issuer.issuer, audience: AUDIENCE }]) });
  beforeAll(async () => {
    issuer = await TokenIssuer.start();
  });
  afterAll(() => issuer.stop());

  test('their keys can be read, or it is said why not', async () => {
    expect(await seen('access-token-issuers')).toMatchObject({ verdict: 'ok', what: 'none is set' });
    expect(await seen('access-token-issuers', settings())).toMatchObject({ verdict: 'ok', what: '1 answer' });
    issuer.broken = { status: 500, body: 'secret' };
    expect(await seen('access-token-issuers', settings())).toMatchObject({
      verdict: 'fail',
      what: `${issuer.issuer}: these are not the metadata of the issuer`,
    });
    issuer.broken = { status: 200, body: '<html>secret' };
    const jwksUri = {
      ACCESS_TOKEN_ISSUERS: JSON.stringify([{ issuer: issuer.issuer, audience: AUDIENCE, jwksUri: issuer.jwksUri }]),
    };
    expect((await seen('access-token-issuers', jwksUri)).what).toBe(`${issuer.issuer}: what it answers is no key set`);
    issuer.broken = { status: 200, body: '{"keys":[]}' };
    expect((await seen('access-token-issuers', jwksUri)).what).toBe(`${issuer.issuer}: it publishes no key`);
    issuer.broken = undefined;
    const nowhere = { ACCESS_TOKEN_ISSUERS: JSON.stringify([{ issuer: 'http://127.0.0.1:1', audience: AUDIENCE }]) };
    expect(await seen('access-token-issuers', nowhere)).toMatchObject({
      verdict: 'fail',
      what: expect.stringContaining('http://127.0.0.1:1: no answer') as string,
    });
  });

  test('clients of an issuer that is not accepted are told of, until they are removed or it is', async () => {
    expect(await seen('application-clients')).toMatchObject(WELL);
    await addApplicationClient(books.database, APPLICATION_ID, { issuer: issuer.issuer, clientId: 'bee' });
    expect(await seen('application-clients', settings())).toMatchObject(WELL);
    const unknown = await seen('application-clients');
    expect(unknown).toMatchObject({
      verdict: 'warn',
      what: `tokens of ${issuer.issuer} are to speak for ${APPLICATION_ID}, and are not accepted`,
    });
    await run(unknown, /applications clients remove \S+ [^ .]+/);
    expect(await seen('application-clients')).toMatchObject(WELL);
  });
});

test('what should be gone for a day is told of, each with who removes it', async () => {
  expect(await seen('retention')).toMatchObject(WELL);
  const { id } = await plantConsent(books, 'active');
  await books.run(`INSERT INTO idempotent_requests (id, caller, key_hash, operation, request_digest, holder, created_at, expires_at)
    VALUES ('idr_1', 'operator:x', '\\x00', 'op', 'd', 1, now() - interval '2 days', now() - interval '3 hours')`);
  expect(await seen('retention')).toMatchObject({
    verdict: 'warn',
    what: expect.stringContaining('answers to repeated requests') as string,
  });
  await books.run(`DELETE FROM idempotent_requests`);
  await books.run(`WITH endpoint AS (INSERT INTO webhook_endpoints (id, application_id, url, event_types, status)
      VALUES ('whe_old', '${APPLICATION_ID}', 'https://app.example', '{*}', 'paused') RETURNING id)
    INSERT INTO webhook_deliveries (id, endpoint_id, type, status, settled_at)
      SELECT 'whd_old', id, 'test.ping', 'delivered', now() - interval '31 days 2 hours' FROM endpoint`);
  expect(await seen('retention')).toMatchObject({
    verdict: 'warn',
    what: expect.stringContaining('WEBHOOKS_LOG_DAYS') as string,
  });
  await books.run(`DELETE FROM webhook_endpoints WHERE id = 'whe_old'`);
  await books.run(`UPDATE events SET at = now() - interval '31 days 2 hours' WHERE consent_id = $1`, [id]);
  expect(await seen('retention')).toMatchObject({
    verdict: 'warn',
    what: expect.stringContaining('EVENT_RETENTION_DAYS') as string,
  });
  expect(await seen('retention', { EVENT_RETENTION_DAYS: '40' })).toMatchObject(WELL);
});
