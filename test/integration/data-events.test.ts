import { randomUUID } from 'node:crypto';
import { Application } from './support/application';
import { Bank } from './support/bank';
import { fdxConsent } from './support/command';
import { Data } from './support/data';
import { query } from './support/database';
import { eventsOf, type ChainEvent } from './support/events';
import { hashOf } from '../../src/store/hash';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';

/*
 * Each call for data is one event: who asked for what and what came of it, and nothing of what the bank answered.
 */
let own: PrivateStack;
let bank: Bank;
let application: Application;
let data: Data;

beforeAll(async () => {
  own = await startPrivateStack({ bankEnv: { SANDBOX_DATABASE_URL: '' } });
  bank = new Bank(own.stack);
  application = new Application(own.stack);
  data = await Data.of(application);
}, START_WITHIN_MS);
afterAll(() => own.end());
beforeEach(() => bank.reset());

/** What a call is told as, found by its request. */
async function told(requestId: string): Promise<readonly ChainEvent[]> {
  const events = await eventsOf(own.stack, data.consentId);
  return events.filter((event) => event.correlationId === requestId && event.type.startsWith('data.'));
}

async function read(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const requestId = randomUUID();
  const answer = await data.read(path, { 'x-request-id': requestId, ...headers }, method);
  return { answer, requestId, events: await told(requestId) };
}

describe('a call for data', () => {
  test('is told with who, what, when and how it went', async () => {
    const interactionId = randomUUID();
    const headers = { 'x-fapi-interaction-id': interactionId, 'FDX-API-Actor-Type': 'USER' };
    const { answer, requestId, events } = await read('/accounts/acc-1001/transactions?limit=2', headers);
    expect(answer.status).toBe(200);
    expect(events).toEqual([
      expect.objectContaining({
        type: 'data.read',
        actor: `application:${own.stack.applicationId}`,
        reason: 'GET /v1/consents/:consentId/accounts/:accountId/transactions',
        correlationId: requestId,
      }),
    ]);
    expect(events[0]?.details).toEqual({
      resource: 'transactions',
      method: 'GET',
      outcome: 'answered',
      bankStatus: 200,
      durationMs: expect.any(Number) as number,
      actorType: 'USER',
      interactionId,
      isFurtherPage: false,
      authorizationId: expect.stringMatching(/^aut_/) as string,
      accountDigest: hashOf(`${data.consentId} acc-1001`).toString('base64url'),
    });
    const { answer: next, events: second } = await read(
      `/accounts/acc-1001/transactions?cursor=${String(answer.json['nextCursor'])}`,
    );
    expect(next.status).toBe(200);
    expect(second[0]?.details).toMatchObject({ isFurtherPage: true, actorType: 'BATCH' });
  });

  test('comes after the opening of what it was made with, in the same request', async () => {
    const { requestId } = await read('/accounts');
    const events = await eventsOf(own.stack, data.consentId);
    const types = events.filter(({ correlationId }) => correlationId === requestId).map(({ type }) => type);
    expect(types).toEqual(['secret.opened', 'data.read']);
  });

  test('that is refused before the bank is asked, is told too', async () => {
    const { answer, events } = await read('/accounts/acc-9999/transactions');
    expect(answer.json['code']).toBe('account_not_granted');
    expect(events).toHaveLength(1);
    expect(events[0]?.details).toMatchObject({ outcome: 'refused', failure: 'account_not_granted' });
    expect(events[0]?.details).not.toHaveProperty('bankStatus');
  });

  test('that the bank refuses, is told with both answers', async () => {
    const { answer, events } = await read('/accounts/acc-1001/statements/none-such');
    expect(answer.json['code']).toBe('data_not_found');
    expect(events).toHaveLength(1);
    expect(events[0]?.details).toMatchObject({ outcome: 'refused', failure: 'data_not_found', bankStatus: 404 });
  });

  test('for a document, before its first byte', async () => {
    const { answer: list } = await read('/accounts/acc-1001/statements');
    const [first] = list.json['statements'] as { statementId: string }[];
    const { answer, events } = await read(`/accounts/acc-1001/statements/${first?.statementId ?? ''}`);
    expect(answer.status).toBe(200);
    expect(events).toHaveLength(1);
    expect(events[0]?.details).toMatchObject({ resource: 'statement', outcome: 'answered', bankStatus: 200 });
    expect(JSON.stringify(events)).not.toContain(first?.statementId);
  });

  test('that somebody else makes, is told as theirs to make', async () => {
    await fdxConsent(
      ['applications', 'allow', own.stack.applicationId, '--delegated-calls'],
      own.stack.productEnvironment,
    );
    const requestId = randomUUID();
    const { status } = await application.call(`/v1/consents/${data.consentId}/delegated-calls`, {
      method: 'POST',
      body: { path: '/accounts' },
      headers: { 'x-request-id': requestId },
    });
    expect(status).toBe(201);
    const [event, ...others] = await told(requestId);
    expect(others).toEqual([]);
    expect(event).toMatchObject({ type: 'data.delegated', details: { resource: 'accounts', outcome: 'answered' } });
  });

  test('for a consent of somebody else’s is in no chain', async () => {
    const requestId = randomUUID();
    const path = `/v1/consents/cns_${randomUUID().replaceAll('-', '')}/accounts`;
    expect((await application.call(path, { headers: { 'x-request-id': requestId } })).status).toBe(404);
    const anywhere = `SELECT 1 FROM audit_events WHERE event::jsonb ->> 'correlationId' = $1`;
    expect(await query(own.stack, anywhere, [requestId])).toEqual([]);
  });
});

describe('what cannot be written down', () => {
  const refuse = (type: string) =>
    query(
      own.stack,
      `CREATE TRIGGER refused BEFORE INSERT ON audit_events FOR EACH ROW WHEN (NEW.type = '${type}') EXECUTE FUNCTION refuse()`,
    );
  beforeAll(() =>
    query(
      own.stack,
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE SQLSTATE '57P01'; END $$`,
    ),
  );
  afterEach(() => query(own.stack, 'DROP TRIGGER refused ON audit_events'));

  test('is not handed over, although the bank has answered', async () => {
    await refuse('data.read');
    const { answer, events } = await read('/accounts');
    expect([answer.status, answer.json['code']]).toEqual([503, 'store_unavailable']);
    expect(await bank.requests('accounts')).toHaveLength(1);
    expect(events).toEqual([]);
    const document = await read('/accounts/acc-1001/statements/stm-1');
    expect(document.answer.status).toBe(503);
  });

  test('is not carried by anybody else either', async () => {
    await refuse('data.delegated');
    const path = `/v1/consents/${data.consentId}/delegated-calls`;
    const { status, text } = await application.call(path, { method: 'POST', body: { path: '/accounts' } });
    expect(status).toBe(503);
    expect(text).not.toContain('DPoP');
  });
});
