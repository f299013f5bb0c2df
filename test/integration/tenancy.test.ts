import type { Access, Operation } from '../../src/api/contract/operation';
import { ALL_OPERATIONS } from '../../src/api/contract/operations';
import type { ApplicationId } from '../../src/domain/ids';
import { ALL_SCOPES, type Scope } from '../../src/domain/scopes';
import { createApiKey } from '../../src/store/api-keys';
import { allowDelegation, saveApplication } from '../../src/store/applications';
import { newId } from '../../src/store/new-id';
import { insertTest } from '../../src/store/webhook-deliveries';
import { currentStack } from '../setup/stack-access';
import { startOtherApi, type OtherApi } from './support/other-api';
import type { Answer } from './support/application';
import { APPLICATION_ID, OwnBooks } from './support/own-books';
import { plantConsent } from './support/planted-consent';

/*
 * Who may ask for what, for every operation there is: a new one is judged here without being named here.
 */
const stack = currentStack();
const STRANGER = 'stranger' as ApplicationId;
let books: OwnBooks;
let api: OtherApi;
/** Of another application than that of everything planted. */
let strangerKey: string;
let operatorKey: string;

beforeAll(async () => {
  books = await OwnBooks.open(stack);
  await plantConsent(books, 'active');
  await plantConsent(books, 'revoked');
  await plantDelivery();
  await saveApplication(books.database, { id: STRANGER, name: 'Stranger', returnUrls: [] });
  // So that it is stopped by what it asks about, and not before.
  await allowDelegation(books.database, STRANGER, true);
  strangerKey = await keyWith(null);
  operatorKey = (await createApiKey(books.database, { role: 'operator' }, 'test')).apiKey;
  api = await startOtherApi(stack, 'tenancy', {
    DATABASE_URL: books.databaseUrl,
    VAULT_KEYS: books.vaultKeys,
    AUDIT_PROTECTION: 'warn',
  });
});
afterAll(async () => {
  await api.stop();
  await books.close();
});

async function plantDelivery(): Promise<void> {
  const id = newId('webhookEndpoint');
  const endpoint = { id, application_id: APPLICATION_ID, url: 'https://hooks.example/', description: null } as const;
  await books.database
    .insertInto('webhook_endpoints')
    .values({ ...endpoint, event_types: ['*'], status: 'paused' })
    .execute();
  await insertTest(books.database, id);
}

async function keyWith(scopes: readonly Scope[] | null): Promise<string> {
  const owner = { role: 'application', applicationId: STRANGER } as const;
  return (await createApiKey(books.database, owner, 'test', { scopes })).apiKey;
}

/** What a parameter names that is the other application's; each of them finds what is planted. */
const FOREIGN: Readonly<Record<string, string>> = {
  consentId: 'SELECT id FROM consents WHERE application_id = $1',
  invitationId: 'SELECT id FROM invitations WHERE consent_id IN (SELECT id FROM consents WHERE application_id = $1)',
  receiptId: 'SELECT id FROM receipts WHERE consent_id IN (SELECT id FROM consents WHERE application_id = $1)',
  disclosureId: 'SELECT id FROM disclosures WHERE consent_id IN (SELECT id FROM consents WHERE application_id = $1)',
  eventId: 'SELECT id FROM events WHERE application_id = $1',
  endpointId: 'SELECT id FROM webhook_endpoints WHERE application_id = $1',
  deliveryId: `SELECT d.id FROM webhook_deliveries d JOIN webhook_endpoints e ON e.id = d.endpoint_id WHERE e.application_id = $1`,
};

/** What a parameter names at a bank: nobody's here. */
const OF_BANKS: readonly string[] = ['accountId', 'statementId', 'imageId', 'planId', 'taxFormId', 'customerId'];

function parametersOf({ path }: Operation): readonly string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

async function foreignIds(name: string): Promise<readonly string[]> {
  const sql = FOREIGN[name];
  if (sql === undefined) throw new Error(`what is {${name}}? Say in FOREIGN how another application’s is found`);
  const rows = await books.run(sql, [APPLICATION_ID]);
  if (rows.length === 0) throw new Error(`nothing is planted that {${name}} could name`);
  return rows.map(({ id }) => String(id));
}

/** The same of another form would be told from it by its form. */
const unknown = (id: string): string => id.replace(/[0-9a-f]{32}$/, '0'.repeat(32));

function send(operation: Operation, path: string, key: string | undefined, body?: unknown): Promise<Answer> {
  const method = operation.method.toUpperCase();
  return api.application.call(path, { method, key, ...(operation.body && { body: JSON.stringify(body ?? {}) }) });
}

/** An operation at an address that nothing is at. */
const nowhere = ({ path }: Operation): string => path.replaceAll(/\{\w+\}/g, 'x');

const named = (operations: readonly Operation[]) => operations.map((each) => [each.id, each] as const);
const withRole = (role: Access['role']): readonly Operation[] =>
  ALL_OPERATIONS.filter(({ access }) => access.role === role);

const OF_APPLICATIONS = withRole('application');
const BOUND = OF_APPLICATIONS.filter((operation) => parametersOf(operation).some((name) => !OF_BANKS.includes(name)));

test('there are operations to judge', () => {
  expect(BOUND.length).toBeGreaterThan(20);
  expect(withRole('operator').length).toBeGreaterThan(15);
});

