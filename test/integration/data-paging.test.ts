import type { BankBehaviour } from '../../sandbox/behaviour';
import { Application } from './support/application';
import { Bank } from './support/bank';
import { Data } from './support/data';
import { query } from './support/database';
import { Grants } from './support/grants';
import { ALICE, Journey } from './support/journey';
import { startOtherApi, type OtherApi } from './support/other-api';
import { START_WITHIN_MS, startPrivateStack, type PrivateStack } from './support/private-stack';

/*
 * One cursor of ours for all the ways in which banks lead from page to page.
 */
const TRANSACTIONS = '/accounts/acc-1001/transactions';

let own: PrivateStack;
let bank: Bank;
let application: Application;
let other: OtherApi;
let data: Data;
/** Of all transactions, as one page has them. */
let ids: string[];

beforeAll(async () => {
  own = await startPrivateStack({ bankEnv: { SANDBOX_DATABASE_URL: '' } });
  bank = new Bank(own.stack);
  application = new Application(own.stack);
  other = await startOtherApi(own.stack, 'another-api', {});
  data = await Data.of(application);
  ids = idsOf((await data.read(`${TRANSACTIONS}?limit=1000`)).json['transactions']);
}, START_WITHIN_MS);
afterAll(async () => {
  await other.stop();
  await own.end();
});
beforeEach(() => bank.reset());

const idsOf = (transactions: unknown): string[] =>
  (transactions as { transactionId: string }[]).map(({ transactionId }) => transactionId);

/** `nextCursor` of the first of several pages. */
async function cursorOf(path = `${TRANSACTIONS}?limit=20`): Promise<string> {
  const { json } = await data.read(path);
  expect(json['nextCursor']).toEqual(expect.any(String));
  return json['nextCursor'] as string;
}

describe('pages', () => {
  test.each<BankBehaviour['paging']>(['key', 'link', 'relative_link', 'link_list', 'offset'])(
    'that a bank leads through by %s come one after the other, each once',
    async (paging) => {
      await bank.behave({ paging });
      const limit = Math.ceil(ids.length / 4);
      const pages: string[][] = [];
      for await (const { items } of data.pages(`${TRANSACTIONS}?limit=${limit}`, 'transactions'))
        pages.push(idsOf(items));
      expect(pages).toHaveLength(4);
      expect(pages.flat()).toEqual(ids);
    },
  );

  test('that are empty lead on to those that are not', async () => {
    await bank.behave({ pages: 'with_empty_ones' });
    const pages: string[][] = [];
    const limit = Math.ceil(ids.length / 2);
    for await (const { items } of data.pages(`${TRANSACTIONS}?limit=${limit}`, 'transactions'))
      pages.push(idsOf(items));
    expect(pages.map(({ length }) => length)).toEqual([limit, 0, ids.length - limit]);
    expect(pages.flat()).toEqual(ids);
  });

  test('that lead to themselves end the list', async () => {
    await bank.behave({ pages: 'looping' });
    const pages: string[][] = [];
    for await (const { items } of data.pages(`${TRANSACTIONS}?limit=10`, 'transactions')) pages.push(idsOf(items));
    expect(pages.map(({ length }) => length)).toEqual([10, 10]);
  });

  test('are there of accounts and of statements too', async () => {
    for (const [path, list, total] of [
      ['/accounts?limit=2', 'accounts', 5],
      ['/accounts/acc-1001/statements?limit=1', 'statements', 3],
    ] as const) {
      let count = 0;
      for await (const { items } of data.pages(path, list)) count += items.length;
      expect(count).toBe(total);
    }
  });

  test('whose next one is at another origin are told as a fault of the bank, and not as the end', async () => {
    const links = { next: { href: 'https://elsewhere.example/fdx/v6/accounts?page=2' } };
    await bank.plant({ endpoint: 'accounts', fault: { kind: 'rewrite_json', set: { links }, remove: ['page'] } });
    expect(await data.outcome('/accounts')).toBe('fdx_response_invalid');
  });

  test('are read on through another process, with the query of the first', async () => {
    const cursor = await cursorOf();
    await bank.reset();
    const { status, json } = await data.through(other.application).read(`${TRANSACTIONS}?cursor=${cursor}`);
    expect(status).toBe(200);
    expect(idsOf(json['transactions'])).toEqual(ids.slice(20, 40));
    const [request] = await bank.requests('accounts');
    expect(request?.queryParameters.sort()).toEqual(['endTime', 'limit', 'pageKey', 'startTime']);
  });
});

