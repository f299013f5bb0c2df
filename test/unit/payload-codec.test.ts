import { defaultPayloadConverter, ValueError, type Payload, type SerializationContext } from '@temporalio/common';
import { parseKeyRing } from '../../src/store/key-ring';
import { createPayloadCodec, createUnboundPayloadCodec, workflowIdBeside } from '../../src/temporal/payload-codec';

const keyOf = (fill: number) => Buffer.alloc(32, fill).toString('base64url');
const codec = createPayloadCodec(parseKeyRing(`one:${keyOf(1)}`));
const CANARY = 'canary-payload-0123456789';

async function encrypted(...values: readonly unknown[]): Promise<Payload> {
  const value = values.length > 0 ? values[0] : { secret: CANARY };
  const [payload] = await codec.encode([defaultPayloadConverter.toPayload(value)]);
  if (!payload) throw new Error('one payload in, none out');
  return payload;
}

/** The payload with another entry in its metadata, or without it. */
function relabelled(payload: Payload, name: string, value?: string): Payload {
  const others = Object.entries(payload.metadata ?? {}).filter(([each]) => each !== name);
  const entries = value === undefined ? others : [...others, [name, Buffer.from(value)] as const];
  return { ...payload, metadata: Object.fromEntries(entries) };
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

  it.each(['fdx-consent-reconcile', 'housekeeping'])('takes the runs of a schedule for one: %s', async (id) => {
    // Each is given the result of the one before.
    const runAt = (workflowId: string): SerializationContext => ({ type: 'workflow', namespace: 'n', workflowId });
    const [payload = {}] = await codec.encode(
      [defaultPayloadConverter.toPayload('the result')],
      runAt(`${id}-2026-11-24T18:00:00Z`),
    );
    const [decoded = {}] = await codec.decode([payload], runAt(`${id}-2026-11-24T18:15:00Z`));
    expect(defaultPayloadConverter.fromPayload(decoded)).toBe('the result');
    await expect(codec.decode([payload], runAt('consent-2026-11-24T18:15:00Z'))).rejects.toThrow(ValueError);
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

  it.each([undefined, ''])('refuses a payload that claims to be ours and names no key (%p)', async (kid) => {
    const payload = await encrypted();
    await expect(codec.decode([relabelled(payload, 'encryption-key-id', kid)])).rejects.toThrow('not in PAYLOAD_KEYS');
  });

  it('refuses a payload without any data', async () => {
    const { metadata } = await encrypted();
    await expect(codec.decode([{ metadata: metadata ?? {} }])).rejects.toThrow('altered or cut');
  });

  it('refuses all of a list when one of it does not open', async () => {
    const payload = await encrypted();
    await expect(codec.decode([payload, { ...payload, data: Buffer.alloc(40) }])).rejects.toThrow('altered or cut');
  });

  it('leaves alone what the server wrote in the clear, where nobody knows whose it is', async () => {
    const plain = defaultPayloadConverter.toPayload('search attribute');
    expect(await codec.decode([plain])).toEqual([plain]);
  });
});

describe('a payload that was written for a workflow', () => {
  const workflow = (workflowId: string, namespace = 'default'): SerializationContext => ({
    type: 'workflow',
    namespace,
    workflowId,
  });
  const mine = workflow('consent-mine');
  const itsActivity: SerializationContext = {
    type: 'activity',
    namespace: 'default',
    workflowId: 'consent-mine',
    activityId: '1',
    isLocal: true,
  };
  const written = async (context?: SerializationContext, by = codec): Promise<Payload> => {
    const [payload] = await by.encode([defaultPayloadConverter.toPayload(CANARY)], context);
    return payload ?? {};
  };
  const read = async (payload: Payload, context?: SerializationContext): Promise<unknown> => {
    const [opened] = await codec.decode([payload], context);
    return defaultPayloadConverter.fromPayload(opened ?? {});
  };

  it.each([
    ['its workflow', mine],
    ['an activity of its workflow', itsActivity],
    ['an operator, who has no workflow', undefined],
  ])('opens for %s', async (_, reader) => {
    expect(await read(await written(mine), reader)).toBe(CANARY);
    expect(await read(await written(itsActivity), reader)).toBe(CANARY);
  });

  it.each([
    ['another workflow', workflow('consent-other')],
    ['a workflow whose id goes on where this one ends', workflow('consent-mine-2026-11-24T17:00:00Z')],
    ['a workflow of the same id in another namespace', workflow('consent-mine', 'elsewhere')],
    ['an activity of another workflow', { ...itsActivity, workflowId: 'consent-other' }],
  ])('does not open for %s', async (_, reader) => {
    await expect(read(await written(mine), reader)).rejects.toThrow('belongs to another workflow');
  });

  it.each([
    ['says that it is of another', '["default","consent-other"]'],
    ['says that it is of none', ''],
    ['says nothing', undefined],
    ['says the same in other words', '[ "default", "consent-mine" ]'],
  ])('opens for nobody when it %s', async (_, bound) => {
    const payload = await written(mine);
    const altered = relabelled(payload, 'encryption-bound-to', bound);
    for (const reader of [undefined, mine, workflow('consent-other')]) {
      await expect(read(altered, reader)).rejects.toThrow(ValueError);
    }
  });

  it('cannot be made of one that was written for nobody', async () => {
    const payload = await written();
    const claimed = relabelled(payload, 'encryption-bound-to', '["default","consent-mine"]');
    await expect(read(claimed, mine)).rejects.toThrow('altered or cut');
  });

  it('is never replaced by one in the clear', async () => {
    const plain = defaultPayloadConverter.toPayload({ kind: 'revoke' });
    await expect(codec.decode([plain], mine)).rejects.toThrow('not encrypted');
    await expect(codec.decode([{ data: plain.data ?? null }], mine)).rejects.toThrow('not encrypted');
  });

  it.each([
    ['before there were owners', codec],
    ['for a schedule, whose workflows have no id yet', createUnboundPayloadCodec(parseKeyRing(`one:${keyOf(1)}`))],
  ])('opens for anybody when it was written %s', async (_, by) => {
    const payload = await written(by === codec ? undefined : mine, by);
    expect(payload.metadata).not.toHaveProperty('encryption-bound-to');
    for (const reader of [undefined, mine, workflow('consent-other')]) expect(await read(payload, reader)).toBe(CANARY);
  });

  it('names its workflow to whoever asks, and nothing else', async () => {
    expect(workflowIdBeside(await written(mine))).toBe('consent-mine');
    for (const bound of ['', 'null', '{}', '[1,2]', '["default"]', '\u0000']) {
      expect(workflowIdBeside({ metadata: { 'encryption-bound-to': Buffer.from(bound) } })).toBeUndefined();
    }
    expect(workflowIdBeside({})).toBeUndefined();
  });
});
