import type { JSONWebKeySet } from 'jose';
import { ConsentFailure } from '../../src/domain/failures';
import { createPublisherKeys } from '../../src/fapi/publisher-keys';

const MINUTE_MS = 60_000;

/** A bank whose keys are numbered by how often they were read. */
function bank() {
  const state = { now: 1_000_000, reads: 0, failure: undefined as ConsentFailure | undefined };
  const read = (): Promise<JSONWebKeySet> => {
    state.reads += 1;
    if (state.failure) return Promise.reject(state.failure);
    return Promise.resolve({ keys: [{ kty: 'EC', kid: String(state.reads) }] });
  };
  return { state, keys: createPublisherKeys(read, () => state.now) };
}

const AWAY = new ConsentFailure('as_keys_unreachable');

describe('the keys that a bank publishes with', () => {
  it('are read once for many who ask at a time, and again after ten minutes', async () => {
    const { state, keys } = bank();
    await Promise.all([keys.current(), keys.current(), keys.current()]);
    state.now += 9 * MINUTE_MS;
    await keys.current();
    expect(state.reads).toBe(1);
    state.now += 2 * MINUTE_MS;
    expect((await keys.current()).keys[0]?.kid).toBe('2');
  });

  it('are read anew for a signature of none of them, but no more often than every five seconds', async () => {
    const { state, keys } = bank();
    const first = await keys.current();
    expect(await keys.renewed(first)).toBeUndefined();
    state.now += 6_000;
    const second = await keys.renewed(first);
    expect(second?.keys[0]?.kid).toBe('2');
    expect(await keys.renewed(first)).toBe(second);
    expect(await keys.renewed(await keys.current())).toBeUndefined();
    expect(state.reads).toBe(2);
  });

  it('serve for a day while they cannot be read', async () => {
    const { state, keys } = bank();
    const first = await keys.current();
    state.failure = AWAY;
    state.now += 60 * MINUTE_MS;
    expect(await keys.current()).toBe(first);
    state.now += 24 * 60 * MINUTE_MS;
    await expect(keys.current()).rejects.toBe(AWAY);
  });

  it('do not serve any more once the bank has answered with what must not be used', async () => {
    const { state, keys } = bank();
    await keys.current();
    state.failure = new ConsentFailure('as_metadata_unusable');
    state.now += 11 * MINUTE_MS;
    await expect(keys.current()).rejects.toMatchObject({ code: 'as_metadata_unusable' });
  });

  it('are not asked for again at once by everybody who comes while they cannot be read', async () => {
    const { state, keys } = bank();
    state.failure = AWAY;
    await expect(keys.current()).rejects.toBe(AWAY);
    await expect(keys.current()).rejects.toBe(AWAY);
    expect(state.reads).toBe(1);
    state.now += 6_000;
    state.failure = undefined;
    expect((await keys.current()).keys).toHaveLength(1);
  });
});
