import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fetch } from 'undici';
import { startPostgres } from '../../scripts/setup/postgres';
import { BankProcess } from './support/bank-process';
import { CALLBACK, FapiClient } from './support/fapi-client';

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

let bank: BankProcess;
let newcomer: FapiClient;

beforeAll(async () => {
  newcomer = await FapiClient.create('newcomer');
  bank = await BankProcess.start({ clients: [(await FapiClient.create('budget-buddy')).metadata] });
});
afterAll(() => bank.stop());
afterEach(() => bank.control('PUT', '/behaviour', { rotateRegistrationTokens: true }));

async function ask(method: string, url: string, token?: string, body?: object, at = bank): Promise<Answer> {
  const response = await fetch(url, {
    method,
    dispatcher: at.dispatcher,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Answer['body'] };
}

/** Everything FDX lets a recipient say of itself. */
const FDX_METADATA = {
  description: 'Shows all your accounts in one place',
  duration_type: ['TIME_BOUND', 'ONE_TIME'],
  duration_period: 365,
  lookback_period: 90,
  registry_references: [{ registered_entity_name: 'Budget Bee', registered_entity_id: '4711', registry: 'PRIVATE' }],
  intermediaries: [{ name: 'Data Pipe', description: 'carries data', uri: 'https://pipe.example' }],
};

const metadata = (changes: object = {}): object => {
  return {
    ...newcomer.metadata,
    client_id: undefined,
    scope: 'openid offline_access fdx:accountdetailed:read',
    ...FDX_METADATA,
    ...changes,
  };
};

const asSent = (body: object): object => JSON.parse(JSON.stringify(body)) as object;

const register = (changes: object = {}): Promise<Answer> =>
  ask('POST', `${bank.issuer}/register`, undefined, metadata(changes));

async function registered(changes: object = {}): Promise<{ uri: string; token: string; clientId: string }> {
  const { status, body } = await register(changes);
  expect(status).toBe(201);
  return {
    uri: body['registration_client_uri'] as string,
    token: body['registration_access_token'] as string,
    clientId: body['client_id'] as string,
  };
}

describe('a bank that registers clients', () => {
  it('says where, in its metadata (RFC 8414 §2)', async () => {
    const { body } = await ask('GET', `${bank.issuer}/.well-known/openid-configuration`);
    expect(body['registration_endpoint']).toBe(`${bank.issuer}/register`);
  });

  it('answers with all that it registered, FDX metadata and scope included (RFC 7591 §3.2.1)', async () => {
    const { status, body } = await register();
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...asSent(metadata()),
      token_endpoint_auth_method: 'private_key_jwt',
      dpop_bound_access_tokens: true,
      registration_client_uri: `${bank.issuer}/register/${String(body['client_id'])}`,
      registration_access_token: expect.any(String) as string,
    });
    expect(body).not.toHaveProperty('client_secret');
    expect(body).not.toHaveProperty('registered_scope');
  });

  it('makes a client that gets tokens, within the scopes it registered for', async () => {
    const { clientId } = await registered();
    const client = await newcomer.registeredAs(clientId).connect(bank);
    await expect(client.push({ scope: 'fdx:accountdetailed:read' })).resolves.toHaveProperty('url');
    await expect(client.push({ scope: 'fdx:transactions:read' })).rejects.toHaveProperty('error', 'invalid_scope');
  });

  it.each<[string, object, string]>([
    ['a weak signature', { token_endpoint_auth_signing_alg: 'RS256' }, 'invalid_client_metadata'],
    ['a weakly signed ID token', { id_token_signed_response_alg: 'RS256' }, 'invalid_client_metadata'],
    ['a client secret', { token_endpoint_auth_method: 'client_secret_basic' }, 'invalid_client_metadata'],
    ['no keys', { jwks: undefined }, 'invalid_client_metadata'],
    ['a redirect URI in the clear', { redirect_uris: ['http://app.example/cb'] }, 'invalid_redirect_uri'],
    ['a scope that is not offered', { scope: 'fdx:everything:read' }, 'invalid_client_metadata'],
    ['a duration that FDX does not have', { duration_type: ['FOR_EVER'] }, 'invalid_client_metadata'],
    ['a lookback that is no number', { lookback_period: 'long' }, 'invalid_client_metadata'],
  ])('refuses %s', async (_, changes, error) => {
    const { status, body } = await register(changes);
    expect([status, body['error']]).toEqual([400, error]);
  });
});

