import { ConsentFailure } from '../../src/domain/failures';
import { deleteClient, readClient, updateClient } from '../../src/fapi/manage-client';
import { registerClient } from '../../src/fapi/register-client';
import { parseRegistrationAnswer } from '../../src/fapi/registration-answer';
import { TransportError, type Transport } from '../../src/fapi/transport';

const CANARY = 'canary-token-0123456789';
const CLIENT = {
  clientId: 'c1',
  registrationClientUri: 'https://bank.example/register/c1',
  registrationAccessToken: CANARY,
};

interface Sent {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: unknown;
}

/** A bank that answers once. */
function bankThat(answer: () => Promise<Response>): { transport: Transport; sent: Sent[]; kept: string[] } {
  const sent: Sent[] = [];
  const fetch = ((url: string, init: { method: string; headers: Record<string, string>; body?: string }) => {
    sent.push({ ...init, url, body: init.body === undefined ? undefined : JSON.parse(init.body) });
    return answer();
  }) as unknown as typeof globalThis.fetch;
  return {
    transport: {
      fetch,
      open: () => Promise.reject(new Error('no documents here')),
      nonces: new Map(),
      close: () => Promise.resolve(),
    },
    sent,
    kept: [],
  };
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  bankThat(() => Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), { status, headers })));

const silent = (maybeSent: boolean) => bankThat(() => Promise.reject(new TransportError('ECONNRESET', maybeSent)));

type Bank = ReturnType<typeof bankThat>;

const keeping =
  ({ kept }: Bank) =>
  (raw: string): Promise<void> => {
    kept.push(raw);
    return Promise.resolve();
  };

const OPERATIONS = {
  register: (bank: Bank) =>
    registerClient(bank.transport, {
      endpoint: 'https://bank.example/register',
      metadata: { client_name: 'us' },
      initialAccessToken: CANARY,
      custody: keeping(bank),
    }),
  read: (bank: Bank) => readClient(bank.transport, CLIENT, keeping(bank)),
  update: (bank: Bank) => updateClient(bank.transport, CLIENT, { client_name: 'us' }, keeping(bank)),
  delete: (bank: Bank) => deleteClient(bank.transport, CLIENT),
} as const;
type Operation = keyof typeof OPERATIONS;

async function failureOf(operation: Operation, bank: Bank): Promise<ConsentFailure> {
  const error: unknown = await OPERATIONS[operation](bank).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConsentFailure)) throw new Error('a ConsentFailure was expected');
  expect(`${error.message} ${error.stack ?? ''} ${JSON.stringify(error)}`).not.toContain('canary');
  return error;
}

describe('a request about our registration', () => {
  it.each<[Operation, string, unknown]>([
    ['register', 'POST', { client_name: 'us' }],
    ['read', 'GET', undefined],
    ['update', 'PUT', { client_name: 'us', client_id: 'c1' }],
    ['delete', 'DELETE', undefined],
  ])('to %s is one %s with the token in the header and nowhere else', async (operation, method, body) => {
    const bank = json(operation === 'delete' ? 204 : 200, {});
    await OPERATIONS[operation](bank);
    expect(bank.sent).toEqual([expect.objectContaining({ method, body })]);
    expect(bank.sent[0]?.headers['authorization']).toBe(`Bearer ${CANARY}`);
    expect(JSON.stringify([bank.sent[0]?.url, bank.sent[0]?.body])).not.toContain('canary');
  });

  it.each<Operation>(['register', 'read', 'update'])(
    'to %s hands the answer on as it came, unread',
    async (operation) => {
      const bank = bankThat(() => Promise.resolve(new Response('not { json', { status: 201 })));
      await OPERATIONS[operation](bank);
      expect(bank.kept).toEqual(['not { json']);
    },
  );

  it.each<[Operation, string]>([
    ['register', 'registration_unknown'],
    ['read', 'as_unreachable'],
    ['update', 'as_unreachable'],
    ['delete', 'registration_unknown'],
  ])('to %s whose answer is lost is %s', async (operation, code) => {
    expect((await failureOf(operation, silent(true))).code).toBe(code);
    expect((await failureOf(operation, json(500, {}))).code).toBe(code);
  });

  it.each<Operation>(['register', 'read', 'update', 'delete'])(
    'to %s that certainly did not arrive, or was turned away, is worth a retry',
    async (operation) => {
      expect((await failureOf(operation, silent(false))).code).toBe('as_unreachable');
      const busy = await failureOf(operation, json(503, {}, { 'retry-after': '7' }));
      expect([busy.code, busy.retryAfterSeconds]).toEqual(['as_unreachable', 7]);
    },
  );

  it.each<Operation>(['register', 'read', 'update', 'delete'])(
    'to %s that is refused says the name of the error and none of the bank’s text',
    async (operation) => {
      const body = { error: 'invalid_client_metadata', error_description: CANARY };
      const failure = await failureOf(operation, json(400, body));
      expect([failure.code, failure.detail]).toEqual(['registration_refused', 'invalid_client_metadata.']);
      expect((await failureOf(operation, json(400, { error: CANARY }))).detail).toBe('unnamed error.');
    },
  );

  it.each([401, 404, 410])('that is answered %i says that token or client is no more (RFC 7592 §2)', async (status) => {
    for (const operation of ['read', 'update', 'delete'] as const) {
      expect((await failureOf(operation, json(status, {}))).code).toBe('registration_token_rejected');
    }
    expect((await failureOf('register', json(status, {}))).code).toBe('registration_refused');
  });
});

describe('an answer in custody', () => {
  const whole = {
    client_id: 'c1',
    registration_client_uri: 'https://bank.example/register/c1',
    registration_access_token: CANARY,
    client_secret: CANARY,
    bank_private_note: CANARY,
    client_name: 'us',
  };

  it('gives client, URI and token, and of the rest what we know by name and is no secret', () => {
    const { metadata, ...answer } = parseRegistrationAnswer(JSON.stringify(whole));
    expect(answer).toEqual({
      clientId: 'c1',
      registrationClientUri: 'https://bank.example/register/c1',
      registrationAccessToken: CANARY,
    });
    expect(metadata).toEqual({ client_id: 'c1', client_name: 'us' });
  });

  it.each<[string, unknown]>([
    ['that is no JSON', undefined],
    ['that is a list', [whole]],
    ['without a client id', { ...whole, client_id: undefined }],
    ['with an endless client id', { ...whole, client_id: 'c'.repeat(257) }],
    ['whose URI is in the clear', { ...whole, registration_client_uri: 'http://bank.example/c1' }],
    ['whose URI names a user', { ...whole, registration_client_uri: 'https://u:p@bank.example/c1' }],
    ['whose token does not fit into a header', { ...whole, registration_access_token: `${CANARY}\r\nX: y` }],
    ['whose token is no text', { ...whole, registration_access_token: 42 }],
  ])('%s is refused, and nothing of it quoted', (_, body) => {
    const raw = body === undefined ? `{"client_id":"${CANARY}` : JSON.stringify(body);
    expect(() => parseRegistrationAnswer(raw)).toThrow(/the registration is missing or not valid/);
    expect(() => parseRegistrationAnswer(raw)).not.toThrow(/canary/);
  });
});
