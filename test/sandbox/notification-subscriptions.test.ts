import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from '../../scripts/setup/postgres';
import { BankProcess } from './support/bank-process';
import { details, FapiClient } from './support/fapi-client';
import { NOTIFICATION_SCOPE, polled, publicationsAbout, Recipient, subscribe, subscription } from './support/recipient';
import { startBankOfTwo } from './support/two-clients';

const CALLBACK_URL = 'https://app.example/notifications';
const SUBSCRIPTIONS = '/notification-subscriptions';

let bank: BankProcess;
let client: FapiClient;
let other: FapiClient;
let token: string;

beforeAll(async () => {
  ({ bank, client, other } = await startBankOfTwo());
  token = await client.clientCredentials(NOTIFICATION_SCOPE);
});
afterAll(() => bank.stop());
afterEach(() => bank.control('DELETE', '/faults'));

const post = (body: object, as = token) => client.fdx(as, SUBSCRIPTIONS, { method: 'POST', body });
const idOf = ({ body }: { body: Record<string, unknown> }): string => String(body['subscriptionId']);

describe('a subscription', () => {
  it('is made, read and ended by the application', async () => {
    const asked = subscription(CALLBACK_URL, { effectiveDate: '2026-01-01' });
    const made = await post(asked);
    expect([made.status, made.body]).toEqual([201, { ...asked, subscriptionId: expect.any(String) as string }]);

    const own = `${SUBSCRIPTIONS}/${idOf(made)}`;
    const read = await client.fdx(token, own);
    expect([read.status, read.body]).toEqual([200, made.body]);
    expect((await client.fdx(token, own, { method: 'DELETE' })).status).toBe(204);
    for (const method of ['GET', 'DELETE']) {
      const { status, body } = await client.fdx(token, own, { method });
      expect([status, body['code']]).toEqual([404, '1107']);
    }
  });

  it('is nobody else’s to see or to end', async () => {
    const own = `${SUBSCRIPTIONS}/${idOf(await post(subscription(CALLBACK_URL)))}`;
    const stranger = await other.clientCredentials(NOTIFICATION_SCOPE);
    for (const method of ['GET', 'DELETE']) expect((await other.fdx(stranger, own, { method })).status).toBe(404);
    expect((await client.fdx(token, own)).status).toBe(200);
  });

  it.each<[string, object]>([
    ['a type that is never published', { type: 'BALANCE' }],
    ['no category', { category: undefined }],
    ['no subscriber', { subscriber: undefined }],
    ['a callback in the clear', { callbackUrl: 'http://app.example/notifications' }],
    ['a callback that is no URL', { callbackUrl: 'notifications' }],
    ['a callback with a password', { callbackUrl: 'https://app:secret@app.example/notifications' }],
    ['a date that is none', { effectiveDate: 'soon' }],
  ])('is refused with %s', async (_, changes) => {
    const { status, body } = await post(subscription(CALLBACK_URL, changes));
    expect([status, body['code'], body['debugMessage']]).toEqual([400, '401', Object.keys(changes)[0]]);
  });

  it('is told of its own type only, from its date on, until it has ended', async () => {
    const recipient = await Recipient.open();
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    await post(subscription(`${recipient.url}/updated`, { type: 'CONSENT_UPDATED' }));
    await post(subscription(`${recipient.url}/later`, { effectiveDate: inAnHour }));
    const ended = await post(subscription(`${recipient.url}/ended`));
    await post(subscription(`${recipient.url}/now`));
    await client.fdx(token, `${SUBSCRIPTIONS}/${idOf(ended)}`, { method: 'DELETE' });

    const { fdxConsentId: id } = await client.obtain();
    await bank.control('POST', `/consents/${id}/revoke`);
    await publicationsAbout(bank, id);
    expect(recipient.about(id).map((heard) => heard.path)).toEqual(['/now']);
    await recipient.close();
  });

  it('is shown with whose it is at the control port', async () => {
    const id = idOf(await post(subscription(CALLBACK_URL)));
    const { body } = await bank.control('GET', '/subscriptions');
    const expected = { ...subscription(CALLBACK_URL), subscriptionId: id, clientId: client.id };
    expect((body as { subscriptions: object[] }).subscriptions).toContainEqual(expected);
  });
});

