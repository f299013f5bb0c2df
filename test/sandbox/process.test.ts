import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Pool } from 'pg';
import { ConfigurationFault, readConfig } from '../../sandbox/config';
import { type Postgres, startPostgres } from '../../scripts/setup/postgres';
import { BANK_MAIN, BankProcess } from './support/bank-process';
import { details, FapiClient, YEAR_OF_ACCOUNTS } from './support/fapi-client';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'sandbox-process-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('configuration', () => {
  it('reports every fault at once', () => {
    expect(() => readConfig({ SANDBOX_PORT: 'ninety', SANDBOX_ISSUER: 'http://bank/' })).toThrow(ConfigurationFault);
    expect(() => readConfig({ SANDBOX_PORT: 'ninety', SANDBOX_ISSUER: 'http://bank/' })).toThrow(
      /SANDBOX_PORT[\s\S]*SANDBOX_ISSUER[\s\S]*SANDBOX_TLS_CERT_FILE[\s\S]*SANDBOX_TLS_KEY_FILE[\s\S]*SANDBOX_CLIENTS_FILE/,
    );
  });

  it('wants a CA of its own for the mutual TLS door, since every public one would count otherwise', () => {
    const fault = /SANDBOX_TLS_CERT_FILE[\s\S]*SANDBOX_CLIENT_CA_FILE: needed by SANDBOX_MTLS_PORT/;
    expect(() => readConfig({ SANDBOX_MTLS_PORT: '9445' })).toThrow(fault);
  });

  it('names the client that is faulty, before the first flow', async () => {
    const client = await FapiClient.create('budget-buddy');
    const faulty = { ...client.metadata, redirect_uris: ['http://localhost/callback#fragment'] };
    await expect(BankProcess.start({ clients: [faulty] })).rejects.toThrow(/budget-buddy.*redirect_uris/);
  });

  it('fails the start with a reason and exit code 1', () => {
    const { status, stderr } = spawnSync(process.execPath, [BANK_MAIN], { env: { PATH: process.env['PATH'] } });
    expect(status).toBe(1);
    expect(stderr.toString()).toContain('SANDBOX_CLIENTS_FILE');
  });
});

describe('stopping', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('exits 0 within a second of %s, with requests in flight', async (signal) => {
    const client = await FapiClient.create('budget-buddy');
    const bank = await BankProcess.start({ clients: [client.metadata] });
    await bank.plant({ endpoint: 'discovery', fault: { kind: 'timeout' } });
    const hanging = client.connect(bank).catch(() => 'cut off');
    while (((await bank.requests()).counts['discovery'] ?? 0) === 0);
    const startedAt = Date.now();
    expect(await bank.terminate(signal)).toBe(0);
    expect(Date.now() - startedAt).toBeLessThan(1000);
    expect(await hanging).toBe('cut off');
    await bank.stop();
  });
});

