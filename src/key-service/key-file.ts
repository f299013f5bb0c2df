import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { JWK } from 'jose';
import { z } from 'zod';
import { SIGNATURE_ALGORITHMS, type SignatureAlgorithm } from '../domain/institution';
import type { KeyRing } from '../store/key-ring';
import type { OpeningLog } from '../store/opening-log';
import { ringEncryption } from '../store/ring-encryption';
import { createVault, type DataKey } from '../store/vault';

export interface HeldKey {
  readonly keyReference: string;
  readonly algorithm: SignatureAlgorithm;
  readonly privateJwk: JWK;
}

/** The private keys of the service, in one file: sealed, readable by its owner alone, and replaced as a whole. */
export interface KeyFile {
  readonly keys: readonly HeldKey[];
  /** Resolves when the key is on disk. */
  add(key: HeldKey): Promise<void>;
}

const OWNER = 'key-service';
const OTHERS = 0o077;
/** There is no database here, and nobody but this process opens the file: once, at its start. */
const NOT_WRITTEN_DOWN: OpeningLog = { write: () => Promise.resolve() };

const schema = z.object({
  wrapped: z.string(),
  keys: z.array(z.object({ keyReference: z.string(), algorithm: z.enum(SIGNATURE_ALGORITHMS), sealed: z.string() })),
});
type Content = z.infer<typeof schema>;

/** @throws when others may read the file, or the ring does not open it */
export async function openKeyFile(file: string, ring: KeyRing): Promise<KeyFile> {
  const vault = createVault(ringEncryption(ring), NOT_WRITTEN_DOWN);
  let content = await contentOf(file);
  content ??= { wrapped: (await vault.createDataKey(OWNER)).wrapped, keys: [] };
  const dataKey = await vault.openDataKey(OWNER, content.wrapped);
  const keys = await Promise.all(content.keys.map((key) => openKey(key, dataKey)));
  let stored = content;
  let writing: Promise<unknown> = Promise.resolve();

  return {
    keys,
    add(key) {
      // One after the other: each writes the whole file.
      const added = writing.then(async () => {
        const { keyReference, algorithm, privateJwk } = key;
        const sealed = await dataKey.seal('signing-key', keyReference, privateJwk);
        const next = { ...stored, keys: [...stored.keys, { keyReference, algorithm, sealed }] };
        await replace(file, JSON.stringify(next, null, 2));
        stored = next;
        keys.push(key);
      });
      writing = added.catch(() => undefined);
      return added;
    },
  };
}

async function contentOf(file: string): Promise<Content | undefined> {
  const found = await stat(file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (!found) return undefined;
  if ((found.mode & OTHERS) !== 0) throw new Error('KEY_SERVICE_FILE can be read by others: chmod 600');
  return schema.parse(JSON.parse(await readFile(file, 'utf8')));
}

async function openKey({ sealed, ...key }: Content['keys'][number], dataKey: DataKey): Promise<HeldKey> {
  return { ...key, privateJwk: (await dataKey.open('signing-key', key.keyReference, sealed)) as JWK };
}

/** Old or new, never half: a power cut in the middle must not cost the keys there were. */
async function replace(file: string, text: string): Promise<void> {
  const fresh = `${file}.${randomUUID()}`;
  try {
    const handle = await open(fresh, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
  const directory = await open(path.dirname(file), 'r');
  await directory.sync().finally(() => directory.close());
}
