import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { openApiDocument } from '../../src/api/contract/document';
import { ALL_OPERATIONS } from '../../src/api/contract/operations';
import { Application, type Answer } from './support/application';
import { operationsOf, requestsTo, resolverOf, type ApiDocument, type FuzzedRequest } from './support/fuzz/requests';
import { Journey } from './support/journey';
import { startPrivateStack, START_WITHIN_MS, type PrivateStack } from './support/private-stack';

/*
 * Every operation of the document, asked for what it allows and for what it does not. Whatever comes of it is an answer that is in
 * the document (`Application.call` holds each against it), and none is a fault of ours. The stack is private: operators' requests
 * pause banks, release holds, forget persons.
 *
 * FUZZ_SEED and FUZZ_RUNS look elsewhere, and longer.
 */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_128);
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 25);

const document = openApiDocument(ALL_OPERATIONS, '0') as unknown as ApiDocument;
const isStream = (id: string): boolean => id === 'streamEvents';
/** What ends things comes last, so that the others find some. */
const ORDER = ['get', 'post', 'put', 'patch', 'delete'];
const operations = operationsOf(document)
  .filter(({ operation }) => !isStream(operation.operationId))
  .sort((one, other) => ORDER.indexOf(one.method) - ORDER.indexOf(other.method));

let own: PrivateStack;
let application: Application;
const known: Record<string, string[]> = {};
/** Operations that have answered with what was asked for. */
const reached = new Set<string>();

beforeAll(async () => {
  own = await startPrivateStack();
  application = new Application(own.stack);
  const { consentId } = await Journey.walk(application);
  const asked = await application.request();
  known['consentId'] = [consentId, asked.id];
  known['receiptId'] = await idsIn(`/v1/consents/${consentId}/receipts`, 'receipts');
  known['disclosureId'] = await idsIn(`/v1/consents/${consentId}/disclosures`, 'disclosures');
  known['eventId'] = await idsIn('/v1/events', 'events');
  known['invitationId'] = [(await application.invite(consentId)).id];
  known['institutionId'] = ['sandbox-bank'];
  known['accountId'] = await idsIn(`/v1/consents/${consentId}/accounts`, 'accounts');
  known['endpointId'] = [await made('/v1/webhook-endpoints', { url: 'https://hooks.example/', eventTypes: ['*'] })];
  // Not the one that asks: its keys are needed to the end.
  known['applicationId'] = ['fuzzed'];
  await made('/v1/applications', { id: 'fuzzed', name: 'Fuzzed' }, own.stack.operatorKey);
}, START_WITHIN_MS);
afterAll(() => own.end());

async function idsIn(place: string, member: string): Promise<string[]> {
  const { json } = await application.call(place);
  const rows = json[member] as { id?: string; receiptId?: string; accountId?: string }[];
  return rows.map(({ id, receiptId, accountId }) => id ?? receiptId ?? accountId ?? '');
}

async function made(place: string, body: object, key = own.stack.applicationKey): Promise<string> {
  const { status, text, json } = await application.call(place, { method: 'POST', body, key });
  if (status !== 201) throw new Error(`POST ${place} answered ${status}: ${text}`);
  return String(json['id']);
}

/** Of who may ask. */
function keyFor(role: string | undefined): string | undefined {
  if (role === 'operator') return own.stack.operatorKey;
  return role === 'application' ? own.stack.applicationKey : undefined;
}

async function send({ method, path: place, query, headers, body }: FuzzedRequest, role: string): Promise<Answer> {
  const search = new URLSearchParams(query).toString();
  return application.call(place + (search === '' ? '' : `?${search}`), {
    method,
    headers: { ...headers },
    key: keyFor(role),
    ...(body !== undefined && { body }),
  });
}

const ROLES = new Map(ALL_OPERATIONS.map(({ id, access }) => [id, access.role]));

test('the document has every operation to try', () => {
  expect(operations.length).toBeGreaterThan(70);
});

test.each(operations.map((each) => [each.operation.operationId, each] as const))('%s', async (id, place) => {
  const requests = requestsTo(place, resolverOf(document), known);
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(requests, async (request) => {
      const { status, text } = await send(request, ROLES.get(id) ?? 'anyone');
      statuses.add(status);
      // 503: the bank is paused, or says so itself; it is documented, and no fault of ours.
      if (status >= 500 && status !== 503) throw new Error(`${status}: ${text}`);
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: true, interruptAfterTimeLimit: 40_000, markInterruptAsFailure: false },
  );
  if ([...statuses].some((status) => status < 300)) reached.add(id);
});

test('most of them did what they were asked for, now and then', () => {
  expect(reached.size).toBeGreaterThan(operations.length / 2);
});

test('nothing broke on the way', async () => {
  expect((await application.call('/readyz')).status).toBe(200);
  const log = await readFile(path.join(own.stack.logDirectory, 'api.log'), 'utf8');
  expect(log.split('\n').filter((line) => line.includes('a request broke'))).toEqual([]);
});
