import { createHash } from 'node:crypto';
import { compactVerify, createLocalJWKSet } from 'jose';
import { erasePerson } from '../../src/activities/erase';
import { purgeConsent } from '../../src/activities/purge';
import type { DeletionCertificate } from '../../src/activities/deletion-certificate';
import { evidenceKeyOf } from '../../src/store/evidence-keys';
import { placeHold, releaseHold } from '../../src/store/legal-holds';
import { findCertificate } from '../../src/store/purge';
import { currentStack } from '../setup/stack-access';
import { Application, consentRequest } from './support/application';
import { fdxConsent } from './support/command';
import { dump, query } from './support/database';
import { pageBlock } from './support/page-block';
import { typed } from './support/page-shell';
import { OwnBooks } from './support/own-books';
import { NAME, plantConsent, type PlantedConsent } from './support/planted-consent';

const erasureOnPage = pageBlock('docs/retention.md', 'erasure');

let books: OwnBooks;

beforeAll(async () => {
  books = await OwnBooks.open(currentStack());
});
afterAll(() => books.close());

const erase = ({ id }: PlantedConsent) =>
  erasePerson(books.dependencies(), { version: 1, consentId: id, requestedBy: 'operator:key_1', requestId: 'req-1' });

async function certificateOf({ id }: PlantedConsent): Promise<DeletionCertificate> {
  return (await findCertificate(books.database, id))?.document as unknown as DeletionCertificate;
}

const categories = ({ destroyed }: DeletionCertificate) => destroyed.map(({ category }) => category);

async function chainOf({ id }: PlantedConsent) {
  const rows = await books.run('SELECT type, actor, event, hash FROM audit_events WHERE chain = $1 ORDER BY seq', [id]);
  return rows as unknown as { type: string; actor: string; event: string; hash: string }[];
}

/** The typed name, whoever has the vault. */
async function nameOf({ id }: PlantedConsent): Promise<unknown> {
  const [row] = await books.run('SELECT id, name_jwe FROM agreements WHERE consent_id = $1', [id]);
  const key = await evidenceKeyOf(books.database, books.vault, id);
  return key.open('typed-name', String(row?.['id']), String(row?.['name_jwe']));
}

test('a purge leaves the typed name readable, and an erasure leaves it nowhere', async () => {
  const consent = await plantConsent(books, 'expired');
  await purgeConsent(books.dependencies(), { consentId: consent.id });
  expect(await nameOf(consent)).toMatchObject({ name: NAME });
  const [sealed] = await books.run('SELECT name_jwe FROM agreements WHERE consent_id = $1', [consent.id]);
  await erase(consent);
  const everything = [...(await dump(books)).values()].flat().join('\n');
  expect(everything).not.toContain(String(sealed?.['name_jwe']));
  await expect(nameOf(consent)).rejects.toThrow('was destroyed');
});

test('an erasure before the purge purges at once, with one certificate that names all of it', async () => {
  const consent = await plantConsent(books, 'revoked', { bank_ending: 'done' });
  const { certificateId } = await erase(consent);
  const certificate = await certificateOf(consent);
  expect(certificate.certificateId).toBe(certificateId);
  expect(certificate.supersedes).toBeUndefined();
  expect(categories(certificate)).toEqual(
    expect.arrayContaining(['data_key', 'person_reference', 'typed_names', 'evidence_key']),
  );
  const events = await chainOf(consent);
  const types = events.map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining(['consent.deletion_certified', 'consent.purged', 'person.erased']));
  expect(events.find(({ type }) => type === 'person.erased')).toMatchObject({ actor: 'operator:key_1' });
  expect(events.find(({ type }) => type === 'consent.purged')?.event).toContain('"reason":"erasure"');
  // The purge that comes in its time finds nothing to do, and so does whoever asks again.
  expect(await purgeConsent(books.dependencies(), { consentId: consent.id })).toEqual({ certificateId });
  expect(await erase(consent)).toEqual({ certificateId });
  expect(await chainOf(consent)).toEqual(events);
});

test('an erasure after the purge has a certificate that supersedes the first, which stays as it is', async () => {
  const consent = await plantConsent(books, 'expired');
  await purgeConsent(books.dependencies(), { consentId: consent.id });
  const first = await certificateOf(consent);
  await erase(consent);
  const later = await certificateOf(consent);
  expect(later).toEqual({
    ...first,
    certificateId: expect.not.stringContaining(first.certificateId) as string,
    supersedes: first.certificateId,
    issuedAt: later.issuedAt,
    destroyed: [
      ...first.destroyed,
      { category: 'typed_names', count: 1, firstAt: later.issuedAt, lastAt: later.issuedAt },
      { category: 'evidence_key', count: 1, firstAt: later.issuedAt, lastAt: later.issuedAt },
    ],
  });
  const rows = await books.run('SELECT document, signed FROM deletion_certificates WHERE consent_id = $1 ORDER BY id', [
    consent.id,
  ]);
  expect(rows.map(({ document }) => document)).toEqual([first, later]);
  // Each is evidence itself: its event holds the digest of what was signed.
  const certified = (await chainOf(consent)).filter(({ type }) => type === 'consent.deletion_certified');
  expect(certified.map(({ event }) => (JSON.parse(event) as { details: unknown }).details)).toEqual(
    [first, later].map(({ certificateId, supersedes }, index) => ({
      certificateId,
      ...(supersedes !== undefined && { supersedes }),
      signedDigest: createHash('sha256').update(String(rows[index]?.['signed'])).digest('hex'),
    })),
  );
  const keys = { keys: [books.keys.receiptSigner().publicJwk] };
  for (const { signed } of rows) await compactVerify(String(signed), createLocalJWKSet(keys));
});

