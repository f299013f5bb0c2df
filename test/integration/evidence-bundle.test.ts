import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { CompactSign, generateKeyPair } from 'jose';
import { canonicalJson, digestOf } from '../../src/evidence/canonical';
import type { Bundle } from '../../src/evidence/verify/bundle';
import { verifyBundle, type Verification } from '../../src/evidence/verify/verify';
import { signCompact } from '../../src/fapi/signer';
import { currentStack } from '../setup/stack-access';
import { OwnBooks } from './support/own-books';
import { bundleOf, plantProvenConsent, takeCheckpointOf } from './support/proven-consent';

let books: OwnBooks;
let bundle: Bundle;
let other: Bundle;

beforeAll(async () => {
  books = await OwnBooks.open(currentStack());
  // Checkpoints before the chain, in the middle of it and at its end; eight chains, so that every path has three nodes.
  for (const name of ['service', 'a', 'b', 'c', 'd']) {
    await books.run(`SELECT append_audit_event($1, 'test.happened', 'test', NULL, NULL, '{}')`, [name]);
  }
  await plantProvenConsent(books);
  await takeCheckpointOf(books);
  const id = await plantProvenConsent(books);
  const stranger = await plantProvenConsent(books);
  await takeCheckpointOf(books);
  await books.run(`SELECT append_audit_event($1, 'test.happened', 'test', NULL, NULL, '{"late": true}')`, [id]);
  await takeCheckpointOf(books);
  [bundle, other] = [await bundleOf(books, id), await bundleOf(books, stranger)];
});
afterAll(() => books.close());

const verify = (changed: object, more: object = {}): Promise<Verification> =>
  verifyBundle({ bundle: JSON.stringify(changed), now: Date.now(), ...more });

/** Where the first thing is that does not hold. */
async function faultOf(changed: object, more: object = {}): Promise<string> {
  const { holds, fault } = await verify(changed, more);
  expect(holds).toBe(false);
  return `${fault?.where ?? ''}: ${fault?.what ?? ''}`;
}

