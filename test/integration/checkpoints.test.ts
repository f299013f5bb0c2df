import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { Client } from 'pg';
import { createHousekeepingActivities } from '../../src/activities/housekeeping';
import type { ConsentId } from '../../src/domain/ids';
import { auditEvidence } from '../../src/evidence/audit';
import { takeCheckpoint, type TakenCheckpoint } from '../../src/evidence/checkpoint';
import { verifyBundle } from '../../src/evidence/verify/verify';
import { currentStack } from '../setup/stack-access';
import { OwnBooks } from './support/own-books';
import { bundleOf, plantProvenConsent, takeCheckpointOf } from './support/proven-consent';

let books: OwnBooks;

beforeAll(async () => {
  books = await OwnBooks.open(currentStack());
});
// What one test has damaged is damage for all that follow.
beforeEach(() =>
  asSuperuser(
    'TRUNCATE audit_events, audit_removed_chains, audit_checkpoints, audit_checkpoint_heads, consents CASCADE',
  ),
);
afterAll(() => books.close());

const append = (chain: string) =>
  books.run(`SELECT append_audit_event($1, 'test.happened', 'test', NULL, NULL, '{}')`, [chain]);

async function chainOf(length: number): Promise<string> {
  const chain = `chain-${randomUUID()}`;
  for (let count = 0; count < length; count += 1) await append(chain);
  return chain;
}

/** What whoever owns the database can do and no role of ours can: no trigger runs. */
async function asSuperuser(statement: string, values: unknown[] = []): Promise<void> {
  const client = new Client({ connectionString: books.databaseUrl });
  await client.connect();
  try {
    await client.query(`SET session_replication_role = 'replica'`);
    await client.query(statement, values);
  } finally {
    await client.end();
  }
}

function takenOf(taken: TakenCheckpoint) {
  if (taken.outcome !== 'taken') throw new Error(`no checkpoint was taken: ${taken.outcome}`);
  return taken;
}

async function checkpoint() {
  return takenOf(await takeCheckpointOf(books));
}

const auditOf = async () => (await auditEvidence(books.database)).damages;