test('the chain verifies as before, and what an application typed of the person is not in it', async () => {
  const consent = await plantConsent(books, 'expired');
  await erase(consent);
  const events = await chainOf(consent);
  events.forEach(({ event, hash }, index) => {
    expect(createHash('sha256').update(event).digest('hex')).toBe(hash);
    expect((JSON.parse(event) as { previous?: string }).previous).toBe(events[index - 1]?.hash);
  });
  const text = events.map(({ event }) => event).join('\n');
  expect(text).not.toContain(NAME);
  expect(consent.canaries.foundIn(text)).toEqual([]);
});

describe('an erasure is refused, and nothing happens,', () => {
  test.each([
    ['before the consent has ended', 'active', {}, 'consent_not_ended'],
    ['while the bank must still be told', 'revoked', { bank_ending: 'pending' }, 'erasure_waits_for_bank'],
  ] as const)('%s', async (_when, status, columns, code) => {
    const consent = await plantConsent(books, status, columns);
    await expect(erase(consent)).rejects.toMatchObject({ code });
    expect(await nameOf(consent)).toMatchObject({ name: NAME });
    expect(await certificateOf(consent)).toBeUndefined();
  });

  test('under a legal hold, before the purge and after it', async () => {
    const consent = await plantConsent(books, 'expired');
    for (const isPurged of [false, true]) {
      if (isPurged) await purgeConsent(books.dependencies(), { consentId: consent.id });
      const hold = await placeHold(books.database, consent.id, 'a case');
      await expect(erase(consent)).rejects.toMatchObject({ code: 'consent_held' });
      await releaseHold(books.database, hold.id);
      expect(await nameOf(consent)).toMatchObject({ name: NAME });
    }
    await erase(consent);
  });

  test('for a consent that there is not', async () => {
    const unknown = { id: `cns_${'0'.repeat(32)}` } as PlantedConsent;
    await expect(erase(unknown)).rejects.toMatchObject({ code: 'consent_not_found' });
  });
});

test('of two that make an evidence key at once both get the same', async () => {
  const consent = await plantConsent(books, 'active');
  await books.run('DELETE FROM evidence_keys WHERE consent_id = $1', [consent.id]);
  const keys = await Promise.all(
    Array.from({ length: 8 }, () => evidenceKeyOf(books.database, books.vault, consent.id)),
  );
  const sealed = await keys[0]?.seal('typed-name', 'row', 'a name');
  for (const key of keys) expect(await key.open('typed-name', 'row', sealed ?? '')).toBe('a name');
});

describe('through the running product', () => {
  const stack = currentStack();
  const application = new Application(stack);
  const operator = (path: string, body?: object) =>
    application.call(path, { method: 'POST', key: stack.operatorKey, ...(body && { body }) });

  async function consentOf(): Promise<string> {
    const { json } = await application.call('/v1/consents', { method: 'POST', body: consentRequest() });
    return String(json['id']);
  }

  test('an operator erases a person when the consent is revoked and no hold is in force', async () => {
    const id = await consentOf();
    const path = `/v1/consents/${id}/erasure`;
    expect(await operator(path)).toMatchObject({ status: 409, json: { code: 'consent_not_ended' } });
    expect((await application.call(path, { method: 'POST' })).status).toBe(403);
    const hold = await operator(`/v1/consents/${id}/legal-holds`, { reason: 'a case' });
    expect(hold).toMatchObject({ status: 201, json: { consentId: id, reason: 'a case' } });
    expect((await application.call(`/v1/consents/${id}`, { method: 'DELETE' })).status).toBeLessThan(300);
    expect(await operator(path)).toMatchObject({ status: 409, json: { code: 'consent_held' } });
    expect((await operator(`/v1/legal-holds/${String(hold.json['id'])}/release`)).status).toBe(200);
    const erased = await operator(path);
    expect(erased).toMatchObject({ status: 200, json: { consentId: id } });
    expect(await operator(path)).toMatchObject({ status: 200, json: erased.json });
    const certificate = await application.call(`/v1/consents/${id}/deletion-certificate`);
    expect(certificate.json['certificateId']).toBe(erased.json['certificateId']);
    const [event] = await query(stack, `SELECT actor FROM audit_events WHERE chain = $1 AND type = 'person.erased'`, [
      id,
    ]);
    expect(event?.['actor']).toMatch(/^operator:key_/);
  });

  test('the command line does so too, and says to revoke first', async () => {
    const id = await consentOf();
    const command = (...args: string[]) => fdxConsent(['consents', ...args, '--json'], stack.productEnvironment);
    expect(await command('erase', id)).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('revoke it first') as string,
    });
    const { failed, stdout } = await typed(erasureOnPage.text(), { ...stack.productEnvironment, ID: id });
    expect([failed, stdout]).toEqual([[], expect.stringMatching(`The person of ${id} is erased; certificate del_`)]);
    const { json } = await command('erase', id);
    expect(stdout).toContain(json['certificateId']);
  });
});
