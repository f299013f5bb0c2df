import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { compactVerify, createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet } from 'jose';
import type { KyselyPlugin } from 'kysely';
import { purgeConsent } from '../../src/activities/purge';
import type { DeletionCertificate } from '../../src/activities/deletion-certificate';
import type { ConsentStatus } from '../../src/domain/consent';
import { ConsentFailure } from '../../src/domain/failures';
import { createApiKey } from '../../src/store/api-keys';
import { saveApplication } from '../../src/store/applications';
import type { Database } from '../../src/store/database';
import { currentStack } from '../setup/stack-access';
import { dump } from './support/database';
import { pageBlock } from './support/page-block';
import { PageShell } from './support/page-shell';
import { OwnBooks } from './support/own-books';
import { serveBooks } from './support/books-api';
import { plantConsent, type PlantedConsent } from './support/planted-consent';
import { jsonDifference } from './support/shown-output';

const certificateOnPage = pageBlock('docs/retention.md', 'certificate');
const verificationOnPage = pageBlock('docs/retention.md', 'verification');

let books: OwnBooks;
let server: Server;

beforeAll(async () => {
  books = await OwnBooks.open(currentStack());
  server = serveBooks(books);
});

afterAll(async () => {
  server.close();
  await books.close();
});

const purge = ({ id }: PlantedConsent, database?: Database): Promise<{ certificateId: string }> =>
  purgeConsent(books.dependencies(database && { database }), { consentId: id });