describe('a registered client', () => {
  it('is read, replaced and deleted with its registration access token (RFC 7592)', async () => {
    const { uri, token, clientId } = await registered();
    expect((await ask('GET', uri, token)).body).toMatchObject(asSent(metadata()));

    const change = metadata({ client_id: clientId, redirect_uris: [CALLBACK, 'https://app.example/cb'] });
    const updated = await ask('PUT', uri, token, change);
    expect([updated.status, updated.body['redirect_uris']]).toEqual([200, [CALLBACK, 'https://app.example/cb']]);
    const next = updated.body['registration_access_token'] as string;
    expect(next).not.toBe(token);
    expect((await ask('GET', uri, token)).status).toBe(401);

    expect((await ask('DELETE', uri, next)).status).toBe(204);
    expect((await ask('GET', uri, next)).status).toBe(401);
  });

  it('keeps its token at an update where the bank does not rotate', async () => {
    await bank.control('PUT', '/behaviour', { rotateRegistrationTokens: false });
    const { uri, token, clientId } = await registered();
    const { body } = await ask('PUT', uri, token, metadata({ client_id: clientId }));
    expect(body['registration_access_token']).toBe(token);
    expect((await ask('GET', uri, token)).status).toBe(200);
  });

  it('is not opened by the token of another', async () => {
    const [one, other] = [await registered(), await registered()];
    expect((await ask('GET', one.uri, other.token)).status).toBe(401);
  });

  it('can be lost on the way: the bank has registered, and the answer never comes', async () => {
    await bank.plant({ endpoint: 'registration', times: 1, fault: { kind: 'answer_lost' } });
    await expect(register()).rejects.toThrow();
    expect((await bank.requests('registration')).requests.at(-1)).toMatchObject({ method: 'POST', status: null });
    expect((await register()).status).toBe(201);
  });
});

describe('with an initial access token', () => {
  it('registers those who show it and nobody else (RFC 7591 §3)', async () => {
    const initial = 'let-me-in-0123456789';
    const closed = await BankProcess.start({
      clients: [newcomer.metadata],
      env: { SANDBOX_INITIAL_ACCESS_TOKEN: initial },
    });
    const endpoint = `${closed.issuer}/register`;
    expect((await ask('POST', endpoint, undefined, metadata(), closed)).status).toBe(401);
    expect((await ask('POST', endpoint, 'let-me-in', metadata(), closed)).status).toBe(401);
    expect((await ask('POST', endpoint, initial, metadata(), closed)).status).toBe(201);
    expect(closed.output).not.toContain(initial);
    await closed.stop();
  });
});

describe('with PostgreSQL', () => {
  it('still knows its registered clients after a restart', async () => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'sandbox-registration-'));
    const postgres = await startPostgres({
      dataDir: path.join(directory, 'data'),
      logFile: path.join(directory, 'postgres.log'),
      databases: ['bank'],
    });
    const env = { SANDBOX_DATABASE_URL: postgres.url('bank') };
    const lasting = await BankProcess.start({ clients: [newcomer.metadata], env });
    const { body } = await ask('POST', `${lasting.issuer}/register`, undefined, metadata(), lasting);
    const [uri, token] = [body['registration_client_uri'] as string, body['registration_access_token'] as string];

    await lasting.terminate();
    await lasting.launch();
    expect((await ask('GET', uri, token, undefined, lasting)).body).toMatchObject(asSent(metadata()));
    await lasting.stop();
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  });
});
