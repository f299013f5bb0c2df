import { defaultPayloadConverter, ValueError, type Payload } from '@temporalio/common';
import { parseKeyRing } from '../../src/store/key-ring';
import { createPayloadCodec } from '../../src/temporal/payload-codec';

const keyOf = (fill: number) => Buffer.alloc(32, fill).toString('base64url');
const codec = createPayloadCodec(parseKeyRing(`one:${keyOf(1)}`));
const CANARY = 'canary-payload-0123456789';

async function encrypted(...values: readonly unknown[]): Promise<Payload> {
  const value = values.length > 0 ? values[0] : { secret: CANARY };
  const [payload] = await codec.encode([defaultPayloadConverter.toPayload(value)]);
  if (!payload) throw new Error('one payload in, none out');
  return payload;
}

const metadataOf = (payload: Payload, name: string) => Buffer.from(payload.metadata?.[name] ?? []).toString();

describe('the payload codec', () => {
  it.each([{ secret: CANARY }, CANARY, 0, null, undefined, new Uint8Array([1, 2, 3])])(
    'encrypts %p, and brings it back as it was',
    async (value) => {
      const payload = await encrypted(value);
      expect(metadataOf(payload, 'encoding')).toBe('binary/encrypted');
      expect(metadataOf(payload, 'encryption-key-id')).toBe('one');
      expect(Buffer.from(payload.data ?? []).toString('latin1')).not.toContain('canary');
      const [decoded] = await codec.decode([payload]);
      expect(defaultPayloadConverter.fromPayload(decoded ?? {})).toEqual(value);
    },
  );

  it('encrypts what looks encrypted already: nobody gets past it by a label', async () => {
    const payload = await encrypted();
    const [twice] = await codec.encode([payload]);
    const [once] = await codec.decode([twice ?? {}]);
    expect(Buffer.from(once?.data ?? [])).toEqual(Buffer.from(payload.data ?? []));
  });

  it('uses a fresh nonce each time', async () => {
    const [one, other] = [await encrypted(), await encrypted()];
    expect(Buffer.from(one.data ?? [])).not.toEqual(Buffer.from(other.data ?? []));
  });

  it('reads what an older key encrypted, and writes with the new one', async () => {
    const rotated = createPayloadCodec(parseKeyRing(`two:${keyOf(2)},one:${keyOf(1)}`));
    const [decoded] = await rotated.decode([await encrypted()]);
    expect(defaultPayloadConverter.fromPayload(decoded ?? {})).toEqual({ secret: CANARY });
    const [fresh] = await rotated.encode([decoded ?? {}]);
    expect(metadataOf(fresh ?? {}, 'encryption-key-id')).toBe('two');
  });

  it('refuses a key id that it does not know', async () => {
    const other = createPayloadCodec(parseKeyRing(`two:${keyOf(2)}`));
    await expect(other.decode([await encrypted()])).rejects.toThrow(ValueError);
  });

  it('refuses what another key of the same name encrypted', async () => {
    const impostor = createPayloadCodec(parseKeyRing(`one:${keyOf(9)}`));
    await expect(impostor.decode([await encrypted()])).rejects.toThrow('altered or cut');
  });

  it('refuses a payload under another key’s name', async () => {
    const both = createPayloadCodec(parseKeyRing(`one:${keyOf(1)},alias:${keyOf(1)}`));
    const payload = await encrypted();
    const renamed = { ...payload, metadata: { ...payload.metadata, 'encryption-key-id': Buffer.from('alias') } };
    await expect(both.decode([renamed])).rejects.toThrow('altered or cut');
  });

  it.each([0, 5, 12, 20])('refuses a payload that was cut to %i bytes', async (length) => {
    const payload = await encrypted();
    const cut = { ...payload, data: Buffer.from(payload.data ?? []).subarray(0, length) };
    await expect(codec.decode([cut])).rejects.toThrow('altered or cut');
  });

  it('refuses a payload with one altered bit', async () => {
    const payload = await encrypted();
    const data = Buffer.from(payload.data ?? []);
    data.writeUInt8(data.readUInt8(20) ^ 1, 20);
    await expect(codec.decode([{ ...payload, data }])).rejects.toThrow('altered or cut');
  });

  it('leaves alone what the server wrote in the clear', async () => {
    const plain = defaultPayloadConverter.toPayload('search attribute');
    expect(await codec.decode([plain])).toEqual([plain]);
  });
});