test('stands for every chain, those of consents and that of the service, and names the one before', async () => {
  await chainOf(2);
  await append('service');
  const first = await checkpoint();
  await chainOf(1);
  const second = await checkpoint();
  expect([first.checkpoint, second.checkpoint]).toMatchObject([
    { checkpointVersion: 1, number: 1, chains: 2, issuer: { name: 'FDX Consent' } },
    { checkpointVersion: 1, number: 2, chains: 3, previous: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
  ]);
  expect(first.checkpoint).not.toHaveProperty('previous');
  expect(await auditEvidence(books.database)).toMatchObject({ chains: 3, events: 4, checkpoints: 2, damages: [] });
});

test('where nothing grew, the next one has the same root and stores nothing more', async () => {
  await chainOf(2);
  const [first, second] = [await checkpoint(), await checkpoint()];
  expect(second.checkpoint.root).toBe(first.checkpoint.root);
  expect(await books.run('SELECT checkpoint::int, seq::int FROM audit_checkpoint_heads')).toEqual([
    { checkpoint: 1, seq: 2 },
  ]);
});

test('is taken once, however many ask for it', async () => {
  await chainOf(1);
  const taken = await Promise.all(Array.from({ length: 6 }, () => takeCheckpointOf(books, 60_000)));
  expect(taken.filter(({ outcome }) => outcome === 'taken')).toHaveLength(1);
  expect(await books.run('SELECT number::int FROM audit_checkpoints')).toEqual([{ number: 1 }]);
});

test('while chains grow all the time, every one that is taken holds', async () => {
  const chains = await Promise.all(Array.from({ length: 4 }, () => chainOf(1)));
  let isOver = false;
  const grow = async (chain: string): Promise<void> => {
    while (!isOver) await append(chain);
  };
  const growing = chains.map(grow);
  for (let count = 0; count < 5; count += 1) expect((await checkpoint()).damages).toEqual([]);
  isOver = true;
  await Promise.all(growing);
  expect(await auditOf()).toEqual([]);
});

test('a chain that was removed by the book leaves the tree, and nobody is alarmed', async () => {
  const [gone] = [await chainOf(3), await chainOf(1)];
  await checkpoint();
  await append(gone);
  await books.run(
    `INSERT INTO audit_removed_chains (chain, seq, hash)
     SELECT chain, seq, hash FROM audit_events WHERE chain = $1 ORDER BY seq DESC LIMIT 1`,
    [gone],
  );
  await asSuperuser('DELETE FROM audit_events WHERE chain = $1', [gone]);
  expect(await auditOf()).toEqual([]);
  const { checkpoint: second, damages } = await checkpoint();
  expect([second.chains, damages]).toEqual([1, []]);
  expect((await checkpoint()).checkpoint.root).toBe(second.root);
  expect(await auditOf()).toEqual([]);
  await expect(bundleOf(books, gone as ConsentId)).rejects.toMatchObject({
    code: 'evidence_removed',
    detail: expect.stringMatching(/^It was removed on \d{4}-.*, after event 4 \([0-9a-f]{64}\)\.$/) as string,
  });
});

describe('what somebody did to the database behind our back is named by the audit and by the next checkpoint:', () => {
  const CASES: readonly [string, string, RegExp][] = [
    ['a chain that is gone', 'DELETE FROM audit_events WHERE chain = $1', /is gone, without having been removed/],
    ['an end that is gone', 'DELETE FROM audit_events WHERE chain = $1 AND seq = 3', /ends at event 2; .* at 3/],
    [
      'an event in the place of another',
      `UPDATE audit_events SET event = replace(event, 'test.happened', 'test.unheard'), type = 'test.unheard',
         hash = sha256_of(replace(event, 'test.happened', 'test.unheard')) WHERE chain = $1 AND seq = 3`,
      /event 3 is another one/,
    ],
    [
      'a removal that was not of this chain’s end',
      `WITH booked AS (INSERT INTO audit_removed_chains (chain, seq, hash) VALUES ($1, 2, 'x'))
       DELETE FROM audit_events WHERE chain = $1`,
      /removed at event 2 and had ended elsewhere/,
    ],
  ];

  test.each(CASES)('%s', async (_what, statement, told) => {
    const [damaged, sound] = [await chainOf(3), await chainOf(1)];
    const before = await checkpoint();
    await asSuperuser(statement, [damaged]);
    await append(sound);
    expect(await auditOf()).toEqual([{ of: damaged, what: expect.stringMatching(told) as string }]);
    const after = await checkpoint();
    expect(after.damages).toEqual([{ of: damaged, what: expect.stringMatching(told) as string }]);
    // The leaf from before stays: the damage is not signed, and is found again.
    expect(after.checkpoint.chains).toBe(before.checkpoint.chains);
    expect((await checkpoint()).damages).toHaveLength(1);
    expect(await auditOf()).toHaveLength(1);
  });

  test('an event in the middle, which no checkpoint looks at, by the audit', async () => {
    const chain = await chainOf(3);
    await checkpoint();
    await asSuperuser(
      `UPDATE audit_events SET event = replace(event, '"actor":"test"', '"actor":"rest"') WHERE chain = $1 AND seq = 2`,
      [chain],
    );
    expect(await auditOf()).toEqual([{ of: chain, what: 'event 2 has another hash than is stored with it' }]);
  });

  test('a column that says something else than its event', async () => {
    const chain = await chainOf(2);
    await asSuperuser(`UPDATE audit_events SET actor = 'nobody' WHERE chain = $1 AND seq = 1`, [chain]);
    expect(await auditOf()).toEqual([{ of: chain, what: 'event 1 is stored with other columns than it says' }]);
  });

  test('a consent whose whole chain went before any checkpoint knew it', async () => {
    const id = await plantProvenConsent(books);
    await asSuperuser('DELETE FROM audit_events WHERE chain = $1', [id]);
    expect(await auditOf()).toEqual([{ of: id, what: 'there is no event of this consent' }]);
  });

  test('a bundle of a chain whose end went does not verify, though its export was honest', async () => {
    const id = await plantProvenConsent(books);
    await checkpoint();
    await asSuperuser(`DELETE FROM audit_events WHERE chain = $1 AND type = 'consent.purged'`, [id]);
    const report = await verifyBundle({ bundle: JSON.stringify(await bundleOf(books, id)), now: Date.now() });
    expect(report).toMatchObject({ holds: false, fault: { where: expect.stringMatching(/^events/) as string } });
  });
});

describe('when the last checkpoint itself is not as it was, none is taken over it:', () => {
  test.each([
    [
      'the ends stored with it',
      `UPDATE audit_checkpoint_heads SET hash = repeat('0', 64)`,
      /not those that it was signed/,
    ],
    ['an end that is not stored any more', 'DELETE FROM audit_checkpoint_heads', /not those that it was signed/],
    ['its signed form', `UPDATE audit_checkpoints SET signed = overlay(signed placing 'AAAA' from 200)`, /^(is|its)/],
    ['it is gone', 'DELETE FROM audit_checkpoints', /there is none, and where chains ended/],
  ])('%s', async (_what, statement, told) => {
    await chainOf(2);
    await checkpoint();
    await asSuperuser(statement);
    const taken = await takeCheckpointOf(books);
    expect(taken).toMatchObject({ outcome: 'stopped' });
    expect(taken).toHaveProperty('damages.0.what', expect.stringMatching(told));
    expect((await auditOf()).map(({ what }) => what)).toContainEqual(expect.stringMatching(told));
    expect(await books.run('SELECT 1 FROM audit_checkpoints WHERE number > 1')).toEqual([]);
  });

  test('one in the middle is missing', async () => {
    await chainOf(1);
    for (let count = 0; count < 3; count += 1) await checkpoint();
    await asSuperuser('DELETE FROM audit_checkpoints WHERE number = 2');
    expect(await auditOf()).toEqual([{ of: 'checkpoint 3', what: 'is number 3, after 1' }]);
  });
});

describe('housekeeping', () => {
  const sweep = () =>
    new MockActivityEnvironment().run(createHousekeepingActivities(books.dependencies()).takeCheckpoint);

  test('takes one when there is none or the last is a day old, and not before', async () => {
    const chain = await chainOf(1);
    expect(await sweep()).toMatchObject({ isComplete: true, counts: { taken: 1, chains: 1, damaged: 0 } });
    await append(chain);
    expect(await sweep()).toMatchObject({ isComplete: true, counts: { taken: 0 } });
    await asSuperuser(`UPDATE audit_checkpoints SET created_at = created_at - interval '24 hours'`);
    expect(await sweep()).toMatchObject({ isComplete: true, counts: { taken: 1 } });
  });

  test('stops loudly over what is damaged', async () => {
    const chain = await chainOf(2);
    await sweep();
    await asSuperuser('DELETE FROM audit_events WHERE chain = $1', [chain]);
    await asSuperuser(`UPDATE audit_checkpoints SET created_at = created_at - interval '24 hours'`);
    expect(await sweep()).toMatchObject({
      counts: { taken: 1, damaged: 1 },
      stopped: expect.stringContaining('evidence audit') as string,
    });
  });

  test('takes none when the key that signs is away, and leaves nothing behind', async () => {
    await chainOf(1);
    const receiptSigner = () => ({ ...books.keys.receiptSigner(), sign: () => Promise.reject(new Error('away')) });
    await expect(takeCheckpoint(books.dependencies({ receiptSigner }), 0)).rejects.toThrow('away');
    expect(await books.run('SELECT 1 FROM audit_checkpoint_heads')).toEqual([]);
    expect((await checkpoint()).checkpoint.number).toBe(1);
  });
});