const changedBundle = (change: (copy: Bundle) => void): Bundle => {
  const copy = structuredClone(bundle);
  change(copy);
  return copy;
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** As whoever removes the end of a file would do it: nothing contradicts itself. */
function withEvents(events: readonly string[]): Bundle {
  return { ...bundle, events: [...events], head: { seq: events.length, hash: sha256(events.at(-1) ?? '') } };
}

test('a bundle as it was exported holds, to the last event', async () => {
  const report = await verify(bundle);
  expect(report).toMatchObject({ holds: true, consentId: bundle.consentId });
  expect(report.fault).toBeUndefined();
  expect(report.held).toContain(`checkpoint 3 stands for events 1 to ${bundle.events.length}`);
  expect(bundle).toMatchObject({ receipts: { length: 2 }, certificates: { length: 1 }, checkpoints: { length: 3 } });
  expect(bundle.agreements.map(({ typedName }) => typedName?.name)).toEqual([undefined, 'Alice Example']);
});

describe('one byte that was flipped', () => {
  interface Place {
    readonly path: readonly (string | number)[];
    readonly text: string;
  }

  function stringsOf(value: unknown, path: readonly (string | number)[] = []): Place[] {
    if (typeof value === 'string') return [{ path, text: value }];
    if (typeof value !== 'object' || value === null) return [];
    const isList = Array.isArray(value);
    return Object.entries(value).flatMap(([name, each]) => stringsOf(each, [...path, isList ? Number(name) : name]));
  }

  function withText(path: Place['path'], text: string): Bundle {
    const copy = structuredClone(bundle);
    const last = path.at(-1) ?? '';
    const parent = path.slice(0, -1).reduce<unknown>((at, step) => (at as never)[step], copy);
    (parent as Record<string | number, unknown>)[last] = text;
    return copy;
  }

  /** What may be named for a change there: the place itself, or what follows it in a chain of hashes. */
  function mayBeNamed([member = '', index]: Place['path'], where: string): boolean {
    const follows = typeof index === 'number' && where.startsWith(`${String(member)}[${index + 1}]`);
    const itself = typeof index === 'number' ? `${String(member)}[${index}]` : String(member);
    if (where.startsWith(itself) || follows) return true;
    // These say of the events what the events must be.
    return ['consentId', 'head', 'inclusion'].includes(String(member)) && /^(events|inclusion)/.test(where);
  }

  test('is found wherever it is, and the place is named', async () => {
    const places = stringsOf(bundle);
    const one = fc.record({ which: fc.nat(places.length - 1), at: fc.nat(), bit: fc.integer({ min: 0, max: 6 }) });
    await fc.assert(
      fc.asyncProperty(one, async ({ which, at, bit }) => {
        const { path, text } = places[which] ?? { path: [], text: '' };
        const index = at % text.length;
        const flipped = String.fromCharCode(text.charCodeAt(index) ^ (1 << bit));
        const where = await faultOf(withText(path, text.slice(0, index) + flipped + text.slice(index + 1)));
        if (!mayBeNamed(path, where)) throw new Error(`${path.join('.')} was changed, and ${where} was named`);
      }),
      { numRuns: 600 },
    );
  });

  test('is found in every single string, at its first and at its last byte', async () => {
    for (const { path, text } of stringsOf(bundle)) {
      const last = String.fromCharCode(text.charCodeAt(text.length - 1) ^ 1);
      await faultOf(withText(path, text.slice(0, -1) + last));
      await faultOf(withText(path, String.fromCharCode(text.charCodeAt(0) ^ 1) + text.slice(1)));
    }
  });
});

describe('the events', () => {
  const index = fc.nat().map((any) => any % bundle.events.length);
  const whereOf = async (events: readonly string[]): Promise<string> =>
    (await faultOf(withEvents(events))).split(':')[0] ?? '';
  const without = (at: number): string[] => bundle.events.filter((_, each) => each !== at);

  test('with one removed do not hold, from that place on', async () => {
    await fc.assert(
      fc.asyncProperty(index, async (at) => {
        const isLast = at === bundle.events.length - 1;
        expect(await whereOf(without(at))).toBe(isLast ? 'events' : `events[${at}]`);
      }),
    );
  });

  test('with one put elsewhere do not hold, from the first of the two places on', async () => {
    await fc.assert(
      fc.asyncProperty(index, index, async (from, to) => {
        fc.pre(from !== to);
        const events = without(from);
        events.splice(to, 0, bundle.events[from] ?? '');
        expect(await whereOf(events)).toBe(`events[${Math.min(from, to)}]`);
      }),
    );
  });

  test('with one that is there twice, or of another chain, do not hold', async () => {
    await fc.assert(
      fc.asyncProperty(index, fc.boolean(), async (at, isForeign) => {
        const [before, after] = [bundle.events.slice(0, at + 1), bundle.events.slice(at + 1)];
        const inserted = isForeign ? other.events[at + 1] : bundle.events[at];
        expect(await whereOf([...before, inserted ?? bundle.events[0] ?? '', ...after])).toBe(`events[${at + 1}]`);
      }),
    );
  });

  test('without their end do not hold, however much of it is gone', async () => {
    for (let length = 1; length < bundle.events.length; length += 1) {
      const found = await faultOf(withEvents(bundle.events.slice(0, length)));
      expect(found).toMatch(/^(events|disclosures|agreements|receipts|certificates)/);
    }
    expect(await faultOf(withEvents(bundle.events.slice(0, -1)))).toMatch(/^events: .*the end was removed$/);
  });

  test('that somebody chained anew, with every hash made right, do not hold against the checkpoint', async () => {
    let previous: string | undefined;
    const rewritten = bundle.events.map((text) => {
      const event = JSON.parse(text) as Record<string, unknown>;
      const anew = canonicalJson({
        ...event,
        ...(previous !== undefined && { previous }),
        ...(event['seq'] === 1 && { actor: 'nobody' }),
      });
      previous = sha256(anew);
      return anew;
    });
    expect(await faultOf(withEvents(rewritten))).toMatch(/^inclusion: does not lead/);
  });

  test('that came after the newest checkpoint are told to be open, and only those', async () => {
    const id = bundle.consentId;
    await books.run(`SELECT append_audit_event($1, 'test.happened', 'test', NULL, NULL, '{}')`, [id]);
    const { holds, open } = await verify(await bundleOf(books, id as never));
    const last = bundle.events.length + 1;
    expect([holds, open.filter((each) => each.includes('not yet covered'))]).toEqual([
      true,
      [expect.stringContaining(`events ${last} to ${last} `) as string],
    ]);
  });
});

describe('a receipt', () => {
  const signedAnew = async (kid: string, signed = bundle.receipts[0] ?? ''): Promise<string> => {
    const { privateKey } = await generateKeyPair('ES256');
    const payload = Buffer.from(signed.split('.')[1] ?? '', 'base64url');
    return new CompactSign(payload)
      .setProtectedHeader({ typ: 'consent-receipt+jws', alg: 'ES256', kid })
      .sign(privateKey);
  };
  const withFirst = (receipt: string): Bundle => changedBundle((copy) => (copy.receipts[0] = receipt));

  test('of another consent is not taken', async () => {
    expect(await faultOf(withFirst(other.receipts[0] ?? ''))).toBe(
      `receipts[0]: is of the consent ${other.consentId}, not of ${bundle.consentId}`,
    );
  });

  test('signed by a key that is not in the set, or by another one in the name of ours, is not taken', async () => {
    expect(await faultOf(withFirst(await signedAnew('stranger')))).toBe(
      'receipts[0]: is signed by stranger, which is not among the keys',
    );
    const [{ kid } = { kid: '' }] = bundle.keys.keys;
    expect(await faultOf(withFirst(await signedAnew(kid)))).toMatch(/^receipts\[0\]: its signature/);
  });

  test('that is missing, or there twice, or in the place of another, is named', async () => {
    const [first = '', second = ''] = bundle.receipts;
    const having = (...receipts: string[]): Bundle => ({ ...bundle, receipts });
    expect(await faultOf(having(first))).toMatch(/^receipts: the receipt of events\[\d+\] is missing/);
    expect(await faultOf(having(second))).toMatch(/^receipts\[0\]: supersedes/);
    expect(await faultOf(having(first, second, second))).toMatch(/^receipts\[2\]: is there twice/);
    expect(await faultOf(having(first, first))).toMatch(/^receipts\[1\]: is there twice/);
  });

  test('cannot be replaced by the same words signed by the same key again', async () => {
    const payload = Buffer.from(bundle.receipts[0]?.split('.')[1] ?? '', 'base64url');
    const again = await signCompact(books.keys.receiptSigner(), { typ: 'consent-receipt+jws' }, payload);
    expect(await faultOf(withFirst(again))).toBe('receipts[0]: no event says that it was issued');
  });
});

test('other words than those that were disclosed do not hold, with their digest made right neither', async () => {
  const document = { ...bundle.disclosures[1]?.document, paragraphs: ['We may sell your data.'] };
  const withDocument = (change: object): Bundle =>
    changedBundle((copy) => Object.assign(copy.disclosures[1] ?? {}, { document, ...change }));
  expect(await faultOf(withDocument({}))).toBe('disclosures[1]: its digest is not of its document');
  expect(await faultOf(withDocument({ digest: digestOf(document) }))).toMatch(
    /^disclosures\[1\]: its disclosureDigest/,
  );
  const renamed = changedBundle((copy) => Object.assign(copy.agreements[1]?.typedName ?? {}, { name: 'Bob' }));
  expect(await faultOf(renamed)).toBe('agreements[1]: the name is not the one that was typed');
  const withoutOne = changedBundle((copy) => copy.disclosures.shift());
  expect(await faultOf(withoutOne)).toMatch(/^disclosures: the disclosure of events\[\d+\] is missing/);
});

describe('checkpoints', () => {
  test('of another time, out of order or with one missing do not hold', async () => {
    const [first = '', second = '', third = ''] = bundle.checkpoints;
    const having = (...checkpoints: string[]): Bundle => ({ ...bundle, checkpoints });
    expect(await faultOf(having(first, third))).toBe('checkpoints[1]: is number 3, after 1');
    expect(await faultOf(having(second, first, third))).toMatch(/^checkpoints\[[01]\]: is number/);
    expect(await faultOf(having(third))).toMatch(/^checkpoints\[0\]: .*are missing/);
    expect(await faultOf(having(first, second))).toBe('inclusion: is for checkpoint 3, not 2');
    expect(await faultOf(having())).toMatch(/^inclusion/);
  });

  test('are not written in another way that decodes alike', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/';
    const newest = bundle.checkpoints[2] ?? '';
    for (const last of alphabet) {
      if (newest.endsWith(last)) continue;
      const altered = changedBundle((copy) => (copy.checkpoints[2] = newest.slice(0, -1) + last));
      expect(await faultOf(altered)).toMatch(/^checkpoints\[2\]/);
    }
  });

  test('do not stand for a chain by an altered path', async () => {
    const withPath = (change: object): Bundle => changedBundle((copy) => Object.assign(copy.inclusion ?? {}, change));
    const { nodes = [], leafIndex = 0, treeSize = 0, seq = 0 } = bundle.inclusion ?? {};
    for (const change of [
      { nodes: nodes.slice(1) },
      { nodes: [...nodes].reverse() },
      { leafIndex: leafIndex ^ 1 },
      { treeSize: treeSize + 1 },
      { seq: seq - 1 },
      { checkpoint: 2 },
      { ...other.inclusion },
    ]) {
      expect(await faultOf(withPath(change))).toMatch(/^inclusion/);
    }
  });

  test('that somebody kept must be among them, to the byte', async () => {
    const [, second = ''] = bundle.checkpoints;
    expect((await verify(bundle, { keptCheckpoint: `${second}\n` })).holds).toBe(true);
    const [header, payload = '', signature] = second.split('.');
    const document = Buffer.from(payload, 'base64url')
      .toString()
      .replace(/"chains":\d+/, '"chains":999');
    const other = [header, Buffer.from(document).toString('base64url'), signature];
    expect(await faultOf(bundle, { keptCheckpoint: other.join('.') })).toMatch(
      /^kept checkpoint: is another checkpoint 2/,
    );
    const older = { ...bundle, checkpoints: bundle.checkpoints.slice(0, 2), inclusion: undefined };
    const kept = await faultOf(older, { keptCheckpoint: bundle.checkpoints[2] });
    expect(kept).toMatch(/^kept checkpoint: is number 3: the bundle is older/);
  });
});

describe('keys', () => {
  test('of the bundle must be among those that are trusted', async () => {
    const trustedKeys = JSON.stringify({ keys: bundle.keys.keys.map((key) => ({ ...key, key_ops: ['verify'] })) });
    expect(await verify(bundle, { trustedKeys })).toMatchObject({ holds: true, open: [] });
    const strangers = JSON.stringify({ keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }] });
    expect(await faultOf(bundle, { trustedKeys: strangers })).toMatch(
      /^keys\.keys\[0\]: .* not among the trusted keys$/,
    );
  });

  test('that only the bundle knows are named by their thumbprints', async () => {
    const { open } = await verify(bundle);
    expect(open.join('\n')).toContain(bundle.keys.keys[0]?.kid);
  });
});
