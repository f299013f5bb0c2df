import 'reflect-metadata';
import { createPrivateKey, createPublicKey, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as x509 from '@peculiar/x509';

export interface Certificates {
  caFile: string;
  caPem: string;
  serverCertificateFile: string;
  serverKeyFile: string;
  /** Ours as a client of the bank, issued by the CA (RFC 8705 §2.1). */
  client: CertificateFiles;
  /** The same subject and authority with another key: what a renewal looks like. */
  renewedClient: CertificateFiles;
  /** One that only its registered key vouches for (RFC 8705 §2.2). */
  selfSignedClient: CertificateFiles;
}

export interface CertificateFiles {
  certificateFile: string;
  keyFile: string;
}

interface Signed {
  certificate: string;
  key: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 24 * 60 * 60 * 1000;
const RENEW_WHEN_LEFT_MS = 30 * DAY_MS;
/** `sandbox-bank` is the bank's name inside the compose network. */
const SERVER_NAMES = ['localhost', 'sandbox-bank'];
/** What the bank knows us by where an authority vouches for us. */
export const CLIENT_SUBJECT = 'CN=fdx-consent-dev';
const SERVER_ADDRESSES = ['127.0.0.1', '::1'];

/**
 * A certificate authority of this clone only and a server certificate from it. Kept while they are good for another
 * month, so that a browser or a client that was told to trust the CA need not be told again.
 */
export async function ensureCertificates(directory: string): Promise<Certificates> {
  x509.cryptoProvider.set(webcrypto);
  await mkdir(directory, { recursive: true });
  const ca = (await readPair(directory, 'ca', isUsable)) ?? (await writePair(directory, 'ca', await makeCa()));
  const issuedByCa = (pair: Signed): boolean =>
    isUsable(pair) && new X509Certificate(pair.certificate).verify(createPublicKey(ca.certificate));
  if (!(await readPair(directory, 'server', issuedByCa))) await writePair(directory, 'server', await makeServer(ca));
  const keep = async (name: string, fits: (pair: Signed) => boolean, make: () => Promise<Signed>) => {
    if (!(await readPair(directory, name, fits))) await writePair(directory, name, await make());
    return { certificateFile: path.join(directory, `${name}.pem`), keyFile: path.join(directory, `${name}.key`) };
  };
  return {
    client: await keep('client', issuedByCa, () => makeClient(ca)),
    renewedClient: await keep('client-renewed', issuedByCa, () => makeClient(ca)),
    selfSignedClient: await keep('client-self-signed', isUsable, makeSelfSignedClient),
    caFile: path.join(directory, 'ca.pem'),
    caPem: ca.certificate,
    serverCertificateFile: path.join(directory, 'server.pem'),
    serverKeyFile: path.join(directory, 'server.key'),
  };
}

function isUsable({ certificate, key }: Signed): boolean {
  const parsed = new X509Certificate(certificate);
  return Date.parse(parsed.validTo) - Date.now() > RENEW_WHEN_LEFT_MS && parsed.checkPrivateKey(createPrivateKey(key));
}

async function makeCa(): Promise<Signed> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    // The suffix tells the CAs of several clones apart in a trust store.
    name: `CN=fdx-consent development CA ${randomBytes(3).toString('hex')}`,
    ...validForDays(1825),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await exportKey(keys.privateKey) };
}

async function makeServer(ca: Signed): Promise<Signed> {
  const issuer = new x509.X509Certificate(ca.certificate);
  const signingKey = await importKey(ca.key);
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: 'CN=localhost',
    issuer: issuer.subject,
    ...validForDays(365),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...SERVER_NAMES.map((value) => ({ type: 'dns' as const, value })),
        ...SERVER_ADDRESSES.map((value) => ({ type: 'ip' as const, value })),
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await exportKey(keys.privateKey) };
}

async function makeClient(ca: Signed): Promise<Signed> {
  const issuer = new x509.X509Certificate(ca.certificate);
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: CLIENT_SUBJECT,
    issuer: issuer.subject,
    ...validForDays(365),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: await importKey(ca.key),
    extensions: [...clientExtensions(), await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey)],
  });
  return { certificate: certificate.toString('pem'), key: await exportKey(keys.privateKey) };
}

async function makeSelfSignedClient(): Promise<Signed> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: 'CN=fdx-consent self-signed',
    ...validForDays(365),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: clientExtensions(),
  });
  return { certificate: certificate.toString('pem'), key: await exportKey(keys.privateKey) };
}

function clientExtensions(): x509.Extension[] {
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
  ];
}

/** RFC 5280 §4.1.2.2: positive, at most 20 octets, and not guessable. */
function serialNumber(): string {
  return `4${randomBytes(16).toString('hex').slice(1)}`;
}

function validForDays(days: number): { notBefore: Date; notAfter: Date } {
  // An hour back: the reader's clock may be a little behind ours.
  return { notBefore: new Date(Date.now() - 3_600_000), notAfter: new Date(Date.now() + days * DAY_MS) };
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(pem), ALGORITHM, false, ['sign']);
}

/** Unreadable or unfit files count as absent: new ones take their place. */
async function readPair(directory: string, name: string, fits: (pair: Signed) => boolean): Promise<Signed | undefined> {
  const [certificateFile, keyFile] = [path.join(directory, `${name}.pem`), path.join(directory, `${name}.key`)];
  if (!existsSync(certificateFile) || !existsSync(keyFile)) return undefined;
  const pair = { certificate: await readFile(certificateFile, 'utf8'), key: await readFile(keyFile, 'utf8') };
  try {
    return fits(pair) ? pair : undefined;
  } catch {
    return undefined;
  }
}

async function writePair(directory: string, name: string, pair: Signed): Promise<Signed> {
  await writeFile(path.join(directory, `${name}.key`), `${pair.key}\n`, { mode: 0o600 });
  await writeFile(path.join(directory, `${name}.pem`), `${pair.certificate}\n`);
  return pair;
}
