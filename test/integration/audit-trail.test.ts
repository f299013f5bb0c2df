import { createHash, randomUUID } from 'node:crypto';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { currentStack } from '../setup/stack-access';
import { OwnBooks } from './support/own-books';

let books: OwnBooks;

beforeAll(async () => {
  books = await OwnBooks.open(currentStack());
});
afterAll(() => books.close());

interface ChainedEvent {
  readonly seq: string;
  readonly event: string;
  readonly hash: string;
}

async function chain(id: string): Promise<ChainedEvent[]> {
  return (await books.run('SELECT seq, event, hash FROM audit_events WHERE chain = $1 ORDER BY seq', [id])) as never;
}

const append = (id: string, details: object = {}) =>
  books.run(`SELECT append_audit_event($1, 'test.happened', 'test', NULL, NULL, $2)`, [id, JSON.stringify(details)]);

describe('a chain of events', () => {
  test('is numbered without gaps, and each event names the one before by its hash', async () => {
    const id = randomUUID();
    for (let round = 0; round < 3; round += 1) await append(id, { round });
    const events = await chain(id);
    expect(events.map(({ seq }) => seq)).toEqual(['1', '2', '3']);
    events.forEach(({ event, hash }, index) => {
      expect(createHash('sha256').update(event).digest('hex')).toBe(hash);
      expect((JSON.parse(event) as { previous?: string }).previous).toBe(events[index - 1]?.hash);
    });
  });

  test('written by many at once is one chain', async () => {
    const id = randomUUID();
    await Promise.all(Array.from({ length: 32 }, (_, writer) => append(id, { writer })));
    const events = await chain(id);
    expect(events).toHaveLength(32);
    events.forEach(({ event }, index) => {
      expect((JSON.parse(event) as { previous?: string }).previous).toBe(events[index - 1]?.hash);
    });
  });

  test('is written in the canonical form of RFC 8785, whatever it tells', async () => {
    const key = fc.stringMatching(/^[a-zA-Z_]{1,8}$/);
    const text = fc.string({ unit: 'grapheme' }).filter((each) => !each.includes('\0'));
    const value = fc.oneof(
      text,
      fc.boolean(),
      fc.integer(),
      fc.array(text, { maxLength: 3 }),
      fc.dictionary(key, text),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, value), async (details) => {
        const id = randomUUID();
        await append(id, details);
        const [written] = await chain(id);
        const event = JSON.parse(written?.event ?? '') as { details: object };
        expect(written?.event).toBe(canonicalize(event));
        expect(event.details).toEqual(details);
      }),
      { numRuns: 60 },
    );
  });

  test('that was removed does not begin again', async () => {
    const id = randomUUID();
    await books.run('INSERT INTO audit_removed_chains (chain, seq, hash) VALUES ($1, 7, $2)', [id, '0'.repeat(64)]);
    await expect(append(id)).rejects.toThrow('was removed');
    expect(await chain(id)).toEqual([]);
  });

  test('writes a number that readers may round as text', async () => {
    const id = randomUUID();
    await books.run(
      `SELECT append_audit_event($1, 't', 't', NULL, NULL, '{"n": 12345678901234567890, "f": 1.50, "z": 0}')`,
      [id],
    );
    const [written] = await chain(id);
    expect((JSON.parse(written?.event ?? '') as { details: object }).details).toEqual({
      n: '12345678901234567890',
      f: '1.50',
      z: 0,
    });
  });
});

test.each([
  ['changed', `UPDATE audit_events SET event = '{}'`],
  ['removed', 'DELETE FROM audit_events'],
  ['emptied', 'TRUNCATE audit_events'],
])('events are not %s, not even by their owner in passing', async (_how, statement) => {
  await append(randomUUID());
  await expect(books.run(statement)).rejects.toThrow('append-only');
});
