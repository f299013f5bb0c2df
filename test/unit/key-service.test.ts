import { createServer, type RequestListener, type Server } from 'node:http';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { compactVerify, type JWK } from 'jose';
import { SIGNATURE_ALGORITHMS, type SignatureAlgorithm } from '../../src/domain/institution';
import { openKeyFile } from '../../src/key-service/key-file';
import { createKeyServer } from '../../src/key-service/server';
import { createLog } from '../../src/log';
import { signCompact } from '../../src/fapi/signer';
import type { KeyService } from '../../src/signing/key-service';
import { createSocketKeyService } from '../../src/signing/socket-key-service';
import { parseKeyRing } from '../../src/store/key-ring';

const ring = (byte: number) => parseKeyRing(`k${byte}:${Buffer.alloc(32, byte).toString('base64url')}`);
const MESSAGE = new TextEncoder().encode('eyJhbGciOiJFUzI1NiJ9.e30');

let directory: string;
let server: Server | undefined;

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-keys-'));
});

afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  await rm(directory, { recursive: true, force: true });
});

const keyFile = (): string => path.join(directory, 'keys.json');

/** The key service of this directory; what is there from an earlier start is there again. */
async function startService(): Promise<Server> {
  return createKeyServer(await openKeyFile(keyFile(), ring(1)), createLog('key-service', 'silent'));
}

/** A client of what listens at the socket: the service, or something that misbehaves. */
async function clientOf(listening: Server, timeoutMs?: number) {
  server = listening;
  const socket = path.join(directory, 's');
  await new Promise<void>((resolve) => listening.listen(socket, resolve));
  return createSocketKeyService(socket, timeoutMs);
}

const misbehaving = (listener: RequestListener): Server => createServer(listener);

/** Signs as a worker does, and has it verified by somebody who knows nothing of us. */
async function signsAs(client: KeyService, algorithm: SignatureAlgorithm, keyReference: string, publicJwk: JWK) {
  const sign = (message: Uint8Array) => client.sign({ keyReference, algorithm, message });
  const jws = await signCompact({ kid: 'k', algorithm, publicJwk, sign }, {}, MESSAGE);
  const { payload } = await compactVerify(jws, publicJwk, { algorithms: [algorithm] });
  return Buffer.from(payload).equals(MESSAGE);
}

const QUESTION = { keyReference: 'key_1', algorithm: 'PS256', message: MESSAGE } as const;

describe('a key service that answers', () => {
  test.each(SIGNATURE_ALGORITHMS)('signs with %s in the form that JWS wants', async (algorithm) => {
    const client = await clientOf(await startService());
    const { keyReference, publicJwk } = await client.createKey(algorithm);
    expect(await signsAs(client, algorithm, keyReference, publicJwk)).toBe(true);
    const { publicJwk: another } = await client.createKey(algorithm);
    await expect(signsAs(client, algorithm, keyReference, another)).rejects.toThrow('verification failed');
  });

  test('gives no private member away', async () => {
    const client = await clientOf(await startService());
    for (const algorithm of SIGNATURE_ALGORITHMS) {
      const { publicJwk } = await client.createKey(algorithm);
      for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(publicJwk).not.toHaveProperty(member);
    }
  });

  test('knows its keys after a restart', async () => {
    const first = await clientOf(await startService());
    const { keyReference, publicJwk } = await first.createKey('ES256');
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
    const client = await clientOf(await startService());
    const holds = await signsAs(client, 'ES256', keyReference, publicJwk);
    expect(holds).toBe(true);
  });

  test('makes keys side by side and loses none', async () => {
    const client = await clientOf(await startService());
    const made = await Promise.all(Array.from({ length: 8 }, () => client.createKey('EdDSA')));
    const { keys } = await openKeyFile(keyFile(), ring(1));
    expect(keys.map((key) => key.keyReference).sort()).toEqual(made.map((key) => key.keyReference).sort());
  });
});