describe('what is another application’s is as unknown as what is not', () => {
  test.each(named(BOUND))('%s', async (_id, operation) => {
    const names = parametersOf(operation).filter((name) => !OF_BANKS.includes(name));
    const bodies = [{}, ...Object.values(operation.body?.examples ?? {})];
    const foreign = await Promise.all(names.map(foreignIds));
    for (let index = 0; index < Math.max(...foreign.map(({ length }) => length)); index += 1) {
      const ids = names.map((name, place) => [name, foreign[place]?.[index % foreign[place].length] ?? ''] as const);
      const at = (idOf: (id: string) => string) =>
        ids
          .reduce<string>((path, [name, id]) => path.replace(`{${name}}`, idOf(id)), operation.path)
          .replaceAll(/\{\w+\}/g, '1');
      for (const body of bodies) {
        const theirs = await send(operation, at(String), strangerKey, body);
        const nobodys = await send(operation, at(unknown), strangerKey, body);
        expect(comparable(theirs)).toEqual(comparable(nobodys));
        // Whatever is wrong with the body, no more than that is told.
        expect([404, 400]).toContain(theirs.status);
      }
    }
    const last = await send(operation, operation.path.replaceAll(/\{\w+\}/g, 'x'), strangerKey, bodies.at(-1));
    expect(last.status).toBe(404);
  });

  function comparable({ status, headers, json }: Answer) {
    const told = [...headers].filter(([name]) => !/^(date|x-request-id|x-fapi-interaction-id|ratelimit)$/.test(name));
    return { status, headers: Object.fromEntries(told), json: { ...json, requestId: '' } };
  }

  test('and nothing that was tried did anything', async () => {
    const rows = await books.run(`SELECT status FROM consents WHERE application_id = $1 ORDER BY 1`, [APPLICATION_ID]);
    expect(rows).toEqual([{ status: 'active' }, { status: 'revoked' }]);
    expect(await books.run(`SELECT 1 FROM consents WHERE revocation_requested_at IS NOT NULL`)).toEqual([]);
  });
});

const isStream = ({ answers }: Operation): boolean =>
  Object.values(answers).some(({ content }) => content?.['text/event-stream'] !== undefined);
const LISTS = OF_APPLICATIONS.filter(
  (operation) => operation.method === 'get' && parametersOf(operation).length === 0 && !isStream(operation),
);

/** The whole of time, for lists that want to be told of which. */
function periodOf({ query }: Operation): string {
  return query?.safeParse({}).success === false ? '?from=2020-01-01T00:00:00Z&to=2099-01-01T00:00:00Z' : '';
}

test.each(named(LISTS))('%s has one’s own only', async (_id, operation) => {
  const answer = await send(operation, `${operation.path}${periodOf(operation)}`, strangerKey);
  expect(answer.status).toBe(200);
  for (const name of Object.keys(FOREIGN)) {
    for (const id of await foreignIds(name)) expect(answer.text).not.toContain(id);
  }
});

const CALLERS = ALL_OPERATIONS.filter(({ access: { role } }) => role === 'application' || role === 'operator');

test.each(named(CALLERS))('%s wants a key', async (_id, operation) => {
  const none = await send(operation, nowhere(operation), undefined);
  expect([none.status, none.json['code']]).toEqual([401, 'unauthenticated']);
  expect(none.headers.get('www-authenticate')).toBe('Bearer realm="fdx-consent"');
  const wrong = await send(operation, nowhere(operation), `fdxc_app_${'a'.repeat(43)}`);
  expect([wrong.status, wrong.json['code']]).toEqual([401, 'unauthenticated']);
  expect(wrong.headers.get('www-authenticate')).toBe('Bearer realm="fdx-consent", error="invalid_token"');
});

test.each(named(withRole('operator')))('%s is for operators', async (_id, operation) => {
  const answer = await send(operation, nowhere(operation), strangerKey);
  expect([answer.status, answer.json['code']]).toEqual([403, 'forbidden']);
});

test.each(named(OF_APPLICATIONS))('%s is for applications, with a key of its scope', async (_id, operation) => {
  const asOperator = await send(operation, nowhere(operation), operatorKey);
  expect([asOperator.status, asOperator.json['code']]).toEqual([403, 'forbidden']);
  const { scope } = operation.access as Extract<Access, { role: 'application' }>;
  const lacking = await send(operation, nowhere(operation), await keyWith(ALL_SCOPES.filter((each) => each !== scope)));
  expect([lacking.status, lacking.json['code']]).toEqual([403, 'scope_missing']);
  expect(lacking.headers.get('www-authenticate')).toBe(
    `Bearer realm="fdx-consent", error="insufficient_scope", scope="${scope}"`,
  );
  if (isStream(operation)) return;
  const enough = await send(operation, nowhere(operation), await keyWith([scope]));
  expect([401, 403]).not.toContain(enough.status);
});

test.each(named(withRole('publisher')))('%s is for banks', async (_id, operation) => {
  for (const key of [undefined, strangerKey, operatorKey]) {
    expect((await send(operation, nowhere(operation), key)).status).toBe(401);
  }
});

test.each(named(withRole('anyone')))('%s wants no key', async (_id, operation) => {
  expect([401, 403]).not.toContain((await send(operation, nowhere(operation), undefined)).status);
});
