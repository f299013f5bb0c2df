import { createFdxConsentClient, FdxConsentError, type StreamedEvent } from '@fdx-consent/client';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { currentStack } from '../setup/stack-access';
import { Application, consentRequest } from './support/application';
import { ALICE, Journey } from './support/journey';
import { reserveBank } from './support/reservation';

/* The client as an application uses it, as it is built, against the running service. */
const stack = currentStack();
const application = new Application(stack);
reserveBank(stack);
const client = createFdxConsentClient({ baseUrl: stack.urls.api, apiKey: stack.applicationKey });

const asked = () => consentRequest() as unknown as Parameters<typeof client.consents.create>[0];

test('a consent from request to end: created, authorized, read, proven, revoked, told', async () => {
  const { id, launchUrl } = await client.consents.create(asked());
  const listening = new AbortController();
  const begin = (await lastCursor()) ?? '';
  const told = hear(id, begin, listening);
  const waiting = client.consents.waitUntil(id, undefined, { everyMs: 200 });
  const journey = Journey.resume(application, id, launchUrl);
  await journey.comeBack(await journey.authorize(ALICE));
  expect(await waiting).toMatchObject({ id, status: 'active' });

  const accounts: string[] = [];
  for await (const account of client.data.accounts(id, { limit: '2' })) accounts.push(JSON.stringify(account));
  expect(new Set(accounts).size).toBe(5);
  const transactions: unknown[] = [];
  for await (const transaction of client.data.transactions(id, 'acc-1001', { limit: '10' }, { actor: 'USER' }))
    transactions.push(transaction);
  expect(transactions.length).toBeGreaterThan(10);

  const receipt = await client.receipts.latest(id);
  const keys = (await (await fetch(`${stack.urls.api}/.well-known/receipt-keys.json`)).json()) as JSONWebKeySet;
  const { payload } = await compactVerify(await client.receipts.signed(receipt.receiptId), createLocalJWKSet(keys));
  expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(receipt);
  expect(new TextDecoder().decode((await client.receipts.pdf(receipt.receiptId)).slice(0, 5))).toBe('%PDF-');

  expect(await client.consents.revoke(id)).toMatchObject({ status: 'revoked' });
  const types = (await told).map(({ event }) => event.type);
  expect(types.filter((type) => /^consent\.(authorizing|active|revoked)$/.test(type))).toEqual([
    'consent.authorizing',
    'consent.active',
    'consent.revoked',
  ]);
  const listed: string[] = [];
  for await (const page of client.events.list({ consentId: id }).pages(begin))
    listed.push(...page.items.filter(({ data }) => data.consentId === id).map(({ type }) => type));
  expect(listed).toEqual(expect.arrayContaining(types));
});

test('a refusal has the code, the fault and the number of its request', async () => {
  const refused = client.consents.create({ ...asked(), purpose: '' });
  await expect(refused).rejects.toBeInstanceOf(FdxConsentError);
  await expect(refused).rejects.toMatchObject({
    code: 'request_invalid',
    status: 400,
    errors: [{ path: 'purpose' }],
    requestId: expect.stringMatching(/\S/) as string,
  });
  await expect(client.consents.get('cns_00000000000000000000000000000000')).rejects.toMatchObject({
    code: 'consent_not_found',
  });
});

test('a list goes over its pages', async () => {
  const { id } = await client.consents.create(asked());
  const ids: string[] = [];
  for await (const consent of client.consents.list({ status: 'requested', limit: 2 })) ids.push(consent.id);
  expect(ids).toContain(id);
  expect(new Set(ids).size).toBe(ids.length);
});

async function lastCursor(): Promise<string | undefined> {
  const events = client.events.list();
  let last: string | undefined;
  for await (const { items } of events.pages())
    last = items.length > 0 ? events.lastCursor : (last ?? events.lastCursor);
  return last;
}

/** Of one consent, until it is revoked. */
async function hear(consentId: string, after: string, listening: AbortController): Promise<StreamedEvent[]> {
  const heard: StreamedEvent[] = [];
  for await (const streamed of client.events.stream({}, { after, signal: listening.signal })) {
    if (streamed.event.data.consentId !== consentId) continue;
    heard.push(streamed);
    if (streamed.event.type === 'consent.revoked') break;
  }
  listening.abort();
  return heard;
}