describe('with PostgreSQL', () => {
  let postgres: Postgres;

  beforeAll(async () => {
    const place = { dataDir: path.join(directory, 'data'), logFile: path.join(directory, 'postgres.log') };
    postgres = await startPostgres({ ...place, databases: ['bank'] });
  });
  afterAll(() => postgres.stop());

  it('is the same bank after a restart: keys, consents, tokens, revocations', async () => {
    const client = await FapiClient.create('budget-buddy');
    const env = { SANDBOX_DATABASE_URL: postgres.url('bank') };
    const bank = await BankProcess.start({ clients: [client.metadata], env });
    await bank.control('POST', '/keys/rotate', { keepOld: true });
    await client.connect(bank);
    const kept = await client.obtain();
    const revoked = await client.obtain();
    await bank.control('POST', `/consents/${revoked.fdxConsentId}/revoke`);
    const keys = await (await client.fetch(`${bank.issuer}/jwks`, { method: 'GET' } as never)).text();

    expect(await bank.terminate()).toBe(0);
    await bank.launch();

    expect(await (await client.fetch(`${bank.issuer}/jwks`, { method: 'GET' } as never)).text()).toBe(keys);
    expect((await client.fdx(kept.access_token, '/accounts')).status).toBe(200);
    const refreshed = await client.refresh(kept.refresh_token ?? '');
    expect(refreshed.fdxConsentId).toBe(kept.fdxConsentId);
    await expect(client.refresh(revoked.refresh_token ?? '')).rejects.toHaveProperty('error', 'invalid_grant');
    const own = await client.clientCredentials();
    const { body } = await client.fdx(own, `/consents/${revoked.fdxConsentId}`);
    expect(body['status']).toBe('REVOKED');
    await bank.stop();
  });

  it('gains the key of an algorithm that it did not offer when it was founded, and keeps the others', async () => {
    const client = await FapiClient.create('budget-buddy');
    const database = new Pool({ connectionString: postgres.url('bank') });
    const bank = await BankProcess.start({
      clients: [client.metadata],
      env: { SANDBOX_DATABASE_URL: postgres.url('bank') },
    });
    await client.connect(bank);
    const published = async (): Promise<string[]> => {
      const response = await client.fetch(`${bank.issuer}/jwks`, { method: 'GET' } as never);
      const { keys } = (await response.json()) as { keys: { kid: string; alg: string; x?: string; n?: string }[] };
      return keys.map(({ kid, alg, x, n }) => `${alg} ${kid} ${x ?? n ?? ''}`);
    };
    const before = await published();
    await bank.terminate();
    const { rowCount } = await database.query(
      `update sandbox_records set payload = jsonb_set(payload, '{jwks,keys}',
         jsonb_path_query_array(payload, '$.jwks.keys[*] ? (@.alg != "EdDSA")')) where kind = 'BankKeys'`,
    );
    expect(rowCount).toBe(1);
    await database.end();

    await bank.launch();

    const after = await published();
    const kept = before.filter((key) => !key.startsWith('EdDSA'));
    expect(after.slice(0, -1)).toEqual(kept);
    expect(after.at(-1)).toMatch(/^EdDSA bank-eddsa-/);
    expect(before).not.toContain(after.at(-1));
    await bank.terminate();
    await bank.launch();
    expect(await published()).toEqual(after);
    await bank.stop();
  });

  it('carries out after a restart what was revoked before it, and is to take effect later', async () => {
    const client = await FapiClient.create('budget-buddy');
    const env = { SANDBOX_DATABASE_URL: postgres.url('bank') };
    const bank = await BankProcess.start({ clients: [client.metadata], env });
    await client.connect(bank);
    await bank.behave({ revocationTakesEffectAfterSeconds: 3 });
    const { fdxConsentId: id } = await client.obtain();
    const own = await client.clientCredentials();
    const body = { reason: 'USER_ACTION', initiator: 'INDIVIDUAL' };
    await client.fdx(own, `/consents/${id}/revocation`, { method: 'PUT', body });
    await bank.terminate();
    await bank.launch();
    while ((await client.fdx(own, `/consents/${id}`)).body['status'] !== 'REVOKED');
    await bank.stop();
  });

  it('spends a code once, and kills the grant on a replay, there as well', async () => {
    const client = await FapiClient.create('budget-buddy');
    const bank = await BankProcess.start({
      clients: [client.metadata],
      env: { SANDBOX_DATABASE_URL: postgres.url('bank') },
    });
    await client.connect(bank);
    await bank.plant({ endpoint: 'token', times: 1, fault: { kind: 'answer_lost' } });
    const asking = { scope: 'openid offline_access', authorization_details: details(YEAR_OF_ACCOUNTS) };
    await expect(client.obtain({}, asking)).rejects.toThrow();
    const { body } = await bank.control('GET', '/consents');
    const { consents } = body as { consents: { status: string }[] };
    expect(consents.at(-1)?.status).toBe('ACTIVE');
    const tokens = await client.obtain({}, asking);
    expect((await client.fdx(tokens.access_token, '/accounts')).status).toBe(200);
    await bank.stop();
  });
});

it('fetches client keys by jwks_uri, from http://localhost', async () => {
  const { createServer } = await import('node:http');
  const client = await FapiClient.create('budget-buddy');
  const server = createServer((_req, res) => res.end(JSON.stringify({ keys: [client.publicJwk] })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const bank = await BankProcess.start({
    clients: [{ ...client.metadata, jwks: undefined, jwks_uri: `http://localhost:${port}/jwks.json` }],
  });
  await client.connect(bank);
  await expect(client.clientCredentials()).resolves.toEqual(expect.any(String));
  await bank.stop();
  server.close();
});
