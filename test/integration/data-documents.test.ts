import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Fault } from '../../sandbox/control/fault';
import { Application } from './support/application';
import { Bank } from './support/bank';
import { Canaries, collectSealed } from './support/canaries';
import { Data } from './support/data';
import { dump } from './support/database';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';
import { until } from './support/until';

/*
 * Statements, which go through our hands while they come; and, at the end, that nothing of a person's data has stayed in them.
 */
let own: PrivateStack;
let bank: Bank;
let application: Application;
let data: Data;
let statement: string;

beforeAll(async () => {
  const loud = { LOG_LEVEL: 'trace', OUTBOUND_TIMEOUT_SECONDS: '2' };
  own = await startPrivateStack({ bankEnv: { SANDBOX_DATABASE_URL: '' }, apiEnv: loud, workerEnv: loud });
  bank = new Bank(own.stack);
  application = new Application(own.stack);
  data = await Data.of(application);
  const { json } = await data.read('/accounts/acc-1001/statements');
  const [{ statementId }] = json['statements'] as [{ statementId: string }];
  statement = `/accounts/acc-1001/statements/${statementId}`;
}, START_WITHIN_MS);
afterAll(() => own.end());
beforeEach(() => bank.reset());

const MEGABYTE = 1024 * 1024;

/** The answer, before its body is read. */
function open(headers: Record<string, string> = {}, init: RequestInit = {}): Promise<Response> {
  return fetch(`${application.stack.urls.api}/v1/consents/${data.consentId}${statement}`, {
    headers: { authorization: `Bearer ${application.stack.applicationKey}`, ...headers },
    ...init,
  });
}

const afterwards = async () => (await bank.requests('accounts')).at(-1);

describe('a statement', () => {
  test('is the bank’s PDF, to be kept and not to be opened as a page of ours', async () => {
    const response = await open();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'x-fapi-interaction-id': expect.any(String) as string,
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.toString('latin1').trimEnd()).toMatch(/%%EOF$/);
  });

  test('is an image where the caller asks for one and the bank has it', async () => {
    await bank.behave({ statementImages: true });
    const response = await open({ accept: 'image/png' });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });

  test('that the bank has in no such form is told as representation_unavailable', async () => {
    const response = await open({ accept: 'image/png' });
    expect([response.status, await response.json()]).toMatchObject([406, { code: 'representation_unavailable' }]);
  });

  test('is asked for as a PDF by whoever takes anything', async () => {
    await (await open({ accept: 'text/html, */*' })).arrayBuffer();
    expect((await afterwards())?.headers['accept']).toBe('application/pdf');
  });

  test.each(['text/html', 'image/svg+xml', 'application/javascript'])('that is %s is not passed on', async (type) => {
    await bank.plant({ endpoint: 'accounts', fault: { kind: 'rewrite_headers', set: { 'content-type': type } } });
    const response = await open();
    expect([response.status, await response.json()]).toMatchObject([502, { code: 'fdx_response_invalid' }]);
  });

  test('is named by its headers only, when that is all that is asked for', async () => {
    const response = await open({}, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect((await response.arrayBuffer()).byteLength).toBe(0);
  });
});

describe('a large statement', () => {
  test('goes through while it comes: the API does not hold it', async () => {
    await bank.behave({ statementKilobytes: 80 * 1024 });
    const before = await memoryOfApi();
    const response = await open();
    let bytes = 0;
    let most = 0;
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      if (Math.floor(bytes / (8 * MEGABYTE)) !== Math.floor((bytes + chunk.byteLength) / (8 * MEGABYTE))) {
        most = Math.max(most, await memoryOfApi());
      }
      bytes += chunk.byteLength;
    }
    expect(bytes).toBeGreaterThan(80 * MEGABYTE);
    expect(most - before).toBeLessThan(60 * MEGABYTE);
  });

  test('waits at the bank while nobody reads it', async () => {
    await bank.behave({ statementKilobytes: 50 * 1024 });
    const response = await open();
    const reader = response.body?.getReader();
    await reader?.read();
    // The bank has not been rid of it: between it and us there is less than there is in the document.
    expect((await afterwards())?.status).toBeNull();
    await reader?.cancel();
  });

  test('whose reader goes away ends at the bank too', async () => {
    await bank.plant({ endpoint: 'accounts', fault: { kind: 'drip', bytesPerSecond: 100 } });
    const before = await brokenOffAtBank();
    const leaving = new AbortController();
    const response = await open({}, { signal: leaving.signal });
    await response.body?.getReader().read();
    leaving.abort();
    await until('the end of the connection at the bank', async () => (await brokenOffAtBank()) > before);
  });

  test.each<[string, Fault]>([
    ['breaks off', { kind: 'break_off' }],
    ['falls silent', { kind: 'fall_silent' }],
  ])('in the middle of which the bank %s never looks whole', async (_, fault) => {
    await bank.plant({ endpoint: 'accounts', fault });
    const response = await open();
    expect(response.status).toBe(200);
    await expect(response.arrayBuffer()).rejects.toThrow();
    // The place it had is free again.
    await bank.heal();
    expect(await data.outcome('/accounts')).toBe(200);
  });
});

/** Resident memory of the API process, in bytes. */
async function memoryOfApi(): Promise<number> {
  const status = await readFile(`/proc/${own.child('api').pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

/** Statements of which the bank got rid of a part only, as its log has them. */
async function brokenOffAtBank(): Promise<number> {
  const log = await readFile(path.join(own.stack.logDirectory, 'bank.log'), 'utf8');
  return log.split('\n').filter((line) => line.includes(statement) && line.includes('"status":null')).length;
}

describe('after all of that', () => {
  test('nothing that was read stands in a log or in a column', async () => {
    const canaries = new Canaries();
    await collectSealed(own.stack, canaries);
    const { json, text } = await data.read('/accounts/acc-1001/transactions?limit=50');
    for (const { transactionId } of json['transactions'] as { transactionId: string }[]) {
      canaries.add('transaction', transactionId);
    }
    canaries.add('page cursor', json['nextCursor']);
    canaries.add('account number', '100020003001');
    canaries.add('statement', statement.split('/').at(-1));
    canaries.add('contact', ((await data.read('/customers/current')).json['emails'] as string[])[0]);
    canaries.add('interaction', text.slice(0, 100));
    canaries.add('API key', own.stack.applicationKey);
    expect(canaries.kinds.size).toBeGreaterThan(6);
    const files = (await readdir(own.stack.logDirectory)).filter((name) => !name.startsWith('bank'));
    expect(files).toEqual(expect.arrayContaining(['api.log', 'worker.log']));
    for (const file of files) {
      const log = await readFile(path.join(own.stack.logDirectory, file), 'utf8');
      expect([file, canaries.foundIn(log)]).toEqual([file, []]);
    }
    for (const [column, values] of await dump(own.stack)) {
      expect([column, canaries.foundIn(values.join('\n'))]).toEqual([column, []]);
    }
  });

  test('the access log has the routes, and no address', async () => {
    const log = await readFile(path.join(own.stack.logDirectory, 'api.log'), 'utf8');
    expect(log).toContain('"route":"/v1/consents/:consentId/accounts/:accountId/statements/:statementId"');
    expect(log).not.toContain(data.consentId);
  });
});
