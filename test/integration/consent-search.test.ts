import { randomUUID } from 'node:crypto';
import { currentStack } from '../setup/stack-access';
import { Application, type Call, type Consent } from './support/application';

/*
 * How an application finds its consents, and what it writes on them to find them by.
 */
const stack = currentStack();
const application = new Application(stack);
/** Others use the same application: everything here is told apart by it. */
const mark = randomUUID();
const [ada, bob] = [`ada-${mark}`, `bob-${mark}`];
let ids: readonly string[];

interface Labelled extends Consent {
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAt: string;
}

beforeAll(async () => {
  const made: string[] = [];
  for (const [reference, tags, metadata] of [
    [ada, ['red', 'with, comma'], { mark, plan: 'a:b' }],
    [ada, ['red', 'blue'], { mark, plan: 'basic', 'a:b': 'c' }],
    [bob, [], { mark, plan: 'basic' }],
  ] as const) {
    made.push((await application.request({ person: { reference }, tags, metadata })).id);
  }
  ids = made;
  await application.revoke(String(ids[2]));
});

async function found(query: string): Promise<readonly number[]> {
  return placesIn(await application.call(`/v1/consents?metadata=mark:${mark}&${query}`));
}

async function searched(body: object): Promise<readonly number[]> {
  return placesIn(await application.call('/v1/consents/search', { method: 'POST', body }));
}

function placesIn({ status, text, json }: Awaited<ReturnType<typeof application.call>>): readonly number[] {
  if (status !== 200) throw new Error(`${status}: ${text}`);
  return (json['consents'] as Consent[]).map(({ id }) => ids.indexOf(id));
}

const read = async (place: number) => (await application.consent(String(ids[place]))) as Labelled;

test('by status, tags and metadata, each of which must hold', async () => {
  expect(await found('')).toEqual([0, 1, 2]);
  expect(await found('status=revoked')).toEqual([2]);
  expect(await found('status=requested,revoked')).toEqual([0, 1, 2]);
  expect(await found('status=revoked&status=active')).toEqual([2]);
  expect(await found('tag=red')).toEqual([0, 1]);
  expect(await found('tag=red&tag=blue')).toEqual([1]);
  expect(await found(`tag=${encodeURIComponent('with, comma')}`)).toEqual([0]);
  expect(await found('metadata=plan:basic')).toEqual([1, 2]);
  expect(await found('metadata=plan:a:b')).toEqual([0]);
  expect(await found('nextAction=launch&institutionId=sandbox-bank')).toEqual([0, 1]);
  expect(await found('institutionId=another-bank')).toEqual([]);
});

test('by time: After takes its instant in, Before does not', async () => {
  const { createdAt } = await read(1);
  expect(await found(`createdAfter=${createdAt}`)).toEqual([1, 2]);
  expect(await found(`createdBefore=${createdAt}`)).toEqual([0]);
  const { updatedAt } = await read(2);
  expect(await found(`updatedAfter=${updatedAt}`)).toEqual([2]);
  expect(await found(`updatedBefore=${updatedAt}`)).toEqual([0, 1]);
  // Nobody has granted these: they have no deadline.
  expect(await found('expiresAfter=2020-01-01T00:00:00Z')).toEqual([]);
});

test('from either end, a page at a time', async () => {
  for (const [order, expected] of [
    ['asc', [0, 1, 2]],
    ['desc', [2, 1, 0]],
  ] as const) {
    const seen: number[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const next: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const answer = await application.call(`/v1/consents?metadata=mark:${mark}&order=${order}&limit=1${next}`);
      seen.push(...placesIn(answer));
      cursor = answer.json['nextCursor'] as string | undefined;
    }
    expect(seen).toEqual(expected);
  }
});

test('by the person, whose name is in no address', async () => {
  expect(await searched({ person: { reference: ada } })).toEqual([0, 1]);
  expect(await searched({ person: { reference: ada }, tags: ['blue'] })).toEqual([1]);
  expect(await searched({ person: { reference: bob }, status: ['requested'] })).toEqual([]);
  expect(await searched({ person: { reference: bob }, status: ['requested', 'revoked'] })).toEqual([2]);
  expect(await searched({ metadata: { mark, 'a:b': 'c' } })).toEqual([1]);
  expect(await searched({ metadata: { mark }, order: 'desc', limit: 2 })).toEqual([2, 1]);
  const asked = await application.call(`/v1/consents?person=${ada}`);
  expect([asked.status, asked.json['code']]).toEqual([400, 'request_invalid']);
});

test.each([
  'status=gone',
  'status=',
  'metadata=plan',
  'metadata=:x',
  'tag=',
  'order=up',
  'createdAfter=today',
  'tags=x',
])('%s is refused', async (query) => {
  const { status, json } = await application.call(`/v1/consents?${query}`);
  expect([status, json['code']]).toEqual([400, 'request_invalid']);
});

describe('what is written on a consent', () => {
  const patch = (place: number, body: object, more: Call = {}) =>
    application.call(`/v1/consents/${String(ids[place])}`, { method: 'PATCH', body, ...more });

  test('is merged with what is there', async () => {
    const type = { headers: { 'content-type': 'application/merge-patch+json' } };
    const first = await patch(0, { metadata: { plan: null, colour: 'green' }, tags: ['new', 'new'] }, type);
    expect(first.json).toMatchObject({ metadata: { mark, colour: 'green' }, tags: ['new'] });
    expect(first.json['metadata']).not.toHaveProperty('plan');
    expect(await read(0)).toEqual(first.json);
    expect((await patch(0, { tags: null })).json).toMatchObject({ metadata: { mark, colour: 'green' }, tags: [] });
    expect(await found('tag=new')).toEqual([]);
  });

  test('comes with the events of the consent', async () => {
    await patch(1, { tags: ['told'] });
    const { json } = await application.call(`/v1/events?consentId=${String(ids[1])}`);
    expect((json['events'] as { data: object }[]).map(({ data }) => data)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ tags: ['told'], metadata: expect.objectContaining({ mark }) as object }),
      ]),
    );
  });

  test('counts from each of many who write at once', async () => {
    const names = Array.from({ length: 6 }, (_, index) => `name${index}`);
    const answers = await Promise.all(names.map((name) => patch(2, { metadata: { [name]: 'x' } })));
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200));
    expect(Object.keys((await read(2)).metadata)).toEqual(expect.arrayContaining(names));
  });

  test.each([
    { purpose: 'another' },
    { tags: Array.from({ length: 21 }, (_, index) => `tag${index}`) },
    { tags: ['x'.repeat(65)] },
    { tags: ['two\nlines'] },
    { metadata: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`more${index}`, 'x'])) },
  ])('is refused when it is %j', async (body) => {
    const before = await read(1);
    const { status, json } = await patch(1, body);
    expect([status, json['code']]).toEqual([400, 'request_invalid']);
    expect(await read(1)).toEqual(before);
  });
});