function origin(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function printedBy(program: string): Promise<unknown> {
  const shell = await PageShell.open({}, '');
  try {
    return JSON.parse((await shell.runProgram(program)).stdout);
  } finally {
    await shell.close();
  }
}

async function read(path: string, { key = books.applicationKey, accept = 'application/json' } = {}): Promise<Response> {
  return fetch(`${origin()}${path}`, { headers: { accept, authorization: `Bearer ${key}` } });
}

async function certificateOf({ id }: PlantedConsent): Promise<DeletionCertificate> {
  const response = await read(`/v1/consents/${id}/deletion-certificate`);
  expect(response.status).toBe(200);
  return (await response.json()) as DeletionCertificate;
}

/** Where any of its canaries lies. */
async function placesOf({ canaries }: PlantedConsent): Promise<string[]> {
  const columns = await dump(books);
  return [...columns].filter(([, values]) => canaries.foundIn(values.join('\n')).length > 0).map(([column]) => column);
}

/** How much there still is of it, in one look: every kind of thing that a purge destroys. */
async function remainsOf({ id }: PlantedConsent): Promise<number> {
  const [row] = await books.run(
    `SELECT (SELECT count(tokens_jwe) + count(refresh_response_jwe) + count(accounts_jwe) FROM grants WHERE consent_id = $1)
       + (SELECT count(secrets_jwe) + count(token_response_jwe) FROM authorizations WHERE consent_id = $1)
       + (SELECT count(launch_jwe) FROM invitations WHERE consent_id = $1)
       + (SELECT count(wrapped_jwe) FROM data_keys WHERE consent_id = $1)
       + (SELECT count(answer_jwe) FROM idempotent_requests WHERE consent_id = $1 OR answer_shares ? $1)
       + (SELECT count(person_jwe) + count(return_url) + count(nullif(metadata, '{}')) FROM consents WHERE id = $1) AS left`,
    [id],
  );
  return Number(row?.['left']);
}

/** Of a consent as it is planted. */
const EVERYTHING = 18;

describe('a purge', () => {
  test('leaves nothing secret or personal of the consent in any column of any table, not even sealed', async () => {
    const consent = await plantConsent(books, 'revoked', { bank_ending: 'done' });
    // Something is there to be found, in every place that the product has for it.
    expect((await placesOf(consent)).sort()).toEqual(
      [
        'authorizations.secrets_jwe',
        'authorizations.token_response_jwe',
        'consents.metadata',
        'consents.person_jwe',
        'consents.return_url',
        'data_keys.wrapped_jwe',
        'grants.accounts_jwe',
        'grants.refresh_response_jwe',
        'grants.tokens_jwe',
        'idempotent_requests.answer_jwe',
        'idempotent_requests.answer_shares',
        'invitations.launch_jwe',
      ].sort(),
    );
    await purge(consent);
    expect(await placesOf(consent)).toEqual([]);
  });

  test('empties every sealed column that a table of consents has, but for the personal part of the evidence', async () => {
    const consent = await plantConsent(books, 'expired');
    await purge(consent);
    const columns = (await books.run(
      `SELECT table_name AS table, column_name AS column FROM information_schema.columns AS sealed
       WHERE column_name LIKE '%\\_jwe' AND table_schema = 'public' AND (table_name = 'consents' OR EXISTS (
         SELECT 1 FROM information_schema.columns AS own
         WHERE own.table_name = sealed.table_name AND own.column_name = 'consent_id'))`,
    )) as { table: string; column: string }[];
    expect(columns.length).toBeGreaterThanOrEqual(8);
    for (const { table, column } of columns) {
      // They go with the evidence, or when the person is erased.
      if (table === 'agreements' || table === 'evidence_keys') continue;
      const owner = table === 'consents' ? 'id' : 'consent_id';
      const left = await books.run(`SELECT 1 FROM ${table} WHERE ${owner} = $1 AND ${column} IS NOT NULL`, [
        consent.id,
      ]);
      expect([table, column, left]).toEqual([table, column, []]);
    }
  });

  test('keeps the consent readable, without person, metadata and links', async () => {
    const consent = await plantConsent(books, 'revoked', { bank_ending: 'done', purge_due_at: new Date() });
    await purge(consent);
    const response = await read(`/v1/consents/${consent.id}`);
    const view = (await response.json()) as Record<string, unknown>;
    expect(response.status).toBe(200);
    expect(view).toMatchObject({ id: consent.id, status: 'revoked', metadata: {}, purpose: 'See all your accounts' });
    expect(Object.keys(view)).not.toEqual(expect.arrayContaining(['person']));
    expect(Object.keys(view)).not.toEqual(expect.arrayContaining(['returnUrl']));
    expect(view['purgedAt']).toEqual((await certificateOf(consent)).issuedAt);
    expect(await books.run('SELECT purge_due_at FROM consents WHERE id = $1', [consent.id])).toEqual([
      { purge_due_at: null },
    ]);
  });

  test('that runs again, or twice at once, gives the first certificate and changes nothing', async () => {
    const consent = await plantConsent(books, 'expired');
    const [first, second] = await Promise.all([purge(consent), purge(consent)]);
    const row = (): Promise<unknown> => books.run('SELECT * FROM consents WHERE id = $1', [consent.id]);
    const before = await row();
    expect(second).toEqual(first);
    expect(await purge(consent)).toEqual(first);
    expect(await row()).toEqual(before);
    const certificates = await books.run('SELECT id FROM deletion_certificates WHERE consent_id = $1', [consent.id]);
    expect(certificates).toEqual([{ id: first.certificateId }]);
  });

  test.each<ConsentStatus>(['requested', 'authorizing', 'active'])(
    'is refused while the consent is %s',
    async (status) => {
      const consent = await plantConsent(books, status);
      await expect(purge(consent)).rejects.toThrow(`is ${status}: it is not purged before it has ended`);
      expect(await remainsOf(consent)).toBe(EVERYTHING);
    },
  );

  test('waits for the bank while it must still be told with tokens that would be destroyed', async () => {
    const consent = await plantConsent(books, 'revoked', { bank_ending: 'pending' });
    const refused = purge(consent);
    await expect(refused).rejects.toBeInstanceOf(ConsentFailure);
    await expect(refused).rejects.toMatchObject({ code: 'purge_waits_for_bank', retryAfterSeconds: 3_600 });
    expect(await remainsOf(consent)).toBe(EVERYTHING);
  });

  test.each([
    ['an operator has taken over', { bank_ending: 'needs_operator' }],
    ['the consent’s own time is over', { bank_ending: 'pending', expires_at: new Date(Date.now() - 1_000) }],
    [
      'the bank was down for a month beyond',
      { bank_ending: 'pending', ended_at: new Date(Date.now() - 61 * 86_400_000) },
    ],
  ])('goes on without the bank when %s', async (_when, columns) => {
    const consent = await plantConsent(books, 'revoked', columns);
    await purge(consent);
    expect(await remainsOf(consent)).toBe(0);
    expect((await certificateOf(consent)).consent).toMatchObject({ bankEnding: columns.bank_ending });
  });

  test('goes on although the bank was not told when no token is left to tell it with', async () => {
    const consent = await plantConsent(books, 'revoked', { bank_ending: 'pending' });
    await books.run('UPDATE grants SET tokens_jwe = NULL, destroyed_at = now() WHERE consent_id = $1', [consent.id]);
    await purge(consent);
    expect(await remainsOf(consent)).toBe(0);
  });
});

describe('a purge whose worker dies', () => {
  /** The connection is cut after so many statements of a transaction, as when the process is killed there. */
  function dyingAfter(statements: number): { database: Database; count: () => number } {
    let count = 0;
    const plugin: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        count += 1;
        if (count === statements) await cutTransactions();
        return result;
      },
    };
    return { database: books.database.withPlugin(plugin), count: () => count };
  }

  const cutTransactions = (): Promise<unknown> =>
    books.run(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND state = 'idle in transaction'`,
    );

  test('has done nothing or everything, wherever that was, and the next one finishes it', async () => {
    const whole = dyingAfter(Infinity);
    await purge(await plantConsent(books, 'expired'), whole.database);
    const statements = whole.count();
    expect(statements).toBeGreaterThan(10);
    // The first statement looks for a certificate, and the second opens the transaction's work.
    for (let after = 2; after <= statements; after += 1) {
      const consent = await plantConsent(books, 'expired');
      await expect(purge(consent, dyingAfter(after).database)).rejects.toThrow();
      expect([after, await remainsOf(consent)]).toEqual([after, EVERYTHING]);
      expect(await books.run('SELECT 1 FROM deletion_certificates WHERE consent_id = $1', [consent.id])).toEqual([]);
      await purge(consent);
      expect([after, await remainsOf(consent)]).toEqual([after, 0]);
    }
  });

  test('has destroyed nothing when no key could sign the certificate', async () => {
    const consent = await plantConsent(books, 'expired');
    const unsigned = books.dependencies({
      receiptSigner: () => {
        throw new ConsentFailure('signing_unavailable');
      },
    });
    await expect(purgeConsent(unsigned, { consentId: consent.id })).rejects.toMatchObject({
      code: 'signing_unavailable',
    });
    expect(await remainsOf(consent)).toBe(EVERYTHING);
    await purge(consent);
    expect(await remainsOf(consent)).toBe(0);
  });
});

describe('a deletion certificate', () => {
  test('verifies with the published receipt keys, and its payload is the document', async () => {
    const consent = await plantConsent(books, 'expired');
    const { certificateId } = await purge(consent);
    const document = await certificateOf(consent);
    const response = await read(`/v1/consents/${consent.id}/deletion-certificate`, { accept: 'application/jose' });
    expect(response.headers.get('content-type')).toMatch(/^application\/jose/);
    const signed = await response.text();
    const keys = (await (await read('/.well-known/receipt-keys.json')).json()) as JSONWebKeySet;
    const { payload } = await compactVerify(signed, createLocalJWKSet(keys), { algorithms: ['ES256', 'PS256'] });
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(document);
    expect(decodeProtectedHeader(signed).typ).toBe('deletion-certificate+jws');
    expect(document.certificateId).toBe(certificateId);
    const program = verificationOnPage.text({
      'declare const signed: string;': `const signed = ${JSON.stringify(signed)};`,
      'https://consent.example': origin(),
    });
    expect(await printedBy(`${program}console.log(JSON.stringify(certificate));`)).toEqual(document);
  });

  test('says what was destroyed and when, by which policy, what is kept and until when, and nothing of the person', async () => {
    const grantedAt = new Date('2026-05-01T00:00:00.000Z');
    const endedAt = new Date(Date.now() - 31 * 86_400_000);
    const columns = { bank_ending: 'done', granted_at: grantedAt, ended_at: endedAt };
    const consent = await plantConsent(books, 'revoked', columns);
    const superseded = new Date('2026-06-01T00:00:00.000Z');
    await books.run('UPDATE grants SET tokens_jwe = NULL, destroyed_at = $2 WHERE authorization_id = $1', [
      consent.firstTrip,
      superseded,
    ]);
    await purge(consent);
    const document = await certificateOf(consent);
    const now = document.issuedAt;
    expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000);
    const inOneInstant = { firstAt: now, lastAt: now };
    expect(document).toEqual({
      certificateId: expect.stringMatching(/^del_[0-9a-f]{32}$/) as string,
      certificateVersion: 1,
      issuedAt: now,
      issuer: { name: 'FDX Consent' },
      consentId: consent.id,
      consent: { status: 'revoked', endedAt: endedAt.toISOString(), bankEnding: 'done' },
      policy: { personalDataRetentionDays: 30, evidenceRetentionDays: 1_096 },
      destroyed: [
        { category: 'bank_tokens', count: 2, firstAt: superseded.toISOString(), lastAt: now },
        { category: 'bank_answers', count: 4, ...inOneInstant },
        { category: 'authorization_secrets', count: 2, ...inOneInstant },
        { category: 'account_identifiers', count: 2, ...inOneInstant },
        { category: 'launch_links', count: 2, ...inOneInstant },
        { category: 'person_reference', count: 1, ...inOneInstant },
        { category: 'application_metadata', count: 2, ...inOneInstant },
        { category: 'return_url', count: 1, ...inOneInstant },
        { category: 'data_key', count: 1, ...inOneInstant },
      ],
      dataKey: { destroyedAt: now, meaning: expect.stringContaining('cannot be opened') as string },
      // 1,096 days after the latest authorization.
      kept: { authorizations: 2, receipts: 2, notices: 1, until: '2029-05-01T00:00:00.000Z' },
    });
    // The page shows one like it: of other ids, and at other moments.
    const shown = certificateOnPage.text().replaceAll(/"(\w{3}_0193\w+|\d{4}-[^"]+Z)"/g, '"…"');
    expect(jsonDifference(JSON.parse(shown), document)).toBeUndefined();
  });

  test('is not there before the purge, and is nobody else’s to read', async () => {
    const consent = await plantConsent(books, 'expired');
    const path = `/v1/consents/${consent.id}/deletion-certificate`;
    const before = await read(path);
    expect([before.status, await before.json()]).toEqual([
      404,
      expect.objectContaining({ code: 'certificate_not_found' }),
    ]);
    await purge(consent);
    await saveApplication(books.database, { id: 'other' as never, name: 'Other', returnUrls: [] });
    const owner = { role: 'application', applicationId: 'other' as never } as const;
    const { apiKey } = await createApiKey(books.database, owner, 'other');
    const [foreign, absent] = await Promise.all([
      read(path, { key: apiKey }),
      read(`/v1/consents/cns_${'0'.repeat(32)}/deletion-certificate`, { key: apiKey }),
    ]);
    const notFound = expect.objectContaining({ code: 'consent_not_found' }) as unknown;
    expect([foreign.status, await foreign.json()]).toEqual([404, notFound]);
    expect([absent.status, await absent.json()]).toEqual([404, notFound]);
  });
});
