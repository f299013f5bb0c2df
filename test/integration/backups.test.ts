import { randomBytes } from 'node:crypto';
import { purgeConsent } from '../../src/activities/purge';
import { firstWraps } from '../../src/store/key-encryption';
import { parseKeyRing } from '../../src/store/key-ring';
import { rewrapDataKeys } from '../../src/store/rewrap';
import { ringEncryption } from '../../src/store/ring-encryption';
import { blocksOf } from '../architecture/support/code-blocks';
import { currentStack } from '../setup/stack-access';
import { Archive, TABLES_WITH_WRAPPED_KEYS } from './support/archive';
import { OwnBooks } from './support/own-books';
import { plantConsent, type PlantedConsent } from './support/planted-consent';

let books: OwnBooks;
let purged: PlantedConsent;
let other: PlantedConsent;
/** From before the purge: as docs/retention.md wants it, and a copy of everything, as a backup of the disk is. */
let archive: Archive;
let copy: Archive;

beforeAll(async () => {
  books = await OwnBooks.open(currentStack());
  purged = await plantConsent(books, 'expired');
  other = await plantConsent(books, 'active');
  archive = await Archive.of(books.databaseUrl, TABLES_WITH_WRAPPED_KEYS);
  copy = await Archive.of(books.databaseUrl);
  await purgeConsent(books.dependencies(), { consentId: purged.id });
});
afterAll(async () => {
  await archive.drop();
  await copy.drop();
  await books.close();
});

test.each(['exclude-table-data', 'table'])('the page names the same tables with --%s', (option) => {
  const page = blocksOf('docs/retention.md').map(({ text }) => text);
  const named = page.flatMap((text) =>
    [...text.matchAll(new RegExp(` --${option}=(\\w+)`, 'g'))].map(([, name]) => name),
  );
  expect(named.sort()).toEqual([...TABLES_WITH_WRAPPED_KEYS]);
});

test('an archive holds what is sealed and no wrapped key: by itself nothing in it opens', async () => {
  for (const { id } of [purged, other]) {
    expect(await archive.openedWith(books.vaultKeys, id)).toEqual({ sealed: 12, opened: 0 });
  }
});

test('restored with the newest keys, what was purged since stays closed, and everything else opens', async () => {
  for (const table of TABLES_WITH_WRAPPED_KEYS) await archive.load(books.databaseUrl, table);
  expect(await archive.openedWith(books.vaultKeys, other.id)).toEqual({ sealed: 12, opened: 12 });
  expect(await archive.openedWith(books.vaultKeys, purged.id)).toEqual({ sealed: 12, opened: 0 });
});

test('a copy of everything opens until its wrapping key is rotated and let go, and then nothing of it does', async () => {
  // That this is so is why wrapped keys do not belong into archives.
  expect(await copy.openedWith(books.vaultKeys, purged.id)).toEqual({ sealed: 12, opened: 12 });
  const fresh = `new:${randomBytes(32).toString('base64url')}`;
  const both = firstWraps(ringEncryption(parseKeyRing(`${fresh},${books.vaultKeys}`)));
  expect(await rewrapDataKeys(books.database, both)).toMatchObject({ broken: [], left: 0 });
  for (const { id } of [purged, other]) expect(await copy.openedWith(fresh, id)).toEqual({ sealed: 12, opened: 0 });
  // What lives goes on with the new key.
  const now = await Archive.of(books.databaseUrl);
  expect(await now.openedWith(fresh, other.id)).toEqual({ sealed: 12, opened: 12 });
  expect(await now.openedWith(fresh, purged.id)).toEqual({ sealed: 0, opened: 0 });
  await now.drop();
});
