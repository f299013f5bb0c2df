import { compactDecrypt, CompactEncrypt } from 'jose';
import { VaultError } from '../../src/store/vault';
import { vaultWith } from './support/vault';

const keyOf = (fill: number) => Buffer.alloc(32, fill).toString('base64url');
const vault = vaultWith(`one:${keyOf(1)}`);
const SECRET = 'canary-verifier-0123456789';

/** Another character in the middle of one of the five parts of a compact JWE. */
function tampered(jwe: string, part: number): string {
  const parts = jwe.split('.');
  const text = parts[part] ?? '';
  const at = Math.floor(text.length / 2);
  parts[part] = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
  return parts.join('.');
}

describe('a sealed value', () => {
  it('opens for its owner and purpose, and shows nothing of itself', async () => {
    const { dataKey } = await vault.createDataKey('cns_1');
    const sealed = await dataKey.seal('tokens', 'row_1', { accessToken: SECRET });
    expect(await dataKey.open('tokens', 'row_1', sealed)).toEqual({ accessToken: SECRET });
    const readable = sealed.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    expect(readable.join()).not.toContain('canary');
  });

  it('is another ciphertext each time', async () => {
    const { dataKey } = await vault.createDataKey('cns_1');
    expect(await dataKey.seal('tokens', 'row_1', SECRET)).not.toBe(await dataKey.seal('tokens', 'row_1', SECRET));
  });

  it('does not open for another purpose: moved to another column it is worthless', async () => {
    const { dataKey } = await vault.createDataKey('cns_1');
    const sealed = await dataKey.seal('authorization-code', 'row_1', SECRET);
    await expect(dataKey.open('tokens', 'row_1', sealed)).rejects.toThrow(VaultError);
  });

  it('does not open for another row of the same owner: an older grant’s tokens do not become a newer one’s', async () => {
    const { dataKey } = await vault.createDataKey('cns_1');
    const sealed = await dataKey.seal('tokens', 'row_1', SECRET);
    await expect(dataKey.open('tokens', 'row_2', sealed)).rejects.toThrow(VaultError);
  });

  it('opens what an earlier version sealed, which named no row', async () => {
    const { dataKey, wrapped } = await vault.createDataKey('cns_1');
    const { plaintext: key } = await compactDecrypt(wrapped, Buffer.alloc(32, 1));
    const header = { alg: 'dir', enc: 'A256GCM', kid: 'data-key', owner: 'cns_1', purpose: 'tokens' };
    const sealed = await new CompactEncrypt(Buffer.from('"of old"')).setProtectedHeader(header).encrypt(key);
    expect(await dataKey.open('tokens', 'row_1', sealed)).toBe('of old');
  });

  it('does not open for another owner: moved to another consent it is worthless', async () => {
    const mine = await vault.createDataKey('cns_1');
    const other = await vault.createDataKey('cns_2');
    const sealed = await mine.dataKey.seal('tokens', 'row_1', SECRET);
    await expect(other.dataKey.open('tokens', 'row_1', sealed)).rejects.toThrow(VaultError);
    // Nor does a wrapped key serve anybody else.
    await expect(vault.openDataKey('cns_2', mine.wrapped)).rejects.toThrow(VaultError);
  });

  it.each([0, 2, 3, 4])('does not open when part %i was altered', async (part) => {
    const { dataKey } = await vault.createDataKey('cns_1');
    const sealed = await dataKey.seal('tokens', 'row_1', SECRET);
    await expect(dataKey.open('tokens', 'row_1', tampered(sealed, part))).rejects.toThrow(VaultError);
  });

  it.each(['', 'nonsense', 'a.b.c.d.e', 'eyJhbGciOiJub25lIn0..'])('%j is refused', async (text) => {
    const { dataKey } = await vault.createDataKey('cns_1');
    await expect(dataKey.open('tokens', 'row_1', text)).rejects.toThrow(VaultError);
  });

  it('says nothing of its content when it does not open', async () => {
    const { dataKey } = await vault.createDataKey('cns_1');
    const sealed = await dataKey.seal('tokens', 'row_1', SECRET);
    const error: unknown = await dataKey
      .open('tokens', 'row_1', tampered(sealed, 3))
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(VaultError);
    expect((error as VaultError).message).toBe('a sealed value does not open');
    expect(error).not.toHaveProperty('cause');
  });
});

describe('a data key', () => {
  it('opens again from its wrapped form, in another process too', async () => {
    const { dataKey, wrapped } = await vault.createDataKey('cns_1');
    const sealed = await dataKey.seal('person', 'row_1', 'somebody');
    const elsewhere = await vaultWith(`one:${keyOf(1)}`).openDataKey('cns_1', wrapped);
    expect(await elsewhere.open('person', 'row_1', sealed)).toBe('somebody');
  });

  it('still opens after the wrapping key was replaced, as long as the old one is in the ring', async () => {
    const { dataKey, wrapped } = await vault.createDataKey('cns_1');
    const sealed = await dataKey.seal('person', 'row_1', 'somebody');
    const rotated = vaultWith(`two:${keyOf(2)},one:${keyOf(1)}`);
    expect(await (await rotated.openDataKey('cns_1', wrapped)).open('person', 'row_1', sealed)).toBe('somebody');

    const fresh = await rotated.createDataKey('cns_3');
    await expect(vault.openDataKey('cns_3', fresh.wrapped)).rejects.toThrow('not in the key ring');
  });

  it('does not open with another key of the same name', async () => {
    const { wrapped } = await vault.createDataKey('cns_1');
    const impostor = vaultWith(`one:${keyOf(9)}`);
    await expect(impostor.openDataKey('cns_1', wrapped)).rejects.toThrow(VaultError);
  });

  it('does not open when its wrapped form was altered', async () => {
    const { wrapped } = await vault.createDataKey('cns_1');
    await expect(vault.openDataKey('cns_1', tampered(wrapped, 1))).rejects.toThrow(VaultError);
  });

  it('is forgotten by a process within the hour: one that was destroyed is nowhere any more', async () => {
    jest.useFakeTimers();
    try {
      const { wrapped } = await vault.createDataKey('cns_1');
      const first = await vault.openDataKey('cns_1', wrapped);
      expect(await vault.openDataKey('cns_1', wrapped)).toBe(first);
      jest.advanceTimersByTime(60 * 60_000);
      expect(await vault.openDataKey('cns_1', wrapped)).not.toBe(first);
    } finally {
      jest.useRealTimers();
    }
  });
});
