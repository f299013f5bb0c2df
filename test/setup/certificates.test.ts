import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { CLIENT_SUBJECT, ensureCertificates, type Certificates } from '../../scripts/setup/certificates';
import { answersOk } from '../../scripts/setup/readiness';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-tls-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

const serverOf = async ({ serverCertificateFile }: Certificates) =>
  new X509Certificate(await readFile(serverCertificateFile));

const clientPairs = (made: Certificates) => [made.client, made.renewedClient, made.selfSignedClient];

const read = async ({ certificateFile }: { certificateFile: string }) =>
  new X509Certificate(await readFile(certificateFile));

test('the server certificate is from our CA and good for every name of the bank', async () => {
  const made = await ensureCertificates(directory);
  const server = await serverOf(made);
  expect(server.verify(new X509Certificate(made.caPem).publicKey)).toBe(true);
  expect(server.checkHost('localhost')).toBe('localhost');
  expect(server.checkHost('sandbox-bank')).toBe('sandbox-bank');
  expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(server.checkIP('::1')).toBe('::1');
  expect(server.checkPrivateKey(createPrivateKey(await readFile(made.serverKeyFile)))).toBe(true);
});

test('a TLS client that trusts the CA accepts it, one that does not refuses it', async () => {
  const { caPem, serverCertificateFile, serverKeyFile } = await ensureCertificates(directory);
  const server = https.createServer(
    { cert: await readFile(serverCertificateFile), key: await readFile(serverKeyFile) },
    (_, response) => response.end('ok'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://localhost:${(server.address() as AddressInfo).port}/`;
  expect(await answersOk(url, caPem)()).toBe(true);
  expect(await answersOk(url)()).toBe(false);
  server.close();
});

test('a client certificate is from our CA, its renewal has the same subject and another key', async () => {
  const made = await ensureCertificates(directory);
  const [first, renewed] = [await read(made.client), await read(made.renewedClient)];
  for (const each of [first, renewed]) {
    expect(each.verify(new X509Certificate(made.caPem).publicKey)).toBe(true);
    expect(each.subject).toBe(CLIENT_SUBJECT);
    // RFC 5280 §4.2.1.12: id-kp-clientAuth, and nothing else.
    expect(each.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
  }
  expect(renewed.publicKey.equals(first.publicKey)).toBe(false);
});

test('a self-signed client certificate vouches for itself only', async () => {
  const made = await ensureCertificates(directory);
  const selfSigned = await read(made.selfSignedClient);
  expect(selfSigned.verify(selfSigned.publicKey)).toBe(true);
  expect(selfSigned.verify(new X509Certificate(made.caPem).publicKey)).toBe(false);
});

test('private keys are readable by the owner alone', async () => {
  const made = await ensureCertificates(directory);
  const keyFiles = clientPairs(made).map(({ keyFile }) => keyFile);
  for (const file of [made.serverKeyFile, path.join(directory, 'ca.key'), ...keyFiles])
    expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('all are kept while they are good', async () => {
  const serials = async (made: Certificates): Promise<string[]> => {
    const all = [await serverOf(made), ...(await Promise.all(clientPairs(made).map(read)))];
    return all.map(({ serialNumber }) => serialNumber);
  };
  const first = await ensureCertificates(directory);
  const before = await serials(first);
  const second = await ensureCertificates(directory);
  expect(second.caPem.trim()).toBe(first.caPem.trim());
  expect(await serials(second)).toEqual(before);
  expect(new Set(before).size).toBe(4);
});

test('a server certificate of another CA, or a broken file, is replaced', async () => {
  const first = await ensureCertificates(directory);
  await rm(first.caFile);
  const second = await ensureCertificates(directory);
  expect(second.caPem).not.toBe(first.caPem);
  expect((await serverOf(second)).verify(new X509Certificate(second.caPem).publicKey)).toBe(true);

  await writeFile(second.serverCertificateFile, 'cut short');
  const third = await ensureCertificates(directory);
  expect((await serverOf(third)).verify(new X509Certificate(second.caPem).publicKey)).toBe(true);
});

test('a certificate with less than a month left is replaced', async () => {
  const first = await ensureCertificates(directory);
  const serial = (await serverOf(first)).serialNumber;
  jest.useFakeTimers({
    now: Date.now() + 340 * 24 * 60 * 60 * 1000,
    doNotFake: ['nextTick', 'setImmediate', 'setTimeout'],
  });
  try {
    expect((await serverOf(await ensureCertificates(directory))).serialNumber).not.toBe(serial);
  } finally {
    jest.useRealTimers();
  }
});
