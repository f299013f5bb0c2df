import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ensureCertificates } from '../../scripts/setup/certificates';
import { thumbprintIn } from '../../src/notifications/client-certificate';

let directory: string;
let certificate: X509Certificate;

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'client-certificate-'));
  const { client } = await ensureCertificates(directory);
  certificate = new X509Certificate(await readFile(client.certificateFile));
}, 30_000);
afterAll(() => rm(directory, { recursive: true, force: true }));

const header = (): string => `:${certificate.raw.toString('base64')}:`;

describe('the certificate in Client-Cert (RFC 9440)', () => {
  it('is known by its thumbprint', () => {
    expect(thumbprintIn(header())).toBe(createHash('sha256').update(certificate.raw).digest('base64url'));
  });

  it('does not count before and after its time', () => {
    expect(thumbprintIn(header(), Date.parse(certificate.validFrom) - 1_000)).toBeUndefined();
    expect(thumbprintIn(header(), Date.parse(certificate.validTo) + 1_000)).toBeUndefined();
  });

  it.each<[string, () => string]>([
    ['without its colons', () => header().slice(1, -1)],
    ['as PEM', () => certificate.toString()],
    ['twice', () => `${header()}, ${header()}`],
    ['cut off', () => `${header().slice(0, 200)}:`],
    ['as other bytes', () => `:${Buffer.alloc(400, 7).toString('base64')}:`],
    ['empty', () => ''],
  ])('does not count %s', (_, make) => {
    expect(thumbprintIn(make())).toBeUndefined();
  });
});
