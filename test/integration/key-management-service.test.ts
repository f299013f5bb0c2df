import { firstWraps, wrappingKeyOf, type KeyProvider } from '../../src/store/key-encryption';
import { parseKeyRing } from '../../src/store/key-ring';
import { kmsEncryption } from '../../src/store/kms-encryption';
import { ringEncryption } from '../../src/store/ring-encryption';
import { createVault } from '../../src/store/vault';
import { UNLOGGED } from '../unit/support/vault';
import { CREDENTIALS, REGION, startLocalKms, type LocalKms } from './support/local-kms';
import { UnreliableKms } from './support/unreliable-kms';

/** The first run fetches the stand-in through pip. */
const START_MS = 360_000;
const DATA_KEY = Buffer.alloc(32, 7);

let kms: LocalKms;
let way: UnreliableKms;
let keyId: string;
let provider: KeyProvider;

const providerFor = (...keyIds: [string, ...string[]]) => kmsEncryption({ keyIds, region: REGION, endpoint: way.url });

beforeAll(async () => {
  Object.assign(process.env, CREDENTIALS);
  kms = await startLocalKms();
  way = await UnreliableKms.before(kms.url);
  keyId = await kms.createKey();
  provider = providerFor(keyId);
}, START_MS);
afterAll(async () => {
  await way.stop();
  await kms.stop();
});
beforeEach(() => {
  way.reset();
});

/** What it came to: the key, or the failure's name, code and words. */
async function outcomeOf(opening: Promise<Uint8Array>): Promise<unknown> {
  return opening.then(
    (key) => Buffer.from(key).equals(DATA_KEY),
    (error: unknown) => {
      expect(error).not.toHaveProperty('cause');
      const { name, code, message } = error as Error & { code?: string };
      expect(message).not.toMatch(/canary|http|127\.0/);
      return { name, ...(code !== undefined && { code }), message };
    },
  );
}

const unavailable = (reason: string) => ({
  name: 'ConsentFailure',
  code: 'vault_unavailable',
  message: `The key that opens the vault cannot be used right now. KMS: ${reason}.`,
});
const refused = (words: string) => ({ name: 'VaultError', message: expect.stringContaining(words) as string });

describe('a data key that KMS wraps', () => {
  test('opens again, in another process too, and names the key that wraps it', async () => {
    const wrapped = await provider.wrap('cns_1', DATA_KEY);
    expect(wrappingKeyOf(wrapped)).toBe(`aws-kms:${keyId}`);
    expect(Buffer.from(wrapped.split('.')[1] ?? '', 'base64url').includes(DATA_KEY)).toBe(false);
    expect(await outcomeOf(providerFor(keyId).unwrap('cns_1', wrapped))).toBe(true);
  });

  test('does not open for another consent, whatever its header says', async () => {
    const wrapped = await provider.wrap('cns_1', DATA_KEY);
    expect(await outcomeOf(provider.unwrap('cns_2', wrapped))).toEqual(
      refused('KMS refused (InvalidCiphertextException)'),
    );
    const [, blob = ''] = wrapped.split('.');
    const header = { alg: 'AWS-KMS', kid: `aws-kms:${keyId}`, owner: 'cns_2', purpose: 'data-key' };
    const moved = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${blob}`;
    expect(await outcomeOf(provider.unwrap('cns_2', moved))).toEqual(refused('belongs to another consent'));
  });

  test('does not open with another key of ours', async () => {
    const wrapped = await provider.wrap('cns_1', DATA_KEY);
    const other = await kms.createKey();
    const both = providerFor(other, keyId);
    expect(await outcomeOf(both.unwrap('cns_1', wrapped))).toBe(true);
    const header = { alg: 'AWS-KMS', kid: `aws-kms:${other}`, owner: 'cns_1', purpose: 'data-key' };
    const relabelled = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${wrapped.split('.')[1] ?? ''}`;
    expect(await outcomeOf(both.unwrap('cns_1', relabelled))).toEqual(refused('KMS refused'));
  });

  test('does not open when it was altered, and asks nobody when its key is not configured', async () => {
    const wrapped = await provider.wrap('cns_1', DATA_KEY);
    const [header = '', blob = ''] = wrapped.split('.');
    const altered = Buffer.from(blob, 'base64url');
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
    const outcome = outcomeOf(provider.unwrap('cns_1', `${header}.${altered.toString('base64url')}`));
    expect(await outcome).toEqual(refused('the wrapped key was altered'));
    way.reset();
    const others = firstWraps(providerFor(await kms.createKey()));
    expect(await outcomeOf(others.unwrap('cns_1', wrapped))).toEqual(
      refused(`aws-kms:${keyId}, which is not configured`),
    );
    expect(way.asked).toEqual([]);
  });
});