describe('the scope of notifications', () => {
  const everything = (as: string) =>
    Promise.all([
      post(subscription(CALLBACK_URL), as),
      client.fdx(as, `${SUBSCRIPTIONS}/some`),
      client.fdx(as, `${SUBSCRIPTIONS}/some`, { method: 'DELETE' }),
      client.fdx(as, '/notifications'),
    ]);

  it('is needed', async () => {
    for (const { status, body } of await everything(await client.clientCredentials())) {
      expect([status, body['code']]).toEqual([403, '602']);
    }
  });

  it("is an application's own: a person's token does not do", async () => {
    const resources = [{ resourceType: 'ACCOUNT', dataClusters: ['NOTIFICATIONS'] }];
    const request = { durationType: 'ONE_TIME', resources };
    const scope = `openid ${NOTIFICATION_SCOPE}`;
    const tokens = await client.obtain({}, { scope, authorization_details: details(request) });
    expect(tokens.scope).toContain(NOTIFICATION_SCOPE);
    for (const { status, body } of await everything(tokens.access_token)) {
      expect([status, body['code']]).toEqual([403, '602']);
    }
  });

  it('may be registered for (RFC 7591), and is then given', async () => {
    const registered = await register(`openid ${NOTIFICATION_SCOPE}`);
    await expect(registered.clientCredentials(NOTIFICATION_SCOPE)).resolves.toEqual(expect.any(String));
    const without = await register('openid');
    await expect(without.clientCredentials(NOTIFICATION_SCOPE)).rejects.toHaveProperty('error', 'invalid_scope');
  });

  async function register(scope: string): Promise<FapiClient> {
    const body = JSON.stringify({ ...client.metadata, client_id: undefined, scope });
    const headers = { 'content-type': 'application/json' };
    const response = await client.fetch(`${bank.issuer}/register`, { method: 'POST', headers, body } as never);
    const { client_id: id } = (await response.json()) as { client_id: string };
    return client.registeredAs(id).connect(bank);
  }
});

describe('asking for notifications', () => {
  it('brings them without any subscription, newest last, by pages', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const { fdxConsentId: id } = await other.obtain();
      await bank.control('POST', `/consents/${id}/revoke`);
      ids.push(id);
    }
    const own = await other.clientCredentials(NOTIFICATION_SCOPE);
    const first = await other.fdx(own, '/notifications?limit=2');
    const { nextPageKey } = first.body['page'] as { nextPageKey: string };
    const second = await other.fdx(own, `/notifications?limit=2&pageKey=${nextPageKey}`);
    const told = [first, second].map(({ body }) =>
      (body['notifications'] as { notificationPayload: object }[]).map((each) => each.notificationPayload),
    );
    expect(told).toMatchObject([[{ id: ids[0] }, { id: ids[1] }], [{ id: ids[2] }]]);
    expect(second.body['page']).not.toHaveProperty('nextPageKey');
  });

  it('brings what was sent, too, as it was sent', async () => {
    const recipient = await Recipient.open();
    await subscribe(client, recipient.callbackUrl);
    const { fdxConsentId: id } = await client.obtain();
    await bank.control('POST', `/consents/${id}/revoke`);
    const [heard] = await recipient.hears(id);
    expect(await polled(client, id)).toEqual([heard?.notification]);
    await recipient.close();
  });
});

it('fails by the fault switch where a test wants it, and is in the journal', async () => {
  await bank.plant({ endpoint: 'subscriptions', clientId: client.id, fault: { kind: 'status', status: 503 } });
  await bank.plant({ endpoint: 'notifications', times: 1, fault: { kind: 'malformed_json', cutAfterBytes: 0 } });
  expect((await post(subscription(CALLBACK_URL))).status).toBe(503);
  await expect(client.fdx(token, '/notifications')).rejects.toThrow();
  expect((await client.fdx(token, '/notifications')).status).toBe(200);
  const { requests } = await bank.requests('subscriptions');
  expect(requests.at(-1)).toMatchObject({ method: 'POST', status: 503, endpoints: ['subscriptions', 'fdx'] });
});

describe('with PostgreSQL', () => {
  it('still knows who subscribed and what it has published after a restart', async () => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'sandbox-notifications-'));
    const place = { dataDir: path.join(directory, 'data'), logFile: path.join(directory, 'postgres.log') };
    const postgres = await startPostgres({ ...place, databases: ['bank'] });
    const env = { SANDBOX_DATABASE_URL: postgres.url('bank') };
    const subscriber = await FapiClient.create('budget-buddy');
    const lasting = await BankProcess.start({ clients: [subscriber.metadata], env });
    const recipient = await Recipient.open();
    await subscriber.connect(lasting);
    await subscribe(subscriber, recipient.callbackUrl);
    const [before, after] = [await subscriber.obtain(), await subscriber.obtain()];
    await lasting.control('POST', `/consents/${before.fdxConsentId}/revoke`);

    await lasting.terminate();
    await lasting.launch();
    await lasting.control('POST', `/consents/${after.fdxConsentId}/revoke`);
    const own = await subscriber.clientCredentials(NOTIFICATION_SCOPE);
    const { body } = await subscriber.fdx(own, '/notifications');
    expect(body['notifications']).toMatchObject([
      { notificationPayload: { id: before.fdxConsentId } },
      { notificationPayload: { id: after.fdxConsentId } },
    ]);
    expect(await recipient.hears(after.fdxConsentId)).toHaveLength(1);
    await lasting.stop();
    await recipient.close();
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  });
});
