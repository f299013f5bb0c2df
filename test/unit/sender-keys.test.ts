import { generateSenderKey } from '../../src/fapi/dpop';
import { importSenderKey } from '../../src/fapi/sender-keys';

describe('the key of a grant', () => {
  it('is imported once for many requests, as a handle that cannot be exported', async () => {
    const { privateJwk } = await generateSenderKey('ES256');
    const pair = await importSenderKey(privateJwk);
    expect(await importSenderKey({ ...privateJwk })).toBe(pair);
    expect(pair.privateKey.extractable).toBe(false);
  });

  it('is never another grant’s', async () => {
    const [one, other] = [await generateSenderKey('ES256'), await generateSenderKey('ES256')];
    const pairs = await Promise.all([one, other].map(({ privateJwk }) => importSenderKey(privateJwk)));
    expect(pairs[0]).not.toBe(pairs[1]);
  });

  it('that does not import is tried anew the next time', async () => {
    const { privateJwk } = await generateSenderKey('ES256');
    await expect(importSenderKey({ ...privateJwk, d: 'AAAA' })).rejects.toThrow();
    expect((await importSenderKey(privateJwk)).privateKey.type).toBe('private');
  });
});
