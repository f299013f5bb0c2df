import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { joseSignatureOf } from '../../src/signing/ecdsa-der';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

test('every signature that OpenSSL makes in DER verifies in the form of JOSE', () => {
  const lengths = new Set<number>();
  for (let count = 0; count < 600; count += 1) {
    const message = Buffer.from(`message ${count}`);
    const der = sign('sha256', message, { key: privateKey, dsaEncoding: 'der' });
    lengths.add(der.length);
    const signature = joseSignatureOf(der);
    expect(signature).toHaveLength(64);
    expect(verify('sha256', message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
  }
  // With and without the zero before a leading one bit.
  expect(lengths.size).toBeGreaterThanOrEqual(3);
});

test('short integers are padded on the left', () => {
  const der = Uint8Array.from([0x30, 6, 0x02, 1, 0x05, 0x02, 1, 0x07]);
  const signature = Buffer.from(joseSignatureOf(der));
  expect(signature.toString('hex')).toBe('05'.padStart(64, '0') + '07'.padStart(64, '0'));
});

const LONG = Array.from({ length: 33 }, () => 0x7f);

test.each([
  ['nothing', []],
  ['another type', [0x31, 6, 0x02, 1, 5, 0x02, 1, 7]],
  ['a wrong length', [0x30, 7, 0x02, 1, 5, 0x02, 1, 7]],
  ['one integer', [0x30, 3, 0x02, 1, 5]],
  ['three integers', [0x30, 9, 0x02, 1, 5, 0x02, 1, 7, 0x02, 1, 9]],
  ['a negative integer', [0x30, 6, 0x02, 1, 0x85, 0x02, 1, 7]],
  ['a zero too many', [0x30, 7, 0x02, 2, 0, 5, 0x02, 1, 7]],
  ['the integer zero', [0x30, 6, 0x02, 1, 0, 0x02, 1, 7]],
  ['an empty integer', [0x30, 5, 0x02, 0, 0x02, 1, 7]],
  ['an integer that ends outside', [0x30, 6, 0x02, 1, 5, 0x02, 9, 7]],
  ['an integer too long for the curve', [0x30, 38, 0x02, 33, ...LONG, 0x02, 1, 7]],
  ['R and S side by side', Array.from({ length: 64 }, (_, index) => index)],
])('%s is refused', (_what, bytes) => {
  expect(() => joseSignatureOf(Uint8Array.from(bytes))).toThrow();
});
