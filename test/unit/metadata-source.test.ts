import type { ServerMetadata } from 'openid-client';
import { ConsentFailure } from '../../src/domain/failures';
import { createMetadataSource } from '../../src/fapi/metadata-source';

const MINUTE_MS = 60_000;
const metadata = (version: number) => ({ issuer: 'https://bank.example', version }) as unknown as ServerMetadata;

/** A bank that counts how often it was asked, and answers as told. */
function bank(freshForMs: number) {
  let reads = 0;
  const trouble: { now?: ConsentFailure } = {};
  const source = createMetadataSource(() => {
    reads += 1;
    return trouble.now ? Promise.reject(trouble.now) : Promise.resolve({ metadata: metadata(reads), freshForMs });
  });
  return { source, trouble, reads: () => reads };
}

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

describe('the metadata of a bank', () => {
  it('are read once for all who ask at the same time', async () => {
    const { source, reads } = bank(MINUTE_MS);
    await Promise.all([source.fresh(), source.fresh(), source.known()]);
    expect(reads()).toBe(1);
  });

  it('are used for as long as the bank allows, and read again after', async () => {
    const { source, reads } = bank(MINUTE_MS);
    await source.fresh();
    jest.setSystemTime(Date.now() + MINUTE_MS - 1);
    await source.fresh();
    expect(reads()).toBe(1);
    jest.setSystemTime(Date.now() + 2);
    expect(await source.fresh()).toEqual(metadata(2));
  });

  it('are read for every authorization where the bank forbids to keep them', async () => {
    const { source, reads } = bank(0);
    await source.fresh();
    await source.fresh();
    expect(reads()).toBe(2);
  });

  it('stay the same within an authorization: it ends where it began', async () => {
    const { source, reads } = bank(0);
    await source.fresh();
    expect(await source.known()).toEqual(metadata(1));
    expect(reads()).toBe(1);
  });

  it('are read again in the background while somebody uses them', async () => {
    const { source, reads } = bank(MINUTE_MS);
    await source.fresh();
    await source.fresh();
    await jest.advanceTimersByTimeAsync(MINUTE_MS * 0.9);
    expect(reads()).toBe(2);
    await jest.advanceTimersByTimeAsync(MINUTE_MS * 10);
    expect(reads()).toBe(2);
  });

  it('of the last day serve while the bank is away, and no longer', async () => {
    const { source, trouble } = bank(0);
    await source.fresh();
    trouble.now = new ConsentFailure('as_unreachable');
    jest.setSystemTime(Date.now() + 23 * 60 * MINUTE_MS);
    expect(await source.fresh()).toEqual(metadata(1));
    jest.setSystemTime(Date.now() + 2 * 60 * MINUTE_MS);
    await expect(source.fresh()).rejects.toMatchObject({ code: 'as_unreachable' });
  });

  it('that have become unusable are not replaced by those of before', async () => {
    const { source, trouble } = bank(0);
    await source.fresh();
    trouble.now = new ConsentFailure('as_issuer_mismatch');
    await expect(source.fresh()).rejects.toMatchObject({ code: 'as_issuer_mismatch' });
    await expect(source.known()).rejects.toMatchObject({ code: 'as_issuer_mismatch' });
  });

  it('are asked for again after a failure', async () => {
    const { source, trouble } = bank(MINUTE_MS);
    trouble.now = new ConsentFailure('as_unreachable');
    await expect(source.fresh()).rejects.toMatchObject({ code: 'as_unreachable' });
    delete trouble.now;
    expect(await source.fresh()).toEqual(metadata(2));
  });
});