describe('moving from the environment to KMS', () => {
  test('what the ring wrapped still opens, and KMS wraps what is new', async () => {
    const ring = ringEncryption(parseKeyRing(`k1:${Buffer.alloc(32, 1).toString('base64url')}`));
    const wrapped = await ring.wrap('cns_1', DATA_KEY);
    const both = firstWraps(provider, ring);
    expect(await outcomeOf(both.unwrap('cns_1', wrapped))).toBe(true);
    expect(way.asked).toEqual([]);
    expect(wrappingKeyOf(await both.wrap('cns_2', DATA_KEY))).toBe(`aws-kms:${keyId}`);
  });
});

describe('when KMS', () => {
  const throttled = { status: 400, type: 'ThrottlingException' } as const;
  const broken = { status: 500, type: 'KMSInternalException' } as const;

  test.each([
    ['loses an answer', ['lost']],
    ['throttles twice', [throttled, throttled]],
    ['breaks once', [broken]],
    ['is slow once', ['slow']],
  ] as const)('%s, it is asked again', async (_what, troubles) => {
    const wrapped = await provider.wrap('cns_1', DATA_KEY);
    way.reset(...troubles);
    expect(await outcomeOf(providerFor(keyId).unwrap('cns_1', wrapped))).toBe(true);
    expect(way.asked).toEqual(Array(troubles.length + 1).fill('Decrypt'));
    way.reset(...troubles);
    expect(await outcomeOf(provider.unwrap('cns_1', await providerFor(keyId).wrap('cns_1', DATA_KEY)))).toBe(true);
  });

  test.each([
    ['throttles', [throttled, throttled, throttled], 'ThrottlingException'],
    ['is broken', [broken, broken, broken], 'KMSInternalException'],
    ['loses every answer', ['lost', 'lost', 'lost'], expect.any(String)],
    ['does not answer', ['slow', 'slow', 'slow'], 'TimeoutError'],
  ] as const)('%s all the time, the vault is unavailable, after three attempts', async (_what, troubles, reason) => {
    const wrapped = await provider.wrap('cns_1', DATA_KEY);
    way.reset(...troubles);
    const startedAt = performance.now();
    const outcome = await outcomeOf(providerFor(keyId).unwrap('cns_1', wrapped));
    expect(outcome).toMatchObject({ name: 'ConsentFailure', code: 'vault_unavailable' });
    if (typeof reason === 'string') expect(outcome).toEqual(unavailable(reason));
    expect(way.asked).toHaveLength(3);
    expect(performance.now() - startedAt).toBeLessThan(9_000);
  });

  test('is not there at all, the vault is unavailable', async () => {
    const nowhere = kmsEncryption({ keyIds: [keyId], region: REGION, endpoint: 'http://127.0.0.1:9' });
    expect(await outcomeOf(nowhere.wrap('cns_1', DATA_KEY) as never)).toMatchObject({ code: 'vault_unavailable' });
  });

  test.each([
    ['AccessDeniedException', 'allow this account kms:Encrypt and kms:Decrypt with the key'],
    ['ExpiredTokenException', 'renew the AWS credentials of the process'],
    ['UnrecognizedClientException', 'correct the AWS credentials of the process'],
    ['DisabledException', 'enable the key'],
    ['KMSInvalidStateException', 'the key is to be deleted, or has no material: cancel that'],
  ])('refuses with %s, it is not asked again, and the operator reads what to do', async (type, remedy) => {
    const wrapped = await provider.wrap('cns_1', DATA_KEY);
    way.reset({ status: 400, type });
    expect(await outcomeOf(provider.unwrap('cns_1', wrapped))).toEqual({
      name: 'VaultError',
      message: `KMS refused (${type}): ${remedy}`,
    });
    expect(way.asked).toEqual(['Decrypt']);
  });

  test('does not know the key, the operator reads so', async () => {
    const unknown = providerFor('00000000-0000-0000-0000-000000000000');
    expect(await outcomeOf(unknown.wrap('cns_1', DATA_KEY) as never)).toEqual(refused('correct VAULT_KMS_KEY_ID'));
  });
});

describe('a vault over KMS', () => {
  test('asks once for a key that many open at once, and not again', async () => {
    const first = createVault(provider, UNLOGGED);
    const { dataKey, wrapped } = await first.createDataKey('cns_1');
    const sealed = await dataKey.seal('tokens', 'aut_1', 'secret');
    const vault = createVault(provider, UNLOGGED);
    way.reset();
    const opened = await Promise.all(
      Array.from({ length: 100 }, async () =>
        (await vault.openDataKey('cns_1', wrapped)).open('tokens', 'aut_1', sealed),
      ),
    );
    expect(new Set(opened)).toEqual(new Set(['secret']));
    await vault.openDataKey('cns_1', wrapped);
    expect(way.asked).toEqual(['Decrypt']);
  });

  test('asks again after a failure: it is not remembered', async () => {
    const { wrapped } = await createVault(provider, UNLOGGED).createDataKey('cns_1');
    const vault = createVault(provider, UNLOGGED);
    way.reset({ status: 400, type: 'AccessDeniedException' });
    await expect(vault.openDataKey('cns_1', wrapped)).rejects.toThrow('KMS refused');
    await expect(vault.openDataKey('cns_1', wrapped)).resolves.toBeDefined();
  });
});
