import 'reflect-metadata';
import { webcrypto, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { subjectMatches } from '../../sandbox/client-certificate';

const DN = 'tls_client_auth_subject_dn';
const DNS = 'tls_client_auth_san_dns';

async function certificateOf(name: x509.JsonName, names: string[] = []): Promise<X509Certificate> {
  x509.cryptoProvider.set(webcrypto);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name,
    signingAlgorithm: algorithm,
    keys,
    extensions: [new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns' as const, value })))],
  });
  return new X509Certificate(certificate.toString('pem'));
}

describe('the subject of a certificate (RFC 8705 §2.1.2)', () => {
  let certificate: X509Certificate;

  beforeAll(async () => {
    certificate = await certificateOf([{ C: ['US'] }, { O: ['Bee, Budget & Co'] }, { CN: ['app.example'] }]);
  });

  it.each([
    ['as RFC 4514 writes it', 'CN=app.example,O=Bee\\, Budget & Co,C=US', true],
    ['with blanks and small types', 'cn = app.example, o=Bee\\, Budget & Co, c=US', true],
    ['in the wrong order', 'C=US,O=Bee\\, Budget & Co,CN=app.example', false],
    ['in part', 'CN=app.example', false],
    ['with more than there is', 'CN=app.example,OU=x,O=Bee\\, Budget & Co,C=US', false],
    ['with another value', 'CN=app.example,O=Bee\\, Budget & Co,C=CA', false],
    ['as nothing', '', false],
  ])('%s: %s', (_how, expected, matches) => {
    expect(subjectMatches(certificate, DN, expected)).toBe(matches);
  });
});

describe('the DNS names of a certificate', () => {
  it.each([
    ['one of them', 'app.example', true],
    ['a name it has only as subject', 'subject.example', false],
    ['a name below a wildcard', 'app.wild.example', false],
    ['another name', 'other.example', false],
    ['a name inside another name', 'victim.example', false],
  ])('%s: %s', async (_what, expected, matches) => {
    const certificate = await certificateOf(
      [{ CN: ['subject.example'] }],
      ['app.example', '*.wild.example', 'x, DNS:victim.example, y'],
    );
    expect(subjectMatches(certificate, DNS, expected)).toBe(matches);
  });
});

it('never matches by a property that this bank does not know', async () => {
  const certificate = await certificateOf([{ CN: ['app.example'] }]);
  expect(subjectMatches(certificate, 'tls_client_auth_san_uri', 'CN=app.example')).toBe(false);
});
