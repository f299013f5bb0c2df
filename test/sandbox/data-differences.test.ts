import { inflateSync } from 'node:zlib';
import { BankProcess } from './support/bank-process';
import { FapiClient } from './support/fapi-client';

let bank: BankProcess;
let client: FapiClient;
let token: string;

beforeAll(async () => {
  client = await FapiClient.create('budget-buddy');
  bank = await BankProcess.start({ clients: [client.metadata] });
  await client.connect(bank);
  ({ access_token: token } = await client.obtain());
});

afterAll(() => bank.stop());
afterEach(async () => {
  await bank.control('DELETE', '/behaviour');
  await bank.control('DELETE', '/faults');
});

const get = (target: string, headers: Record<string, string> = {}) => client.fdx(token, target, { headers });
const TRANSACTIONS = '/accounts/acc-1001/transactions';

interface Page {
  page: { nextPageKey?: string; nextOffset?: string; totalElements: number };
  links?: { next?: { href: string } } | { rel: string; href: string }[];
  transactions: { transactionId: string }[];
}

const read = async (target: string): Promise<Page> => (await get(target)).body as unknown as Page;

/** What an application would ask next, by the one way that this bank offers. */
type Follow = (page: Page) => string | undefined;

const FDX = '/fdx/v6';
const byKey: Follow = ({ page }) => page.nextPageKey && `${TRANSACTIONS}?limit=5&pageKey=${page.nextPageKey}`;
const byLink: Follow = ({ links }) => nextLinkOf(links)?.split(FDX)[1];

function nextLinkOf(links: Page['links']): string | undefined {
  return (Array.isArray(links) ? links.find(({ rel }) => rel === 'next') : links?.next)?.href;
}

async function walk(follow: Follow, pages = 20): Promise<{ ids: string[]; sizes: number[] }> {
  const [ids, sizes]: [string[], number[]] = [[], []];
  let target: string | undefined = `${TRANSACTIONS}?limit=5`;
  for (let count = 0; target !== undefined && count < pages; count += 1) {
    const page: Page = await read(target);
    sizes.push(page.transactions.length);
    ids.push(...page.transactions.map(({ transactionId }) => transactionId));
    target = follow(page);
  }
  return { ids, sizes };
}

describe('a bank whose pages lead on', () => {
  it.each<['link' | 'relative_link' | 'link_list' | 'offset', Follow, RegExp]>([
    ['link', byLink, /^https:/],
    ['relative_link', byLink, /^\/fdx/],
    ['link_list', byLink, /^https:/],
    ['offset', ({ page }) => page.nextOffset && `${TRANSACTIONS}?limit=5&offset=${page.nextOffset}`, /^\d+$/],
  ])('by %s does it in this way only, and to the same transactions', async (paging, follow, form) => {
    const { ids } = await walk(byKey);
    expect(new Set(ids).size).toBeGreaterThan(20);
    await bank.behave({ paging });
    expect((await walk(follow)).ids).toEqual(ids);
    const first = await read(`${TRANSACTIONS}?limit=5`);
    expect(first.page.nextPageKey).toBeUndefined();
    expect(Array.isArray(first.links)).toBe(paging === 'link_list');
    expect(nextLinkOf(first.links) ?? first.page.nextOffset).toMatch(form);
  });

  it('shows empty pages between the others, by each of its ways', async () => {
    const { ids, sizes } = await walk(byKey);
    await bank.behave({ pages: 'with_empty_ones' });
    const withGaps = await walk(byKey, 40);
    expect(withGaps.ids).toEqual(ids);
    expect(withGaps.sizes).toEqual(sizes.flatMap((size, index) => (index === 0 ? [size] : [0, size])));
    await bank.behave({ paging: 'offset' });
    const byOffset: Follow = ({ page }) => page.nextOffset && `${TRANSACTIONS}?limit=5&offset=${page.nextOffset}`;
    expect(await walk(byOffset, 40)).toEqual(withGaps);
  });

  it('leads in circles from its second page on', async () => {
    await bank.behave({ pages: 'looping' });
    const second = byKey(await read(`${TRANSACTIONS}?limit=5`)) ?? '';
    expect(byKey(await read(second))).toBe(second);
  });

  it.each(['pageKey=bm9uc2Vuc2U', 'offset=soon', 'offset=-1'])('refuses %s', async (parameter) => {
    expect((await get(`${TRANSACTIONS}?${parameter}`)).status).toBe(400);
  });
});

it('writes amounts with twenty digits, which no double holds', async () => {
  await bank.behave({ longNumbers: true });
  const account = (await get('/accounts/acc-1001')).bytes.toString();
  expect(account).toContain('"currentBalance":4812.3700000000000001,');
  const [amount = ''] = /"amount":[\d.]+/.exec((await get(TRANSACTIONS)).bytes.toString()) ?? [];
  expect(amount.replace(/\D/g, '')).toHaveLength(20);
  expect(JSON.stringify(JSON.parse(account))).not.toBe(account);
});

describe('a bank whose statements', () => {
  const statement = async (): Promise<string> => {
    const { body } = await get('/accounts/acc-1001/statements');
    const [latest] = body['statements'] as { statementId: string }[];
    return `/accounts/acc-1001/statements/${latest?.statementId ?? ''}`;
  };

  it('are large are whole all the same', async () => {
    await bank.behave({ statementKilobytes: 3_000 });
    const { bytes, headers } = await get(await statement());
    expect(bytes.length).toBeGreaterThan(3_000 * 1024);
    expect(headers.get('content-length')).toBe(String(bytes.length));
    const tableAt = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(bytes.subarray(-40).toString('latin1'))?.[1]);
    expect(bytes.subarray(tableAt, tableAt + 4).toString()).toBe('xref');
  });

  it('are pictures too gives them to whoever asks, and PDF to the others', async () => {
    await bank.behave({ statementImages: true });
    const target = await statement();
    const { bytes, headers } = await get(target, { accept: 'image/png' });
    expect(headers.get('content-type')).toBe('image/png');
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    const pixelsAt = bytes.indexOf('IDAT');
    const pixels = bytes.subarray(pixelsAt + 4, pixelsAt + 4 + bytes.readUInt32BE(pixelsAt - 4));
    expect(inflateSync(pixels)).toHaveLength(792 * 613);
    expect((await get(target)).headers.get('content-type')).toBe('application/pdf');
    expect((await get(target, { accept: 'image/tiff' })).status).toBe(406);
  });

  it('break off in the middle', async () => {
    const target = await statement();
    await bank.plant({ endpoint: 'accounts', times: 1, fault: { kind: 'break_off' } });
    await expect(get(target)).rejects.toThrow();
    expect((await get(target)).status).toBe(200);
  });

  it('fall silent after some bytes keeps the connection', async () => {
    const target = await statement();
    await bank.plant({ endpoint: 'accounts', times: 1, fault: { kind: 'fall_silent', afterBytes: 10 } });
    const answer = get(target);
    const silence = new Promise((resolve) => setTimeout(resolve, 300, 'silence'));
    expect(await Promise.race([answer.catch(() => 'broken'), silence])).toBe('silence');
    await bank.terminate();
    await expect(answer).rejects.toThrow();
    await bank.launch();
  });
});