describe('a cursor', () => {
  test('tells nothing of the bank’s key, the query or the person', async () => {
    const cursor = await cursorOf();
    const [header = '', ...rest] = cursor.split('.');
    expect(rest).toHaveLength(4);
    const { authorizationId } = await new Grants(own.stack).inUse(data.consentId);
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
      alg: 'dir',
      enc: 'A256GCM',
      kid: 'data-key',
      owner: data.consentId,
      purpose: 'page-cursor',
      row: authorizationId,
    });
  });

  test('is good with the query it was made for, or without any', async () => {
    const cursor = await cursorOf();
    expect(await data.outcome(`${TRANSACTIONS}?limit=20&cursor=${cursor}`)).toBe(200);
    expect(await data.outcome(`${TRANSACTIONS}?cursor=${cursor}`)).toBe(200);
  });

  test('of another list, account, query or consent is refused, and the bank is not asked', async () => {
    const cursor = await cursorOf();
    const stranger = await Data.of(application);
    await bank.reset();
    const foreign: [Data, string][] = [
      [data, `/accounts/acc-1001/statements?cursor=${cursor}`],
      [data, `/accounts/acc-1002/transactions?cursor=${cursor}`],
      [data, `${TRANSACTIONS}?limit=21&cursor=${cursor}`],
      [data, `${TRANSACTIONS}?startTime=2026-11-01&endTime=2026-11-02&cursor=${cursor}`],
      [stranger, `${TRANSACTIONS}?cursor=${cursor}`],
    ];
    for (const [whose, path] of foreign) expect(await whose.outcome(path)).toBe('cursor_invalid');
    expect(await bank.requests('fdx')).toEqual([]);
  });

  test('that is altered, cut or made up is refused', async () => {
    const cursor = await cursorOf();
    // Not the last character: some of its bits stand for nothing.
    const tenth = cursor.at(-10) === 'A' ? 'B' : 'A';
    const altered = `${cursor.slice(0, -10)}${tenth}${cursor.slice(-9)}`;
    const other_ = ['x', cursor.slice(0, -4), altered, cursor.replace('.', ''), 'a.b.c.d.e'];
    for (const each of other_) expect(await data.outcome(`${TRANSACTIONS}?cursor=${each}`)).toBe('cursor_invalid');
  });

  test('of the grant before a renewal is refused', async () => {
    const journey = await Journey.walk(application);
    const renewed = new Data(application, journey.consentId);
    const { json } = await renewed.read(`${TRANSACTIONS}?limit=5`);
    await journey.renew();
    expect(await renewed.outcome(`${TRANSACTIONS}?cursor=${String(json['nextCursor'])}`)).toBe('cursor_invalid');
  });

  test('is judged by the grant as it is now', async () => {
    const narrowed = await Data.of(application, {}, ALICE);
    const { json } = await narrowed.read(`${TRANSACTIONS}?limit=5`);
    await query(
      own.stack,
      `UPDATE consents SET granted = jsonb_set(granted, '{resources}', '[{"resourceType":"ACCOUNT","dataClusters":["STATEMENTS"]}]')
       WHERE id = $1`,
      [narrowed.consentId],
    );
    const outcome = await narrowed.outcome(`${TRANSACTIONS}?cursor=${String(json['nextCursor'])}`);
    expect(outcome).toBe('cluster_not_granted');
  });
});
