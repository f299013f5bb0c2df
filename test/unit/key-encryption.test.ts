import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { firstWraps, wrappingKeyOf } from '../../src/store/key-encryption';
import { keyEncryptionOf } from '../../src/store/key-providers';
import { parseKeyRing } from '../../src/store/key-ring';
import { readKeyRingFile } from '../../src/store/key-ring-file';
import { ringEncryption } from '../../src/store/ring-encryption';
import { VaultError } from '../../src/store/vault';

const textOf = (fill: number) => Buffer.alloc(32, fill).toString('base64url');
const ring = (...kids: string[]) => parseKeyRing(kids.map((kid, at) => `${kid}:${textOf(kid.length + at)}`).join(','));
const DATA_KEY = Buffer.alloc(32, 7);

describe('providers of wrapping keys', () => {
  const old = ringEncryption(parseKeyRing(`old:${textOf(1)}`));
  const fresh = ringEncryption(parseKeyRing(`fresh:${textOf(2)}`));

  it('wrap with the first and open with all: moving is a rotation', async () => {
    const wrapped = await old.wrap('cns_1', DATA_KEY);
    const both = firstWraps(fresh, old);
    expect(both.currentId).toBe('fresh');
    expect(Buffer.from(await both.unwrap('cns_1', wrapped))).toEqual(DATA_KEY);
    expect(wrappingKeyOf(await both.wrap('cns_1', DATA_KEY))).toBe('fresh');
  });

  it('name the key that is missing, and never what it wrapped', async () => {
    const wrapped = await old.wrap('cns_1', DATA_KEY);
    const refusal = await firstWraps(fresh)
      .unwrap('cns_1', wrapped)
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(VaultError);
    expect((refusal as Error).message).toBe('a data key is wrapped with old, which is not configured');
  });

  it('open nothing for another owner', async () => {
    const wrapped = await old.wrap('cns_1', DATA_KEY);
    await expect(firstWraps(old).unwrap('cns_2', wrapped)).rejects.toThrow(VaultError);
  });

  it.each(['', 'nonsense', 'e30.x', `${Buffer.from('{"kid":"a b"}').toString('base64url')}.x`, 'bnVsbA.x'])(
    '%j names no wrapping key, and is refused',
    async (text) => {
      expect(wrappingKeyOf(text)).toBeUndefined();
      await expect(firstWraps(old).unwrap('cns_1', text)).rejects.toThrow('wrapped with something unreadable');
    },
  );
});

describe('the places where wrapping keys lie', () => {
  const VAULT_KEYS = parseKeyRing(`in-environment:${textOf(1)}`);
  const VAULT_KEYS_FILE = parseKeyRing(`in-file:${textOf(2)}`);
  const kms = { VAULT_KMS_KEY_ID: ['in-kms'], VAULT_KMS_REGION: 'us-east-1' } as const;

  it.each([
    [{ VAULT_KEYS }, 'in-environment'],
    [{ VAULT_KEYS, VAULT_KEYS_FILE }, 'in-file'],
    [{ VAULT_KEYS, VAULT_KEYS_FILE, ...kms }, 'aws-kms:in-kms'],
    [{ VAULT_KEYS, VAULT_KEYS_FILE, ...kms, VAULT_WRAP_WITH: 'environment' }, 'in-environment'],
    [{ VAULT_KEYS_FILE, ...kms, VAULT_WRAP_WITH: 'file' }, 'in-file'],
  ] as const)('%#: the farthest wraps, unless another is named', (settings, currentId) => {
    expect(keyEncryptionOf(settings).currentId).toBe(currentId);
  });

  it('open what any of them wrapped', async () => {
    const wrapped = await keyEncryptionOf({ VAULT_KEYS }).wrap('cns_1', DATA_KEY);
    const all = keyEncryptionOf({ VAULT_KEYS, VAULT_KEYS_FILE, ...kms });
    expect(Buffer.from(await all.unwrap('cns_1', wrapped))).toEqual(DATA_KEY);
  });

  it('are needed', () => {
    expect(() => keyEncryptionOf({})).toThrow('no wrapping key is configured');
  });
});

describe('a key ring in a file', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'fdx-consent-ring-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  function file(text: string, mode = 0o600): string {
    const name = path.join(directory, 'ring');
    writeFileSync(name, text);
    chmodSync(name, mode);
    return name;
  }

  it.each([
    ['one entry a line', `a:${textOf(1)}\nbb:${textOf(3)}\n`],
    ['with commas', `a:${textOf(1)}, bb:${textOf(3)}`],
    ['with both, as Windows ends lines', `a:${textOf(1)},\r\nbb:${textOf(3)}\r\n`],
  ])('is read with %s', (_what, text) => {
    expect(readKeyRingFile(file(text)).current).toEqual(ring('a').current);
    expect(readKeyRingFile(file(text)).find('bb')).toEqual(ring('a', 'bb').find('bb'));
  });

  it.each([0o640, 0o604, 0o660])('is refused when others can read it (%i)', (mode) => {
    expect(() => readKeyRingFile(file(`a:${textOf(1)}`, mode))).toThrow('others can read the file: chmod 600');
  });

  it('is refused when it is empty, without a word of what is in it', () => {
    expect(() => readKeyRingFile(file(''))).toThrow('entry 1 is not');
    expect(() => readKeyRingFile(file('canary:short'))).toThrow(/^(?!.*canary).*entry 1 is not/);
  });

  it('says why it cannot be read', () => {
    expect(() => readKeyRingFile(path.join(directory, 'none'))).toThrow('the file cannot be read (ENOENT)');
  });
});