describe('a key service that refuses', () => {
  test.each([
    ['a key it does not know', { ...QUESTION, keyReference: 'key_unknown' }],
    ['a message without a key', { ...QUESTION, keyReference: '' }],
  ])('%s is asked once, and the failure says so', async (_what, question) => {
    const asked: string[] = [];
    const service = await startService();
    service.prependListener('request', (request) => asked.push(request.url ?? ''));
    const client = await clientOf(service);
    await expect(client.sign(question)).rejects.toMatchObject({
      code: 'signing_unavailable',
      message: expect.stringMatching(/refused: (key_unknown|request_invalid)/) as string,
    });
    expect(asked).toEqual(['/sign']);
  });

  test('does not sign with another algorithm than the key’s own', async () => {
    const client = await clientOf(await startService());
    const { keyReference } = await client.createKey('ES256');
    const question = { keyReference, algorithm: 'EdDSA', message: MESSAGE } as const;
    await expect(client.sign(question)).rejects.toMatchObject({ code: 'signing_unavailable' });
  });
});

describe('a key service whose answer is lost', () => {
  test('is asked once more for a signature, which may be made twice', async () => {
    const service = await startService();
    let asked = 0;
    service.prependListener('request', (request) => {
      asked += 1;
      if (request.url === '/sign' && asked === 2) request.socket.destroy();
    });
    const client = await clientOf(service);
    const { keyReference, publicJwk } = await client.createKey('ES256');
    const holds = await signsAs(client, 'ES256', keyReference, publicJwk);
    expect(asked).toBe(3);
    expect(holds).toBe(true);
  });

  test('is not asked again for a key, which would be another one', async () => {
    let asked = 0;
    const client = await clientOf(
      misbehaving((request) => {
        asked += 1;
        request.socket.destroy();
      }),
    );
    await expect(client.createKey('ES256')).rejects.toMatchObject({ code: 'signing_unavailable' });
    expect(asked).toBe(1);
  });

  test('twice is unavailable', async () => {
    let asked = 0;
    const client = await clientOf(
      misbehaving((request) => {
        asked += 1;
        request.socket.destroy();
      }),
    );
    await expect(client.sign(QUESTION)).rejects.toMatchObject({ code: 'signing_unavailable', kind: 'unavailable' });
    expect(asked).toBe(2);
  });

  test('because it hangs is not waited for', async () => {
    const client = await clientOf(
      misbehaving(() => undefined),
      200,
    );
    await expect(client.sign(QUESTION)).rejects.toMatchObject({
      message: expect.stringContaining('timeout') as string,
    });
  });

  test('because nobody listens is unavailable', async () => {
    const client = createSocketKeyService(path.join(directory, 'nobody'));
    await expect(client.sign(QUESTION)).rejects.toMatchObject({ code: 'signing_unavailable' });
  });

  test.each([
    ['no JSON', 200, 'hello'],
    ['a page of a proxy', 502, '<html>'],
    ['no signature', 200, '{"signature":5}'],
    ['a signature that is not DER', 200, '{"signature":"AAAA"}'],
  ])('or is %s ends in a failure of ours', async (_what, status, body) => {
    const client = await clientOf(
      misbehaving((_request, response) => {
        response.writeHead(status).end(body);
      }),
    );
    const question = { ...QUESTION, algorithm: 'ES256' } as const;
    await expect(client.sign(question)).rejects.toMatchObject({ code: 'signing_unavailable' });
  });
});

describe('the file of the key service', () => {
  test('is for its owner alone, and sealed', async () => {
    const client = await clientOf(await startService());
    await client.createKey('ES256');
    expect((await stat(keyFile())).mode & 0o777).toBe(0o600);
    expect(await readFile(keyFile(), 'utf8')).not.toMatch(/"d"|BEGIN/);
  });

  test('is refused when others may read it', async () => {
    await writeFile(keyFile(), '{}');
    await chmod(keyFile(), 0o640);
    await expect(openKeyFile(keyFile(), ring(1))).rejects.toThrow('can be read by others');
  });

  test('does not open with other keys', async () => {
    const client = await clientOf(await startService());
    await client.createKey('ES256');
    await expect(openKeyFile(keyFile(), ring(2))).rejects.toThrow('not in the key ring');
  });

  test('does not take a sealed key that was moved from elsewhere', async () => {
    const client = await clientOf(await startService());
    await client.createKey('ES256');
    const content = JSON.parse(await readFile(keyFile(), 'utf8')) as { keys: { sealed: string }[] };
    const [head = '', ...rest] = (content.keys[0]?.sealed ?? '').split('.');
    const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...header, owner: 'service' })).toString('base64url');
    const keys = content.keys.map((key) => ({ ...key, sealed: [forged, ...rest].join('.') }));
    await writeFile(keyFile(), JSON.stringify({ ...content, keys }));
    await expect(openKeyFile(keyFile(), ring(1))).rejects.toThrow('does not open');
  });
});
